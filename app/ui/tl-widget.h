/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

static inline void
tl_widget_cell_cb (GtkWidget *child)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autoptr (GSimpleAction) nothing = NULL;

  if (!cell || !g_str_equal (G_OBJECT_TYPE_NAME (cell), "GtkColumnViewCell"))
    return;
  group = g_simple_action_group_new ();
  nothing = g_simple_action_new ("select-item", G_VARIANT_TYPE ("(ubb)"));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (nothing));
  gtk_widget_insert_action_group (cell, "list", G_ACTION_GROUP (group));
}

/* For the child of a cell of a GtkColumnView, before it is put in: in GTK 4.8 both the cell and its row hear a click, each selects, and Ctrl+click takes
 * back what it did. The cell's act ends in one that does nothing; later versions have no such cell. */
static inline void
tl_widget_select_once (GtkWidget *child)
{
  g_signal_connect (child, "notify::parent", G_CALLBACK (tl_widget_cell_cb), NULL);
}

/* For dispose. gtk_widget_dispose_template() of GTK 4.8 leaves children that are not bound by name, and looks for the template of the subclass. */
static inline void
tl_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)))
    gtk_widget_unparent (child);
}

/* For the child of a row of a GtkListView that has several parts: GTK 4.8 gives the row, which takes the focus, no name. */
static inline void
tl_widget_name_row (GtkWidget  *child,
                    const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (child);

  if (row && g_str_equal (G_OBJECT_TYPE_NAME (row), "GtkListItemWidget"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* libadwaita 1.2 divides by the width of a flap, which is 0 in a window that is seen but not laid out yet, and then makes its content
 * -2147483648 pixels wide. What is hidden is not animated. */
static inline void
tl_widget_reveal_flap (AdwFlap  *flap,
                       gboolean  reveal)
{
  const gboolean too_early = gtk_widget_get_mapped (GTK_WIDGET (flap)) && gtk_widget_get_width (GTK_WIDGET (flap)) == 0;

  if (too_early)
    gtk_widget_set_visible (GTK_WIDGET (flap), FALSE);
  adw_flap_set_reveal_flap (flap, reveal);
  if (too_early)
    gtk_widget_set_visible (GTK_WIDGET (flap), TRUE);
}

/* A dialog that is wider than the window in front of which it stands would hang over its sides. */
static inline void
tl_widget_fit_window (GtkWindow *dialog)
{
  GtkWindow *parent = gtk_window_get_transient_for (dialog);
  int width, height;

  gtk_window_get_default_size (dialog, &width, &height);
  if (parent && gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    gtk_window_set_default_size (dialog, MIN (width, gtk_widget_get_width (GTK_WIDGET (parent))), height);
}

/* @root: (nullable) of what opened it. */
static inline void
tl_widget_present_over (GtkWindow *dialog,
                        GtkRoot   *root)
{
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (dialog, GTK_WINDOW (root));
  tl_widget_fit_window (dialog);
  gtk_window_present (dialog);
}

/* The part of a drop-down that takes the focus has no name of its own in GTK 4.8: each at or below @widget gets its tooltip as that. */
static inline void
tl_widget_name_drop_downs (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget) && gtk_widget_get_tooltip_text (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (widget)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_widget_get_tooltip_text (widget), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    tl_widget_name_drop_downs (child);
}

/* The same for the close button of a GtkInfoBar, which is but a picture. */
static inline void
tl_widget_name_close_button (GtkWidget  *widget,
                             const char *name)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "close"))
    {
      gtk_widget_set_tooltip_text (widget, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    tl_widget_name_close_button (child, name);
}

/* The focus vfunc of each widget that has a grab_focus of its own: without it GTK 4.8 asks that one when the focus comes from outside, which goes past
 * all that stands before, and when it leaves backwards, which does not let it leave. Children stand in the order of the eye. */
static inline gboolean
tl_widget_focus_children (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  const gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *child = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);

  if (focus && gtk_widget_is_ancestor (focus, widget))
    while (child != focus && !gtk_widget_is_ancestor (focus, child))
      child = back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child);
  for (; child; child = back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child))
    if (gtk_widget_child_focus (child, direction))
      return TRUE;

  return FALSE;
}

