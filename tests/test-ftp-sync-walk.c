/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk of a synchronisation through what servers show that is not so: folders that contain themselves, that cannot be read, times of another zone. */

#include "tl-ftp-sync-run.h"

#include "tl-ftp-fixture.h"
#include "tl-test-files.h"
#include "tl-test-folder.h"

#define FILE_LINE "-rw-r--r-- 1 ann staff 5 "
#define FOLDER_LINE "drwxr-xr-x 1 ann staff 12 Jan  1  2020 "

static void
put (const char *name,
     gint64      time)
{
  test_put (test_folder, name, "hello", -1);
  test_set_time (test_folder, name, time);
}

static void
make_here (const char *folder)
{
  g_autofree char *path = test_path (test_folder, folder);

  g_assert_no_errno (g_mkdir_with_parents (path, 0755));
}

static TlFtpSyncPlan *
scan (Fixture                   *fixture,
      TlFtpSyncMode              mode,
      const TlFtpCompareOptions *options)
{
  g_autoptr (GBytes) root = test_bytes ("/");
  g_autoptr (GFile) local = g_file_new_for_path (test_folder);
  TlFtpSyncPlan *plan = tl_ftp_sync_plan_new (root, local, options);

  g_object_set (plan, "mode", mode, "delete", TRUE, NULL);
  TEST_CALL (tl_ftp_sync_plan_scan_async (plan, fixture->client, NULL, test_call_cb, &call));
  tl_ftp_sync_plan_scan_finish (plan, call.result, &fixture->error);
  g_clear_object (&call.result);
  return plan;
}

static const TlFtpSyncItem *
find (TlFtpSyncPlan *plan,
      const char    *path)
{
  for (guint i = 0; i < tl_ftp_sync_plan_get_n_items (plan); i++)
    {
      g_autofree char *other = tl_ftp_sync_plan_dup_path (plan, i);

      if (g_str_equal (other, path))
        return tl_ftp_sync_plan_get_item (plan, i);
    }
  g_error ("no item %s", path);
}

static void
assert_failure (TlFtpSyncPlan *plan,
                const char    *ending,
                const char    *words)
{
  GPtrArray *failures = tl_ftp_sync_plan_get_failures (plan);
  const TlFtpSyncFailure *failure;

  g_assert_cmpuint (failures->len, ==, 1);
  failure = failures->pdata[0];
  g_test_message ("%s: %s", failure->path, failure->message);
  g_assert_true (g_str_has_suffix (failure->path, ending));
  g_assert_nonnull (strstr (failure->message, words));
}

/* Each folder has a file and the folder "again": a link to itself that the server shows as a folder. It is left after the third time, and not deleted. */
static void
test_loop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  test_ftp_content (fixture->ftp, FILE_LINE "Jan  1  2020 file\r\n" FOLDER_LINE "again\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_REMOTE, &options);
  g_assert_no_error (fixture->error);
  assert_failure (plan, "again/again", "itself");
  g_assert_cmpuint (tl_ftp_sync_plan_get_n_items (plan), ==, 4);
  g_assert_cmpint (find (plan, "again")->act, ==, TL_FTP_SYNC_NOTHING);
  g_assert_cmpint (find (plan, "file")->act, ==, TL_FTP_SYNC_DELETE);
  g_object_set (plan, "mode", TL_FTP_SYNC_TO_LOCAL, NULL);
  g_assert_cmpint (find (plan, "again/again")->act, ==, TL_FTP_SYNC_DOWNLOAD);
}

