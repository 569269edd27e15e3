/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a page's verbs: they work wherever in the window the focus is. */
#include "tl-page-keys.h"

#define BOTH (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

static const struct {
  guint           key;
  GdkModifierType modifiers;
  const char     *session;
  const char     *ftp;
} keys[] = {
  { GDK_KEY_F5, 0, "page.open-close", "ftp.reload" },
  { GDK_KEY_F9, 0, "page.show-peers", "ftp.show-sites" },
  { GDK_KEY_e, GDK_CONTROL_MASK, "page.write", "" },
  { GDK_KEY_p, BOTH, "page.options", "" },
  { GDK_KEY_t, BOTH, "composer.timed-send", "" },
  { GDK_KEY_f, BOTH, "composer.send-file", "ftp.search" },
  { GDK_KEY_f, GDK_CONTROL_MASK, "log.find", "ftp.filter" },
  { GDK_KEY_F4, 0, "log.filter", "ftp.edit" },
  { GDK_KEY_g, GDK_CONTROL_MASK, "log.find-next", "" },
  { GDK_KEY_g, BOTH, "log.find-previous", "" },
  { GDK_KEY_s, GDK_CONTROL_MASK, "log.export", "" },
  { GDK_KEY_l, GDK_CONTROL_MASK, "log.clear", "ftp.edit-path" },
  { GDK_KEY_r, GDK_CONTROL_MASK, "", "ftp.reload" },
  { GDK_KEY_r, BOTH, "recording.toggle", "" },
  { GDK_KEY_y, BOTH, "replay.open", "compare.synchronise" },
  { GDK_KEY_y, GDK_CONTROL_MASK, "", "compare.browse" },
  { GDK_KEY_o, BOTH, "", "compare.active" },
  { GDK_KEY_Left, GDK_ALT_MASK, "", "ftp.back" },
  { GDK_KEY_Right, GDK_ALT_MASK, "", "ftp.forward" },
  { GDK_KEY_Up, GDK_ALT_MASK, "", "ftp.up" },
  { GDK_KEY_h, GDK_CONTROL_MASK, "", "ftp.show-hidden" },
  { GDK_KEY_1, GDK_CONTROL_MASK, "quick.send-1", "ftp.as-list" },
  { GDK_KEY_2, GDK_CONTROL_MASK, "quick.send-2", "ftp.as-grid" },
  { GDK_KEY_3, GDK_CONTROL_MASK, "quick.send-3", "" },
  { GDK_KEY_4, GDK_CONTROL_MASK, "quick.send-4", "" },
  { GDK_KEY_5, GDK_CONTROL_MASK, "quick.send-5", "" },
  { GDK_KEY_6, GDK_CONTROL_MASK, "quick.send-6", "" },
  { GDK_KEY_7, GDK_CONTROL_MASK, "quick.send-7", "" },
  { GDK_KEY_8, GDK_CONTROL_MASK, "quick.send-8", "" },
  { GDK_KEY_9, GDK_CONTROL_MASK, "quick.send-9", "" },
  { GDK_KEY_KP_1, GDK_CONTROL_MASK, "quick.send-1", "ftp.as-list" },
  { GDK_KEY_KP_2, GDK_CONTROL_MASK, "quick.send-2", "ftp.as-grid" },
  { GDK_KEY_KP_3, GDK_CONTROL_MASK, "quick.send-3", "" },
  { GDK_KEY_KP_4, GDK_CONTROL_MASK, "quick.send-4", "" },
  { GDK_KEY_KP_5, GDK_CONTROL_MASK, "quick.send-5", "" },
  { GDK_KEY_KP_6, GDK_CONTROL_MASK, "quick.send-6", "" },
  { GDK_KEY_KP_7, GDK_CONTROL_MASK, "quick.send-7", "" },
  { GDK_KEY_KP_8, GDK_CONTROL_MASK, "quick.send-8", "" },
  { GDK_KEY_KP_9, GDK_CONTROL_MASK, "quick.send-9", "" },
  { GDK_KEY_F3, 0, "", "ftp.show-local" },
  { GDK_KEY_F7, 0, "", "ftp.show-transfers" },
  { GDK_KEY_F8, 0, "quick.show", "ftp.show-transcript" },
  { GDK_KEY_s, BOTH, "quick.save", "" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "", "ftp.download" },
  { GDK_KEY_u, GDK_CONTROL_MASK, "", "ftp.upload-files" },
  { GDK_KEY_b, GDK_CONTROL_MASK, "", "ftp.add-site" },
  /* With Control it is the end of the text, where a text has the focus. */
  { GDK_KEY_End, GDK_ALT_MASK, "log.scroll-to-end", "" },
  { GDK_KEY_KP_End, GDK_ALT_MASK, "log.scroll-to-end", "" },
};

void
tl_page_keys_add (GtkWidgetClass  *widget_class,
                  GtkShortcutFunc  callback)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, callback, "(ss)", keys[i].session, keys[i].ftp);
}

void
tl_page_keys_renew (GtkWidget *widget)
{
  /* GTK 4.8 takes the verbs of the page from them when the page leaves its window, and does not give them back. */
  if (GTK_IS_ACTIONABLE (widget))
    {
      g_autofree char *name = g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)));

      if (name != NULL && (g_str_has_prefix (name, "page.") || g_str_has_prefix (name, "quick.") || g_str_has_prefix (name, "ftp.") || g_str_has_prefix (name, "compare.") ||
                           g_str_has_prefix (name, "recording.")))
        {
          gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), NULL);
          gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), name);
        }
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tl_page_keys_renew (child);
}
