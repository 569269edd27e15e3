/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a synchronisation deletes: what was compared, as it was then, and nothing else. */

#include "tl-ftp-sync-test.h"

#include <fcntl.h>

#define TO_LOCAL GINT_TO_POINTER (TRUE)
#define NOBODY 65534

static void
scan_for (Fixture       *self,
          gconstpointer  to_local)
{
  scan (self, to_local ? TL_FTP_SYNC_TO_LOCAL : TL_FTP_SYNC_TO_REMOTE);
}

/* Each file and each folder that was to be deleted is counted once. */
static void
assert_sum (const TlFtpSyncProgress *progress,
            guint                    n)
{
  g_assert_cmpuint (progress->n_all, ==, n);
  g_assert_cmpuint (progress->n_over, ==, n);
  g_assert_cmpuint (progress->n_deleted + progress->n_kept + progress->n_changed + progress->n_failed, ==, n);
}

/* What has come into a folder stays, with the folders that it is in; the rest goes, and here what has not changed goes into the trash as one. */
static void
test_came_in (Fixture       *self,
              gconstpointer  to_local)
{
  const char *side = to_local ? self->local : self->remote;
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", "files", NULL);
  const TlFtpSyncProgress *progress;
  GPtrArray *failures;

  put (side, "came/a", "a", OLD);
  put (side, "came/deep/b", "b", OLD);
  put (side, "came/whole/c", "c", OLD);
  make_folder (side, "came/whole/empty");
  scan_for (self, to_local);
  put (side, "came/deep/new", "new", NEW);
  make_folder (side, "came/deep/new folder");
  progress = run (self);
  assert_sum (progress, 7);
  g_assert_cmpuint (progress->n_deleted, ==, 5);
  g_assert_cmpuint (progress->n_changed, ==, 2);
  failures = tl_ftp_sync_run_get_failures (self->run);
  assert_failure (failures, "came/deep", "2 files and folders have come into it");
  assert_failure (failures, "came", "something in it was kept");
  g_assert_cmpuint (failures->len, ==, 2);
  g_assert_cmpuint (progress->n_noted, ==, 2);
  test_assert_text (side, "came/deep/new", "new");
  g_assert_true (test_exists (side, "came/deep/new folder"));
  g_assert_false (test_exists (side, "came/a"));
  g_assert_false (test_exists (side, "came/deep/b"));
  g_assert_false (test_exists (side, "came/whole"));
  if (!to_local)
    return;
  test_assert_text (trash, "a", "a");
  test_assert_text (trash, "b", "b");
  test_assert_text (trash, "whole/c", "c");
}

/* The same of what has changed, or is something else by now. */
static void
test_changed_within (Fixture       *self,
                     gconstpointer  to_local)
{
  const char *side = to_local ? self->local : self->remote;
  const TlFtpSyncProgress *progress;
  GPtrArray *failures;

  put (side, "f/file", "text", OLD);
  put (side, "f/gone", "text", OLD);
  put (side, "f/deep/longer", "text", OLD);
  put (side, "f/folder/x", "text", OLD);
  scan_for (self, to_local);
  put (side, "f/deep/longer", "longer text", OLD);
  delete (side, "f/gone");
  delete (side, "f/folder/x");
  delete (side, "f/folder");
  put (side, "f/folder", "a file by now", OLD);
  progress = run (self);
  assert_sum (progress, 7);
  g_assert_cmpuint (progress->n_deleted, ==, 2);
  failures = tl_ftp_sync_run_get_failures (self->run);
  assert_failure (failures, "f/deep/longer", "It has changed");
  assert_failure (failures, "f/folder", "It has changed");
  assert_failure (failures, "f", "something in it was kept");
  g_assert_cmpuint (failures->len, ==, 3);
  test_assert_text (side, "f/deep/longer", "longer text");
  test_assert_text (side, "f/folder", "a file by now");
  g_assert_false (test_exists (side, "f/file"));
}

/* A whole folder that has gone, and a folder of which nobody else has gone. */
static void
test_gone (Fixture       *self,
           gconstpointer  to_local)
{
  const char *side = to_local ? self->local : self->remote;

  put (side, "gone/deep/a", "text", OLD);
  put (side, "there/deep/a", "text", OLD);
  scan_for (self, to_local);
  delete (side, "gone/deep/a");
  delete (side, "gone/deep");
  delete (side, "gone");
  delete (side, "there/deep/a");
  assert_sum (run (self), 6);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 6);
  g_assert_false (test_exists (side, "there"));
}

