/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlFrameModel only. */

#include "tl-frame-index.h"
#include "tl-message-source.h"

G_BEGIN_DECLS

/* The row that a frame makes. Of a frame whose first rows the source has no more, only the rest. */
void    tl_frame_peek      (const TlFrame   *frame,
                            TlFrameIndex    *index,
                            TlMessageSource *source,
                            TlMessageInfo   *info);
/* (transfer full): its bytes, put together. */
GBytes *tl_frame_dup_bytes (const TlFrame   *frame,
                            TlFrameIndex    *index,
                            TlMessageSource *source);

G_END_DECLS
