/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips of a filter, and how many messages it lets through. */

#include "tl-filter-strip.h"

#include "tl-message-text.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_PARTS 8
#define MAX_CHIP_CHARS 28

struct _TlFilterStrip
{
  GtkWidget parent_instance;

  GtkWidget *chips[MAX_PARTS];
  GtkWidget *count_label;
  GtkWidget *undecided_label;
};

enum {
  REMOVE,
  CLEAR_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFilterStrip, tl_filter_strip, GTK_TYPE_WIDGET)

static void
chip_cb (GtkWidget *chip)
{
  GtkWidget *self = gtk_widget_get_ancestor (chip, TL_TYPE_FILTER_STRIP);

  for (guint i = 0; i < MAX_PARTS; i++)
    if (TL_FILTER_STRIP (self)->chips[i] == chip)
      {
        g_signal_emit (self, signals[REMOVE], 0, i);
        return;
      }
}

static void
clear_all_cb (TlFilterStrip *self)
{
  g_signal_emit (self, signals[CLEAR_ALL], 0);
}

static GtkWidget *
new_chip (void)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHIP_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "tl-filter-chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (chip, FALSE);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), NULL);
  return chip;
}

static void
tl_filter_strip_dispose (GObject *object)
{
  tl_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (tl_filter_strip_parent_class)->dispose (object);
}

static void
tl_filter_strip_class_init (TlFilterStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_filter_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CLEAR_ALL] = g_signal_new ("clear-all", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_filter_strip_init (TlFilterStrip *self)
{
  GtkWidget *box = tl_wrap_box_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("_Clear All Filters"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (box, "tl-filter-strip");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  for (guint i = 0; i < MAX_PARTS; i++)
    {
      self->chips[i] = new_chip ();
      gtk_widget_set_parent (self->chips[i], box);
    }
  self->count_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count_label, "numeric");
  gtk_widget_add_css_class (self->count_label, "caption");
  gtk_label_set_xalign (GTK_LABEL (self->count_label), 0);
  gtk_widget_set_hexpand (self->count_label, TRUE);
  gtk_widget_set_parent (self->count_label, box);
  gtk_widget_add_css_class (clear, "tl-filter-chip");
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (clear_all_cb), self);
  gtk_widget_set_parent (clear, box);
  self->undecided_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->undecided_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->undecided_label), TRUE);
  gtk_widget_add_css_class (self->undecided_label, "caption");
  gtk_widget_add_css_class (self->undecided_label, "warning");
  gtk_widget_set_visible (self->undecided_label, FALSE);
  gtk_widget_set_margin_start (self->undecided_label, 6);
  gtk_widget_set_margin_end (self->undecided_label, 6);
  gtk_widget_set_parent (self->undecided_label, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
tl_filter_strip_set_words (TlFilterStrip  *self,
                           char          **words,
                           guint           n_parts)
{
  gboolean any = FALSE;

  g_return_if_fail (TL_IS_FILTER_STRIP (self));
  g_return_if_fail (n_parts <= MAX_PARTS);

  for (guint i = 0; i < n_parts; i++)
    {
      GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (self->chips[i])));
      g_autofree char *name = NULL;

      gtk_widget_set_visible (self->chips[i], words[i] != NULL);
      if (words[i] == NULL)
        continue;
      any = TRUE;
      gtk_label_set_text (GTK_LABEL (label), words[i]);
      name = g_strdup_printf (_("No longer filter: %s"), words[i]);
      gtk_widget_set_tooltip_text (self->chips[i], name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

void
tl_filter_strip_set_count (TlFilterStrip *self,
                           guint          n_shown,
                           guint          n_all,
                           guint          n_seen,
                           gboolean       pending)
{
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_FILTER_STRIP (self));

  if (pending)
    text = g_strdup_printf (_("%'u of %'u shown, %u %% looked at"), n_shown, n_all, n_all > 0 ? (guint) MIN ((guint64) n_seen * 100 / n_all, 100) : 0);
  else
    text = g_strdup_printf (_("%'u of %'u shown"), n_shown, n_all);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->count_label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (self->count_label), text);
}

void
tl_filter_strip_set_undecided (TlFilterStrip *self,
                               guint          n)
{
  g_return_if_fail (TL_IS_FILTER_STRIP (self));

  tl_message_text_show_undecided (GTK_LABEL (self->undecided_label), n);
}
