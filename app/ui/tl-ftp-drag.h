/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_DRAG (tl_ftp_drag_get_type ())

/**
 * TlFtpDrag:
 * @client: whose connection they are on
 * @dir: the folder they are in, absolute and raw
 * @entries: of TlFtpEntry
 *
 * Remote files that are dragged, within the program.
 */
typedef struct {
  TlFtpClient *client;
  GBytes      *dir;
  GPtrArray   *entries;
} TlFtpDrag;

GType      tl_ftp_drag_get_type (void);
TlFtpDrag *tl_ftp_drag_new      (TlFtpClient *client,
                                 GBytes      *dir,
                                 GPtrArray   *entries);
TlFtpDrag *tl_ftp_drag_copy     (TlFtpDrag   *self);
void       tl_ftp_drag_free     (TlFtpDrag   *self);

/* Downloads what is dragged to a temporary place for another program, which waits for it; finishes with the local files. */
typedef void       (*TlFtpDragFetchFunc)  (TlFtpDrag           *drag,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data,
                                           gpointer             fetch_data);
/* (transfer container): of GFile. */
typedef GPtrArray *(*TlFtpDragFinishFunc) (GAsyncResult        *result,
                                           GError             **error);

/* The content of a drag: TL_TYPE_FTP_DRAG within the program, and "text/uri-list" for others, for which the files are fetched only once somebody has
 * taken them. @fetch_data lives as long as the content. */
GdkContentProvider *tl_ftp_drag_content_new (TlFtpDrag           *drag,
                                             TlFtpDragFetchFunc   fetch,
                                             TlFtpDragFinishFunc  finish,
                                             gpointer             fetch_data,
                                             GDestroyNotify       fetch_data_free);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpDrag, tl_ftp_drag_free)

G_END_DECLS