/* A folder that may not be entered, or entered and not read: what is in it here is not "only here", and it stays there. */
static void
test_unread (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  const gboolean enters = GPOINTER_TO_INT (data);

  put ("secret/mine", 1700000000);
  test_ftp_content (fixture->ftp, FOLDER_LINE ".\r\n" FOLDER_LINE "secret\r\n");
  test_ftp_answer (fixture->ftp, "LIST", test_ftp_usual ("LIST"));
  if (enters)
    test_ftp_answer (fixture->ftp, "LIST", "150 Here it comes.\r\n{accept}{shut}226 Transfer done (but failed to open directory).\r\n");
  else
    test_ftp_answer (fixture->ftp, "CWD", "550 Failed to change directory.\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_LOCAL, &options);
  g_assert_no_error (fixture->error);
  assert_failure (plan, "secret", enters ? "failed to open" : "550");
  g_assert_cmpuint (tl_ftp_sync_plan_get_n_items (plan), ==, 0);
}

/* The same of one that is there alone: it is not deleted with what nobody has seen. */
static void
test_unread_single (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  test_ftp_content (fixture->ftp, FOLDER_LINE ".\r\n" FOLDER_LINE "secret\r\n" FILE_LINE "Jan  1  2020 file\r\n");
  test_ftp_answer (fixture->ftp, "CWD", "550 Failed to change directory.\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_REMOTE, &options);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (find (plan, "secret")->act, ==, TL_FTP_SYNC_NOTHING);
  g_assert_cmpint (find (plan, "file")->act, ==, TL_FTP_SYNC_DELETE);
}

/* LIST -a that shows nothing, not even the folder, and says no word of why; a list that says that it is too long. */
static void
test_not_whole (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  put ("secret/mine", 1700000000);
  test_ftp_content (fixture->ftp, FOLDER_LINE ".\r\n" FOLDER_LINE "secret\r\n");
  test_ftp_answer (fixture->ftp, "LIST", test_ftp_usual ("LIST"));
  test_ftp_answer (fixture->ftp, "LIST", data);
  plan = scan (fixture, TL_FTP_SYNC_TO_LOCAL, &options);
  g_assert_no_error (fixture->error);
  assert_failure (plan, "secret", "missing");
  g_assert_cmpint (find (plan, "secret/mine")->act, ==, TL_FTP_SYNC_NOTHING);
}

/* A server that refuses to list a folder, in words that may mean that nothing is there: nothing is deleted here for it, and what is here can be sent there. */
static void
test_said (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  put ("mine", 1700000000);
  put ("folder/within", 1700000000);
  test_ftp_answer (fixture->ftp, "LIST", "550 No files found\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_LOCAL, &options);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (find (plan, "mine")->act, ==, TL_FTP_SYNC_NOTHING);
  g_assert_cmpint (find (plan, "folder")->act, ==, TL_FTP_SYNC_NOTHING);
  g_assert_cmpint (find (plan, "folder/within")->act, ==, TL_FTP_SYNC_NOTHING);
  g_object_set (plan, "mode", TL_FTP_SYNC_TO_REMOTE, NULL);
  g_assert_cmpint (find (plan, "mine")->act, ==, TL_FTP_SYNC_UPLOAD);
}

static char *
new_lines (gint64      time,
           const char *more)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *told = g_strdup_printf ("%s %2d %02d:%02d", months[g_date_time_get_month (date) - 1], g_date_time_get_day_of_month (date),
                                           g_date_time_get_hour (date), g_date_time_get_minute (date));

  return g_strdup_printf (FILE_LINE "%s a\r\n" FILE_LINE "%s b\r\n%s", told, told, more);
}

/* No folder alone has enough files to tell that the server's clock is eight hours ahead; two of them have. */
static void
test_zone (Fixture       *fixture,
           gconstpointer  data)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const gint64 time = (now - 3 * 24 * 60 * 60) / 60 * 60;
  g_autofree char *lines = new_lines (time + 8 * 60 * 60, FOLDER_LINE "d\r\n");
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  g_autoptr (TlFtpListing) listing = NULL;
  TlFtpListingItem item;
  gint64 size, told;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  put ("a", time);
  put ("b", time);
  put ("d/a", time);
  put ("d/b", time + 3 * 60 * 60);
  test_ftp_answer (fixture->ftp, "FEAT", "500 What?\r\n");
  test_ftp_content (fixture->ftp, lines);
  plan = scan (fixture, TL_FTP_SYNC_BOTH, &options);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (tl_ftp_client_get_clock_offset (fixture->client), ==, 8 * 60 * 60);
  g_assert_cmpint (find (plan, "a")->act, ==, TL_FTP_SYNC_ALL);
  g_assert_cmpint (find (plan, "d/a")->act, ==, TL_FTP_SYNC_ALL);
  g_assert_cmpint (find (plan, "d/b")->difference, ==, TL_FTP_DIFFERENCE_LOCAL_NEWER);
  g_assert_cmpint (find (plan, "d/b")->remote_time, ==, time);

  /* Now that it is known, lists, questions for a time and times that are set are corrected. */
  listing = test_list (fixture->client, "/", &fixture->error);
  g_assert_no_error (fixture->error);
  tl_ftp_listing_get_entry (listing, 0, &item);
  g_assert_cmpint (item.time, ==, time);
  test_ftp_answer (fixture->ftp, "MDTM", "213 20200102030405\r\n");
  g_assert_true (test_stat (fixture->client, "a", &size, &told, &fixture->error));
  g_assert_cmpint (told, ==, 1577934245 - 8 * 60 * 60);
  g_clear_object (&plan);
  plan = scan (fixture, TL_FTP_SYNC_BOTH, &options);
  g_assert_cmpint (tl_ftp_client_get_clock_offset (fixture->client), ==, 8 * 60 * 60);
  g_assert_cmpint (find (plan, "d/b")->difference, ==, TL_FTP_DIFFERENCE_LOCAL_NEWER);
}

/* The same clock, found out by comparing one folder: a list that came before is corrected, one that comes after is right, and a walk has nothing to find out. */
static void
test_clock (Fixture       *fixture,
            gconstpointer  data)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const gint64 time = (now - 3 * 24 * 60 * 60) / 60 * 60;
  g_autofree char *root = g_path_get_dirname (test_folder);
  g_autofree char *name = g_path_get_basename (test_folder);
  g_autofree char *more = NULL;
  g_autofree char *lines = NULL;
  g_autoptr (TlFtpListing) before = NULL;
  g_autoptr (TlFtpListing) after = NULL;
  g_autoptr (GPtrArray) local = NULL;
  g_autoptr (TlFtpComparison) first = NULL;
  g_autoptr (TlFtpComparison) second = NULL;
  g_autoptr (TlFtpComparison) third = NULL;
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  TlFtpListingItem item;

  for (guint i = 0; i < 3; i++)
    put ((const char *[]) { "a", "b", "c" }[i], time);
  more = new_lines (time + 8 * 60 * 60, "");
  lines = g_strconcat (more, strchr (more, '\n') + 1, NULL);
  lines[strlen (lines) - 3] = 'c';
  test_ftp_answer (fixture->ftp, "FEAT", "500 What?\r\n");
  test_ftp_content (fixture->ftp, lines);
  before = test_list (fixture->client, "/", &fixture->error);
  g_assert_no_error (fixture->error);
  local = tl_local_walk_list (root, name, TRUE, 10, NULL, &fixture->error);
  g_assert_no_error (fixture->error);

  tl_ftp_compare_options_take_clock (&options, fixture->client, before);
  g_assert_cmpint (options.shift, ==, TL_FTP_SHIFT_UNKNOWN);
  first = tl_ftp_comparison_new (before, local, &options, NULL);
  g_assert_cmpint (tl_ftp_comparison_get_clock_offset (first), ==, 8 * 60 * 60);
  tl_ftp_comparison_tell_clock (first, fixture->client);
  g_assert_cmpint (tl_ftp_client_get_clock_offset (fixture->client), ==, 8 * 60 * 60);

  /* Twice the same list does not count twice, however few files tell. */
  tl_ftp_compare_options_take_clock (&options, fixture->client, before);
  g_ptr_array_set_size (local, 1);
  second = tl_ftp_comparison_new (before, local, &options, NULL);
  g_assert_cmpuint (tl_ftp_comparison_count (second, TL_FTP_DIFFERENCE_EQUAL), ==, 1);
  tl_ftp_comparison_tell_clock (second, fixture->client);
  g_assert_cmpint (tl_ftp_client_get_clock_offset (fixture->client), ==, 8 * 60 * 60);

  after = test_list (fixture->client, "/", &fixture->error);
  tl_ftp_listing_get_entry (after, 0, &item);
  g_assert_cmpint (item.time, ==, time);
  options.shift = TL_FTP_SHIFT_UNKNOWN;
  tl_ftp_compare_options_take_clock (&options, fixture->client, after);
  third = tl_ftp_comparison_new (after, local, &options, NULL);
  g_assert_cmpint (tl_ftp_comparison_get_shift (third), ==, 0);
  g_assert_cmpint (tl_ftp_comparison_get_clock_offset (third), ==, 8 * 60 * 60);

  options.shift = TL_FTP_SHIFT_UNKNOWN;
  plan = scan (fixture, TL_FTP_SYNC_BOTH, &options);
  g_assert_cmpuint (tl_ftp_sync_plan_get_n_items (plan), ==, 0);
  g_assert_cmpint (tl_ftp_client_get_clock_offset (fixture->client), ==, 8 * 60 * 60);
  g_assert_cmpint (tl_ftp_sync_plan_get_shift (plan, before), ==, 8 * 60 * 60);
  g_assert_cmpint (tl_ftp_sync_plan_get_shift (plan, after), ==, 0);
}

