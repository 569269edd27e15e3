/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-drag.h"
#include "tl-ftp-page.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_DRAG_FETCH (tl_ftp_drag_fetch_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpDragFetch, tl_ftp_drag_fetch, TL, FTP_DRAG_FETCH, GObject)

/**
 * TlFtpDragFetch:
 *
 * Dragged files on their way to a temporary folder, for other programs. File managers ask at every step of the pointer what it is that comes, and take no
 * drop before they were told: however often they ask, each file is fetched once, from the first time on.
 */
/* @page is not kept alive. */
TlFtpDragFetch *tl_ftp_drag_fetch_new         (TlFtpPage           *page,
                                               TlFtpDrag           *drag);
/* Finishes when all files are there, or with what was wrong with the first that did not come. When nobody waits any longer, because each was cancelled,
 * the fetch is. */
void            tl_ftp_drag_fetch_wait_async  (TlFtpDragFetch      *self,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* (transfer container): of GFile. */
GPtrArray      *tl_ftp_drag_fetch_wait_finish (TlFtpDragFetch      *self,
                                               GAsyncResult        *result,
                                               GError             **error);
gboolean        tl_ftp_drag_fetch_is_running  (TlFtpDragFetch      *self);
/* Whether another drag of the same, unchanged files need not fetch them again. */
gboolean        tl_ftp_drag_fetch_serves      (TlFtpDragFetch      *self,
                                               TlFtpDrag           *drag);
/* Ends the transfers, if any are under way; who waits is told. */
void            tl_ftp_drag_fetch_cancel      (TlFtpDragFetch      *self);

G_END_DECLS
