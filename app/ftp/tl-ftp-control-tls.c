/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control connection goes over to TLS (RFC 4217). */

#include "tl-ftp-control-private.h"
#include "tl-ftp-types.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>

static gboolean
accept_certificate_cb (GTlsConnection       *tls,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  /* Looked at when the handshake is over, before anything is sent: a user's answer takes its time. */
  return TRUE;
}

/* Nothing may be there that came in clear: whoever sits on the way could have put it in (RFC 4217, 15; CVE-2021-38370 and its kin). */
static gboolean
is_clean (TlFtpControl *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  return tl_ftp_reply_parser_is_empty (self->parser) && self->waiting.length == 0 && g_socket_get_available_bytes (socket) <= 0;
}

/* The server has said that it goes on, and says nothing more. */
static gboolean
limit_cb (gpointer user_data)
{
  TlFtpControl *self = user_data;

  self->handshake_id = 0;
  self->handshake_timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static char *
dup_sentence (TlFtpControl *self,
              const GError *error)
{
  if (self->handshake_timed_out)
    return g_strdup (_("The server did not get on with the encryption in time. Try again; if it stays so, check the port and the kind of encryption."));
  return error->domain == G_TLS_ERROR ? tl_tls_error_sentence (error) : g_strdup_printf (_("TLS failed. (%s)"), error->message);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlFtpControl *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->in_handshake = FALSE;
  g_clear_handle_id (&self->handshake_id, g_source_remove);
  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error) && !self->over)
    {
      tl_ftp_control_start_reading (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  if (error == NULL || (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !self->handshake_timed_out))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("The connection was closed."));
      return;
    }
  sentence = dup_sentence (self, error);
  tl_ftp_control_note (self, TL_MESSAGE_ERROR, sentence);
  g_task_return_new_error (task, TL_FTP_ERROR, self->handshake_timed_out ? TL_FTP_ERROR_TIMED_OUT : TL_FTP_ERROR_TLS, "%s", sentence);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  TlFtpControl *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

void
tl_ftp_control_start_tls_async (TlFtpControl        *self,
                                GSocketConnectable  *identity,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  GType type = g_tls_backend_get_client_connection_type (g_tls_backend_get_default ());
  GIOStream *tls;

  g_task_set_source_tag (task, tl_ftp_control_start_tls_async);
  if (!is_clean (self))
    {
      g_task_return_new_error (task, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL, "%s",
                               _("The server sent something before encryption began that nobody asked for. Somebody may have tampered with the connection."));
      return;
    }
  /* Without a database: the system's list would be parsed on the main loop; it is asked afterwards, on a thread. */
  tls = g_initable_new (type, NULL, &error, "base-io-stream", self->connection, "server-identity", identity, "database", NULL, NULL);
  if (tls == NULL)
    {
      g_autofree char *sentence = tl_tls_error_sentence (error);

      g_task_return_new_error (task, TL_FTP_ERROR, TL_FTP_ERROR_TLS, "%s", sentence);
      return;
    }
  tl_ftp_control_stop_reading (self);
  self->in_handshake = TRUE;
  self->handshake_id = g_timeout_add (self->timeout * 1000, limit_cb, self);
  self->tls = G_TLS_CONNECTION (tls);
  g_set_object (&self->stream, tls);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
  g_tls_connection_handshake_async (self->tls, G_PRIORITY_DEFAULT, self->cancellable, handshake_cb, g_steal_pointer (&task));
}

gboolean
tl_ftp_control_start_tls_finish (TlFtpControl  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_control_start_tls_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
