/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-pattern.h"
#include "tl-payload-plan.h"
#include "tl-typed-payload.h"

G_BEGIN_DECLS

#define TL_SEQUENCE_MAX_STEPS 200
#define TL_SEQUENCE_MAX_MILLISECONDS 86400000
#define TL_SEQUENCE_MAX_REPEAT 1000000000

#define TL_TYPE_STEP_KIND (tl_step_kind_get_type ())

typedef enum {
  TL_STEP_SEND,
  TL_STEP_EXPECT,
  TL_STEP_WAIT,
} TlStepKind;

GType tl_step_kind_get_type (void);

#define TL_TYPE_SEQUENCE_STEP (tl_sequence_step_get_type ())
G_DECLARE_FINAL_TYPE (TlSequenceStep, tl_sequence_step, TL, SEQUENCE_STEP, TlTypedPayload)

/**
 * TlSequenceStep:
 *
 * One step. Properties beside those of TlTypedPayload, whose text is what is sent, or looked for (of that the character set counts): "kind"; "pattern" (TlPatternKind), "fold" (boolean: capital and small letters are the same), "from-targets" (boolean: only what comes from those that it is sent to),
 * "milliseconds" (uint: how long EXPECT waits at most, and WAIT always).
 */
TlSequenceStep  *tl_sequence_step_new              (TlStepKind      kind,
                                                    const char     *text,
                                                    guint           milliseconds);
TlSequenceStep  *tl_sequence_step_copy             (TlSequenceStep *self);
TlStepKind       tl_sequence_step_get_kind         (TlSequenceStep *self);
TlPatternKind    tl_sequence_step_get_pattern      (TlSequenceStep *self);
gboolean         tl_sequence_step_get_fold         (TlSequenceStep *self);
gboolean         tl_sequence_step_get_from_targets (TlSequenceStep *self);
guint            tl_sequence_step_get_milliseconds (TlSequenceStep *self);
/* What it does, in a line, translated: "Send “AT”", "Wait for “OK”, at most 1 s", "Wait 10 ms". (transfer full) */
char            *tl_sequence_step_describe         (TlSequenceStep *self);

static inline const char *
tl_sequence_step_get_text (TlSequenceStep *self)
{
  return tl_typed_payload_get_text (TL_TYPED_PAYLOAD (self));
}

static inline const TlPayload *
tl_sequence_step_get_payload (TlSequenceStep *self)
{
  return tl_typed_payload_get_payload (TL_TYPED_PAYLOAD (self));
}

static inline const char *
tl_sequence_step_get_error (TlSequenceStep *self)
{
  return tl_typed_payload_get_error (TL_TYPED_PAYLOAD (self));
}

#define TL_TYPE_SEQUENCE (tl_sequence_get_type ())
G_DECLARE_FINAL_TYPE (TlSequence, tl_sequence, TL, SEQUENCE, GObject)

/**
 * TlSequence:
 *
 * Steps one after the other, again and again. Properties: "name" (string), "steps" (GListStore of TlSequenceStep, read-only), "repeat" (uint: how often; 0: until it is
 * stopped), "goes-on" (boolean: when what is waited for does not come in time, the next step follows; else it ends there).
 */
TlSequence      *tl_sequence_new                   (void);
TlSequence      *tl_sequence_copy                  (TlSequence     *self);
const char      *tl_sequence_get_name              (TlSequence     *self);
GListStore      *tl_sequence_get_steps             (TlSequence     *self);
guint            tl_sequence_get_repeat            (TlSequence     *self);
gboolean         tl_sequence_get_goes_on           (TlSequence     *self);
/* (transfer full) (nullable): what keeps it from being run: no steps, or the first mistake in one, translated. */
char            *tl_sequence_dup_problem           (TlSequence     *self);

G_END_DECLS