/* Where there is no trash, as on file systems of the machine itself, the same is deleted, and no more. */
static void
test_no_trash (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *place = g_strdup ("/dev/shm/tl-test-XXXXXX");
  struct stat here, there;

  if (g_mkdtemp (place) == NULL || stat (place, &there) != 0 || stat (test_folder, &here) != 0 || here.st_dev == there.st_dev)
    {
      g_test_skip ("no other file system");
      return;
    }
  g_free (self->local);
  self->local = g_steal_pointer (&place);
  put (self->local, "f/a", "text", OLD);
  put (self->local, "f/deep/b", "text", OLD);
  put (self->local, "whole/deep/c", "text", OLD);
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  put (self->local, "f/deep/new", "new", NEW);
  assert_sum (run (self), 7);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 5);
  test_assert_text (self->local, "f/deep/new", "new");
  g_assert_false (test_exists (self->local, "f/a"));
  g_assert_false (test_exists (self->local, "whole"));
  delete (self->local, "f/deep/new");
  delete (self->local, "f/deep");
  delete (self->local, "f");
  delete (self->local, "");
}

static void
set_mode (const char *folder,
          const char *name,
          int         mode)
{
  g_autofree char *path = test_path (folder, name);

  g_assert_no_errno (chmod (path, (mode_t) mode));
}

/* All threads of the process are another user for a while, whose the test's folder is. False when that cannot be. */
static gboolean
become (uid_t user)
{
  const char *const argv[] = { "chown", "-R", user == 0 ? "0" : G_STRINGIFY (NOBODY), test_folder, NULL };
  int status = -1;

  if (user == 0)
    g_assert_no_errno (seteuid (0));
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
    return FALSE;
  if (user == 0 || (seteuid (user) == 0 && faccessat (AT_FDCWD, test_folder, R_OK | W_OK | X_OK, AT_EACCESS) == 0))
    return TRUE;
  return seteuid (0) != 0 && FALSE;
}

/* What is in a folder that cannot be looked into is not taken for unchanged; and where something may not be touched, that is the reason which is told. */
static void
test_denied (Fixture       *self,
             gconstpointer  data)
{
  const gboolean is_root = geteuid () == 0;

  put (self->local, "f/deep/er/first", "text", OLD);
  put (self->local, "g/second", "text", OLD);
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  put (self->local, "f/deep/er/new", "new", NEW);
  set_mode (self->local, "f/deep", 0311);
  set_mode (self->local, "g", 0444);
  if (is_root && !become (NOBODY))
    {
      g_test_skip ("all is permitted to root, and nobody else can be had");
      return;
    }
  assert_sum (run (self), 6);
  if (is_root)
    become (0);
  set_mode (self->local, "f/deep", 0755);
  set_mode (self->local, "g", 0755);
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "g/second", g_strerror (EACCES));
  test_assert_text (self->local, "f/deep/er/new", "new");
  test_assert_text (self->local, "g/second", "text");
}

/* While files are deleted: the folder is seen not to be empty when its turn comes. */
static void
come_late_cb (TlFtpSyncRun *run,
              Fixture      *self)
{
  if (tl_ftp_sync_run_get_progress (run)->n_deleted == 1 && !test_exists (self->remote, "f/late"))
    put (self->remote, "f/late", "late", NEW);
}

static void
test_came_late (Fixture       *self,
                gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  put (self->remote, "f/a", "text", OLD);
  put (self->remote, "f/b", "text", OLD);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  start (self);
  g_signal_connect (self->run, "changed", G_CALLBACK (come_late_cb), self);
  test_wait (self->over);
  progress = tl_ftp_sync_run_get_progress (self->run);
  assert_sum (progress, 3);
  g_assert_cmpuint (progress->n_changed, ==, 1);
  assert_failure (tl_ftp_sync_run_get_failures (self->run), "f", "has come into it");
  test_assert_text (self->remote, "f/late", "late");
  g_assert_false (test_exists (self->remote, "f/a"));
}

static void
fill_many (const char *folder)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("f/%u/%u", i % 3, i);

      put (folder, name, "text", OLD);
    }
}

/* The connection ends after each third act; each time it goes on with another one. */
static void
cut_cb (TlFtpSyncRun *run,
        Fixture      *self)
{
  GListModel *visitors = tl_ftp_server_get_visitors (self->server);

  if (tl_ftp_sync_run_get_progress (run)->n_over % 3 != 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (visitors); i++)
    {
      g_autoptr (TlFtpVisitor) visitor = g_list_model_get_item (visitors, i);

      tl_ftp_visitor_disconnect (visitor);
    }
}

static void
test_cut (Fixture       *self,
          gconstpointer  data)
{
  fill_many (self->remote);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  start (self);
  g_signal_connect (self->run, "changed", G_CALLBACK (cut_cb), self);
  test_wait (self->over);
  g_assert_no_error (self->error);
  assert_sum (tl_ftp_sync_run_get_progress (self->run), 16);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 16);
  g_assert_false (test_exists (self->remote, "f"));
}

