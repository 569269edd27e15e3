/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronising: what is planned, and what is done. */

#include "tl-ftp-sync-test.h"

/* Files of this machine that the server does not have go to the trash, with what is in them; links stay. */
static void
test_to_local (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *link = test_path (self->local, "link");
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", "files", NULL);
  const TlFtpSyncProgress *progress;

  fill (self);
  g_assert_no_errno (symlink ("same", link));
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  assert_act (self, "near", TL_FTP_SYNC_DELETE);
  assert_act (self, "near/deep/file", TL_FTP_SYNC_ALL);
  assert_act (self, "link", TL_FTP_SYNC_NOTHING);
  assert_act (self, "kind", TL_FTP_SYNC_NOTHING);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_DELETE], ==, 3);
  /* "deep", its file, and "empty" */
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_within, ==, 3);
  progress = run (self);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  g_assert_cmpuint (progress->n_downloaded, ==, 3);
  g_assert_cmpuint (progress->n_made, ==, 2);
  g_assert_cmpuint (progress->n_deleted, ==, 6);
  test_assert_text (self->local, "there newer", "newer there");
  /* Newer here: only when somebody says so. */
  test_assert_text (self->local, "here newer", "newer here");
  test_assert_text (self->local, "far/deep/file", "deep there");
  test_assert_text (self->local, "both/only there", "there");
  g_assert_false (test_exists (self->local, "near"));
  g_assert_false (test_exists (self->local, "both/only here"));
  g_assert_true (test_exists (self->local, "link"));
  test_assert_text (trash, "near/deep/file", "deep here");
  g_assert_true (test_exists (trash, "only here"));

  /* The second time nothing is left, but for what nobody can decide. */
  scan (self, TL_FTP_SYNC_TO_LOCAL);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_ALL], ==, 0);
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
test_to_remote (Fixture       *self,
                gconstpointer  data)
{
  const TlFtpSyncProgress *progress;

  fill (self);
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  progress = run (self);
  g_assert_cmpuint (progress->n_failed, ==, 0);
  g_assert_cmpuint (progress->n_uploaded, ==, 4);
  g_assert_cmpuint (progress->n_made, ==, 3);
  g_assert_cmpuint (progress->n_deleted, ==, 4);
  test_assert_text (self->remote, "here newer", "newer here");
  test_assert_text (self->remote, "there newer", "newer there");
  test_assert_text (self->remote, "near/deep/file", "deep here");
  test_assert_text (self->remote, "\xff\xfe.txt", "no text");
  g_assert_true (test_exists (self->remote, "near/empty"));
  g_assert_false (test_exists (self->remote, "far"));
  g_assert_false (test_exists (self->remote, "both/only there"));
  scan (self, TL_FTP_SYNC_TO_REMOTE);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (self->plan)->n_on[TL_FTP_SYNC_ALL], ==, 0);
}

/* A folder takes along what is in it, and what is wanted in a folder brings the folder; what is not seen is counted. */
static void
test_switches (Fixture       *self,
               gconstpointer  data)
{
  const TlFtpSyncTotals *totals;

  fill (self);
  scan (self, TL_FTP_SYNC_BOTH);
  totals = tl_ftp_sync_plan_get_totals (self->plan);
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 7);
  tl_ftp_sync_plan_set_enabled (self->plan, (guint) find (self, "near"), FALSE);
  g_assert_false (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/deep/file")));
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 3);
  tl_ftp_sync_plan_set_enabled (self->plan, (guint) find (self, "near/deep/file"), TRUE);
  g_assert_true (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/deep")));
  g_assert_true (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near")));
  g_assert_false (tl_ftp_sync_plan_is_on (self->plan, (guint) find (self, "near/empty")));
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 6);

  g_assert_cmpuint (totals->n_hidden, ==, 0);
  g_object_set (self->plan, "filter", TL_FTP_SYNC_DOWNLOAD, NULL);
  g_assert_cmpuint (totals->n_hidden, ==, 6);
  g_object_set (self->plan, "text", "DEEP", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->plan)), ==, 2);
  g_object_set (self->plan, "text", "deep/F", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->plan)), ==, 1);
  g_object_set (self->plan, "filter", TL_FTP_SYNC_ALL, "text", "near", NULL);
  tl_ftp_sync_plan_enable_rows (self->plan, FALSE);
  g_assert_cmpuint (totals->n_on[TL_FTP_SYNC_UPLOAD], ==, 3);
  g_object_set (self->plan, "text", NULL, NULL);
  g_assert_cmpuint (totals->n_hidden, ==, 0);
  g_assert_cmpuint (run (self)->n_uploaded, ==, 3);
  g_assert_false (test_exists (self->remote, "near"));
}

/* What is shown is what has the text in its path, as that is shown, upper and lower case being the same. */
static void
test_text (Fixture       *self,
           gconstpointer  data)
{
  static const char *const texts[] = { "DEEP", "deep/F", "/", "near/", "/f", "r/d", "R/deep/", "near/deep/file", "ear/deep", "x", "new", "ſTRASSE", "strasse/", "é", "ar/empt",
                                       "/deep/file", "only", "\\", "." };

  fill (self);
  put (self->local, "Straße/Été.txt", "text", OLD);
  put (self->local, "a b/near", "text", OLD);
  put (self->local, "line\nbreak/x", "text", OLD);
  scan (self, TL_FTP_SYNC_BOTH);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *key = g_utf8_casefold (texts[i], -1);

      g_object_set (self->plan, "text", texts[i], NULL);
      for (guint j = 0; j < tl_ftp_sync_plan_get_n_items (self->plan); j++)
        {
          g_autofree char *path = tl_ftp_sync_plan_dup_path (self->plan, j);
          g_autofree char *folded = g_utf8_casefold (path, -1);

          g_test_message ("%s in %s", key, folded);
          g_assert_cmpint (tl_ftp_sync_plan_get_item (self->plan, j)->shown, ==, strstr (folded, key) != NULL);
        }
    }
}

/* Without a folder to compare with there is nothing to be done. */
static void
test_no_folder (Fixture       *self,
                gconstpointer  data)
{
  put (self->remote, "a", "text", OLD);
  g_assert_no_errno (g_rmdir (self->local));
  new_plan (self, TL_FTP_SYNC_TO_LOCAL);
  scan_again (self);
  g_assert_false (self->good);
  g_assert_error (self->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
}

int
main (int   argc,
      char *argv[])
{
  sync_test_init (&argc, &argv);
  ADD ("/ftp-sync/to-local", NULL, test_to_local);
  ADD ("/ftp-sync/to-remote", NULL, test_to_remote);
  ADD ("/ftp-sync/switches", NULL, test_switches);
  ADD ("/ftp-sync/text", NULL, test_text);
  ADD ("/ftp-sync/no-folder", NULL, test_no_folder);
  return sync_test_run ();
}
