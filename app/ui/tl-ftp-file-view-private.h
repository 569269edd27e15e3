/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the view of a folder and its selection by names share. */

#include "tl-ftp-file-list.h"
#include "tl-ftp-file-view.h"
#include "tl-ftp-type-ahead.h"

G_BEGIN_DECLS

struct _TlFtpFileView
{
  GtkWidget parent_instance;

  GtkSearchBar     *search_bar;
  GtkSearchEntry   *filter_entry;
  GtkInfoBar       *error_bar;
  GtkLabel         *error_label;
  GtkButton        *error_login;
  GtkStack         *stack;
  GtkWidget        *welcome;
  AdwStatusPage    *loading_page;
  AdwStatusPage    *error_page;
  AdwStatusPage    *filtered_page;
  GtkButton        *page_login;
  GtkWidget        *table;
  GtkWidget        *grid_view;
  GtkWidget        *menu;

  TlFtpBrowser      *browser;
  GtkSelectionModel *selection;
  TlFtpTypeAhead    *type_ahead;
  GMenuModel        *menu_model;
  GPtrArray         *wanted;     /* raw names to be selected when they are there */
  guint              select_id;
  gboolean           fresh;      /* another folder, which is shown from its first row on */
  gboolean           grid;
};

/* The look that is shown. */
TlFtpFileList *tl_ftp_file_view_get_list      (TlFtpFileView *self);

/* tl-ftp-file-view-wanted.c */
void           tl_ftp_file_view_select_wanted (TlFtpFileView *self);
void           tl_ftp_file_view_replacing_cb  (TlFtpFileView *self,
                                               GBytes        *path);

G_END_DECLS
