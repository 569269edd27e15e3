/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody who is connected to the shared folder. */

#include "tl-ftp-visitor-private.h"

#include "tl-endpoint.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum {
  PROP_0,
  PROP_ENDPOINT,
  PROP_ACCOUNT,
  PROP_SINCE,
  PROP_ACT,
  PROP_SECURE,
  PROP_RECEIVED,
  PROP_SENT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpVisitor, tl_ftp_visitor, G_TYPE_OBJECT)

void
tl_ftp_visitor_note (TlFtpVisitor  *self,
                     TlMessageKind  kind,
                     const char    *text)
{
  if (self->server != NULL)
    tl_message_log_append_text (self->server->log, kind, self->log_peer, text);
}

void
tl_ftp_visitor_set_act (TlFtpVisitor *self,
                        char         *act)
{
  g_free (self->act);
  self->act = act;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACT]);
}

void
tl_ftp_visitor_tell_changed (TlFtpVisitor *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECURE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACCOUNT]);
}

void
tl_ftp_visitor_count (TlFtpVisitor *self,
                      gsize         received,
                      gsize         sent)
{
  self->received += received;
  self->sent += sent;
  self->moved = TRUE;
  tl_ftp_server_count (self->server, received, sent);
}

void
tl_ftp_visitor_close (TlFtpVisitor *self,
                      const char   *why)
{
  g_autoptr (TlFtpVisitor) hold = g_object_ref (self);
  TlFtpServer *server = self->server;

  if (server == NULL)
    return;
  if (why != NULL)
    tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, why);
  tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, _("The connection has ended."));
  g_cancellable_cancel (self->cancellable);
  tl_ftp_visitor_stop_wire (self);
  tl_ftp_visitor_drop_move (self);
  tl_ftp_visitor_log_out (self);
  tl_ftp_server_stream_clear (&self->stream, FALSE);
  tl_message_log_release_peer (server->log, self->log_peer);
  self->server = NULL;
  tl_ftp_server_forget (server, self);
}

static gboolean
has_passed (gint64 since,
            guint  seconds)
{
  return g_get_monotonic_time () - since >= (gint64) seconds * G_USEC_PER_SEC;
}

static void
send_away (TlFtpVisitor *self,
           const char   *reply,
           const char   *note)
{
  tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, note);
  /* Who is still busy with TLS, or takes nothing, gets no last word. */
  if (self->handshaking || self->closing)
    {
      tl_ftp_visitor_close (self, NULL);
      return;
    }
  tl_ftp_visitor_reply_last (self, 421, reply);
  tl_ftp_visitor_drop_move (self);
  tl_ftp_visitor_go_on (self);
}

/* While a thread is at work for it, nothing is read from a visitor: that it has gone is not seen there. */
static gboolean
has_hung_up (TlFtpVisitor *self)
{
  struct pollfd poll_fd = { .fd = g_socket_get_fd (self->stream.socket), .events = POLLRDHUP };

  return poll (&poll_fd, 1, 0) > 0 && (poll_fd.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void
tl_ftp_visitor_tick (TlFtpVisitor *self)
{
  g_autoptr (TlFtpVisitor) hold = g_object_ref (self);

  if (self->moved)
    {
      self->moved = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECEIVED]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SENT]);
    }
  if (self->data != NULL)
    tl_ftp_server_data_tick (self->data, (gint64) self->server->stall_seconds * G_USEC_PER_SEC);
  if (self->server == NULL)
    return;
  tl_ftp_visitor_check_move (self);
  if (self->busy && has_hung_up (self))
    tl_ftp_visitor_close (self, NULL);
  else if (self->account == NULL && has_passed (self->begun, self->server->login_seconds))
    send_away (self, "You took too long to log in.", _("Nobody logged in for too long."));
  else if (self->account != NULL && tl_ftp_account_has_expired (self->account))
    send_away (self, "The time of this account is over.", _("The time of this account is over."));
  else if (self->account != NULL && !tl_ftp_server_has_account (self->server, self->account))
    send_away (self, "This account was taken away.", _("The account was taken away."));
  else if (!tl_ftp_visitor_is_moving (self) && !self->busy && has_passed (self->last_active, self->server->idle_seconds))
    send_away (self, "Nothing was asked for too long.", _("Nothing was asked for too long."));
}

