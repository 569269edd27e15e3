/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was saved and not sent is there again: after a kill, after an edit was left; and what is on its server goes. */

#include "tl-ftp-edit-test.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <utime.h>

/* A name that is no UTF-8. (All contents have five bytes: that is what the server says.) */
#define REMOTE "/\xc4\xe3\xba\xc3.txt"
#define NAME "你好.txt"

static char *
in_edits (const char *part)
{
  return g_build_filename (test_folder, "tonglu", "edits", part, NULL);
}

static guint
count_places (void)
{
  g_autofree char *root = in_edits (NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    n += !g_str_equal (name, "lock");
  return n;
}

/* And nothing is left on the disk. */
static void
tear_down_kept (Fixture       *self,
                gconstpointer  data)
{
  test_ftp_hold (self->ftp, G_MAXUINT);
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  g_assert_cmpuint (count_places (), ==, 0);
  tear_down (self, data);
}

/* And what is kept of it is on the disk. */
static void
leave_for_good (TlFtpEdit *edit)
{
  leave (edit);
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
}

static GPtrArray *
list (void)
{
  TestCall call = { 0 };
  GPtrArray *waiting;
  g_autoptr (GError) error = NULL;

  tl_ftp_edit_list_waiting_async (NULL, test_call_cb, &call);
  test_wait (call.result);
  waiting = tl_ftp_edit_list_waiting_finish (call.result, &error);
  g_assert_no_error (error);
  g_object_unref (call.result);
  return waiting;
}

static guint
count_listed (void)
{
  g_autoptr (GPtrArray) waiting = list ();

  return waiting->len;
}

static GPtrArray *
take (Fixture   *self,
      TlFtpSite *site)
{
  TestCall call = { 0 };
  GPtrArray *edits;
  g_autoptr (GError) error = NULL;

  tl_ftp_edit_take_waiting_async (site, NULL, test_call_cb, &call);
  test_wait (call.result);
  edits = tl_ftp_edit_take_waiting_finish (call.result, &error);
  g_assert_no_error (error);
  g_object_unref (call.result);
  for (guint i = 0; i < edits->len; i++)
    {
      g_signal_connect_swapped (g_ptr_array_index (edits, i), "conflict", G_CALLBACK (count_cb), &self->n_conflicts);
      g_signal_connect_swapped (g_ptr_array_index (edits, i), "sent", G_CALLBACK (count_cb), &self->n_sent);
    }
  return edits;
}

/* The only one that waits. (transfer full) */
static TlFtpEdit *
take_one (Fixture *self)
{
  g_autoptr (GPtrArray) edits = take (self, self->site);

  g_assert_cmpuint (edits->len, ==, 1);
  return g_object_ref (g_ptr_array_index (edits, 0));
}

static void
assert_copy (TlFtpEdit  *edit,
             const char *text)
{
  g_autofree char *there = NULL;

  g_assert_true (g_file_get_contents (copy_path (edit), &there, NULL, NULL));
  g_assert_cmpstr (there, ==, text);
}

/* The program that will be killed: two files are opened, one is saved. It tells when, and waits for its end. */
static G_GNUC_NORETURN void
run_child (const char *port)
{
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (TlFtpEdit) changed = NULL;
  g_autoptr (TlFtpEdit) unchanged = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_object_set (site, "host", "127.0.0.1", "port", (guint) g_ascii_strtoull (port, NULL, 10), "security", TL_FTP_SECURITY_NONE, NULL);
  changed = open_edit (site, REMOTE, NAME);
  unchanged = open_edit (site, "/b.txt", "b.txt");
  save (changed, "typed");
  printf ("%s\n%s\n", copy_path (changed), copy_path (unchanged));
  fflush (stdout);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  GSubprocess *process;
  char        *changed;
  char        *unchanged;
} Child;

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*(char **) data);
}

static void
child_start (Child   *child,
             Fixture *self)
{
  g_autofree char *port = g_strdup_printf ("%u", self->ftp->port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;

  child->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--child", port, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &child->changed);
  test_wait (child->changed);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &child->unchanged);
  test_wait (child->unchanged);
}

