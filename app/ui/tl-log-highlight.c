/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of the highlight rules, as style classes of the rows. */

#include "tl-log-highlight.h"

#include "tl-highlight-home.h"
#include "tl-highlight-row.h"

#define COLORED "tl-hl"
#define BOLD "tl-hl-bold"

static GQuark
class_quark (void)
{
  return g_quark_from_static_string ("tl-highlight-class");
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
tl_log_highlight_row (TlLogLook *look,
                      GtkWidget *widget,
                      guint      position)
{
  TlMessageSource *source = tl_log_look_get_source (look);
  TlHighlightRule *rule = NULL;
  const char *before = g_object_get_qdata (G_OBJECT (widget), class_quark ());
  const char *now;

  if (source != NULL)
    rule = tl_highlight_rules_match (tl_highlight_home_get (), source, position, tl_log_look_get_charset (look));
  now = rule != NULL ? tl_highlight_css_class (tl_highlight_rule_get_color (rule)) : NULL;
  if (before == NULL && now == NULL)
    return;
  set_class (widget, BOLD, rule != NULL && tl_highlight_rule_get_bold (rule));
  if (before == now)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (widget, before);
  if (now != NULL)
    gtk_widget_add_css_class (widget, now);
  set_class (widget, COLORED, now != NULL);
  g_object_set_qdata (G_OBJECT (widget), class_quark (), (gpointer) now);
}