/* The focus vfunc of what holds one list: Tab leaves it at once, in GTK 4.8 it would stop at each of half a million rows. The arrow keys go from row to row. */
static inline gboolean
tl_widget_focus_list (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  const gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && focus && gtk_widget_is_ancestor (focus, widget))
    return FALSE;

  return tl_widget_focus_children (widget, direction);
}

static inline void
tl_widget_menu_closed_cb (GtkPopover *popover)
{
  GtkWidget *focus = g_object_steal_data (G_OBJECT (popover), "tl-focus");

  /* What is chosen in the menu may have moved it. */
  if (focus && gtk_widget_get_mapped (focus) && gtk_widget_get_root (focus)
      && (!gtk_root_get_focus (gtk_widget_get_root (focus))
          || gtk_widget_is_ancestor (gtk_root_get_focus (gtk_widget_get_root (focus)), GTK_WIDGET (popover))))
    gtk_widget_grab_focus (focus);
  g_clear_object (&focus);
}

/* Pops up a context menu that gives the focus back where it came from: GTK 4.8 moves it to wherever it likes. */
static inline void
tl_widget_popup_menu (GtkPopover *popover)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (popover)));

  if (!g_signal_handler_find (popover, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, tl_widget_menu_closed_cb, NULL))
    g_signal_connect (popover, "closed", G_CALLBACK (tl_widget_menu_closed_cb), NULL);
  g_object_set_data_full (G_OBJECT (popover), "tl-focus", focus ? g_object_ref (focus) : NULL, g_object_unref);
  gtk_popover_popup (popover);
}

/* The same for a menu of @parent, made when it is used first, at a point of it. */
static inline void
tl_widget_popup_menu_at (GtkWidget  *parent,
                         GtkWidget **menu,
                         GMenuModel *model,
                         double      x,
                         double      y)
{
  if (!*menu)
    {
      *menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (*menu), FALSE);
      gtk_widget_set_halign (*menu, GTK_ALIGN_START);
      gtk_widget_set_parent (*menu, parent);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (*menu), &(GdkRectangle){ x, y, 1, 1 });
  tl_widget_popup_menu (GTK_POPOVER (*menu));
}

/* The menu of rows, a child of what holds @view, at a point of that. */
static inline void
tl_widget_popup_row_menu (GtkPopover *menu,
                          GtkWidget  *view,
                          double      x,
                          double      y)
{
  double menu_x, menu_y;

  gtk_widget_translate_coordinates (view, gtk_widget_get_parent (GTK_WIDGET (menu)), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (menu, &(GdkRectangle) { menu_x, menu_y, 1, 1 });
  tl_widget_popup_menu (menu);
}

/* The same where the focus is, or at the beginning of @view. */
static inline void
tl_widget_popup_row_menu_at_focus (GtkPopover *menu,
                                   GtkWidget  *view)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view))
    focus = view;
  if (gtk_widget_compute_bounds (focus, view, &bounds))
    tl_widget_popup_row_menu (menu, view, bounds.origin.x + 12, bounds.origin.y + MIN (bounds.size.height, 40));
}

/* (nullable): the child of the row at a point of the list @view, if it is of that type. */
static inline GtkWidget *
tl_widget_pick_row (GtkWidget *view,
                    double     x,
                    double     y,
                    GType      type)
{
  GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, type) : NULL;

  /* The padding of a list row belongs to the row, not to its child. */
  if (row == NULL && picked != NULL && picked != view)
    row = gtk_widget_get_first_child (picked);

  return row != NULL && g_type_is_a (G_OBJECT_TYPE (row), type) ? row : NULL;
}

G_END_DECLS
