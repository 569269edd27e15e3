/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong with a socket call, as a sentence that says what to do, with the system's own words behind it. */

#include "tl-session-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

typedef struct {
  int         errsv;
  const char *sentence;       /* without an endpoint */
  const char *with_endpoint;  /* (nullable): %s is the endpoint */
} Sentence;

static const Sentence sentences[] = {
  { EADDRINUSE,
    N_("This address and port are in use already. Choose another port, or close the program that has it."),
    N_("%s is in use already. Choose another port, or close the program that has it.") },
  { EADDRNOTAVAIL,
    N_("This address is not one of this computer. Choose one of its own addresses, or 0.0.0.0 for all of them."),
    N_("%s is not an address of this computer. Choose one of its own addresses, or 0.0.0.0 for all of them.") },
  { EACCES,
    N_("The system does not permit this. Ports below 1024 may need administrator privileges."),
    N_("The system does not permit %s. Ports below 1024 may need administrator privileges.") },
  { EPERM,
    N_("The system refused this: a firewall or a privilege stands in the way."),
    N_("The system refused %s: a firewall or a privilege stands in the way.") },
  { ECONNREFUSED,
    N_("The connection was refused: no program listens on that port. Check the port, and whether the other program runs."),
    N_("The connection to %s was refused: no program listens on that port. Check the port, and whether the other program runs.") },
  { ETIMEDOUT,
    N_("The other side did not answer in time. Check the address, the network, and firewalls between."),
    N_("%s did not answer in time. Check the address, the network, and firewalls between.") },
  { EHOSTUNREACH,
    N_("The host cannot be reached. Check the address, and whether that computer is on."),
    N_("The host %s cannot be reached. Check the address, and whether that computer is on.") },
  { ENETUNREACH,
    N_("There is no route to that network. Check the network connection of this computer."),
    N_("There is no route to %s. Check the network connection of this computer.") },
  { ENETDOWN, N_("The network is down. Check the network connection of this computer."), NULL },
  { ENODEV, N_("There is no such network interface, or it is down. Choose another interface."), NULL },
  { ECONNRESET,
    N_("The other side reset the connection: it ended it at once, and bytes on the way may be lost."),
    N_("%s reset the connection: it ended it at once, and bytes on the way may be lost.") },
  { ECONNABORTED, N_("The connection was given up before it was established."), NULL },
  { EPIPE,
    N_("The other side has closed the connection and takes no more bytes."),
    N_("%s has closed the connection and takes no more bytes.") },
  { ENOTCONN, N_("There is no connection. Connect first."), NULL },
  { EMFILE, N_("This program has as many files and sockets open as it may. Close some sessions, or raise the limit (ulimit -n)."), NULL },
  { ENFILE, N_("The system has as many files and sockets open as it can. Close other programs."), NULL },
  { ENOBUFS, N_("The system has no room for this at the moment. Send more slowly, or try again."), NULL },
  { ENOMEM, N_("The system has no memory for this. Close other programs, then try again."), NULL },
  { EMSGSIZE, N_("The message is too large to be sent in one datagram. Send less at a time."), NULL },
  { EAFNOSUPPORT,
    N_("This kind of address is not supported here: IPv4 and IPv6 do not mix."),
    N_("The address %s is not supported here: IPv4 and IPv6 do not mix.") },
  { EINVAL, N_("The system does not accept this address or option."), N_("The system does not accept %s here.") },
  { EPROTONOSUPPORT, N_("The system does not have this protocol."), NULL },
};

/**
 * tl_socket_error_sentence:
 * @call: the socket call, as the manual names it
 * @endpoint: (nullable): whom or what it was about
 *
 * Returns: (transfer full): a translated sentence, with the call and the system's text in parentheses
 */
char *
tl_socket_error_sentence (const char       *call,
                          int               errsv,
                          const TlEndpoint *endpoint)
{
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sentences) && sentence == NULL; ++i)
    {
      if (sentences[i].errsv != errsv)
        continue;
      if (endpoint && sentences[i].with_endpoint)
        {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          sentence = g_strdup_printf (_(sentences[i].with_endpoint), tl_endpoint_get_text (endpoint));
#pragma GCC diagnostic pop
        }
      else
        {
          sentence = g_strdup (_(sentences[i].sentence));
        }
    }
  if (sentence == NULL && endpoint)
    sentence = g_strdup_printf (_("This did not work with %s."), tl_endpoint_get_text (endpoint));
  else if (sentence == NULL)
    sentence = g_strdup (_("This did not work."));
  return g_strdup_printf (_("%s (%s: %s)"), sentence, call, g_strerror (errsv));
}

/**
 * tl_socket_error_to_errno:
 *
 * GIO keeps a class of errors, not the number; what a sentence needs can be told from it.
 */
int
tl_socket_error_to_errno (const GError *error)
{
  static const struct { int code; int errsv; } codes[] = {
    { G_IO_ERROR_ADDRESS_IN_USE, EADDRINUSE },
    { G_IO_ERROR_PERMISSION_DENIED, EACCES },
    { G_IO_ERROR_CONNECTION_REFUSED, ECONNREFUSED },
    { G_IO_ERROR_TIMED_OUT, ETIMEDOUT },
    { G_IO_ERROR_HOST_UNREACHABLE, EHOSTUNREACH },
    { G_IO_ERROR_NETWORK_UNREACHABLE, ENETUNREACH },
    { G_IO_ERROR_CONNECTION_CLOSED, ECONNRESET },
    { G_IO_ERROR_BROKEN_PIPE, EPIPE },
    { G_IO_ERROR_NOT_CONNECTED, ENOTCONN },
    { G_IO_ERROR_TOO_MANY_OPEN_FILES, EMFILE },
    { G_IO_ERROR_MESSAGE_TOO_LARGE, EMSGSIZE },
    { G_IO_ERROR_INVALID_ARGUMENT, EINVAL },
  };

  if (error == NULL || error->domain != G_IO_ERROR)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (codes); ++i)
    {
      if (codes[i].code == error->code)
        return codes[i].errsv;
    }
  return 0;
}
