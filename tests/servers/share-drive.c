/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder as a program of its own, for the tests that come with foreign FTP programs and for the benchmark:
 *   share-drive FOLDER CERTIFICATE [PROPERTY=VALUE]… [account=NAME:PASSWORD:FOLDER:rw|ro]… [guest=NAME:PASSWORD:FOLDER:rw|ro:SECONDS]… [plain]
 * Says "PORT n" and "FINGERPRINT …", or "FAILED why", and shares until its standard input ends; then it says what was in the log, a line each. A line that comes on its
 * standard input meanwhile is such an option, or "forget NAME": that account is taken away. */

#include "tl-ftp-password.h"
#include "tl-ftp-server-private.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static GMainLoop *loop;
static gboolean plain;

static void
add_account (TlFtpServer      *server,
             TlFtpAccountKind  kind,
             const char       *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  g_autofree char *hash = tl_ftp_password_hash (parts[1]);
  g_autoptr (TlFtpAccount) account = NULL;

  g_assert_nonnull (hash);
  account = tl_ftp_account_new (kind, parts[0], hash, parts[2], g_str_equal (parts[3], "rw"),
                                kind == TL_FTP_ACCOUNT_GUEST ? g_ascii_strtoll (parts[4], NULL, 10) : 0);
  g_list_store_append (tl_ftp_server_get_accounts (server), account);
}

static void
set (TlFtpServer *server,
     const char  *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  GParamSpec *pspec;

  if (g_str_equal (text, "plain"))
    plain = TRUE;
  else if (g_str_equal (parts[0], "account"))
    add_account (server, TL_FTP_ACCOUNT_REGISTERED, parts[1]);
  else if (g_str_equal (parts[0], "guest"))
    add_account (server, TL_FTP_ACCOUNT_GUEST, parts[1]);
  else
    {
      pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (server), parts[0]);
      g_assert_nonnull (pspec);
      if (G_IS_PARAM_SPEC_STRING (pspec))
        g_object_set (server, parts[0], parts[1], NULL);
      else
        g_object_set (server, parts[0], (int) g_ascii_strtoll (parts[1], NULL, 10), NULL);
    }
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TlFtpServer *server = TL_FTP_SERVER (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;

  if (!tl_ftp_server_start_finish (server, result, &error))
    {
      printf ("FAILED %s\n", error->message);
      fflush (stdout);
      g_main_loop_quit (loop);
      return;
    }
  if (plain)
    tl_ftp_share_set_plain (server->share);
  g_object_get (server, "fingerprint", &fingerprint, NULL);
  printf ("PORT %u\nFINGERPRINT %s\n", tl_ftp_server_get_local_port (server), fingerprint != NULL ? fingerprint : "");
  fflush (stdout);
}

static void
forget (TlFtpServer *server,
        const char  *name)
{
  GListStore *accounts = tl_ftp_server_get_accounts (server);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (accounts)); i-- > 0;)
    {
      g_autoptr (TlFtpAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (g_str_equal (tl_ftp_account_get_name (account), name))
        g_list_store_remove (accounts, i);
    }
}

static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char line[256];
  const ssize_t n = read (fd, line, sizeof line - 1);

  if (n > 0)
    {
      line[n] = '\0';
      g_strchomp (line);
      if (g_str_has_prefix (line, "forget "))
        forget (user_data, line + strlen ("forget "));
      else
        set (user_data, line);
      return G_SOURCE_CONTINUE;
    }
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
print_log (TlMessageLog *log)
{
  static const char *const kinds[] = { "<", ">", "*", "!", "E", "c" };
  guint n;

  tl_message_log_flush (log);
  n = g_list_model_get_n_items (G_LIST_MODEL (log));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (log), i);
      gsize length;
      const void *data = g_bytes_get_data (tl_message_get_bytes (message), &length);

      printf ("%s ", kinds[tl_message_get_kind (message)]);
      if (length > 0)
        fwrite (data, 1, length, stdout);
      printf ("\n");
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TlFtpServer) server = tl_ftp_server_new ();
  g_autofree char *counts = NULL;
  guint served, refused, connected;
  guint64 received, sent;

  g_assert_cmpint (argc, >=, 3);
  /* As the program itself: a file that may not grow is an error like others. */
  signal (SIGXFSZ, SIG_IGN);
  g_object_set (server, "folder", argv[1], "certificate-file", argv[2], "port", 0, NULL);
  for (int i = 3; i < argc; i++)
    set (server, argv[i]);
  loop = g_main_loop_new (NULL, FALSE);
  g_unix_fd_add (0, G_IO_IN | G_IO_HUP, stdin_cb, server);
  tl_ftp_server_start_async (server, NULL, started_cb, NULL);
  g_main_loop_run (loop);
  g_object_get (server, "n-served", &served, "n-refused", &refused, "n-connected", &connected, "received", &received, "sent", &sent, NULL);
  tl_ftp_server_stop (server);
  printf ("COUNTS served=%u refused=%u connected=%u received=%" G_GUINT64_FORMAT " sent=%" G_GUINT64_FORMAT "\n", served, refused, connected,
          received, sent);
  print_log (tl_ftp_server_get_log (server));
  g_main_loop_unref (loop);
  return 0;
}
