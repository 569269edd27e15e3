/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP_INFO for people: how the kernel sees a connection. */

#include "tl-tcp-info.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* The names of RFC 9293, which the books use too. */
static const char *
state_name (guint8 state)
{
  static const char *const names[] = {
    [TCP_ESTABLISHED] = "ESTABLISHED", [TCP_SYN_SENT] = "SYN-SENT", [TCP_SYN_RECV] = "SYN-RECEIVED", [TCP_FIN_WAIT1] = "FIN-WAIT-1",
    [TCP_FIN_WAIT2] = "FIN-WAIT-2", [TCP_TIME_WAIT] = "TIME-WAIT", [TCP_CLOSE] = "CLOSED", [TCP_CLOSE_WAIT] = "CLOSE-WAIT",
    [TCP_LAST_ACK] = "LAST-ACK", [TCP_LISTEN] = "LISTEN", [TCP_CLOSING] = "CLOSING",
  };

  return state < G_N_ELEMENTS (names) && names[state] ? names[state] : "?";
}

char *
tl_tcp_info_describe (GSocket *socket)
{
  struct tcp_info info = { 0, };
  socklen_t size = sizeof info;
  GString *text;

  if (g_socket_get_socket_type (socket) != G_SOCKET_TYPE_STREAM)
    return NULL;
  if (getsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
    return NULL;

  text = g_string_new (NULL);
  g_string_append_printf (text, _("TCP state: %s"), state_name (info.tcpi_state));
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Round trip: %.3f ms (varies by %.3f ms)"), info.tcpi_rtt / 1000.0, info.tcpi_rttvar / 1000.0);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Retransmission timeout: %.0f ms"), info.tcpi_rto / 1000.0);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Segments sent again: %u, waiting for their acknowledgement: %u, lost: %u"),
                          info.tcpi_total_retrans, info.tcpi_unacked, info.tcpi_lost);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Congestion window: %u segments of %u bytes"), info.tcpi_snd_cwnd, info.tcpi_snd_mss);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Path MTU: %u bytes"), info.tcpi_pmtu);
  return g_string_free (text, FALSE);
}
