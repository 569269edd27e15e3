/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Echoes a second of a TCP server session, of a bare epoll loop, and of socat and ncat, which start a process for each client. */
#include "bench-run.h"

#include "tl-tcp-server.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 64

typedef struct {
  TlSession  *session;
  GHashTable *peers;    /* its number in the log → TlPeer */
} Server;

/* By the session itself, not as an automatic answer: of those it holds back what is more than 200 a second for one peer. */
static void
echo_sink (const TlMessageInfo *info,
           const char          *name,
           const guint8        *data,
           gpointer             user_data)
{
  Server *self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  TlPeer *peer;

  if (info->kind != TL_MESSAGE_RECEIVED)
    return;
  peer = g_hash_table_lookup (self->peers, GUINT_TO_POINTER (info->peer));
  bytes = g_bytes_new (data, info->length);
  if (peer == NULL || !tl_session_send (self->session, peer, bytes, NULL))
    g_error ("no echo to %s", name);
}

static void
peers_cb (GListModel *peers,
          guint       position,
          guint       removed,
          guint       added,
          Server     *self)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (peers, position + i);

      g_hash_table_insert (self->peers, GUINT_TO_POINTER (tl_peer_get_log_id (peer)), peer);
    }
}

static BenchFlow
run_load (guint    port,
          guint    clients,
          guint    seconds,
          gboolean turn)
{
  BenchLoad *load = bench_load_new ("tcp", port, SIZE, clients, seconds);
  BenchFlow flow;

  while (!bench_load_has_ended (load))
    if (turn)
      bench_turn ();
    else
      g_usleep (10000);
  flow = bench_load_get_echoes (load);
  bench_load_free (load);
  return flow;
}

static BenchFlow
run_session (guint clients,
             guint seconds)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  g_autoptr (GHashTable) peers = g_hash_table_new (NULL, NULL);
  Server self = { session, peers };
  g_autoptr (TlEndpoint) local = NULL;
  BenchFlow flow;
  guint sink;

  g_object_set (session, "max-clients", MAX (clients, 1), NULL);
  tl_session_open (session);
  if (tl_session_get_state (session) != TL_SESSION_OPEN)
    g_error ("%s", tl_session_get_error (session));
  g_signal_connect (tl_session_get_peers (session), "items-changed", G_CALLBACK (peers_cb), &self);
  sink = tl_log_sinks_add (tl_message_log_get_sinks (tl_session_get_log (session)), echo_sink, &self);
  local = tl_endpoint_parse (tl_session_get_local_endpoint (session), NULL);
  flow = run_load (tl_endpoint_get_port (local), clients, seconds, TRUE);
  tl_log_sinks_remove (tl_message_log_get_sinks (tl_session_get_log (session)), sink);
  while (g_list_model_get_n_items (tl_session_get_peers (session)) > 0)
    bench_turn ();
  tl_session_close (session);
  return flow;
}

static guint
find_free_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || getsockname (fd, (struct sockaddr *) &address, &length) < 0)
    g_error ("no free port");
  close (fd);
  return ntohs (address.sin_port);
}

/* Whether somebody listens there by now. */
static gboolean
is_listening (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons ((guint16) port) };
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const gboolean is = connect (fd, (struct sockaddr *) &address, sizeof address) == 0;

  close (fd);
  return is;
}

/* So that what it starts can be ended with it, and that it ends when we do. */
static void
own_group_cb (gpointer user_data)
{
  setsid ();
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* 0: it is not there, or failed. */
static double
run_tool (const char *command,
          guint       clients,
          guint       seconds)
{
  const guint port = find_free_port ();
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_auto (GStrv) parts = g_strsplit (command, "PORT", -1);
  g_autofree char *line = g_strjoinv (number, parts);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autofree char *program = g_find_program_in_path (argv[0]);
  double rate = 0;
  GPid pid;

  if (program == NULL
      || !g_spawn_async (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, own_group_cb, NULL,
                         &pid, NULL))
    return 0;
  for (guint i = 0; i < 200 && !is_listening (port); i++)
    g_usleep (10000);
  rate = run_load (port, clients, seconds, FALSE).rate;
  kill (-pid, SIGTERM);
  waitpid (pid, NULL, 0);
  return rate;
}

static void
compare (const BenchOptions *options,
         guint               clients)
{
  static const char *const tools[] = { "socat TCP4-LISTEN:PORT,bind=127.0.0.1,fork,backlog=1024 PIPE", "ncat -4 -l -k -m 20000 -e /bin/cat 127.0.0.1 PORT" };
  /* A process a client: with more it is their start that is measured. */
  const guint n_tools = clients <= 100 ? G_N_ELEMENTS (tools) : 0;
  double bare[BENCH_MAX_RUNS], session[BENCH_MAX_RUNS], cost[BENCH_MAX_RUNS], rates[G_N_ELEMENTS (tools)][BENCH_MAX_RUNS];

  g_print ("%u clients, messages of %u bytes\n", clients, SIZE);
  for (guint i = 0; i < options->runs; i++)
    {
      const BenchFlow simple = bench_bare_tcp (SIZE, clients, options->seconds);
      const BenchFlow ours = run_session (clients, options->seconds);

      bare[i] = simple.rate;
      session[i] = simple.rate > 0 ? ours.rate / simple.rate : 0;
      cost[i] = ours.cost > 0 ? simple.cost / ours.cost : 0;
      g_print ("  epoll %9.0f echoes/s, %5.0f ns each; session %9.0f, %5.0f ns each; ratio %.2f\n", simple.rate, simple.cost, ours.rate, ours.cost,
               session[i]);
      for (guint k = 0; k < n_tools; k++)
        rates[k][i] = run_tool (tools[k], clients, options->seconds) / simple.rate;
    }
  for (guint k = 0; k < n_tools; k++)
    {
      const double ratio = bench_median (rates[k], options->runs);

      g_print ("  %.*s, median of %u: ratio to epoll %.2f%s\n", (int) strcspn (tools[k], " "), tools[k], options->runs, ratio,
               ratio > 0 ? "" : " (it is not there, or failed)");
    }
  g_print ("%u clients, median of %u: epoll %.0f echoes/s, ratio %.2f; by processor time %.2f\n\n", clients, options->runs, bench_median (bare, options->runs),
           bench_median (session, options->runs), bench_median (cost, options->runs));
}

void
bench_tcp (const BenchOptions *options)
{
  static const guint clients[] = { 1, 100, 10000 };

  if (options->clients > 0)
    compare (options, options->clients);
  for (guint i = 0; options->clients == 0 && i < G_N_ELEMENTS (clients); i++)
    compare (options, clients[i]);
}
