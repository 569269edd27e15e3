/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches very many sockets through one source. GLib's main context looks at each source and each descriptor in each turn, and dispatches all that are
 * ready before anything else: with ten thousand clients that took most of a processor, and a second a turn when all of them wrote. epoll tells only of
 * those that are ready, in turn, and a wake-up serves no more of them than its budget allows. */

#include "tl-socket-watch.h"
#include "tl-session-private.h"

#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

#define BATCH 64
/* What a wake-up may take at most, where the rest of the turn takes long. */
#define BUDGET_MAX_US 40000

typedef struct {
  GSource            source;
  guint32            events;
  int                epoll;
  gpointer           tag;
  guint              n_watches;
  struct epoll_event ready[BATCH];
  int                n_ready;
  gint64             left;            /* µs, monotonic: when the last wake-up ended with sockets left to serve; else 0 */
  int                next;            /* of @ready to serve; those that were not reached in one turn come first in the next */
} Poller;

struct _TlSocketWatch
{
  Poller            *poller;          /* or @source */
  int                fd;
  GSource           *source;
  TlSocketWatchFunc  func;
  gpointer           data;
};

/* A descriptor can be in one epoll only once, and reading, writing and breaking are watched by different hands: an epoll for each. */
static Poller *pollers[3];

static gboolean
poller_prepare (GSource *source,
                int     *timeout)
{
  Poller *self = (Poller *) source;

  *timeout = -1;
  return self->next < self->n_ready;
}

static gboolean
poller_check (GSource *source)
{
  Poller *self = (Poller *) source;

  return self->next < self->n_ready || g_source_query_unix_fd (source, self->tag) != 0;
}

/* Drawing ten thousand rows that go may take ten times the budget: who is behind gets as much time as went by without it. */
static gint64
get_deadline (Poller *self)
{
  gint64 now = g_get_monotonic_time ();

  return now + (self->left != 0 ? CLAMP (now - self->left, TL_BUDGET_US, BUDGET_MAX_US) : TL_BUDGET_US);
}

static gboolean
poller_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  Poller *self = (Poller *) source;
  gint64 deadline = get_deadline (self);

  do
    {
      if (self->next >= self->n_ready)
        {
          self->next = 0;
          self->n_ready = epoll_wait (self->epoll, self->ready, BATCH, 0);
        }
      if (self->n_ready <= 0)
        break;
      while (self->next < self->n_ready && g_get_monotonic_time () < deadline)
        {
          TlSocketWatch *watch = self->ready[self->next++].data.ptr;

          if (watch != NULL)
            watch->func (watch->data);
          if (g_source_is_destroyed (source))
            return G_SOURCE_REMOVE;
        }
    }
  while (self->n_ready == BATCH && g_get_monotonic_time () < deadline);
  self->left = self->next < self->n_ready || self->n_ready == BATCH ? g_get_monotonic_time () : 0;
  return G_SOURCE_CONTINUE;
}

static void
poller_finalize (GSource *source)
{
  close (((Poller *) source)->epoll);
}

static GSourceFuncs poller_funcs = {
  .prepare = poller_prepare,
  .check = poller_check,
  .dispatch = poller_dispatch,
  .finalize = poller_finalize,
};

static Poller *
poller_new (guint32 events)
{
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  GSource *source;
  Poller *self;

  if (epoll < 0)
    return NULL;
  source = g_source_new (&poller_funcs, sizeof (Poller));
  self = (Poller *) source;
  self->events = events;
  self->epoll = epoll;
  self->tag = g_source_add_unix_fd (source, epoll, G_IO_IN);
  g_source_set_static_name (source, "tonglu sockets");
  g_source_set_priority (source, TL_PRIORITY_SOCKET);
  g_source_attach (source, NULL);
  return self;
}

/* It goes with its last watch. */
static void
poller_drop (Poller *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pollers); i++)
    if (pollers[i] == self)
      pollers[i] = NULL;
  g_source_destroy ((GSource *) self);
  g_source_unref ((GSource *) self);
}

static Poller *
poller_for (GIOCondition condition)
{
  guint i = condition == G_IO_IN ? 0 : condition == G_IO_OUT ? 1 : 2;
  /* EPOLLERR and EPOLLHUP are told of without being asked for. */
  static const guint32 events[] = { EPOLLIN, EPOLLOUT, 0 };

  if (pollers[i] == NULL)
    pollers[i] = poller_new (events[i]);
  return pollers[i];
}

static gboolean
stream_cb (GObject *stream,
           gpointer user_data)
{
  TlSocketWatch *self = user_data;

  self->func (self->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
socket_cb (GSocket      *socket,
           GIOCondition  condition,
           gpointer      user_data)
{
  return stream_cb (NULL, user_data);
}

static void
attach (TlSocketWatch *self,
        GSource       *source,
        GSourceFunc    callback)
{
  self->source = source;
  g_source_set_priority (source, TL_PRIORITY_SOCKET);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, NULL);
}

static gboolean
join (TlSocketWatch *self,
      Poller        *poller)
{
  struct epoll_event event = { .events = poller->events, .data.ptr = self };

  if (epoll_ctl (poller->epoll, EPOLL_CTL_ADD, self->fd, &event) < 0)
    {
      if (poller->n_watches == 0)
        poller_drop (poller);
      return FALSE;
    }
  self->poller = poller;
  poller->n_watches++;
  return TRUE;
}

TlSocketWatch *
tl_socket_watch_new (GSocket           *socket,
                     GIOCondition       condition,
                     TlSocketWatchFunc  func,
                     gpointer           data)
{
  TlSocketWatch *self = g_new0 (TlSocketWatch, 1);
  Poller *poller = poller_for (condition);

  self->fd = g_socket_get_fd (socket);
  self->func = func;
  self->data = data;
  /* There may be no descriptor left for an epoll. */
  if (poller == NULL || !join (self, poller))
    attach (self, g_socket_create_source (socket, condition == G_IO_ERR ? G_IO_ERR | G_IO_HUP : condition, NULL), G_SOURCE_FUNC (socket_cb));
  return self;
}

TlSocketWatch *
tl_socket_watch_new_stream (GSource           *source,
                            TlSocketWatchFunc  func,
                            gpointer           data)
{
  TlSocketWatch *self = g_new0 (TlSocketWatch, 1);

  self->func = func;
  self->data = data;
  attach (self, source, G_SOURCE_FUNC (stream_cb));
  return self;
}

static void
part (TlSocketWatch *self)
{
  Poller *poller = self->poller;

  epoll_ctl (poller->epoll, EPOLL_CTL_DEL, self->fd, NULL);
  for (int i = poller->next; i < poller->n_ready; i++)
    if (poller->ready[i].data.ptr == self)
      poller->ready[i].data.ptr = NULL;
  if (--poller->n_watches == 0)
    poller_drop (poller);
}

void
tl_socket_watch_free (TlSocketWatch *self)
{
  if (self->poller != NULL)
    part (self);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_free (self);
}
