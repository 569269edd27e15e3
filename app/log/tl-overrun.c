/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sink of a log has lost, told in that log. */

#include "tl-overrun.h"

void
tl_overrun_tell (TlOverrun     *self,
                 TlMessageKind  kind,
                 const char    *sentence)
{
  /* The log gives the sink each line of its own; one about a line that was lost would have no end. */
  if (self->telling)
    return;
  self->telling = TRUE;
  tl_message_log_append_text (self->log, kind, 0, sentence);
  self->telling = FALSE;
}

void
tl_overrun_add (TlOverrun  *self,
                const char *sentence)
{
  if (self->n_untold++ == 0)
    tl_overrun_tell (self, TL_MESSAGE_WARNING, sentence);
}

guint64
tl_overrun_end (TlOverrun *self)
{
  const guint64 n = self->n_untold;

  if (self->telling)
    return 0;
  self->n_untold = 0;
  return n;
}
