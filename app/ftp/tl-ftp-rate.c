/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A limit on how fast bytes move: a bucket that fills. */

#include "tl-ftp-rate.h"

/* What is saved up while nothing moves; and what is waited for before anything does. */
#define MOST_MS 100
#define LEAST_MS 10

struct _TlFtpRate
{
  grefcount ref_count;
  gint64    limit;      /* bytes a second; 0: none */
  gint64    bytes;      /* that may move; less than 0: too many did */
  gint64    at;         /* monotonic, when that was so */
};

TlFtpRate *
tl_ftp_rate_new (void)
{
  TlFtpRate *self = g_new0 (TlFtpRate, 1);

  g_ref_count_init (&self->ref_count);
  return self;
}

TlFtpRate *
tl_ftp_rate_ref (TlFtpRate *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_rate_unref (TlFtpRate *self)
{
  if (g_ref_count_dec (&self->ref_count))
    g_free (self);
}

TlFtpRate *
tl_ftp_rate_get_shared (gboolean upload)
{
  static TlFtpRate *rates[2];

  if (rates[upload != FALSE] == NULL)
    rates[upload != FALSE] = tl_ftp_rate_new ();
  return rates[upload != FALSE];
}

void
tl_ftp_rate_set_limit (TlFtpRate *self,
                       guint      kib)
{
  self->limit = (gint64) kib * 1024;
  self->bytes = 0;
  self->at = 0;
}

gboolean
tl_ftp_rate_has_limit (TlFtpRate *self)
{
  return self->limit > 0;
}

gsize
tl_ftp_rate_get_room (TlFtpRate *self,
                      gint64     now,
                      gsize      most,
                      guint     *wait_ms)
{
  gint64 full = self->limit * MOST_MS / 1000;
  gint64 least = MIN (self->limit * LEAST_MS / 1000 + 1, (gint64) most);

  if (self->limit == 0)
    return most;
  if (self->at == 0)
    self->bytes = least;
  else
    self->bytes = MIN (self->bytes + (now - self->at) * self->limit / G_USEC_PER_SEC, full);
  self->at = now;
  if (self->bytes >= least)
    return (gsize) MIN (self->bytes, (gint64) most);
  *wait_ms = MAX (*wait_ms, (guint) ((least - self->bytes) * 1000 / self->limit) + 1);
  return 0;
}

void
tl_ftp_rate_use (TlFtpRate *self,
                 gsize      bytes)
{
  if (self->limit > 0)
    self->bytes -= (gint64) bytes;
}
