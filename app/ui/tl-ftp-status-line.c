/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is in a folder, in a line. */

#include "tl-ftp-status-line.h"

#include "tl-ftp-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Bounds of what is shown of lines that were not understood. */
#define MAX_LINES 50
#define MAX_BYTES 300

struct _TlFtpStatusLine
{
  GtkWidget parent_instance;

  GtkLabel          *label;
  GtkLabel          *cut_label;
  GtkMenuButton     *unparsed_button;
  GtkLabel          *unparsed_label;

  TlFtpBrowser      *browser;
  GtkSelectionModel *selection;
  guint              idle_id;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpStatusLine, tl_ftp_status_line, GTK_TYPE_WIDGET)

/* Where a link leads is seen nowhere else, but by those who rest the pointer on it. */
static void
append_target (TlFtpStatusLine *self,
               GString         *text,
               guint            position)
{
  g_autoptr (TlFtpEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autofree char *target = NULL;

  if (!entry || tl_ftp_entry_get_kind (entry) != TL_FTP_ENTRY_LINK)
    return;
  g_object_get (entry, "target", &target, NULL);
  if (!target || !*target)
    return;
  g_string_append (text, " · ");
  g_string_append_printf (text, _("Link to %s"), target);
}

static char *
make_text (TlFtpStatusLine *self)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (directory));
  guint n_selected = gtk_bitset_get_size (selected);
  GString *text = g_string_new (NULL);
  guint n_hidden;
  gint64 total;

  g_object_get (directory, "n-hidden", &n_hidden, "total-size", &total, NULL);
  g_string_append_printf (text, ngettext ("%u item", "%u items", n_items), n_items);
  if (total > 0)
    {
      g_autofree char *size = tl_ftp_text_size (total);

      g_string_append_printf (text, " · %s", size);
    }
  if (n_hidden > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u not shown", "%u not shown", n_hidden), n_hidden);
    }
  if (n_selected > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u selected", "%u selected", n_selected), n_selected);
    }

  if (n_selected == 1)
    append_target (self, text, gtk_bitset_get_minimum (selected));

  return g_string_free (text, FALSE);
}

static gboolean
idle_cb (gpointer data)
{
  TlFtpStatusLine *self = data;
  g_autofree char *text = tl_ftp_browser_get_path (self->browser) ? make_text (self) : g_strdup ("");
  g_autoptr (TlFtpListing) listing = NULL;
  guint n_unparsed;

  self->idle_id = 0;
  gtk_label_set_label (self->label, text);
  g_object_get (self->browser, "n-unparsed", &n_unparsed, "listing", &listing, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->cut_label), listing && tl_ftp_listing_is_cut (listing));
  gtk_widget_set_visible (GTK_WIDGET (self->unparsed_button), n_unparsed > 0);
  if (n_unparsed > 0)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("%u line not understood", "%u lines not understood", n_unparsed), n_unparsed);

      gtk_menu_button_set_label (self->unparsed_button, label);
    }
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* A selection by the rubber band changes with each motion of the pointer. Before the next frame: what can be done with it is decided then too. */
static void
changed_cb (TlFtpStatusLine *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, idle_cb, self, NULL);
}

static void
unparsed_cb (TlFtpStatusLine *self)
{
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;

  g_object_get (self->browser, "listing", &listing, NULL);
  n = listing ? MIN (tl_ftp_listing_get_n_unparsed (listing), MAX_LINES) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) line = tl_ftp_listing_dup_unparsed (listing, i);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (line, &length);
      g_autofree char *shown = tl_ftp_name_display (bytes, MIN (length, MAX_BYTES), tl_ftp_browser_get_charset (self->browser),
                                                    TL_CHARSET_GB18030, NULL);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", shown);
    }
  gtk_label_set_label (self->unparsed_label, text->str);
}

static void
tl_ftp_status_line_dispose (GObject *object)
{
  TlFtpStatusLine *self = TL_FTP_STATUS_LINE (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->browser)
    {
      g_signal_handlers_disconnect_by_data (tl_ftp_browser_get_directory (self->browser), self);
      g_signal_handlers_disconnect_by_data (self->browser, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_object (&self->browser);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_STATUS_LINE);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_ftp_status_line_parent_class)->dispose (object);
}

static void
tl_ftp_status_line_class_init (TlFtpStatusLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_status_line_dispose;

  signals[CHANGED] = g_signal_new ("changed", TL_TYPE_FTP_STATUS_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpStatusLine, label);
  gtk_widget_class_bind_template_child (widget_class, TlFtpStatusLine, cut_label);
  gtk_widget_class_bind_template_child (widget_class, TlFtpStatusLine, unparsed_button);
  gtk_widget_class_bind_template_child (widget_class, TlFtpStatusLine, unparsed_label);
  gtk_widget_class_bind_template_callback (widget_class, unparsed_cb);
}

static void
tl_ftp_status_line_init (TlFtpStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tl_ftp_status_line_set_browser (TlFtpStatusLine   *self,
                                TlFtpBrowser      *browser,
                                GtkSelectionModel *selection)
{
  static const char *const sizes[] = { "notify::n-items", "notify::n-hidden", "notify::total-size" };

  g_return_if_fail (TL_IS_FTP_STATUS_LINE (self));
  g_return_if_fail (!self->browser);

  self->browser = g_object_ref (browser);
  self->selection = g_object_ref (selection);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_signal_connect_swapped (tl_ftp_browser_get_directory (browser), sizes[i], G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (browser, "notify::path", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (selection, "items-changed", G_CALLBACK (changed_cb), self);
}
