/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of macros. */
#include "tl-macro-menu.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlMacroMenu
{
  GtkWidget      parent_instance;

  GtkMenuButton *button;
  GtkListBox    *list;
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlMacroMenu, tl_macro_menu, GTK_TYPE_WIDGET)

static const struct {
  const char *macro;
  const char *meaning;
} macros[] = {
  { "{time}", N_("Date and time, as the log writes them") },
  { "{time:%H:%M:%S}", N_("The time in a format of your own") },
  { "{unixtime}", N_("Seconds since 1970; in hex 4 bytes") },
  { "{counter}", N_("Counts the sendings from 1; in hex 4 bytes") },
  { "{counter:5}", N_("The same with 5 digits; in hex 5 bytes") },
  { "{random:8}", N_("8 letters and digits at random; in hex and with escapes 8 bytes") },
  { "{crc16-modbus}", N_("CRC-16/MODBUS of all before it: in text as digits, else as bytes") },
  { "{crc16-ccitt}", N_("CRC-16/CCITT of all before it") },
  { "{crc32}", N_("CRC-32 of all before it") },
  { "{sum8}", N_("Sum of all before it") },
  { "{xor:1}", N_("XOR of all before it without the first byte, as NMEA has it") },
  { "{lrc}", N_("LRC of all before it") },
  { "{{", N_("A brace, where a letter or a digit follows") },
};

static void
activated_cb (TlMacroMenu   *self,
              GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, macros[gtk_list_box_row_get_index (row)].macro);
}

static GtkWidget *
row_new (const char *macro,
         const char *meaning)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (macro);
  GtkWidget *caption = gtk_label_new (meaning);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *label = g_strconcat (macro, ": ", meaning, NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "monospace");
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 40);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return row;
}

static void
tl_macro_menu_dispose (GObject *object)
{
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_macro_menu_parent_class)->dispose (object);
}

static void
tl_macro_menu_class_init (TlMacroMenuClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_macro_menu_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", TL_TYPE_MACRO_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-macro-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, TlMacroMenu, button);
  gtk_widget_class_bind_template_child (widget_class, TlMacroMenu, list);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
tl_macro_menu_init (TlMacroMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (macros); i++)
    gtk_list_box_append (self->list, row_new (macros[i].macro, _(macros[i].meaning)));
}
