/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-framing.h"

G_BEGIN_DECLS

/* What the frames that have begun may take, of all cutters of one owner together, bytes. */
typedef struct {
  gsize held;
  gsize max;
} TlFrameRoom;

/**
 * TlFrameCutterEvents:
 * @frame: a whole frame, whose last byte came at @time (µs since 1970); the bytes are valid during the call only
 * @given_up: one that had begun was thrown away, for want of room
 *
 * Handlers may stop the cutter.
 */
typedef struct {
  void (*frame)    (gpointer      owner,
                    gint64        time,
                    const guint8 *data,
                    gsize         length);
  void (*given_up) (gpointer      owner);
} TlFrameCutterEvents;

/**
 * TlFrameCutter:
 *
 * Cuts the stream of one peer into frames as it comes, for those who act on them: it holds the bytes of the one that has begun, and ends it by itself when a gap
 * has passed.
 */
typedef struct _TlFrameCutter TlFrameCutter;

TlFrameCutter *tl_frame_cutter_new  (const TlFraming           *framing,
                                     const TlFrameCutterEvents *events,
                                     gpointer                   owner,
                                     TlFrameRoom               *room);
/* There are no events any more; what had begun is thrown away. (transfer full) @self. */
void           tl_frame_cutter_stop (TlFrameCutter             *self);
void           tl_frame_cutter_feed (TlFrameCutter             *self,
                                     gint64                     time,
                                     const guint8              *data,
                                     gsize                      length);
/* What has begun, if anything, is whole as it stands. */
void           tl_frame_cutter_end  (TlFrameCutter             *self);

G_END_DECLS
