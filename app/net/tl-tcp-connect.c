/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a connected socket: addresses in the order of the resolver, each tried with its own socket, the first that answers wins. */

#include "tl-tcp-connect.h"
#include "tl-session-private.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>

/* RFC 8305, section 5: connection attempt delay. */
#define ATTEMPT_DELAY_MS 250
#define MAX_ATTEMPTS 64

typedef struct {
  GTask                    *task;       /* it owns us, we hold it until it has returned */
  TlSession                *session;
  TlEndpoint               *remote;
  GSocketAddress           *local;
  GSocketAddressEnumerator *addresses;
  GPtrArray                *attempts;   /* of Attempt: under way */
  guint                     n_tried;
  guint                     delay_id;
  gboolean                  asking;     /* the enumerator for the next address */
  gboolean                  exhausted;
  gboolean                  returned;
  GError                   *error;      /* the one that tells most of those met */
  int                       rank;
} Connecting;

typedef struct {
  Connecting     *connecting;
  GSocket        *socket;
  GSocketAddress *address;
  GSource        *source;
} Attempt;

static void
attempt_free (Attempt *self)
{
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  if (self->socket != NULL)
    tl_tcp_call_close (self->connecting->session, NULL, self->socket, FALSE);
  g_clear_object (&self->socket);
  g_object_unref (self->address);
  g_free (self);
}

static void
connecting_free (Connecting *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_ptr_array_unref (self->attempts);
  g_clear_object (&self->addresses);
  g_clear_object (&self->local);
  tl_endpoint_unref (self->remote);
  g_object_unref (self->session);
  g_clear_error (&self->error);
  g_free (self);
}

/* Stops all that is under way. The caller holds the task; so does the enumerator until it has answered. */
static void
stop (Connecting *self)
{
  self->returned = TRUE;
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_ptr_array_set_size (self->attempts, 0);
  g_clear_object (&self->task);
}

static void
return_error (Connecting *self,
              GError     *error)
{
  g_autoptr (GTask) task = g_object_ref (self->task);

  stop (self);
  g_task_return_error (task, error);
}

/* An address that answered "no" says more than one that could not be reached at all. */
static int
rank_of (int errsv)
{
  switch (errsv)
    {
    case ECONNREFUSED:
    case ECONNRESET:
      return 3;
    case ETIMEDOUT:
      return 2;
    case EAFNOSUPPORT:
    case EADDRNOTAVAIL:
    case ENETUNREACH:
      return 0;
    default:
      return 1;
    }
}

static void
note_error (Connecting     *self,
            GSocketAddress *address,
            int             errsv)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);

  tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_EVENT, 0, _("No connection to %s: %s."),
                                tl_endpoint_get_text (endpoint), g_strerror (errsv));
  if (self->error != NULL && rank_of (errsv) <= self->rank)
    return;
  g_clear_error (&self->error);
  self->error = tl_tcp_connect_error (errsv, endpoint);
  if (errsv == EAFNOSUPPORT && self->local != NULL)
    self->error->code = TL_SESSION_ERROR_ADDRESS;
  self->rank = rank_of (errsv);
}

static void step (Connecting *self);

static void
win (Attempt *attempt)
{
  Connecting *self = attempt->connecting;
  g_autoptr (GTask) task = g_object_ref (self->task);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (attempt->address);
  GSocket *socket = g_steal_pointer (&attempt->socket);

  tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_EVENT, 0, _("%s has answered."),
                                tl_endpoint_get_text (endpoint));
  g_object_set_data_full (G_OBJECT (task), "address", tl_endpoint_ref (endpoint), (GDestroyNotify) tl_endpoint_unref);
  stop (self);
  g_task_return_pointer (task, socket, g_object_unref);
}

static void
lose (Attempt *attempt,
      int      errsv)
{
  Connecting *self = attempt->connecting;

  note_error (self, attempt->address, errsv);
  g_ptr_array_remove_fast (self->attempts, attempt);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  step (self);
}

static gboolean
answered_cb (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (GTask) task = g_object_ref (attempt->connecting->task);
  int errsv = tl_tcp_call_connected (attempt->connecting->session, socket, attempt->address);

  if (errsv == 0)
    win (attempt);
  else
    lose (attempt, errsv);
  return G_SOURCE_REMOVE;
}

static gboolean
delay_cb (gpointer user_data)
{
  Connecting *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  self->delay_id = 0;
  step (self);
  return G_SOURCE_REMOVE;
}

/* (nullable): no local address of that family was chosen. "Any" is any address of each family. */
static GSocketAddress *
local_for (Connecting    *self,
           GSocketFamily  family)
{
  GInetSocketAddress *local = G_INET_SOCKET_ADDRESS (self->local);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (family);

  if (g_socket_address_get_family (self->local) == family)
    return g_object_ref (self->local);
  if (g_inet_address_get_is_any (g_inet_socket_address_get_address (local)))
    return g_inet_socket_address_new (any, g_inet_socket_address_get_port (local));
  return NULL;
}