void
tl_ftp_visitor_disconnect (TlFtpVisitor *self)
{
  g_return_if_fail (TL_IS_FTP_VISITOR (self));

  if (self->server != NULL)
    send_away (self, "The owner of this folder has ended the connection.", _("Disconnected here."));
}

static void
tl_ftp_visitor_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFtpVisitor *self = TL_FTP_VISITOR (object);

  switch (id)
    {
    case PROP_ENDPOINT:
      g_value_set_string (value, self->endpoint);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account != NULL ? tl_ftp_account_get_name (self->account) : "");
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since);
      break;
    case PROP_ACT:
      g_value_set_string (value, self->act);
      break;
    case PROP_SECURE:
      g_value_set_boolean (value, self->stream.tls != NULL && !self->handshaking);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_visitor_finalize (GObject *object)
{
  TlFtpVisitor *self = TL_FTP_VISITOR (object);

  tl_ftp_visitor_stop_wire (self);
  tl_ftp_server_stream_clear (&self->stream, FALSE);
  g_clear_pointer (&self->lines, tl_ftp_server_line_free);
  explicit_bzero (self->input, sizeof self->input);
  g_clear_pointer (&self->output, g_byte_array_unref);
  g_clear_pointer (&self->tickets, tl_ftp_tickets_free);
  g_clear_pointer (&self->share, tl_ftp_share_unref);
  g_clear_object (&self->account);
  g_clear_object (&self->address);
  g_clear_object (&self->cancellable);
  g_free (self->address_text);
  g_free (self->endpoint);
  g_free (self->user);
  g_free (self->cwd);
  g_free (self->rename_from);
  g_free (self->act);

  G_OBJECT_CLASS (tl_ftp_visitor_parent_class)->finalize (object);
}

static void
tl_ftp_visitor_class_init (TlFtpVisitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_ftp_visitor_get_property;
  object_class->finalize = tl_ftp_visitor_finalize;

  props[PROP_ENDPOINT] = g_param_spec_string ("endpoint", NULL, NULL, NULL, flags);
  props[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_ACT] = g_param_spec_string ("act", NULL, NULL, NULL, flags);
  props[PROP_SECURE] = g_param_spec_boolean ("secure", NULL, NULL, FALSE, flags);
  props[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_visitor_init (TlFtpVisitor *self)
{
  self->lines = tl_ftp_server_line_new ();
  self->output = g_byte_array_new ();
  self->tickets = tl_ftp_tickets_new ();
  self->cancellable = g_cancellable_new ();
  self->cwd = g_strdup ("");
  self->facts = TL_FTP_FACTS_ALL;
  self->range_last = -1;
  self->since = g_get_real_time ();
  self->begun = self->last_active = g_get_monotonic_time ();
}

TlFtpVisitor *
tl_ftp_visitor_new (TlFtpServer        *server,
                    GSocket            *socket,
                    GInetSocketAddress *remote)
{
  TlFtpVisitor *self = g_object_new (TL_TYPE_FTP_VISITOR, NULL);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (G_SOCKET_ADDRESS (remote));
  const int on = 1;

  self->server = server;
  tl_ftp_server_stream_init (&self->stream, socket);
  /* The urgent byte before an ABOR stays where it was sent: a Telnet command would lose its end. */
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_OOBINLINE, &on, sizeof on);
  self->address = g_object_ref (g_inet_socket_address_get_address (remote));
  self->address_text = g_inet_address_to_string (self->address);
  self->endpoint = g_strdup (tl_endpoint_get_text (endpoint));
  self->log_peer = tl_message_log_add_peer (server->log, self->endpoint);
  self->act = g_strdup (_("Logs in"));
  return self;
}

void
tl_ftp_visitor_start (TlFtpVisitor *self)
{
  tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, _("Connected."));
  tl_ftp_visitor_reply (self, 220, "Tonglu: a shared folder.");
  tl_ftp_visitor_go_on (self);
}