/* By size alone, whatever the times; and the hour of summer time. */
static void
test_options (Fixture       *fixture,
              gconstpointer  data)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const gint64 time = (now - 3 * 24 * 60 * 60) / 60 * 60;
  const gboolean by_size = GPOINTER_TO_INT (data);
  g_autofree char *lines = new_lines (time, "");
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  put ("a", time + 60 * 60);
  put ("b", time - 2 * 60 * 60);
  options.by_size = by_size;
  options.ignore_hour = !by_size;
  test_ftp_answer (fixture->ftp, "FEAT", "500 What?\r\n");
  test_ftp_content (fixture->ftp, lines);
  plan = scan (fixture, TL_FTP_SYNC_BOTH, &options);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_sync_plan_get_totals (plan)->n_on[TL_FTP_SYNC_ALL], ==, by_size ? 0 : 1);
  if (!by_size)
    g_assert_cmpint (find (plan, "b")->difference, ==, TL_FTP_DIFFERENCE_REMOTE_NEWER);
}

/* Of the folder "/link", as MLSD and LIST show it. */
typedef struct {
  const char *facts;
  const char *line;       /* NULL: no LIST */
  const char *reason;     /* why it is kept; NULL: it is deleted */
  gboolean    here;       /* a folder of that name is on this machine as well */
} LinkCase;

