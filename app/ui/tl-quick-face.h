/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_QUICK_FACE (tl_quick_face_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickFace, tl_quick_face, TL, QUICK_FACE, GtkWidget)

/* What a row of the quick sends says. */
typedef struct {
  const char *title;
  const char *detail;
  gboolean    is_error;    /* the detail says what is wrong */
  gboolean    is_long;     /* the detail has several lines */
  guint       shortcut;    /* 1 to 9; 0: none */
  const char *act_icon;    /* of its button; NULL: it has none */
  const char *act_tip;
} TlQuickLook;

/**
 * TlQuickFace:
 *
 * What is in a row of the quick sends: its name, what it does, its shortcut, a button, and the button of its menu ("row.menu").
 */
/* @act: the action of its button. @more: the name of the button of the menu. */
GtkWidget  *tl_quick_face_new             (const char        *act,
                                           const char        *more);
void        tl_quick_face_show            (TlQuickFace       *self,
                                           const TlQuickLook *look);
/* (transfer none) */
GMenuModel *tl_quick_face_get_menu        (TlQuickFace       *self);
/* (transfer none): from where the menu hangs. */
GtkWidget  *tl_quick_face_get_menu_button (TlQuickFace       *self);

G_END_DECLS
