/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-payload.h"

G_BEGIN_DECLS

/* A message that would become larger is not made. */
#define TL_PAYLOAD_PLAN_MAX (64 * 1024 * 1024)
#define TL_MACRO_MAX_RANDOM 65536

/**
 * TlMacroMessage:
 * @captures: (nullable): of GBytes, NULL where a group took no part; [0] is all of the match
 *
 * The message that an automatic answer speaks of.
 */
typedef struct {
  const guint8 *data;
  gsize         length;
  const char   *peer;     /* "1.2.3.4:80" */
  const char   *host;
  guint16       port;
  guint64       count;    /* of messages from this peer, from 1 */
  GPtrArray    *captures;
} TlMacroMessage;

/**
 * TlMacroScope:
 * @message: there is a message that is answered: its macros can be used
 * @regex: (nullable): what chose that message: its groups can be used
 * @strict: of a template, where each brace is a field's or doubled, and `}}` is one too
 *
 * What the macros of a text may speak of.
 */
typedef struct {
  gboolean  message;
  GRegex   *regex;
  gboolean  strict;
} TlMacroScope;

/**
 * TlMacroContext:
 *
 * What they say this time.
 */
typedef struct {
  gint64                time;      /* µs since 1970 */
  guint64               counter;
  GRand                *random;    /* (nullable): GLib's own */
  const TlMacroMessage *message;   /* (nullable): only where the scope has one */
} TlMacroContext;

/**
 * TlPayloadPlan:
 *
 * What was typed, taken apart once, so that each sending only has to fill in what changes. Never changes itself. Not a GObject.
 */
typedef struct _TlPayloadPlan TlPayloadPlan;

/* @scope: (nullable): nothing but what each sending has. @position, unless NULL, gets the character (from 1) that is wrong, 0 where it is none in particular.
 * G_IO_ERROR_INVALID_DATA: the sentence names what is wrong and where. */
TlPayloadPlan *tl_payload_plan_new    (const TlPayload       *payload,
                                       const char            *text,
                                       const TlMacroScope    *scope,
                                       gsize                 *position,
                                       GError               **error);
/* Of nothing but these bytes. */
TlPayloadPlan *tl_payload_plan_new_for_bytes (GBytes         *bytes);
TlPayloadPlan *tl_payload_plan_ref    (TlPayloadPlan         *self);
void           tl_payload_plan_unref  (TlPayloadPlan         *self);
/* Whether there are macros in it. */
gboolean       tl_payload_plan_varies (TlPayloadPlan         *self);
/* (transfer full) (nullable): NULL when the message would be larger than TL_PAYLOAD_PLAN_MAX. */
GBytes        *tl_payload_plan_make   (TlPayloadPlan         *self,
                                       const TlMacroContext  *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPayloadPlan, tl_payload_plan_unref)

G_END_DECLS
