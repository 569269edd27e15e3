/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlReplyTemplate: an answer with fields that the message fills in. */
#include "tl-reply-template.h"

#include "tl-payload-plan.h"

struct _TlReplyTemplate
{
  TlPayloadPlan *plan;
};

TlReplyTemplate *
tl_reply_template_new (const char *text,
                       TlCharset   charset,
                       GError    **error)
{
  const TlPayload payload = { TL_PAYLOAD_ESCAPES, charset, .macros = TRUE };
  const TlMacroScope scope = { .message = TRUE, .strict = TRUE };
  TlReplyTemplate *self;
  TlPayloadPlan *plan;

  g_return_val_if_fail (text != NULL, NULL);

  plan = tl_payload_plan_new (&payload, text, &scope, NULL, error);
  if (plan == NULL)
    return NULL;

  self = g_new0 (TlReplyTemplate, 1);
  self->plan = plan;
  return self;
}

void
tl_reply_template_free (TlReplyTemplate *self)
{
  if (self == NULL)
    return;

  tl_payload_plan_unref (self->plan);
  g_free (self);
}

GBytes *
tl_reply_template_make (TlReplyTemplate      *self,
                        const guint8         *message,
                        gsize                 length,
                        const TlReplyContext *context)
{
  const TlMacroMessage about = {
    .data = message, .length = length, .peer = context->peer, .host = context->host, .port = context->port, .count = context->count,
  };
  const TlMacroContext filled = { .time = context->time, .counter = context->count, .message = &about };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (message != NULL || length == 0, NULL);

  return tl_payload_plan_make (self->plan, &filled);
}

gboolean
tl_reply_text_replace (char       **text,
                       const char  *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (g_strcmp0 (*text, valid) == 0)
    return FALSE;

  g_free (*text);
  *text = g_steal_pointer (&valid);
  return TRUE;
}