static void
empty_link_cb (TlFtpSyncRun *run,
               TestFtp      *ftp)
{
  if (tl_ftp_sync_run_get_progress (run)->n_deleted == 1)
    test_ftp_content_of (ftp, "/link", "");
}

/* A link that is shown as the folder that it leads to is kept, and all that is behind it; a folder goes, and no command for files is sent of it. */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  const LinkCase *one = data;
  g_autofree char *mlsd = g_strdup_printf ("type=dir;modify=20200101000000;%s link\r\n", one->facts);
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  g_autoptr (TlFtpSyncRun) run = NULL;
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  const TlFtpSyncProgress *progress;
  const guint n = one->here ? 1 : 2, n_deleted = one->reason == NULL ? n : 0;

  if (one->here)
    make_here ("link");
  test_ftp_answer (fixture->ftp, "FEAT", "211-Features:\r\n MLST type*;size*;modify*;perm*;\r\n211 End\r\n");
  test_ftp_content (fixture->ftp, mlsd);
  test_ftp_content_of (fixture->ftp, "/link", "type=file;size=5;modify=20200101000000; mine\r\n");
  if (one->line != NULL)
    test_ftp_content_of (fixture->ftp, "LIST", one->line);
  else
    test_ftp_answer (fixture->ftp, "LIST", "550 Not here.\r\n");
  test_ftp_answer (fixture->ftp, "DELE", "250 Gone.\r\n");
  test_ftp_answer (fixture->ftp, "RMD", "250 Gone.\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_REMOTE, &options);
  g_assert_no_error (fixture->error);
  if (one->here)
    g_assert_cmpint (find (plan, "link/mine")->act, ==, TL_FTP_SYNC_DELETE);
  else
    g_assert_cmpuint (find (plan, "link")->n_within, ==, 1);
  run = tl_ftp_sync_run_new (plan, queue, fixture->client);
  g_signal_connect (run, "changed", G_CALLBACK (empty_link_cb), fixture->ftp);
  {
    TEST_CALL (tl_ftp_sync_run_async (run, NULL, test_call_cb, &call));
    g_assert_true (tl_ftp_sync_run_finish (run, call.result, &fixture->error));
    g_clear_object (&call.result);
  }
  progress = tl_ftp_sync_run_get_progress (run);
  g_assert_cmpuint (progress->n_over, ==, n);
  g_assert_cmpuint (progress->n_deleted, ==, n_deleted);
  g_assert_cmpuint (progress->n_failed, ==, one->reason == NULL ? 0 : 1);
  g_assert_cmpuint (progress->n_kept, ==, one->reason == NULL || one->here ? 0 : 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE /link/mine"), ==, one->reason == NULL ? 1 : 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE"), ==, one->reason == NULL ? 1 : 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RMD"), ==, one->reason == NULL && !one->here ? 1 : 0);
  if (one->reason != NULL)
    {
      const TlFtpSyncFailure *failure = tl_ftp_sync_run_get_failures (run)->pdata[0];

      g_test_message ("%s", failure->message);
      g_assert_nonnull (strstr (failure->message, one->reason));
    }
}