static void
child_kill (Child *child)
{
  g_subprocess_send_signal (child->process, SIGKILL);
  g_assert_true (g_subprocess_wait (child->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (child->process));
  g_clear_object (&child->process);
}

static void
child_clear (Child *child)
{
  g_free (child->changed);
  g_free (child->unchanged);
}

/* As long as a run goes on, nobody else touches or offers what it has. Killed, what was saved waits, at its path and with its raw name, and is sent; what is on the server goes. */
static void
test_killed (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GBytes) remote = test_bytes (REMOTE);
  TlFtpEdit *edit;
  Child child = { 0 };

  child_start (&child, self);
  g_assert_cmpuint (count_listed (), ==, 0);
  {
    g_autoptr (GPtrArray) none = take (self, self->site);

    g_assert_cmpuint (none->len, ==, 0);
  }
  g_assert_true (g_file_test (child.changed, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (child.unchanged, G_FILE_TEST_EXISTS));
  child_kill (&child);

  waiting = list ();
  g_assert_cmpuint (waiting->len, ==, 1);
  {
    const TlFtpEditWaiting *one = g_ptr_array_index (waiting, 0);

    g_assert_true (tl_ftp_site_same_account (one->site, self->site));
    g_assert_true (g_bytes_equal (one->remote, remote));
    g_assert_cmpstr (one->name, ==, NAME);
    g_assert_cmpint (ABS (one->saved - g_get_real_time () / G_USEC_PER_SEC), <, 600);
  }
  g_assert_false (g_file_test (child.unchanged, G_FILE_TEST_EXISTS));
  edit = take_one (self);
  g_assert_cmpstr (copy_path (edit), ==, child.changed);
  assert_copy (edit, "typed");
  g_assert_true (tl_ftp_edit_is_unsaved (edit));
  g_assert_cmpuint (count_listed (), ==, 0);
  tl_ftp_edit_upload (edit);
  test_wait (self->n_sent == 1);
  g_mutex_lock (&self->ftp->mutex);
  g_assert_cmpmem (self->ftp->stored->data, self->ftp->stored->len, "typed", strlen ("typed"));
  g_mutex_unlock (&self->ftp->mutex);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR " REMOTE), ==, 1);
  leave_for_good (edit);
  g_assert_cmpuint (count_listed (), ==, 0);
  child_clear (&child);
}

/* Left with its tab: there again, once, for who comes next; it is watched as before. Another account gets nothing. */
static void
test_left (Fixture       *self,
           gconstpointer  data)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");
  g_autoptr (TlFtpSite) other = tl_ftp_site_copy (self->site);
  g_autoptr (GPtrArray) none = NULL;

  save (edit, "world");
  leave_for_good (edit);
  g_object_set (other, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "ann", NULL);
  none = take (self, other);
  g_assert_cmpuint (none->len, ==, 0);
  edit = take_one (self);
  assert_copy (edit, "world");
  save (edit, "hello");
  test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_OPEN);
  save (edit, "third");
  tl_ftp_edit_upload (edit);
  test_wait (self->n_sent == 1);
  leave_for_good (edit);
  edit = open_edit (self->site, "/a.txt", "a.txt");
  save (edit, "fourth");
  leave_for_good (edit);
  edit = take_one (self);
  tl_ftp_edit_end (edit);
  leave_for_good (edit);
  g_assert_cmpuint (count_listed (), ==, 0);
}

/* Another one by now on the server: nothing is sent before that was told. */
static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");

  save (edit, "world");
  leave_for_good (edit);
  test_ftp_answer_only (self->ftp, "MDTM", "213 20200102030500\r\n");
  edit = take_one (self);
  tl_ftp_edit_upload (edit);
  test_wait (self->n_conflicts == 1);
  g_assert_cmpint (tl_ftp_edit_get_conflict (edit)->known_size, ==, 5);
  g_assert_false (tl_ftp_edit_get_conflict (edit)->cut_off);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
  leave_for_good (edit);
  edit = take_one (self);
  assert_copy (edit, "world");
  tl_ftp_edit_end (edit);
  leave_for_good (edit);
}

