/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlTransferPace:
 *
 * How many connections are worth having: one more is tried while files wait for one, and kept when a tenth more gets through; else it goes again, and it is a while until
 * the next try. Zeroed at first. Knows no clock: whoever uses it says what time it is.
 */
typedef struct {
  guint    n;         /* 0: nothing has been looked at */
  gint64   began;     /* of the window, µs; 0: none */
  guint64  done;      /* then */
  double   before;    /* how much got through in the window before the last try, a second */
  gboolean tries;     /* the last of them is on trial */
  gboolean settles;   /* it has just come, or gone: this window says nothing */
  guint    rest;      /* windows until the next try */
} TlTransferPace;

/* At least @base, at most @most. */
guint    tl_transfer_pace_get    (const TlTransferPace *self,
                                  guint                 base,
                                  guint                 most);
/* @done: how much has got through in all. @waits: all connections are at work, and there is work for another one. True: the number is another one now. */
gboolean tl_transfer_pace_look   (TlTransferPace       *self,
                                  gint64                now,
                                  guint64               done,
                                  gboolean              waits,
                                  guint                 base,
                                  guint                 most);
/* The server does not take more than @n. */
void     tl_transfer_pace_refuse (TlTransferPace       *self,
                                  guint                 n);

G_END_DECLS
