/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlFrameModel only. */

#include "tl-framing.h"
#include "tl-message.h"

G_BEGIN_DECLS

/**
 * TlFrame:
 * @serial: the row of the source that has its last byte; rows are numbered from 0 as they were added
 * @stop: how many bytes of that row come before the frame's end
 * @length: all its bytes
 * @span: how many rows before that one its first byte is
 * @id: of the row that it makes
 */
typedef struct {
  guint64 serial;
  guint64 id;
  guint32 stop;
  guint32 length;
  guint32 span;
} TlFrame;

/* The ids of frames that have not ended yet: larger than those of all that have, and new whenever the frame has grown. */
#define TL_FRAME_PENDING_ID (G_GUINT64_CONSTANT (1) << 62)

/* Where the frames of all streams of a source are. It keeps no payload. */
typedef struct _TlFrameIndex TlFrameIndex;

TlFrameIndex *tl_frame_index_new         (const TlFraming     *framing,
                                          guint64              first_id);
void          tl_frame_index_free        (TlFrameIndex        *self);
/* The next row of the source. @data is only looked at for rows that are received. */
void          tl_frame_index_add_row     (TlFrameIndex        *self,
                                          const TlMessageInfo *info,
                                          const guint8        *data);
/* Nothing more has come until @time, µs since 1970: frames that waited for a gap and have had it end. Returns when the next one will have had it; 0: none. */
gint64        tl_frame_index_end_idle    (TlFrameIndex        *self,
                                          gint64               time);
/* The oldest @n_rows rows of the source are gone, added or not. Returns how many complete frames went with them, from the first. */
guint         tl_frame_index_trim        (TlFrameIndex        *self,
                                          guint                n_rows);
/* The serial of the oldest row that is not gone, and how many were added from that one on. */
guint64       tl_frame_index_get_base    (TlFrameIndex        *self);
guint         tl_frame_index_get_n_rows  (TlFrameIndex        *self);
guint         tl_frame_index_get_n_frames (TlFrameIndex       *self);
guint64       tl_frame_index_get_first_id (TlFrameIndex       *self);
void          tl_frame_index_get         (TlFrameIndex        *self,
                                          guint                index,
                                          TlFrame             *frame);
/* (transfer full): the frames that have not ended, the one that grew last at the end; a GArray of TlFrame. */
GArray       *tl_frame_index_dup_pending (TlFrameIndex        *self);
/* The row before @serial with bytes of the same stream; false when it is gone or there is none. */
gboolean      tl_frame_index_previous_row (TlFrameIndex       *self,
                                          guint64              serial,
                                          guint64             *previous);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFrameIndex, tl_frame_index_free)

G_END_DECLS
