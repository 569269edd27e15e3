/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences for what goes wrong with a TCP connection, where it reaches us as a GError. */

#include "tl-tcp-error.h"
#include "tl-session-private.h"
#include "tl-tls.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

static char *
resolver_sentence (const GError     *error,
                   const TlEndpoint *endpoint)
{
  const char *host = tl_endpoint_get_host (endpoint);

  switch ((GResolverError) error->code)
    {
    case G_RESOLVER_ERROR_NOT_FOUND:
      return g_strdup_printf (_("No computer has the name “%s”. Check how it is spelled, or type the address instead. (%s)"), host,
                              error->message);
    case G_RESOLVER_ERROR_TEMPORARY_FAILURE:
      return g_strdup_printf (_("The name “%s” could not be looked up just now. Check the network and the name server, then try again. (%s)"),
                              host, error->message);
    default:
      return g_strdup_printf (_("The name “%s” could not be looked up. (%s)"), host, error->message);
    }
}

char *
tl_tcp_connect_sentence (const GError     *error,
                         const TlEndpoint *endpoint)
{
  if (error->domain == G_RESOLVER_ERROR)
    return resolver_sentence (error, endpoint);
  if (error->domain == G_TLS_ERROR)
    return tl_tls_error_sentence (error);
  /* Made by tl_tcp_connect_error(), or by the steps of connecting: a sentence already. */
  if (error->domain == TL_SESSION_ERROR)
    return g_strdup (error->message);
  return g_strdup_printf (_("No connection to %s came about. (%s)"), tl_endpoint_get_text (endpoint), error->message);
}

GError *
tl_tcp_connect_error (int               errsv,
                      const TlEndpoint *endpoint)
{
  g_autofree char *sentence = tl_socket_error_sentence ("connect", errsv, endpoint);
  TlSessionError code = TL_SESSION_ERROR_FAILED;

  if (errsv == ECONNREFUSED)
    code = TL_SESSION_ERROR_REFUSED;
  else if (errsv == ETIMEDOUT)
    code = TL_SESSION_ERROR_TIMED_OUT;
  else if (errsv == EHOSTUNREACH || errsv == ENETUNREACH)
    code = TL_SESSION_ERROR_UNREACHABLE;
  return g_error_new_literal (TL_SESSION_ERROR, code, sentence);
}

char *
tl_tcp_ended_sentence (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return tl_tls_error_sentence (error);
  if (error->domain == G_IO_ERROR)
    switch ((GIOErrorEnum) error->code)
      {
      case G_IO_ERROR_CONNECTION_CLOSED:
        return g_strdup_printf (_("The other side reset the connection: it ended at once, and what was on the way may be lost. (%s)"),
                                error->message);
      case G_IO_ERROR_TIMED_OUT:
        return g_strdup_printf (_("The other side no longer answers: the connection timed out. (%s)"), error->message);
      case G_IO_ERROR_HOST_UNREACHABLE:
      case G_IO_ERROR_NETWORK_UNREACHABLE:
        return g_strdup_printf (_("The way to the other side was lost. Check the network. (%s)"), error->message);
      default:
        break;
      }
  return g_strdup_printf (_("The connection failed. (%s)"), error->message);
}

TlPeerState
tl_tcp_ended_state (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return TL_PEER_RESET;
  return TL_PEER_CLOSED;
}

char *
tl_tcp_unsent_sentence (guint64 bytes)
{
  return g_strdup_printf (ngettext ("%lu byte that waited was not sent.", "%lu bytes that waited were not sent.", bytes), (gulong) bytes);
}
