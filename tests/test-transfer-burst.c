/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of many small files, from a server that takes commands in advance: the shared folder of this program. */

#include "tl-ftp-pipeline.h"
#include "tl-ftp-server.h"
#include "tl-transfer-queue-private.h"
#include "tl-transfer-test.h"

#define FILES 300

typedef struct {
  Fixture      fixture;
  TlFtpServer *server;
} Set;

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  tl_ftp_server_start_finish (TL_FTP_SERVER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
put_files (Fixture *f)
{
  for (guint i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("many/%u/file-%u", i % 3, i);

      test_put_much (f->remote, name, i % 50 == 7 ? 0 : i % 50 == 8 ? 100000 : 1 + i * 13, i);
    }
}

static void
set_up (Set          *set,
        gconstpointer data)
{
  Fixture *f = &set->fixture;
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  gboolean started = FALSE;

  tl_ftp_pipeline_forget ();
  *f = (Fixture) { 0 };
  f->base = g_dir_make_tmp ("tl-transfer-XXXXXX", NULL);
  f->remote = test_path (f->base, "remote");
  f->local = test_path (f->base, "local");
  g_assert_cmpint (g_mkdir (f->remote, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (f->local, 0755), ==, 0);
  put_files (f);
  set->server = tl_ftp_server_new ();
  g_object_set (set->server, "folder", f->remote, "address", "127.0.0.1", "port", 0, "tls", TL_FTP_SERVER_TLS_OFF, "anonymous", TRUE, NULL);
  tl_ftp_server_start_async (set->server, NULL, started_cb, &started);
  test_wait (started);
  g_object_set (site, "host", "127.0.0.1", "port", tl_ftp_server_get_local_port (set->server), "security", TL_FTP_SECURITY_NONE,
                "account-kind", TL_FTP_ACCOUNT_ANONYMOUS, NULL);
  f->client = tl_ftp_client_new (site);
  f->queue = tl_transfer_queue_new ();
  g_object_set (f->queue, "retry-delay", 20, NULL);
  g_signal_connect (f->queue, "ask", G_CALLBACK (test_ask_cb), f);
}

static void
tear_down (Set          *set,
           gconstpointer data)
{
  tl_ftp_server_stop (set->server);
  g_clear_object (&set->server);
  test_stop (&set->fixture);
}

static void
assert_all (Set  *set,
            guint except)
{
  Fixture *f = &set->fixture;

  for (guint i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("many/%u/file-%u", i % 3, i);

      if (i != except)
        test_assert_equal (f->remote, name, f->local, name);
      if (i != except)
        g_assert_cmpint (test_get_time (f->remote, name), ==, test_get_time (f->local, name));
    }
  g_assert_cmpuint (test_count (f->local, ".part"), ==, 0);
}

static void
test_all (Set          *set,
          gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top = test_download (f, "/many", TRUE, "many");

  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
  assert_all (set, G_MAXUINT);
  g_assert_cmpuint (f->n_asked, ==, 0);
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (f->client)), ==, TL_FTP_PIPELINE_WORKS);
}

/* What is there already is asked about, and never touched before. */
static void
test_there (Set          *set,
            gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top;

  test_put (f->local, "many/0/file-30", "mine", 4);
  f->answer = TL_OVERWRITE_SKIP;
  top = test_download (f, "/many", TRUE, "many");
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
  g_assert_cmpuint (f->n_asked, ==, 1);
  test_assert_text (f->local, "many/0/file-30", "mine");
  assert_all (set, 30);
}

/* It was not there when the folder was looked through, and is when the file has come. */
static void
taken_cb (GListModel *items,
          guint       position,
          guint       removed,
          guint       added,
          Fixture    *f)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TlTransfer) transfer = g_list_model_get_item (items, i);

      if (g_str_equal (tl_transfer_get_name (transfer), "file-31"))
        test_put (f->local, "many/1/file-31", "mine", 4);
    }
}

static void
test_overtaken (Set          *set,
                gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top;

  f->answer = TL_OVERWRITE_RENAME;
  g_signal_connect (f->queue, "items-changed", G_CALLBACK (taken_cb), f);
  top = test_download (f, "/many", TRUE, "many");
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
  g_assert_cmpuint (f->n_asked, ==, 1);
  test_assert_text (f->local, "many/1/file-31", "mine");
  test_assert_equal (f->remote, "many/1/file-31", f->local, "many/1/file-31 (2)");
  assert_all (set, 31);
}

static guint
count_ended (Fixture *f)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->queue)); i++)
    {
      g_autoptr (TlTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (f->queue), i);

      n += tl_transfer_get_state (transfer) == TL_TRANSFER_DONE;
    }
  return n;
}

/* Stopped in the middle and gone on with, again and again. */
static void
test_paused (Set          *set,
             gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top = test_download (f, "/many", TRUE, "many");

  for (guint i = 1; i < 5; i++)
    {
      const guint before = i * 20;

      test_wait (count_ended (f) > before);
      tl_transfer_queue_pause (f->queue, NULL);
      test_wait (test_uint (f, "n-active") == 0);
      tl_transfer_queue_resume (f->queue, NULL);
    }
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
  assert_all (set, G_MAXUINT);
  g_assert_cmpuint (f->n_asked, ==, 0);
}

static void
test_cancelled (Set          *set,
                gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top = test_download (f, "/many", TRUE, "many");

  test_wait (count_ended (f) > 20);
  tl_transfer_queue_cancel (f->queue, top);
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_CANCELLED);
  g_assert_cmpuint (test_count (f->local, ".part"), ==, 0);
  /* The connections are of use yet. */
  top = test_download (f, "/many", TRUE, "again");
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
}

/* A slow line: one by one, at its pace. */
static void
test_limited (Set          *set,
              gconstpointer data)
{
  Fixture *f = &set->fixture;
  TlTransfer *top = test_download (f, "/many", TRUE, "many");

  tl_transfer_queue_set_limit (f->queue, top, 100000);
  test_wait_all (f);
  test_assert_state (top, TL_TRANSFER_DONE);
  assert_all (set, G_MAXUINT);
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (f->client)), ==, TL_FTP_PIPELINE_UNTRIED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Set, NULL, set_up, func, tear_down)
  ADD ("/transfer-burst/all", test_all);
  ADD ("/transfer-burst/there", test_there);
  ADD ("/transfer-burst/overtaken", test_overtaken);
  ADD ("/transfer-burst/paused", test_paused);
  ADD ("/transfer-burst/cancelled", test_cancelled);
  ADD ("/transfer-burst/limited", test_limited);
  return g_test_run ();
}
