/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlSharePage share. */

#include "tl-log-view.h"
#include "tl-option-row.h"
#include "tl-share-page.h"
#include "tl-tab-content.h"

G_BEGIN_DECLS

struct _TlSharePage
{
  GtkWidget            parent_instance;

  AdwToastOverlay     *toasts;
  GtkSwitch           *sharing;
  AdwActionRow        *folder_row;
  GtkLabel            *risk;
  AdwPreferencesGroup *urls_group;
  GtkListBox          *urls;
  AdwActionRow        *fingerprint_row;
  GtkLabel            *problem;
  AdwPreferencesGroup *visitors_group;
  GtkListBox          *visitors;
  AdwPreferencesGroup *rights_group;
  GtkListBox          *accounts;
  AdwPreferencesGroup *place_group;
  AdwActionRow        *address_row;
  GtkDropDown         *address;
  AdwPreferencesGroup *limits_group;
  TlOptionRow         *ports_row;
  TlLogView           *log;

  TlFtpServer         *server;
  GPtrArray           *addresses;     /* of those in the choice, in its order */
  gboolean             filling;       /* the choice is */
  gboolean             needs_attention;
};

/* tl-share-page-actions.c */
void tl_share_page_install_actions (GtkWidgetClass *widget_class);
/* Shares the folder; asks before when it is one that nobody means to share. */
void tl_share_page_confirm         (TlSharePage    *self);
/* tl-share-page-options.c */
void tl_share_page_add_options     (TlSharePage    *self);
/* tl-share-page-address.c: where it can be shared, and where it is. */
void tl_share_page_fill_urls       (TlSharePage    *self);
void tl_share_page_fill_addresses  (TlSharePage    *self);
void tl_share_page_choose_address  (TlSharePage    *self);

G_END_DECLS
