/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the list of a folder and its places share. */

#include "tl-ftp-file-list.h"

G_BEGIN_DECLS

/* On the child of each item: the item. */
#define TL_FTP_FILE_LIST_ITEM_KEY "tl-ftp-item"

typedef struct {
  GtkScrolledWindow *scrolled;
  GtkWidget         *list;
  TlFtpSpareRows    *rows;       /* what the list shows */
  GtkSelectionModel *model;      /* (nullable) */
  TlFtpDirectory    *directory;  /* (nullable) */
  TlFtpEntry        *lost;       /* (nullable): whose row had the focus before the rows changed */
  guint              wanted;     /* the row that gets the focus when it has a widget */
  gboolean           to_scroll;  /* to it */
  gboolean           to_focus;
  guint              held;       /* the row that had it before the rows changed */
  guint              tick_id;
  guint              tries;
  guint              n_waits;    /* frames before the list knows where its rows are */
  gboolean           lost_seen;  /* the row of @lost was */
  guint              n_seen;     /* entries that a page shows */
} TlFtpFileListPrivate;

TlFtpFileListPrivate *tl_ftp_file_list_get_private      (TlFtpFileList        *self);
/* The row gets the focus once it has a widget. */
void                  tl_ftp_file_list_await_row        (TlFtpFileList        *self,
                                                         guint                 position);

/* tl-ftp-file-list-place.c */
/* The item of the row that @widget is, or is the first cell of. */
GtkListItem          *tl_ftp_file_list_find_item        (GtkWidget            *widget);
GtkWidget            *tl_ftp_file_list_find_row         (TlFtpFileListPrivate *priv,
                                                         guint                 number);
TlFtpEntry           *tl_ftp_file_list_place_cb         (gpointer              data,
                                                         guint                *number,
                                                         double               *align);
void                  tl_ftp_file_list_replacing_cb     (TlFtpFileList        *self);
void                  tl_ftp_file_list_replaced_cb      (TlFtpFileList        *self);
/* To the row that has lost it in a change of the rows, wherever it is now. FALSE: there is none, or the focus is elsewhere. */
gboolean              tl_ftp_file_list_bring_back_focus (TlFtpFileList        *self);

G_END_DECLS
