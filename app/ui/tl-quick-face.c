/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a row of the quick sends. */
#include "tl-quick-face.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlQuickFace
{
  GtkWidget   parent_instance;

  GtkLabel   *name;
  GtkLabel   *detail;
  GtkLabel   *shortcut;
  GtkButton  *act;
  GtkWidget  *menu_button;
  GMenuModel *row_menu;
};

G_DEFINE_FINAL_TYPE (TlQuickFace, tl_quick_face, GTK_TYPE_WIDGET)

static void
tl_quick_face_dispose (GObject *object)
{
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_quick_face_parent_class)->dispose (object);
}

static void
tl_quick_face_class_init (TlQuickFaceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_quick_face_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-face.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, name);
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, detail);
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, shortcut);
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, act);
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickFace, row_menu);
}

static void
tl_quick_face_init (TlQuickFace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_quick_face_new (const char *act,
                   const char *more)
{
  TlQuickFace *self = g_object_new (TL_TYPE_QUICK_FACE, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->act), act);
  gtk_widget_set_tooltip_text (self->menu_button, more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);

  return GTK_WIDGET (self);
}

void
tl_quick_face_show (TlQuickFace       *self,
                    const TlQuickLook *look)
{
  g_autofree char *shortcut = look->shortcut > 0 ? g_strdup_printf (_("Ctrl+%u"), look->shortcut) : NULL;

  g_return_if_fail (TL_IS_QUICK_FACE (self));

  gtk_label_set_label (self->name, look->title);
  gtk_label_set_label (self->detail, look->detail);
  gtk_label_set_wrap (self->detail, look->is_long);
  gtk_label_set_lines (self->detail, look->is_long ? 3 : 1);
  /* Not dim where it must be read. */
  if (look->is_error)
    gtk_widget_set_css_classes (GTK_WIDGET (self->detail), (const char *[]) { "caption", "error", NULL });
  else
    gtk_widget_set_css_classes (GTK_WIDGET (self->detail), (const char *[]) { "caption", "dim-label", "numeric", NULL });
  gtk_label_set_label (self->shortcut, shortcut ? shortcut : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), shortcut != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->act), look->act_icon != NULL);
  if (!look->act_icon)
    return;
  gtk_button_set_icon_name (self->act, look->act_icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->act), look->act_tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->act), GTK_ACCESSIBLE_PROPERTY_LABEL, look->act_tip, -1);
}

GMenuModel *
tl_quick_face_get_menu (TlQuickFace *self)
{
  g_return_val_if_fail (TL_IS_QUICK_FACE (self), NULL);

  return self->row_menu;
}

GtkWidget *
tl_quick_face_get_menu_button (TlQuickFace *self)
{
  g_return_val_if_fail (TL_IS_QUICK_FACE (self), NULL);

  return self->menu_button;
}
