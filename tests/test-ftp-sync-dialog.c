/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make two folders the same, before it is done: where nothing of it is to be seen, there is a sentence. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-sync-dialog.h"

#define NOTHING_SHOWN "Nothing of that is among what is shown."
#define NOTHING_TO_DO "Nothing is to be done: what could be compared is the same on both sides."

/* The files that both sides have. */
static GFile *
make_folder (guint n)
{
  g_autofree char *path = g_dir_make_tmp ("tonglu-XXXXXX", NULL);

  for (guint i = 0; i < n; i++)
    {
      const char name[] = { (char) ('a' + i), '.', 't', 'x', 't', '\0' };
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_true (g_file_set_contents (file, "12345", -1, NULL));
    }
  return g_file_new_for_path (path);
}

static void
remove_folder (GFile *folder)
{
  for (char name[] = "a.txt"; *name <= 'c'; (*name)++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, name);

      g_file_delete (file, NULL, NULL);
    }
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* The box of a kind whose one file is switched off is neither on nor off. */
static void
check_kind (GtkWidget     *dialog,
            TlFtpSyncPlan *plan)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (tl_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON));

  g_assert_cmpstr (gtk_check_button_get_label (check), ==, "Download: 1");
  g_assert_true (gtk_check_button_get_active (check) && !gtk_check_button_get_inconsistent (check));
  tl_ftp_sync_plan_enable_rows (plan, FALSE);
  g_assert_true (gtk_check_button_get_inconsistent (check));
  gtk_check_button_set_active (check, FALSE);
  g_assert_false (gtk_check_button_get_inconsistent (check));
  gtk_check_button_set_active (check, TRUE);
  g_assert_true (gtk_check_button_get_inconsistent (check));
  tl_ftp_sync_plan_enable_rows (plan, TRUE);
  g_assert_false (gtk_check_button_get_inconsistent (check));
}

static void
test_empty (void)
{
  const TlFtpCompareOptions options = { .by_size = TRUE };
  g_autoptr (GBytes) root = g_bytes_new_static ("/", 1);
  Fixture self = { 0 };

  page_open (&self, TEST_PAGE_FILES);
  page_connect (&self);
  test_wait (page_lists (&self, 3));
  for (guint n = 2; n <= 3; n++)
    {
      g_autoptr (GFile) folder = make_folder (n);
      g_autoptr (TlFtpSyncPlan) plan = tl_ftp_sync_plan_new (root, folder, &options);
      GtkWidget *dialog = tl_ftp_sync_dialog_new (GTK_WIDGET (self.page), plan, tl_ftp_browser_get_client (self.page->browser), "");

      gtk_window_present (GTK_WINDOW (dialog));
      test_wait_for (shows (dialog, "Will be done:"), "the list");
      g_assert_cmpint (shows (dialog, NOTHING_TO_DO), ==, n == 3);
      g_assert_false (shows (dialog, NOTHING_SHOWN));
      g_object_set (plan, "text", "zzz", NULL);
      g_assert_cmpint (shows (dialog, NOTHING_SHOWN), ==, n == 2);
      g_object_set (plan, "text", "c", NULL);
      g_assert_false (shows (dialog, NOTHING_SHOWN));
      tl_ui_test_frames (dialog, 2);
      if (n == 2)
        check_kind (dialog, plan);
      gtk_window_destroy (GTK_WINDOW (dialog));
      remove_folder (folder);
    }
  page_close (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/ftp-sync-dialog/empty", test_empty);
  return g_test_run ();
}
