/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the window and its parts share. */

#include "tl-tabs.h"
#include "tl-window.h"

G_BEGIN_DECLS

struct _TlWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *new_stack;
  GtkMenuButton *new_tcp;
  GtkMenuButton *menu_button;
  GtkRevealer *offer;
  GtkLabel *offer_label;
  GtkRevealer *transfers_offer;
  GtkLabel *transfers_label;
  GtkRevealer *edits_offer;
  GtkLabel *edits_label;
  AdwViewStack *pages;
  TlTabs *udp_tabs;
  TlTabs *tcp_tabs;
  TlTabs *ftp_tabs;

  gboolean close_confirmed;
};

GSettings *tl_window_get_settings  (TlWindow   *self);

/* Adds @content, a TlTabContent, as a tab of @tabs, and shows it. */
void       tl_window_show_content   (TlWindow   *self,
                                     TlTabs     *tabs,
                                     GtkWidget  *content);

/* tl-window-share.c */
void       tl_window_share_action   (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);
void       tl_window_try_ftp_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);

/* tl-window-keep.c */
/* @contents: those of all tabs. */
void       tl_window_save           (TlWindow   *self,
                                     GPtrArray  *contents);
void       tl_window_restore_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);
void       tl_window_forget_action  (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);

/* tl-window-edits.c */
void       tl_window_show_edits_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);
void       tl_window_leave_edits_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);
void       tl_window_review_edits_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);

/* tl-window-transfers.c */
void       tl_window_continue_transfers_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);
void       tl_window_leave_transfers_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter);

G_END_DECLS
