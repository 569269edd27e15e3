/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS as a server speaks it, without blocking. */

#include "tl-ftp-server-tls.h"
#include "tl-ftp-server-tls-private.h"

#include <gnutls/gnutls.h>
#include <string.h>

/* Control connections may last long, and so may the session that their data connections take up. */
#define TICKET_SECONDS (7 * 24 * 3600)
/* TLS 1.2 is the oldest that is still safe (RFC 8996). */
#define PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

/* Sessions that are kept for clients without tickets: of TLS 1.2, as curl takes them up. */
#define MAX_SESSIONS 8

typedef struct {
  GBytes *id;
  GBytes *state;
} Session;

struct _TlFtpTickets
{
  gnutls_datum_t key;
  GQueue         sessions;    /* of Session */
};

struct _TlFtpServerTls
{
  gnutls_session_t  session;
  TlFtpCertificate *certificate;
  gsize             unsent;       /* of the last write, which has to be given again */
};

static void
session_free (Session *session)
{
  gsize length;
  const void *state = g_bytes_get_data (session->state, &length);

  gnutls_memset ((void *) state, 0, length);
  g_bytes_unref (session->id);
  g_bytes_unref (session->state);
  g_free (session);
}

static int
store_session (gpointer       data,
               gnutls_datum_t id,
               gnutls_datum_t state)
{
  TlFtpTickets *self = data;
  Session *session = g_new (Session, 1);

  *session = (Session) { g_bytes_new (id.data, id.size), g_bytes_new (state.data, state.size) };
  g_queue_push_tail (&self->sessions, session);
  if (self->sessions.length > MAX_SESSIONS)
    session_free (g_queue_pop_head (&self->sessions));
  return 0;
}

static GList *
find_session (TlFtpTickets   *self,
              gnutls_datum_t  id)
{
  g_autoptr (GBytes) wanted = g_bytes_new_static (id.data, id.size);
  GList *link = self->sessions.head;

  while (link != NULL && !g_bytes_equal (((Session *) link->data)->id, wanted))
    link = link->next;
  return link;
}

static gnutls_datum_t
retrieve_session (gpointer       data,
                  gnutls_datum_t id)
{
  GList *link = find_session (data, id);
  gnutls_datum_t state = { 0 };

  if (link == NULL)
    return state;
  /* GnuTLS frees it. */
  state.size = (guint) g_bytes_get_size (((Session *) link->data)->state);
  state.data = gnutls_malloc (state.size);
  memcpy (state.data, g_bytes_get_data (((Session *) link->data)->state, NULL), state.size);
  return state;
}

static int
remove_session (gpointer       data,
                gnutls_datum_t id)
{
  TlFtpTickets *self = data;
  GList *link = find_session (self, id);

  if (link == NULL)
    return GNUTLS_E_DB_ERROR;
  session_free (link->data);
  g_queue_delete_link (&self->sessions, link);
  return 0;
}

TlFtpTickets *
tl_ftp_tickets_new (void)
{
  TlFtpTickets *self = g_new0 (TlFtpTickets, 1);

  if (gnutls_session_ticket_key_generate (&self->key) < 0)
    g_error ("There is no randomness for TLS.");
  return self;
}

void
tl_ftp_tickets_free (TlFtpTickets *self)
{
  gnutls_memset (self->key.data, 0, self->key.size);
  gnutls_free (self->key.data);
  g_queue_clear_full (&self->sessions, (GDestroyNotify) session_free);
  g_free (self);
}

TlFtpServerTls *
tl_ftp_server_tls_new (TlFtpCertificate *certificate,
                       TlFtpTickets     *tickets,
                       GSocket          *socket,
                       gboolean          data)
{
  /* Clients that upload do not read: a ticket in their buffer would make a reset of their end, and that would take away the last bytes on their way to us. */
  const unsigned quiet = data ? GNUTLS_NO_AUTO_SEND_TICKET : 0;
  TlFtpServerTls *self = g_new0 (TlFtpServerTls, 1);

  self->certificate = tl_ftp_certificate_ref (certificate);
  gnutls_init (&self->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | quiet);
  gnutls_priority_set_direct (self->session, PRIORITY, NULL);
  gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, tl_ftp_certificate_get_credentials (certificate));
  gnutls_certificate_server_set_request (self->session, GNUTLS_CERT_IGNORE);
  gnutls_db_set_cache_expiration (self->session, TICKET_SECONDS);
  gnutls_session_ticket_enable_server (self->session, &tickets->key);
  gnutls_db_set_ptr (self->session, tickets);
  gnutls_db_set_store_function (self->session, store_session);
  gnutls_db_set_retrieve_function (self->session, retrieve_session);
  gnutls_db_set_remove_function (self->session, remove_session);
  /* Limits on time are those of the connection. */
  gnutls_handshake_set_timeout (self->session, GNUTLS_INDEFINITE_TIMEOUT);
  gnutls_transport_set_int (self->session, g_socket_get_fd (socket));
  return self;
}