/* pyftpdlib; ProFTPD with "ShowSymlinks off"; what has no LIST; folders; what LIST does not show. */
static const LinkCase link_cases[] = {
  { "perm=eldfmMTcp;", "lrwxrwxrwx 1 ann staff 4 Jan  1  2020 link -> real\r\n", "it is a link" },
  { "perm=adfrw;size=4;", FOLDER_LINE "link\r\n", "it is a link" },
  { "", NULL, "550" },
  { "perm=flcdmpe;", FOLDER_LINE "link\r\n", NULL },
  { "", FOLDER_LINE "link\r\n", NULL },
  { "", FOLDER_LINE "other\r\n", "whether it is a link is not known" },
  { "", "", "whether it is a link is not known" },
  { "perm=eldfmMTcp;", "lrwxrwxrwx 1 ann staff 4 Jan  1  2020 link -> real\r\n", "it is a link", TRUE },
  { "perm=adfrw;size=4;", FOLDER_LINE "link\r\n", "it is a link", TRUE },
  { "", NULL, "550", TRUE },
  { "perm=flcdmpe;", FOLDER_LINE "link\r\n", NULL, TRUE },
  { "", FOLDER_LINE "other\r\n", "LIST does not show it", TRUE },
};

/* A folder that is deleted is in one of both sides that is a link; and one in a folder of both sides that is none. */
static void
test_link_above (Fixture       *fixture,
                 gconstpointer  data)
{
  const gboolean is_link = GPOINTER_TO_INT (data);
  g_autoptr (TlFtpSyncPlan) plan = NULL;
  g_autoptr (TlFtpSyncRun) run = NULL;
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  make_here ("a/b");
  test_ftp_answer (fixture->ftp, "FEAT", "211-Features:\r\n MLST type*;size*;modify*;perm*;\r\n211 End\r\n");
  test_ftp_content (fixture->ftp, "type=dir;modify=20200101000000; a\r\n");
  test_ftp_content_of (fixture->ftp, "/a", "type=dir;modify=20200101000000; b\r\n");
  test_ftp_content_of (fixture->ftp, "/a/b", "type=dir;modify=20200101000000; c\r\ntype=file;size=5;modify=20200101000000; mine\r\n");
  test_ftp_content_of (fixture->ftp, "/a/b/c", "");
  test_ftp_content_of (fixture->ftp, "LIST", is_link ? "lrwxrwxrwx 1 ann staff 4 Jan  1  2020 a -> real\r\n" FOLDER_LINE "b\r\n" FOLDER_LINE "c\r\n"
                                                     : FOLDER_LINE "a\r\n" FOLDER_LINE "b\r\n" FOLDER_LINE "c\r\n");
  test_ftp_answer (fixture->ftp, "DELE", "250 Gone.\r\n");
  test_ftp_answer (fixture->ftp, "RMD", "250 Gone.\r\n");
  plan = scan (fixture, TL_FTP_SYNC_TO_REMOTE, &options);
  g_assert_no_error (fixture->error);
  run = tl_ftp_sync_run_new (plan, queue, fixture->client);
  {
    TEST_CALL (tl_ftp_sync_run_async (run, NULL, test_call_cb, &call));
    g_assert_true (tl_ftp_sync_run_finish (run, call.result, &fixture->error));
    g_clear_object (&call.result);
  }
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (run)->n_deleted, ==, is_link ? 0 : 2);
  g_assert_cmpuint (tl_ftp_sync_run_get_progress (run)->n_failed, ==, is_link ? 2 : 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE"), ==, is_link ? 0 : 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RMD"), ==, is_link ? 0 : 1);
}