static void
stop_cb (TlFtpSyncRun *run,
         Fixture      *self)
{
  if (tl_ftp_sync_run_get_progress (run)->n_deleted == 2)
    tl_ftp_server_stop (self->server);
}

/* The server goes, and does not come again: what is left is kept, and why is said once. */
static void
test_broken (Fixture       *self,
             gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  fill_many (self->remote);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  g_object_set (self->queue, "retry-delay", 1, NULL);
  start (self);
  g_signal_connect (self->run, "changed", G_CALLBACK (stop_cb), self);
  test_wait (self->over);
  g_assert_no_error (self->error);
  progress = tl_ftp_sync_run_get_progress (self->run);
  assert_sum (progress, 16);
  g_assert_cmpuint (progress->n_deleted, <=, 3);
  g_assert_cmpuint (progress->n_failed, ==, 1);
  g_assert_cmpuint (tl_ftp_sync_run_get_failures (self->run)->len, ==, 1);
}

static void
cancel_cb (TlFtpSyncRun *run,
           Fixture      *self)
{
  if (tl_ftp_sync_run_get_progress (run)->n_deleted == 2)
    g_cancellable_cancel (self->cancellable);
}

/* No command comes after it, also when it waits for a server that has gone. */
static void
test_cancel (Fixture       *self,
             gconstpointer  waits)
{
  fill_many (self->remote);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  g_object_set (self->queue, "retry-delay", 60000, NULL);
  start (self);
  g_signal_connect (self->run, "changed", G_CALLBACK (waits ? stop_cb : cancel_cb), self);
  if (waits)
    {
      test_wait (tl_ftp_sync_run_get_progress (self->run)->n_deleted == 2);
      /* The next command has failed by then, as nobody is there any more. */
      test_wait (tl_ftp_client_get_state (self->client) != TL_FTP_READY);
      g_cancellable_cancel (self->cancellable);
    }
  test_wait (self->over);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_deleted, ==, 2);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (self->run)->n_failed, ==, 0);
  g_assert_true (test_exists (self->remote, "f/2/11"));
}

static guint
count_lists (Fixture    *self,
             const char *verb)
{
  TlMessageLog *log = tl_ftp_client_get_log (self->client);
  guint n = 0;

  tl_message_log_flush (log);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (log)); i++)
    {
      g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (log), i);
      GBytes *bytes = tl_message_get_bytes (message);

      n += g_bytes_get_size (bytes) >= 4 && memcmp (g_bytes_get_data (bytes, NULL), verb, 4) == 0;
    }
  return n;
}

/* A folder is looked at once, however many files are in it, and folders in it, and once more when it is to be empty. */
static void
test_lists (Fixture       *self,
            gconstpointer  data)
{
  guint n_before;

  fill_many (self->remote);
  put (self->remote, "f/1/deep/er/x", "text", OLD);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  n_before = count_lists (self, "MLSD");
  g_assert_cmpuint (run (self)->n_failed, ==, 0);
  g_assert_false (test_exists (self->remote, "f"));
  /* "f", its three folders, two in one of these, and what they are in. */
  g_assert_cmpuint (n_before, ==, 7);
  g_assert_cmpuint (count_lists (self, "MLSD"), ==, 3 * n_before - 1);
  /* Of the four that have folders in them, whether these are links; the first time it is found out which LIST tells more. */
  g_assert_cmpuint (count_lists (self, "LIST"), ==, 4 + 1);
}

int
main (int   argc,
      char *argv[])
{
  sync_test_init (&argc, &argv);
  ADD ("/ftp-sync-delete/came-in/remote", NULL, test_came_in);
  ADD ("/ftp-sync-delete/came-in/local", TO_LOCAL, test_came_in);
  ADD ("/ftp-sync-delete/changed/remote", NULL, test_changed_within);
  ADD ("/ftp-sync-delete/changed/local", TO_LOCAL, test_changed_within);
  ADD ("/ftp-sync-delete/gone/remote", NULL, test_gone);
  ADD ("/ftp-sync-delete/gone/local", TO_LOCAL, test_gone);
  ADD ("/ftp-sync-delete/no-trash", NULL, test_no_trash);
  ADD ("/ftp-sync-delete/denied", NULL, test_denied);
  ADD ("/ftp-sync-delete/came-late", NULL, test_came_late);
  ADD ("/ftp-sync-delete/cut", NULL, test_cut);
  ADD ("/ftp-sync-delete/broken", NULL, test_broken);
  ADD ("/ftp-sync-delete/cancel", NULL, test_cancel);
  ADD ("/ftp-sync-delete/cancel/waiting", TO_LOCAL, test_cancel);
  ADD ("/ftp-sync-delete/lists", NULL, test_lists);
  return sync_test_run ();
}