void
tl_ftp_server_tls_free (TlFtpServerTls *self)
{
  gnutls_deinit (self->session);
  tl_ftp_certificate_unref (self->certificate);
  g_free (self);
}

static void
set_error (GError **error,
           int      result)
{
  if (result == GNUTLS_E_AGAIN || result == GNUTLS_E_INTERRUPTED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "would block");
  else if (result == GNUTLS_E_PREMATURE_TERMINATION)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, gnutls_strerror (result));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, gnutls_strerror (result));
}

/* Warnings of the other side are no end. */
static gboolean
is_passing (int result)
{
  return result == GNUTLS_E_WARNING_ALERT_RECEIVED || result == GNUTLS_E_INTERRUPTED;
}

gboolean
tl_ftp_server_tls_handshake (TlFtpServerTls  *self,
                             GError         **error)
{
  int result;

  do
    result = gnutls_handshake (self->session);
  while (is_passing (result));
  if (result == GNUTLS_E_SUCCESS)
    return TRUE;
  set_error (error, result);
  /* The other side is told why, as far as its socket takes it at once. */
  if (gnutls_error_is_fatal (result))
    gnutls_alert_send_appropriate (self->session, result);
  return FALSE;
}

gboolean
tl_ftp_server_tls_wants_write (TlFtpServerTls *self)
{
  return gnutls_record_get_direction (self->session) == 1;
}

gboolean
tl_ftp_server_tls_is_resumed (TlFtpServerTls *self)
{
  return gnutls_session_is_resumed (self->session) != 0;
}

char *
tl_ftp_server_tls_describe (TlFtpServerTls *self)
{
  const char *version = gnutls_protocol_get_name (gnutls_protocol_get_version (self->session));
  const char *cipher = gnutls_cipher_get_name (gnutls_cipher_get (self->session));

  /* "TLS1.3" */
  if (version != NULL && g_str_has_prefix (version, "TLS1"))
    return g_strdup_printf ("TLS %s, %s", version + 3, cipher);
  return g_strdup_printf ("%s, %s", version, cipher);
}

gssize
tl_ftp_server_tls_read (TlFtpServerTls  *self,
                        void            *buffer,
                        gsize            size,
                        GError         **error)
{
  ssize_t n;

  do
    n = gnutls_record_recv (self->session, buffer, size);
  while (n < 0 && is_passing ((int) n));
  /* TLS 1.3 asks for new keys by itself; with 1.2 a client may ask for a new handshake, and gets none. */
  if (n == GNUTLS_E_REHANDSHAKE)
    n = GNUTLS_E_AGAIN;
  if (n >= 0)
    return n;
  set_error (error, (int) n);
  return -1;
}

gssize
tl_ftp_server_tls_write (TlFtpServerTls  *self,
                         const void      *bytes,
                         gsize            length,
                         GError         **error)
{
  ssize_t n;

  /* What GnuTLS holds of the write before is the same bytes. */
  do
    n = self->unsent > 0 ? gnutls_record_send (self->session, NULL, 0) : gnutls_record_send (self->session, bytes, length);
  while (n < 0 && is_passing ((int) n));
  self->unsent = n == GNUTLS_E_AGAIN ? length : 0;
  if (n >= 0)
    return n;
  set_error (error, (int) n);
  return -1;
}

gboolean
tl_ftp_server_tls_has_pending (TlFtpServerTls *self)
{
  return gnutls_record_check_pending (self->session) > 0;
}

gboolean
tl_ftp_server_tls_end (TlFtpServerTls  *self,
                       GError         **error)
{
  int result;

  do
    result = gnutls_bye (self->session, GNUTLS_SHUT_WR);
  while (is_passing (result));
  if (result == GNUTLS_E_SUCCESS)
    return TRUE;
  set_error (error, result);
  return FALSE;
}
