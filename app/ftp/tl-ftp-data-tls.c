/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS on a data connection: the session of the control connection, and the same certificate. */

#include "tl-ftp-data-private.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>

/* GIO hands out any ticket that it has for the host, of whichever connection, before those of the connection named. What has piled up since the
 * login is taken out first: ProFTPD takes only tickets of its own control connection. */
#define DRAIN 4

static GTlsConnection *
new_tls (GIOStream          *base,
         GSocketConnectable *identity)
{
  GType type = g_tls_backend_get_client_connection_type (g_tls_backend_get_default ());

  /* The system's list of authorities is not parsed again for each file: the certificate is compared. */
  return g_initable_new (type, NULL, NULL, "base-io-stream", base, "server-identity", identity, "database", NULL, NULL);
}

void
tl_ftp_data_drain_sessions (GTlsConnection *control,
                            guint           n)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new ();
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GIOStream) nowhere = g_simple_io_stream_new (input, output);

  /* GIO keeps no sessions in programs that have called g_test_init(). */
  if (g_test_initialized ())
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GTlsConnection) throw_away = new_tls (nowhere, NULL);

      if (throw_away != NULL)
        g_tls_client_connection_copy_session_state (G_TLS_CLIENT_CONNECTION (throw_away), G_TLS_CLIENT_CONNECTION (control));
    }
}

void
tl_ftp_data_copy_session (TlFtpData      *self,
                          GTlsConnection *tls)
{
  GTlsConnection *control = tl_ftp_control_get_tls (self->control);

  if (g_test_initialized ())
    return;
  tl_ftp_data_drain_sessions (control, DRAIN);
  g_tls_client_connection_copy_session_state (G_TLS_CLIENT_CONNECTION (tls), G_TLS_CLIENT_CONNECTION (control));
}

static gboolean
accept_certificate_cb (GTlsConnection       *tls,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  return TRUE;
}

static gboolean
has_same_certificate (TlFtpData *self)
{
  GTlsCertificate *control = g_tls_connection_get_peer_certificate (tl_ftp_control_get_tls (self->control));
  GTlsCertificate *data = g_tls_connection_get_peer_certificate (self->tls);

  return control != NULL && data != NULL && g_tls_certificate_is_same (control, data);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TlFtpData) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  const gboolean good = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);

  self->in_handshake = FALSE;
  if (self->over)
    {
      tl_ftp_data_close (self);
      return;
    }
  self->last_moved = g_get_monotonic_time ();
  if (!good)
    {
      sentence = error->domain == G_TLS_ERROR ? tl_tls_error_sentence (error) : g_strdup_printf (_("TLS failed. (%s)"), error->message);
      tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_DATA, sentence));
    }
  else if (!has_same_certificate (self))
    {
      self->foreign = TRUE;
      tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_TLS,
                                                     _("The data connection shows another certificate than the server: somebody may stand in between.")));
    }
  else
    tl_ftp_data_start_moving (self);
}

void
tl_ftp_data_start_tls (TlFtpData *self)
{
  GIOStream *connection = G_IO_STREAM (self->connection);
  GTlsConnection *control = tl_ftp_control_get_tls (self->control);
  /* Wrapped, so that GIO does not keep the tickets of data connections: they would be handed to the next one. */
  g_autoptr (GIOStream) base = g_simple_io_stream_new (g_io_stream_get_input_stream (connection), g_io_stream_get_output_stream (connection));
  GSocketConnectable *identity = g_tls_client_connection_get_server_identity (G_TLS_CLIENT_CONNECTION (control));

  self->tls = new_tls (base, identity);
  if (self->tls == NULL)
    {
      tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_TLS, _("TLS could not be started on the data connection.")));
      return;
    }
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  tl_ftp_data_copy_session (self, self->tls);
  self->in_handshake = TRUE;
  g_tls_connection_handshake_async (self->tls, G_PRIORITY_DEFAULT, self->cancellable, handshake_cb, g_object_ref (self));
}
