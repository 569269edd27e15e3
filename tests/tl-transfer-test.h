/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of transfers share: a server on loopback with a folder of its own, a local folder, files to compare. */
#pragma once

#include "tl-test-files.h"
#include "tl-test-wait.h"
#include "tl-transfer-queue.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MUCH (3 * 1024 * 1024 + 17)

typedef struct {
  char            *base;
  char            *remote;   /* the folder that the server shows */
  char            *local;
  GSubprocess     *server;
  guint            port;
  TlFtpClient     *client;
  TlTransferQueue *queue;
  guint            n_asked;
  TlTransfer      *first_asked;   /* not held */
  TlOverwrite      answer;   /* given at once, unless ASK */
  gboolean         for_all;
  TlOverwriteQuestion asked; /* the last */
} Fixture;

/* How many commands came to the server that begin so. */
static inline guint
test_count_commands (const char *base,
                     const char *beginning)
{
  g_autofree char *path = test_path (base, "commands");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], beginning);
  return n;
}

static inline void
test_ask_cb (TlTransferQueue           *queue,
             const TlOverwriteQuestion *question,
             Fixture                   *f)
{
  if (f->n_asked++ == 0)
    f->first_asked = question->transfer;
  f->asked = *question;
  if (f->answer != TL_OVERWRITE_ASK)
    tl_transfer_queue_answer (queue, question->transfer, f->answer, f->for_all);
}

/* @options: what ftp_server.py takes beside the root, "\"max\": 2". False: no pyftpdlib, the test was skipped. */
static inline gboolean
test_start (Fixture    *f,
            const char *options)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "peers", "ftp_server.py", NULL);
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (TlFtpSite) site = NULL;
  g_autoptr (GError) error = NULL;

  *f = (Fixture) { 0 };
  f->base = g_dir_make_tmp ("tl-transfer-XXXXXX", NULL);
  f->remote = test_path (f->base, "remote");
  f->local = test_path (f->base, "local");
  g_assert_cmpint (g_mkdir (f->remote, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (f->local, 0755), ==, 0);

  json = g_strdup_printf ("{\"root\": \"%s\"%s%s}", f->remote, *options ? ", " : "", options);
  f->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                &error, "/usr/bin/python3", script, json, NULL);
  if (f->server != NULL)
    {
      output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (f->server));
      line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
    }
  if (line == NULL)
    {
      g_test_skip ("there is no pyftpdlib");
      return FALSE;
    }
  f->port = (guint) g_ascii_strtoull (line, NULL, 10);

  site = tl_ftp_site_new ();
  g_object_set (site, "host", "127.0.0.1", "port", f->port, "security", TL_FTP_SECURITY_NONE, "account-kind", TL_FTP_ACCOUNT_ANONYMOUS, NULL);
  f->client = tl_ftp_client_new (site);
  f->queue = tl_transfer_queue_new ();
  g_object_set (f->queue, "retry-delay", 20, NULL);
  g_signal_connect (f->queue, "ask", G_CALLBACK (test_ask_cb), f);
  return TRUE;
}

static inline void
test_stop (Fixture *f)
{
  if (f->client != NULL)
    tl_ftp_client_close (f->client);
  if (f->queue != NULL)
    g_assert_finalize_object (g_steal_pointer (&f->queue));
  g_clear_object (&f->client);
  if (f->server != NULL)
    {
      g_subprocess_force_exit (f->server);
      g_subprocess_wait (f->server, NULL, NULL);
    }
  g_clear_object (&f->server);
  test_remove_tree (f->base);
  g_free (f->base);
  g_free (f->remote);
  g_free (f->local);
}

static inline TlTransfer *
test_download (Fixture    *f,
               const char *remote,
               gboolean    is_folder,
               const char *local)
{
  g_autofree char *path = test_path (f->local, local);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) raw = g_bytes_new (remote, strlen (remote));

  return tl_transfer_queue_download (f->queue, f->client, raw, is_folder, -1, file);
}

static inline TlTransfer *
test_upload (Fixture    *f,
             const char *local,
             const char *remote)
{
  g_autofree char *path = test_path (f->local, local);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) raw = g_bytes_new (remote, strlen (remote));

  return tl_transfer_queue_upload (f->queue, f->client, file, raw);
}

static inline guint
test_uint (Fixture    *f,
           const char *name)
{
  guint value;

  g_object_get (f->queue, name, &value, NULL);
  return value;
}

/* Until nothing waits, runs or asks. */
static inline void
test_wait_all (Fixture *f)
{
  test_wait_for (test_uint (f, "n-active") == 0, "all transfers to be over");
}

static inline void
test_assert_state (TlTransfer      *transfer,
                   TlTransferState  state)
{
  if (tl_transfer_get_state (transfer) != state && tl_transfer_get_error (transfer) != NULL)
    g_test_message ("%s: %s", tl_transfer_get_name (transfer), tl_transfer_get_error (transfer));
  g_assert_cmpint (tl_transfer_get_state (transfer), ==, state);
}
