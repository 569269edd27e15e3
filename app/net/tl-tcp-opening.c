/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From "connect" to a stream that can be talked over: the steps in order, within one time limit, each telling the log what it found. */

#include "tl-tcp-opening.h"
#include "tl-session-private.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-connect.h"
#include "tl-tcp-error.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>

typedef enum {
  STEP_CONNECT,
  STEP_LOAD_AUTHORITIES,
  STEP_HANDSHAKE,
  STEP_DONE,
} Step;

typedef struct {
  Step                 step;
  TlSession           *session;
  TlEndpoint          *remote;
  TlEndpoint          *local;
  TlTlsMode            tls;
  guint                timeout;
  guint                timeout_id;
  gboolean             timed_out;
  GTlsCertificateFlags flags;      /* what is wrong with the certificate */
  TlTcpOpened         *opened;
} Opening;

void
tl_tcp_opened_free (TlTcpOpened *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->address, tl_endpoint_unref);
  g_free (self->fingerprint);
  g_free (self->description);
  g_free (self);
}

static void
opening_free (Opening *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->opened != NULL)
    {
      if (self->opened->socket != NULL)
        tl_tcp_call_close (self->session, NULL, self->opened->socket, FALSE);
      tl_tcp_opened_free (self->opened);
    }
  g_clear_pointer (&self->local, tl_endpoint_unref);
  tl_endpoint_unref (self->remote);
  g_object_unref (self->session);
  g_free (self);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GTask *task = user_data;
  Opening *self = g_task_get_task_data (task);

  self->timeout_id = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (g_task_get_cancellable (task));
  return G_SOURCE_REMOVE;
}

static char *
timeout_sentence (Opening *self)
{
  if (self->step == STEP_HANDSHAKE)
    return g_strdup_printf (_("%s is connected, but did not answer the TLS handshake in time. Check whether it speaks TLS on this port. (%s)"),
                            tl_endpoint_get_text (self->remote), g_strerror (ETIMEDOUT));
  return g_strdup_printf (ngettext ("%s did not answer within %u second. Check the address, and whether a firewall is in the way. (%s)",
                                    "%s did not answer within %u seconds. Check the address, and whether a firewall is in the way. (%s)",
                                    self->timeout),
                          tl_endpoint_get_text (self->remote), self->timeout, g_strerror (ETIMEDOUT));
}

static char *
error_sentence (Opening      *self,
                const GError *error)
{
  g_autofree char *why = NULL;

  if (self->timed_out)
    return timeout_sentence (self);
  if (self->step != STEP_HANDSHAKE)
    return tl_tcp_connect_sentence (error, self->remote);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) && self->flags != 0)
    {
      why = tl_tls_flags_sentence (self->flags);
      return g_strdup_printf (_("The certificate of %s was refused. %s If you trust it all the same, choose to accept any certificate. (%s)"),
                              tl_endpoint_get_text (self->remote), why, error->message);
    }
  return error->domain == G_TLS_ERROR ? tl_tls_error_sentence (error) : tl_tcp_ended_sentence (error);
}

/* Every end of the task but the good one. */
static void
return_error (GTask        *task,
              const GError *error)
{
  Opening *self = g_task_get_task_data (task);
  g_autofree char *sentence = NULL;
  TlSessionError code = TL_SESSION_ERROR_FAILED;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (!self->timed_out && g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      return;
    }
  sentence = error_sentence (self, error);
  if (self->timed_out)
    code = TL_SESSION_ERROR_TIMED_OUT;
  else if (error->domain == TL_SESSION_ERROR)
    code = error->code;
  g_task_return_new_error (task, TL_SESSION_ERROR, code, "%s", sentence);
}

static void
log_certificate (Opening         *self,
                 GTlsCertificate *certificate)
{
  TlMessageLog *log = tl_session_get_log (self->session);
  g_autofree char *description = tl_tls_describe_certificate (certificate);
  g_autofree char *why = tl_tls_flags_sentence (self->flags);

  g_free (self->opened->fingerprint);
  self->opened->fingerprint = tl_tls_fingerprint (certificate);
  tl_message_log_append_printf (log, TL_MESSAGE_EVENT, 0, _("Certificate of the other side: %s"), description);
  tl_message_log_append_printf (log, TL_MESSAGE_EVENT, 0, _("Fingerprint of the certificate (SHA-256): %s"), self->opened->fingerprint);
  if (self->flags != 0)
    tl_message_log_append_printf (log, TL_MESSAGE_WARNING, 0, _("The certificate cannot be relied on. %s"), why);
}

