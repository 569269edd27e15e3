/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-framing.h"
#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_FRAME_MODEL (tl_frame_model_get_type ())
G_DECLARE_FINAL_TYPE (TlFrameModel, tl_frame_model, TL, FRAME_MODEL, GObject)

/**
 * TlFrameModel:
 *
 * The rows of a log, with what was received from each peer cut into frames: a view over kept bytes, which can be changed at any time.
 * A TlMessageSource. With TL_FRAMING_NONE it passes the log through. A frame stands where its last byte came; what has not ended a frame
 * yet stands at the end as a row of its own, whose length grows. A frame that waits for an idle gap ends when the gap has passed, whatever comes after it. Sent messages and events stay as they are. Payloads are put together from the
 * log when asked for, and not kept. A change of framing is worked off in slices on the main loop.
 *
 * A frame that has ended has an id that stays; ids of such rows count up by one. What has not ended yet has an id larger than all of them, a new one
 * whenever it has grown. Where a stream begins anew (the offset of its next row does not follow), the frame ends as it stands. Of a frame whose
 * first bytes the log has pushed out, the rest is shown.
 *
 * Properties: "source" (construct-only), "framing" (boxed), "n-items", "pending" (boolean: a change of framing is being worked off).
 */
TlFrameModel *tl_frame_model_new         (TlMessageSource *source);
void          tl_frame_model_set_framing (TlFrameModel    *self,
                                          const TlFraming *framing);

G_END_DECLS
