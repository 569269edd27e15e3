/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the sidebar and its actions share. */

#include "tl-ftp-sites-pane.h"

G_BEGIN_DECLS

struct _TlFtpSitesPane
{
  GtkWidget           parent_instance;

  AdwToastOverlay    *toasts;
  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListView        *list;
  GtkPopoverMenu     *menu;

  TlFtpSites         *sites;
  GtkCustomFilter    *filter;
  GtkSingleSelection *selection;
  char               *wanted;         /* the text that is looked for, case folded; NULL: all */
  char               *failure;        /* to be told as soon as the pane shows */
  GtkFileChooserNative *chooser;
};

/* (transfer none) (nullable) */
TlFtpSite       *tl_ftp_sites_pane_get_selected    (TlFtpSitesPane *self);
void             tl_ftp_sites_pane_connect_to      (TlFtpSitesPane *self,
                                                    TlFtpSite      *site);
AdwToastOverlay *tl_ftp_sites_pane_get_toasts      (TlFtpSitesPane *self);
/* At a point of @at. */
void             tl_ftp_sites_pane_popup_menu      (TlFtpSitesPane *self,
                                                    GtkWidget      *at,
                                                    double          x,
                                                    double          y);

/* tl-ftp-sites-pane-actions.c */
void             tl_ftp_sites_pane_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
