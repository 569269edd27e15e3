/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many files, and so how many connections, the system lets us have. */

#include "tl-tcp-limits.h"
#include "tl-session-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <unistd.h>

void
tl_tcp_limits_raise (TlSession *session)
{
  static gboolean raised = FALSE;
  struct rlimit limit;
  int result;
  int errsv;

  if (raised || getrlimit (RLIMIT_NOFILE, &limit) < 0)
    return;
  raised = TRUE;
  if (limit.rlim_cur >= limit.rlim_max)
    return;
  limit.rlim_cur = limit.rlim_max;
  result = setrlimit (RLIMIT_NOFILE, &limit);
  errsv = result < 0 ? errno : 0;
  tl_session_trace (session, NULL, result, errsv, "setrlimit(RLIMIT_NOFILE, %" G_GUINT64_FORMAT ")", (guint64) limit.rlim_cur);
}

gboolean
tl_tcp_reserve_take (TlTcpReserve *self)
{
  if (self->fd < 0)
    self->fd = g_open ("/dev/null", O_RDONLY | O_CLOEXEC);
  return self->fd >= 0;
}

void
tl_tcp_reserve_let_go (TlTcpReserve *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}