static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       GTask                *task)
{
  Opening *self = g_task_get_task_data (task);

  self->flags = flags;
  return self->tls == TL_TLS_ACCEPT;
}

static void step (GTask *task);

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TlTcpOpened *opened = self->opened;

  opened->socket = tl_tcp_connect_finish (result, &opened->address, &error);
  if (opened->socket == NULL)
    {
      return_error (task, error);
      return;
    }
  opened->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (opened->socket));
  self->step = self->tls == TL_TLS_OFF ? STEP_DONE : STEP_LOAD_AUTHORITIES;
  step (task);
}

static void
load_thread (GTask        *load,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GTlsDatabase) database = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  g_task_return_boolean (load, database != NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);

  self->step = STEP_HANDSHAKE;
  step (task);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  GTlsCertificate *certificate;
  g_autoptr (GError) error = NULL;
  gboolean agreed = g_tls_connection_handshake_finish (tls, result, &error);

  certificate = g_tls_connection_get_peer_certificate (tls);
  if (certificate != NULL)
    log_certificate (self, certificate);
  if (!agreed)
    {
      return_error (task, error);
      return;
    }
  self->opened->description = tl_tls_describe_connection (tls);
  tl_message_log_append_printf (tl_session_get_log (self->session), TL_MESSAGE_EVENT, 0, _("Encrypted with %s."), self->opened->description);
  self->step = STEP_DONE;
  step (task);
}

static void
start_handshake (GTask *task)
{
  Opening *self = g_task_get_task_data (task);
  g_autoptr (GSocketConnectable) identity = g_network_address_new (tl_endpoint_get_host (self->remote), tl_endpoint_get_port (self->remote));
  g_autoptr (GError) error = NULL;
  GIOStream *tls = g_tls_client_connection_new (self->opened->stream, identity, &error);

  if (tls == NULL)
    {
      return_error (task, error);
      return;
    }
  g_object_unref (self->opened->stream);
  self->opened->stream = tls;
  g_signal_connect_object (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), task, 0);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), handshake_cb,
                                    g_object_ref (task));
}

static void
start_connect (GTask *task)
{
  Opening *self = g_task_get_task_data (task);
  g_autoptr (GSocketAddress) local = self->local != NULL ? tl_endpoint_to_address (self->local) : NULL;
  g_autoptr (GError) error = NULL;

  if (self->local != NULL && local == NULL)
    {
      g_set_error (&error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                   _("“%s” is no address of this computer: the local address must be an IP address."), tl_endpoint_get_host (self->local));
      return_error (task, error);
      return;
    }
  tl_tcp_connect_async (self->session, self->remote, local, g_task_get_cancellable (task), connected_cb, g_object_ref (task));
}

static void
step (GTask *task)
{
  Opening *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GTask) load = NULL;

  if (self->step != STEP_CONNECT && g_cancellable_is_cancelled (cancellable))
    {
      return_error (task, NULL);
      return;
    }
  switch (self->step)
    {
    case STEP_CONNECT:
      start_connect (task);
      break;
    case STEP_LOAD_AUTHORITIES:
      /* Reading all certificates of the system takes longer than a frame. */
      load = g_task_new (NULL, NULL, loaded_cb, g_object_ref (task));
      g_task_run_in_thread (load, load_thread);
      break;
    case STEP_HANDSHAKE:
      start_handshake (task);
      break;
    case STEP_DONE:
      g_clear_handle_id (&self->timeout_id, g_source_remove);
      g_task_return_pointer (task, g_steal_pointer (&self->opened), (GDestroyNotify) tl_tcp_opened_free);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
tl_tcp_opening_async (TlSession           *session,
                      TlEndpoint          *remote,
                      TlEndpoint          *local,
                      TlTlsMode            tls,
                      guint                timeout,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  g_task_set_source_tag (task, tl_tcp_opening_async);
  g_task_set_check_cancellable (task, FALSE);
  self->session = g_object_ref (session);
  self->remote = tl_endpoint_ref (remote);
  self->local = local != NULL ? tl_endpoint_ref (local) : NULL;
  self->tls = tls;
  self->timeout = timeout;
  self->opened = g_new0 (TlTcpOpened, 1);
  g_task_set_task_data (task, self, (GDestroyNotify) opening_free);
  self->timeout_id = g_timeout_add_seconds (timeout, timeout_cb, task);
  step (task);
}

TlTcpOpened *
tl_tcp_opening_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
