/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlSharePage share. */

#include "tl-log-view.h"
#include "tl-share-page.h"
#include "tl-tab-content.h"

G_BEGIN_DECLS

struct _TlSharePage
{
  GtkWidget            parent_instance;

  AdwToastOverlay     *toasts;
  GtkSwitch           *sharing;
  AdwActionRow        *folder_row;
  AdwActionRow        *url_row;
  AdwActionRow        *fingerprint_row;
  GtkLabel            *problem;
  AdwPreferencesGroup *visitors_group;
  GtkListBox          *visitors;
  AdwPreferencesGroup *rights_group;
  GtkListBox          *accounts;
  AdwPreferencesGroup *place_group;
  AdwActionRow        *address_row;
  GtkDropDown         *address;
  TlLogView           *log;

  TlFtpServer         *server;
  GPtrArray           *addresses;     /* of those in the choice, in its order */
  char               **own;           /* those of this computer that others can reach */
  gboolean             filling;       /* the choice is */
  gboolean             needs_attention;
};

/* tl-share-page-actions.c */
void tl_share_page_install_actions (GtkWidgetClass *widget_class);
/* tl-share-page-address.c: where it can be shared. */
void tl_share_page_fill_addresses  (TlSharePage    *self);
void tl_share_page_choose_address  (TlSharePage    *self);

G_END_DECLS
