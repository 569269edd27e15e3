/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where it is chosen how a stream is cut into messages. */

#include "tl-framing-page.h"

#include "tl-hex.h"

#include <glib/gi18n-lib.h>

struct _TlFramingPage
{
  AdwPreferencesPage  parent_instance;

  AdwComboRow        *kind;
  AdwEntryRow        *delimiter;
  GtkWidget          *length_row;
  GtkSpinButton      *length;
  AdwComboRow        *prefix_size;
  AdwComboRow        *endian;
  GtkWidget          *itself_row;
  GtkSwitch          *itself;
  GtkWidget          *gap_row;
  GtkSpinButton      *gap;
  GtkLabel           *error;

  TlSession          *session;
  gboolean            syncing;
};

G_DEFINE_FINAL_TYPE (TlFramingPage, tl_framing_page, ADW_TYPE_PREFERENCES_PAGE)

static const guint prefix_sizes[] = { 1, 2, 4 };

#define MAX_DELIMITER 64

static void
show_error (TlFramingPage *self,
            const char    *sentence)
{
  gtk_label_set_label (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->delimiter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->delimiter), "error");
}

static void
show_parameters (TlFramingPage *self,
                 TlFramingKind  kind)
{
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter), kind == TL_FRAMING_DELIMITER);
  gtk_widget_set_visible (self->length_row, kind == TL_FRAMING_FIXED);
  gtk_widget_set_visible (GTK_WIDGET (self->prefix_size), kind == TL_FRAMING_LENGTH_PREFIX);
  gtk_widget_set_visible (GTK_WIDGET (self->endian), kind == TL_FRAMING_LENGTH_PREFIX);
  gtk_widget_set_visible (self->itself_row, kind == TL_FRAMING_LENGTH_PREFIX);
  gtk_widget_set_visible (self->gap_row, kind == TL_FRAMING_IDLE_GAP);
}

static gboolean
take_delimiter (TlFramingPage *self,
                TlFraming     *framing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tl_hex_parse (gtk_editable_get_text (GTK_EDITABLE (self->delimiter)), NULL, &error);

  if (bytes == NULL)
    {
      show_error (self, error->message);
      return FALSE;
    }
  if (g_bytes_get_size (bytes) == 0 || g_bytes_get_size (bytes) > MAX_DELIMITER)
    {
      show_error (self, _("Type the bytes that end a message: 1 to 64 of them, in hex"));
      return FALSE;
    }
  g_clear_pointer (&framing->delimiter, g_bytes_unref);
  framing->delimiter = g_steal_pointer (&bytes);
  return TRUE;
}

static void
changed_cb (TlFramingPage *self)
{
  TlFramingKind kind = adw_combo_row_get_selected (self->kind);
  g_autoptr (TlFraming) framing = NULL;

  if (self->syncing || self->session == NULL)
    return;

  show_parameters (self, kind);
  show_error (self, NULL);
  framing = tl_framing_new (kind);
  if (kind == TL_FRAMING_DELIMITER && !take_delimiter (self, framing))
    return;
  framing->fixed_length = gtk_spin_button_get_value_as_int (self->length);
  framing->prefix_size = prefix_sizes[MIN (adw_combo_row_get_selected (self->prefix_size), G_N_ELEMENTS (prefix_sizes) - 1)];
  framing->little_endian = adw_combo_row_get_selected (self->endian) == 1;
  framing->prefix_counts_itself = gtk_switch_get_active (self->itself);
  framing->gap_ms = gtk_spin_button_get_value_as_int (self->gap);
  tl_session_set_framing (self->session, framing);
}

static void
show_framing (TlFramingPage   *self,
              const TlFraming *framing)
{
  self->syncing = TRUE;
  adw_combo_row_set_selected (self->kind, framing->kind);
  if (framing->kind == TL_FRAMING_DELIMITER && framing->delimiter != NULL)
    {
      g_autofree char *hex = tl_hex_format (g_bytes_get_data (framing->delimiter, NULL),
                                            g_bytes_get_size (framing->delimiter), " ");

      gtk_editable_set_text (GTK_EDITABLE (self->delimiter), hex);
    }
  if (framing->kind == TL_FRAMING_FIXED)
    gtk_spin_button_set_value (self->length, framing->fixed_length);
  if (framing->kind == TL_FRAMING_LENGTH_PREFIX)
    {
      adw_combo_row_set_selected (self->prefix_size, framing->prefix_size == 1 ? 0 : framing->prefix_size == 2 ? 1 : 2);
      adw_combo_row_set_selected (self->endian, framing->little_endian ? 1 : 0);
      gtk_switch_set_active (self->itself, framing->prefix_counts_itself);
    }
  if (framing->kind == TL_FRAMING_IDLE_GAP)
    gtk_spin_button_set_value (self->gap, framing->gap_ms);
  show_parameters (self, framing->kind);
  self->syncing = FALSE;
}

static void
tl_framing_page_dispose (GObject *object)
{
  g_clear_object (&TL_FRAMING_PAGE (object)->session);

  G_OBJECT_CLASS (tl_framing_page_parent_class)->dispose (object);
}

static void
tl_framing_page_class_init (TlFramingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_framing_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-framing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, kind);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, delimiter);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, length_row);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, length);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, prefix_size);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, endian);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, itself_row);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, itself);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, gap_row);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, gap);
  gtk_widget_class_bind_template_child (widget_class, TlFramingPage, error);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
tl_framing_page_init (TlFramingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_framing_page_new (TlSession *session)
{
  TlFramingPage *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_FRAMING_PAGE, NULL);
  self->session = g_object_ref (session);
  show_framing (self, tl_session_get_framing (session));
  return GTK_WIDGET (self);
}
