/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolls a list of GTK 4.8, which can do so by an action only. */

#include "tl-log-scroll.h"

void
tl_log_scroll_to_row (GtkWidget *list,
                      guint      row)
{
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", row);
}

static void
hold_value_changed (GtkAdjustment *adjustment,
                    gpointer       data)
{
  g_signal_handlers_block_matched (adjustment, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, data);
}

static void
release_value_changed (GtkAdjustment *adjustment,
                       gpointer       data)
{
  g_signal_handlers_unblock_matched (adjustment, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, data);
}

/* The action brings a row in from the side that it is out of sight at, and looks at the value for that. A list whose page is at its end has all others above it. The list itself
 * does not learn of that value: it would make the rows there. What it does learn of takes effect when it is laid out. */
void
tl_log_scroll_row_to_top (GtkWidget     *list,
                          GtkAdjustment *adjustment,
                          gpointer       holder,
                          guint          row)
{
  const double value = gtk_adjustment_get_value (adjustment);

  hold_value_changed (adjustment, list);
  hold_value_changed (adjustment, holder);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  tl_log_scroll_to_row (list, row);
  gtk_adjustment_set_value (adjustment, value);
  release_value_changed (adjustment, holder);
  release_value_changed (adjustment, list);
}

gboolean
tl_log_scroll_is_later (GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
      return !gdk_key_event_is_modifier (event);
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCH_END:
      return TRUE;
    default:
      return FALSE;
    }
}
