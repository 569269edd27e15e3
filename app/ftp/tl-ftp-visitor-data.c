/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the next data connection comes from, or goes to: the visitor's own computer, and no other (RFC 2577). */

#include "tl-ftp-visitor-private.h"

#include <glib/gi18n-lib.h>

/* Ports below belong to services that a third party could be made to reach. */
#define LOWEST_PORT 1024

static void
drop_data (TlFtpVisitor *self)
{
  g_clear_pointer (&self->data, tl_ftp_server_data_free);
}

static gboolean
begin_to_listen (TlFtpVisitor *self)
{
  g_autoptr (GError) error = NULL;

  drop_data (self);
  self->data = tl_ftp_server_data_listen (self->stream.socket, (guint16) self->server->passive_min, (guint16) self->server->passive_max, &error);
  if (self->data == NULL)
    {
      tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, error != NULL ? error->message : "?");
      tl_ftp_visitor_reply (self, 425, "There is no port to listen on.");
    }
  return self->data != NULL;
}

void
tl_ftp_visitor_pasv (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (self->stream.socket, NULL);
  const guint8 *bytes;
  guint16 port;

  if (self->extended_only || !G_IS_INET_SOCKET_ADDRESS (local) || g_socket_address_get_family (local) != G_SOCKET_FAMILY_IPV4)
    {
      tl_ftp_visitor_reply (self, 501, "Only EPSV can be used on this connection.");
      return;
    }
  if (!begin_to_listen (self))
    return;
  port = tl_ftp_server_data_get_port (self->data);
  bytes = g_inet_address_to_bytes (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  tl_ftp_visitor_replyf (self, 227, "Entering Passive Mode (%d,%d,%d,%d,%d,%d).", bytes[0], bytes[1], bytes[2], bytes[3], port >> 8, port & 255);
}

void
tl_ftp_visitor_epsv (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  const guint8 own = g_socket_get_family (self->stream.socket) == G_SOCKET_FAMILY_IPV6 ? '2' : '1';

  if (request->length == 3 && g_ascii_strncasecmp ((const char *) request->argument, "ALL", 3) == 0)
    {
      self->extended_only = TRUE;
      tl_ftp_visitor_reply (self, 200, "EPSV and nothing else from now on.");
    }
  else if (request->length > 0 && (request->length != 1 || request->argument[0] != own))
    tl_ftp_visitor_replyf (self, 522, "The protocol of this connection is (%c).", own);
  else if (begin_to_listen (self))
    tl_ftp_visitor_replyf (self, 229, "Entering Extended Passive Mode (|||%u|).", tl_ftp_server_data_get_port (self->data));
}

/* PORT and EPRT. */
void
tl_ftp_visitor_port (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  const int own = g_socket_get_family (self->stream.socket) == G_SOCKET_FAMILY_IPV6 ? 2 : 1;
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint16 port = 0;
  int family = 1;
  gboolean good;

  if (self->extended_only)
    {
      tl_ftp_visitor_reply (self, 501, "Only EPSV can be used on this connection.");
      return;
    }
  drop_data (self);
  if (request->verb == TL_FTP_VERB_PORT)
    good = tl_ftp_request_parse_port (request->argument, request->length, &host, &port);
  else
    good = tl_ftp_request_parse_eprt (request->argument, request->length, &family, &host, &port);
  if (good && family != own)
    {
      tl_ftp_visitor_replyf (self, 522, "The protocol of this connection is (%d).", own);
      return;
    }
  address = good ? g_inet_address_new_from_string (host) : NULL;
  if (address == NULL)
    tl_ftp_visitor_reply (self, 501, "This is no address.");
  else if (!g_inet_address_equal (address, self->address) || port < LOWEST_PORT)
    {
      tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, _("A data connection to another computer, or to a port of the system, was asked for; it was refused."));
      tl_ftp_visitor_reply (self, 501, "Only your own address can be reached, at a port from 1024 on.");
    }
  else
    {
      self->data = tl_ftp_server_data_reach (self->stream.socket, port);
      tl_ftp_visitor_reply (self, self->data != NULL ? 200 : 425, self->data != NULL ? "Good." : "This connection is over.");
    }
}
