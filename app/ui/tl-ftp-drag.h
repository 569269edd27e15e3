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

typedef struct _TlFtpDragFetch TlFtpDragFetch;

#define TL_TYPE_FTP_DRAG_CONTENT (tl_ftp_drag_content_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpDragContent, tl_ftp_drag_content, TL, FTP_DRAG_CONTENT, GdkContentProvider)

/**
 * TlFtpDragContent:
 *
 * The content of a drag: TL_TYPE_FTP_DRAG within the program, and "text/uri-list" for others, for which the files are fetched when somebody asks.
 */
GdkContentProvider *tl_ftp_drag_content_new       (TlFtpDrag        *drag,
                                                   TlFtpDragFetch   *fetch);
/* (transfer none) */
TlFtpDrag          *tl_ftp_drag_content_get_drag  (TlFtpDragContent *self);
TlFtpDragFetch     *tl_ftp_drag_content_get_fetch (TlFtpDragContent *self);
/* Whether they were dropped within the program. */
gboolean            tl_ftp_drag_content_is_taken  (TlFtpDragContent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpDrag, tl_ftp_drag_free)

G_END_DECLS