/* A wrong local address is wrong for every remote one: no further address is tried then. */
static gboolean
bind_local (Connecting     *self,
            GSocket        *socket,
            GSocketAddress *local)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (local);
  g_autofree char *sentence = NULL;
  int on = 1;
  int errsv;

  /* Else the port of the last connection could not be used again for a minute. */
  if (tl_endpoint_get_port (endpoint) != 0)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  errsv = tl_tcp_call_bind (self->session, socket, local);
  if (errsv == 0)
    return TRUE;
  sentence = tl_socket_error_sentence ("bind", errsv, endpoint);
  /* A port that is taken may be free soon; an address that is not ours stays wrong. */
  return_error (self, g_error_new_literal (TL_SESSION_ERROR, errsv == EADDRINUSE ? TL_SESSION_ERROR_FAILED : TL_SESSION_ERROR_ADDRESS,
                                           sentence));
  return FALSE;
}

static void
try_address (Connecting     *self,
             GSocketAddress *address)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);
  GSocketFamily family = g_socket_address_get_family (address);
  g_autoptr (GSocketAddress) local = self->local != NULL ? local_for (self, family) : NULL;
  Attempt *attempt;
  int errsv;

  self->n_tried++;
  if (self->local != NULL && local == NULL)
    {
      note_error (self, address, EAFNOSUPPORT);
      step (self);
      return;
    }
  tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_EVENT, 0, _("Trying %s."), tl_endpoint_get_text (endpoint));
  attempt = g_new0 (Attempt, 1);
  attempt->connecting = self;
  attempt->address = g_object_ref (address);
  g_ptr_array_add (self->attempts, attempt);
  attempt->socket = tl_tcp_call_socket (self->session, family, &errsv);
  if (attempt->socket == NULL)
    {
      lose (attempt, errsv);
      return;
    }
  tl_session_apply_options (self->session, NULL, attempt->socket);
  if (local != NULL && !bind_local (self, attempt->socket, local))
    return;
  errsv = tl_tcp_call_connect (self->session, attempt->socket, address);
  if (errsv == 0)
    {
      g_socket_check_connect_result (attempt->socket, NULL);
      win (attempt);
      return;
    }
  if (errsv != EINPROGRESS)
    {
      lose (attempt, errsv);
      return;
    }
  attempt->source = g_socket_create_source (attempt->socket, G_IO_OUT, NULL);
  g_source_set_priority (attempt->source, TL_PRIORITY_SOCKET);
  g_source_set_callback (attempt->source, G_SOURCE_FUNC (answered_cb), attempt, NULL);
  g_source_attach (attempt->source, NULL);
  self->delay_id = g_timeout_add (ATTEMPT_DELAY_MS, delay_cb, self);
}

static void
next_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Connecting *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result, &error);

  self->asking = FALSE;
  if (self->returned)
    return;
  if (address != NULL)
    {
      try_address (self, address);
      return;
    }
  self->exhausted = TRUE;
  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  step (self);
}

/* What comes next: an address to try, something to wait for, or the end. */
static void
step (Connecting *self)
{
  if (self->returned || self->asking)
    return;
  if (!self->exhausted && self->n_tried < MAX_ATTEMPTS)
    {
      self->asking = TRUE;
      g_socket_address_enumerator_next_async (self->addresses, g_task_get_cancellable (self->task), next_cb, g_object_ref (self->task));
      return;
    }
  if (self->attempts->len > 0)
    return;
  if (self->error == NULL)
    g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no addresses");
  return_error (self, g_steal_pointer (&self->error));
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Connecting *self = g_task_get_task_data (user_data);

  if (!self->returned)
    return_error (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
}

void
tl_tcp_connect_async (TlSession           *session,
                      TlEndpoint          *remote,
                      GSocketAddress      *local,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_autoptr (GSocketConnectable) where = g_network_address_new (tl_endpoint_get_host (remote), tl_endpoint_get_port (remote));
  Connecting *self = g_new0 (Connecting, 1);

  g_task_set_source_tag (task, tl_tcp_connect_async);
  /* A winner is a winner: our own flag decides which came first. */
  g_task_set_check_cancellable (task, FALSE);
  self->task = g_object_ref (task);
  self->session = g_object_ref (session);
  self->remote = tl_endpoint_ref (remote);
  self->local = local != NULL ? g_object_ref (local) : NULL;
  self->addresses = g_socket_connectable_enumerate (where);
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) attempt_free);
  self->rank = -1;
  g_task_set_task_data (task, self, (GDestroyNotify) connecting_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
  step (self);
}

GSocket *
tl_tcp_connect_finish (GAsyncResult  *result,
                       TlEndpoint   **address,
                       GError       **error)
{
  GSocket *socket = g_task_propagate_pointer (G_TASK (result), error);

  if (socket != NULL)
    *address = tl_endpoint_ref (g_object_get_data (G_OBJECT (result), "address"));
  return socket;
}