/* Ended while it was sent: it waits, and it is known that what is on the server may be its beginning. */
static void
test_cut_off (Fixture       *self,
              gconstpointer  data)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");

  save (edit, "world");
  test_ftp_answer_only (self->ftp, "STOR", "150 go\r\n{take}{hang}");
  tl_ftp_edit_upload (edit);
  test_wait (test_ftp_count (self->ftp, "STOR") == 1);
  leave_for_good (edit);
  edit = take_one (self);
  test_ftp_answer_only (self->ftp, "SIZE", "213 2\r\n");
  tl_ftp_edit_upload (edit);
  test_wait (self->n_conflicts == 1);
  g_assert_true (tl_ftp_edit_get_conflict (edit)->cut_off);
  tl_ftp_edit_end (edit);
  leave_for_good (edit);
}

/* With the text put back it is as it was fetched, but half of the other one is on the server: it is the only whole one. */
static void
test_cut_off_undone (Fixture       *self,
                     gconstpointer  data)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");
  g_autofree char *path = g_strdup (copy_path (edit));
  g_autofree char *first = NULL;

  g_assert_true (g_file_get_contents (path, &first, NULL, NULL));
  save (edit, "world");
  test_ftp_answer_only (self->ftp, "STOR", "150 go\r\n{take}{hang}");
  tl_ftp_edit_upload (edit);
  test_wait (test_ftp_count (self->ftp, "STOR") == 1);
  leave_for_good (edit);
  g_assert_true (g_file_set_contents (path, first, -1, NULL));
  g_assert_cmpuint (count_listed (), ==, 1);
  edit = take_one (self);
  assert_copy (edit, first);
  tl_ftp_edit_end (edit);
  leave_for_good (edit);
}

/* What an editor that goes on has put beside a copy is not taken away from it; after a week nobody wants it. */
static void
test_beside (Fixture       *self,
             gconstpointer  data)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");
  g_autofree char *folder = g_path_get_dirname (copy_path (edit));
  g_autofree char *beside = g_build_filename (folder, ".a.txt.swp", NULL);
  struct utimbuf old = { 1, g_get_real_time () / G_USEC_PER_SEC - 8 * 24 * 3600 };

  g_assert_true (g_file_set_contents (beside, "typed, not saved", -1, NULL));
  leave_for_good (edit);
  g_assert_cmpuint (count_listed (), ==, 0);
  g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS));
  g_assert_cmpint (utime (beside, &old), ==, 0);
  g_assert_cmpuint (count_listed (), ==, 0);
  g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
}

/* What nobody understands is left alone; what was never filled goes; what is known is for nobody else, and no password is in it. */
static void
test_about (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *broken = in_edits ("edit-broken");
  g_autofree char *broken_about = in_edits ("edit-broken/about");
  g_autofree char *empty = in_edits ("edit-empty");
  g_autofree char *half = in_edits ("gone-half");
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");
  g_autofree char *folder = g_path_get_dirname (copy_path (edit));
  g_autofree char *place = g_path_get_dirname (folder);
  g_autofree char *about = g_build_filename (place, "about", NULL);
  g_autofree char *text = NULL;
  struct stat info;
  gsize length;

  g_object_set (tl_ftp_edit_get_client (edit), "password", "geheim", NULL);
  save (edit, "world");
  tl_ftp_edit_upload (edit);
  test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_OPEN);
  g_assert_cmpint (stat (about, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (stat (place, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
  g_assert_true (g_file_get_contents (about, &text, &length, NULL));
  g_assert_nonnull (memmem (text, length, "127.0.0.1", 9));
  g_assert_null (memmem (text, length, "geheim", 6));
  leave_for_good (edit);

  g_assert_cmpint (g_mkdir (broken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (broken_about, "what?", -1, NULL));
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (half, 0700), ==, 0);
  g_assert_cmpuint (count_listed (), ==, 0);
  g_assert_false (g_file_test (empty, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (broken_about, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (broken_about), ==, 0);
  g_assert_cmpuint (count_listed (), ==, 0);
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  if (argc == 3 && g_str_equal (argv[1], "--child"))
    run_child (argv[2]);
  test_folder_make ();
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/ftp-edit-kept/" name, Fixture, NULL, set_up, func, tear_down_kept)
  ADD ("killed", test_killed);
  ADD ("left", test_left);
  ADD ("changed", test_changed);
  ADD ("cut-off", test_cut_off);
  ADD ("cut-off-undone", test_cut_off_undone);
  ADD ("beside", test_beside);
  ADD ("about", test_about);
  result = g_test_run ();
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  test_folder_remove ();
  return result;
}