static void
set_up_walk (Fixture       *fixture,
             gconstpointer  data)
{
  test_folder_make ();
  set_up (fixture, data);
}

static void
tear_down_walk (Fixture       *fixture,
                gconstpointer  data)
{
  tear_down (fixture, data);
  test_folder_remove ();
}

#define ADD_WALK(path, data, func) g_test_add (path, Fixture, data, set_up_walk, func, tear_down_walk)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_WALK ("/ftp-sync-walk/loop", NULL, test_loop);
  ADD_WALK ("/ftp-sync-walk/unread/closed", GINT_TO_POINTER (FALSE), test_unread);
  ADD_WALK ("/ftp-sync-walk/unread/blind", GINT_TO_POINTER (TRUE), test_unread);
  ADD_WALK ("/ftp-sync-walk/unread/single", NULL, test_unread_single);
  ADD_WALK ("/ftp-sync-walk/not-whole/nothing", "150 Here it comes.\r\n{accept}{shut}226 Transfer complete\r\n", test_not_whole);
  ADD_WALK ("/ftp-sync-walk/not-whole/too-long", "150 Here it comes.\r\n{accept}{shut}226 Output truncated to 10000 matches\r\n", test_not_whole);
  ADD_WALK ("/ftp-sync-walk/said", NULL, test_said);
  ADD_WALK ("/ftp-sync-walk/zone", NULL, test_zone);
  ADD_WALK ("/ftp-sync-walk/clock", NULL, test_clock);
  ADD_WALK ("/ftp-sync-walk/link/list", &link_cases[0], test_link);
  ADD_WALK ("/ftp-sync-walk/link/facts", &link_cases[1], test_link);
  ADD_WALK ("/ftp-sync-walk/link/unknown", &link_cases[2], test_link);
  ADD_WALK ("/ftp-sync-walk/link/folder", &link_cases[3], test_link);
  ADD_WALK ("/ftp-sync-walk/link/no-facts", &link_cases[4], test_link);
  ADD_WALK ("/ftp-sync-walk/link/not-shown", &link_cases[5], test_link);
  ADD_WALK ("/ftp-sync-walk/link/nothing-shown", &link_cases[6], test_link);
  ADD_WALK ("/ftp-sync-walk/link/both/list", &link_cases[7], test_link);
  ADD_WALK ("/ftp-sync-walk/link/both/facts", &link_cases[8], test_link);
  ADD_WALK ("/ftp-sync-walk/link/both/unknown", &link_cases[9], test_link);
  ADD_WALK ("/ftp-sync-walk/link/both/folder", &link_cases[10], test_link);
  ADD_WALK ("/ftp-sync-walk/link/both/not-shown", &link_cases[11], test_link);
  ADD_WALK ("/ftp-sync-walk/link/above/link", GINT_TO_POINTER (TRUE), test_link_above);
  ADD_WALK ("/ftp-sync-walk/link/above/folder", GINT_TO_POINTER (FALSE), test_link_above);
  ADD_WALK ("/ftp-sync-walk/by-size", GINT_TO_POINTER (TRUE), test_options);
  ADD_WALK ("/ftp-sync-walk/hour", GINT_TO_POINTER (FALSE), test_options);
  return g_test_run ();
}
