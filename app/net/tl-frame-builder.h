/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-frame-index.h"
#include "tl-message-source.h"

G_BEGIN_DECLS

/**
 * TlFrameBuilderEvents:
 * @changed: as "items-changed" of a list; nothing changed when both numbers are 0
 * @continued: rows from there on were added after what was there, in the "changed" before
 * @pending: tl_frame_builder_is_pending() gives something else
 *
 * Handlers may change the framing, and let go of the owner.
 */
typedef struct {
  void (*changed)   (gpointer owner,
                     guint    position,
                     guint    removed,
                     guint    added);
  void (*continued) (gpointer owner,
                     guint    position);
  void (*pending)   (gpointer owner);
} TlFrameBuilderEvents;

/**
 * TlFrameBuilder:
 *
 * Cuts the rows of a source into frames: what is there at once or in slices of some milliseconds, what comes as it comes, and what an idle gap
 * ends when the gap has passed.
 */
typedef struct _TlFrameBuilder TlFrameBuilder;

/* @owner is not referenced: it owns this, and frees it. Without framing until one is given. */
TlFrameBuilder  *tl_frame_builder_new             (TlMessageSource            *source,
                                                   const TlFrameBuilderEvents *events,
                                                   GObject                    *owner);
void             tl_frame_builder_free            (TlFrameBuilder             *self);
/* Begins anew. @framing: (transfer full). */
void             tl_frame_builder_take_framing    (TlFrameBuilder             *self,
                                                   TlFraming                  *framing);
const TlFraming *tl_frame_builder_get_framing     (TlFrameBuilder             *self);
/* To be called for each "items-changed" of the source. */
void             tl_frame_builder_source_changed  (TlFrameBuilder             *self,
                                                   guint                       position,
                                                   guint                       removed,
                                                   guint                       added);
/* Is there something that it has not looked at yet? */
gboolean         tl_frame_builder_is_pending      (TlFrameBuilder             *self);
/* All rows: complete frames, then the open ones; without framing those of the source. */
guint            tl_frame_builder_get_n_items     (TlFrameBuilder             *self);
/* (transfer none) (nullable): the complete frames; %NULL without framing. */
TlFrameIndex    *tl_frame_builder_get_index       (TlFrameBuilder             *self);
/* (transfer none) (element-type TlFrame): the rows at the end that have not ended, as was told. */
const GArray    *tl_frame_builder_get_open_frames (TlFrameBuilder             *self);

G_END_DECLS
