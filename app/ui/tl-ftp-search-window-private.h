/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpSearchWindow share; for them alone. */

#include "tl-ftp-search-window.h"

#include "tl-ftp-search.h"

G_BEGIN_DECLS

struct _TlFtpSearchWindow
{
  AdwWindow          parent_instance;

  GtkLabel          *place;
  GtkEditable       *name;
  GtkDropDown       *how;
  GtkCheckButton    *match_case;
  GtkDropDown       *kind;
  GtkEditable       *min_size;
  GtkDropDown       *min_unit;
  GtkEditable       *max_size;
  GtkDropDown       *max_unit;
  GtkEditable       *newer;
  GtkDropDown       *newer_unit;
  GtkEditable       *older;
  GtkDropDown       *older_unit;
  GtkWidget         *start;
  GtkWidget         *stop;
  GtkLabel          *problem;
  GtkStack          *stack;
  GtkScrolledWindow *results;
  GtkSpinner        *spinner;
  GtkLabel          *status;
  GtkWidget         *why;
  GMenuModel        *hits_menu;

  TlFtpPage         *page;         /* not held: the window ends with it */
  TlFtpClient       *client;
  GBytes            *folder;
  TlFtpSearch       *search;
  GCancellable      *cancellable;  /* while it runs */
  GtkWidget         *view;
  GtkSelectionModel *selection;
  GtkWidget         *menu;
  guint              relayout_id;
  gboolean           narrow;
};

/* A sentence that says what is wrong; NULL: nothing is. */
void       tl_ftp_search_window_set_problem    (TlFtpSearchWindow *self,
                                                const char        *problem);
void       tl_ftp_search_window_update_actions (TlFtpSearchWindow *self);

/* tl-ftp-search-list.c */
void       tl_ftp_search_window_init_list      (TlFtpSearchWindow *self);
void       tl_ftp_search_window_show_hits      (TlFtpSearchWindow *self);

/* tl-ftp-search-acts.c */
void       tl_ftp_search_window_install_acts   (GtkWidgetClass    *widget_class);

G_END_DECLS
