/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-log.h"

G_BEGIN_DECLS

/**
 * TlOverrun:
 *
 * What a sink that writes to the disk has to say in the very log whose messages it takes: above all that it could not keep up, where that begins and, once
 * it keeps up again, how many messages it has lost. Zero-filled but for @log at the beginning.
 */
typedef struct {
  TlMessageLog *log;       /* not held */
  guint64       n_untold;  /* lost since the last sentence about it */
  gboolean      telling;
} TlOverrun;

/* Appends @sentence to the log. */
void    tl_overrun_tell (TlOverrun     *self,
                         TlMessageKind  kind,
                         const char    *sentence);
/* One more message was lost; @sentence is told with the first. */
void    tl_overrun_add  (TlOverrun     *self,
                         const char    *sentence);
/* A message has been taken again: how many were lost before it, of which nobody has been told; 0: nothing is to be said. They count as told from here on. */
guint64 tl_overrun_end  (TlOverrun     *self);

G_END_DECLS
