/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing a remote file: the copy, what counts as saved, what is sent, and that the file of somebody else is not overwritten. */

#include "tl-ftp-edit-private.h"

#include "tl-ftp-calls.h"
#include "tl-test-folder.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct {
  TestFtp     *ftp;
  TlFtpClient *client;
  TlFtpEdit   *edit;
  guint        n_opened, n_changed, n_conflicts, n_sent;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GBytes) remote = test_bytes ("/a.txt");

  self->ftp = test_ftp_new ();
  test_ftp_content (self->ftp, "hello");
  self->client = test_ftp_client (self->ftp);
  g_assert_true (test_connect (self->client, NULL));
  self->edit = tl_ftp_edit_new (self->client, remote, "a.txt");
  g_signal_connect_swapped (self->edit, "opened", G_CALLBACK (count_cb), &self->n_opened);
  g_signal_connect_swapped (self->edit, "changed", G_CALLBACK (count_cb), &self->n_changed);
  g_signal_connect_swapped (self->edit, "conflict", G_CALLBACK (count_cb), &self->n_conflicts);
  g_signal_connect_swapped (self->edit, "sent", G_CALLBACK (count_cb), &self->n_sent);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *copy = tl_ftp_edit_get_copy (self->edit) ? g_file_get_path (tl_ftp_edit_get_copy (self->edit)) : NULL;

  tl_ftp_edit_end (self->edit);
  g_assert_cmpint (tl_ftp_edit_get_state (self->edit), ==, TL_FTP_EDIT_ENDED);
  test_wait (!copy || !g_file_test (copy, G_FILE_TEST_EXISTS));
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (G_OBJECT (self->edit)->ref_count == 1);
  g_assert_finalize_object (self->edit);
  test_wait (G_OBJECT (self->client)->ref_count == 1);
  g_assert_finalize_object (self->client);
  test_ftp_free (self->ftp);
}

static const char *
copy_path (Fixture *self)
{
  return g_file_peek_path (tl_ftp_edit_get_copy (self->edit));
}

static void
open_it (Fixture *self)
{
  tl_ftp_edit_begin (self->edit);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_OPEN);
}

/* As an editor that writes into the file. */
static void
save_in_place (Fixture    *self,
               const char *text)
{
  FILE *file = fopen (copy_path (self), "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* As one that makes another file and gives it the name. */
static void
save_by_rename (Fixture    *self,
                const char *text)
{
  g_autofree char *other = g_strconcat (copy_path (self), "~new", NULL);

  g_assert_true (g_file_set_contents_full (other, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_cmpint (g_rename (other, copy_path (self)), ==, 0);
}

static void
assert_stored (Fixture    *self,
               const char *text)
{
  g_mutex_lock (&self->ftp->mutex);
  g_assert_cmpmem (self->ftp->stored->data, self->ftp->stored->len, text, strlen (text));
  g_mutex_unlock (&self->ftp->mutex);
}

static void
forget_stored (Fixture *self)
{
  g_mutex_lock (&self->ftp->mutex);
  g_byte_array_set_size (self->ftp->stored, 0);
  g_mutex_unlock (&self->ftp->mutex);
}

static char *
dup_error (Fixture *self)
{
  char *error;

  g_object_get (self->edit, "error", &error, NULL);
  return error;
}

/* A little longer than it takes to notice a save. */
static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (void)
{
  gboolean over = FALSE;

  g_timeout_add (600, over_cb, &over);
  test_wait (over);
}

/* Until the save that has just been made was noticed, and what is there now was looked at. */
static void
wait_looked (Fixture *self)
{
  test_wait (self->edit->settle_id != 0 || self->edit->hashing);
  test_wait (self->edit->settle_id == 0 && !self->edit->hashing && !self->edit->again);
}

/* The copy is for nobody else, and holds what the server has. */
static void
test_open (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  struct stat info;

  open_it (self);
  g_assert_cmpuint (self->n_opened, ==, 1);
  g_assert_false (tl_ftp_edit_is_unsaved (self->edit));
  g_assert_true (g_file_get_contents (copy_path (self), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "hello");
  g_assert_cmpint (stat (copy_path (self), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  folder = g_path_get_dirname (copy_path (self));
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
}

/* Saved in either way: one question for each content; then it is sent over a connection of its own. */
static void
test_save (Fixture       *self,
           gconstpointer  data)
{
  open_it (self);
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  g_assert_true (tl_ftp_edit_is_unsaved (self->edit));
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_sent == 1);
  assert_stored (self, "world");
  g_assert_false (tl_ftp_edit_is_unsaved (self->edit));
  forget_stored (self);
  save_by_rename (self, "again");
  test_wait (self->n_changed == 2);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_sent == 2);
  assert_stored (self, "again");
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR /a.txt"), ==, 2);
  let_pass ();
  g_assert_cmpuint (self->n_changed, ==, 2);
}

/* Touched, or saved as it was: nothing is asked. Back to what the server has: nothing is left to be sent. */
static void
test_same (Fixture       *self,
           gconstpointer  data)
{
  open_it (self);
  save_by_rename (self, "hello");
  wait_looked (self);
  save_in_place (self, "hello");
  wait_looked (self);
  g_assert_cmpuint (self->n_changed, ==, 0);
  save_in_place (self, "other");
  test_wait (self->n_changed == 1);
  save_in_place (self, "other");
  wait_looked (self);
  g_assert_cmpuint (self->n_changed, ==, 1);
  save_by_rename (self, "hello");
  test_wait (!tl_ftp_edit_is_unsaved (self->edit));
}

/* What is to be sent always is sent unasked. */
static void
test_always (Fixture       *self,
             gconstpointer  data)
{
  open_it (self);
  g_object_set (self->edit, "always", TRUE, NULL);
  save_by_rename (self, "world");
  test_wait (self->n_sent == 1);
  g_assert_cmpuint (self->n_changed, ==, 0);
  assert_stored (self, "world");
}

/* The server's file is another one by now. */
static void
make_conflict (Fixture *self)
{
  open_it (self);
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  test_ftp_answer_only (self->ftp, "MDTM", "213 20200102030500\r\n");
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 1);
  g_assert_cmpint (tl_ftp_edit_get_state (self->edit), ==, TL_FTP_EDIT_CONFLICT);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
}

static void
test_conflict (Fixture       *self,
               gconstpointer  data)
{
  const TlFtpEditConflict *conflict = tl_ftp_edit_get_conflict (self->edit);

  make_conflict (self);
  g_assert_cmpint (conflict->known_size, ==, 5);
  g_assert_cmpint (conflict->time - conflict->known_time, ==, 55);
  g_assert_false (conflict->missing);
  /* Not now; the next save asks again, and meets it again. */
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_CANCEL);
  g_assert_true (tl_ftp_edit_is_unsaved (self->edit));
  save_in_place (self, "world");
  test_wait (self->n_changed == 2);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 2);
  /* Yes to this one is no yes to a third. */
  test_ftp_answer_only (self->ftp, "MDTM", "213 20200102030600\r\n");
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_OVERWRITE);
  test_wait (self->n_conflicts == 3);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_OVERWRITE);
  test_wait (self->n_sent == 1);
  assert_stored (self, "world");
}

/* Both are kept: under the next name that is free, which is the file from now on. */
static void
test_keep_both (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) expected = test_bytes ("/a (3).txt");

  make_conflict (self);
  test_ftp_answer_only (self->ftp, "SIZE", "213 5\r\n");
  test_ftp_answer (self->ftp, "SIZE", "550 no such file\r\n");
  test_ftp_answer (self->ftp, "SIZE", "213 5\r\n");
  test_ftp_answer_only (self->ftp, "MDTM", "213 20200102030500\r\n");
  test_ftp_answer (self->ftp, "MDTM", "550 no such file\r\n");
  test_ftp_answer (self->ftp, "MDTM", "213 20200102030500\r\n");
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_KEEP_BOTH);
  test_wait (self->n_sent == 1);
  g_assert_true (g_bytes_equal (tl_ftp_edit_get_remote (self->edit), expected));
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR /a (3).txt"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 1);
}

/* The server's file takes the place of the copy, and that is no save. */
static void
test_reload (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *text = NULL;

  make_conflict (self);
  test_ftp_content (self->ftp, "third");
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_RELOAD);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_OPEN);
  g_assert_true (g_file_get_contents (copy_path (self), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "third");
  let_pass ();
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpuint (self->n_opened, ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
}

/* Somebody has deleted it. */
static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  open_it (self);
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  test_ftp_answer_only (self->ftp, "SIZE", "550 no such file\r\n");
  test_ftp_answer_only (self->ftp, "MDTM", "550 no such file\r\n");
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 1);
  g_assert_true (tl_ftp_edit_get_conflict (self->edit)->missing);
  test_ftp_answer_only (self->ftp, "SIZE", "213 5\r\n");
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_OVERWRITE);
  test_wait (self->n_sent == 1);
}

/* Refused: the copy stays, the sentence says where, and the next save asks again, be it the same. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *error = NULL;

  open_it (self);
  test_ftp_answer_only (self->ftp, "STOR", "553 read only\r\n");
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  tl_ftp_edit_upload (self->edit);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_CHANGED);
  error = dup_error (self);
  g_assert_nonnull (strstr (error, "553 read only"));
  g_assert_nonnull (strstr (error, copy_path (self)));
  g_assert_true (g_file_test (copy_path (self), G_FILE_TEST_EXISTS));
  let_pass ();
  g_assert_cmpuint (self->n_changed, ==, 1);
  save_in_place (self, "world");
  test_wait (self->n_changed == 2);
  test_ftp_answer_only (self->ftp, "STOR", "150 go\r\n{take}226 done\r\n");
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_sent == 1);
}

/* Cut off in the middle: what is there now may be our own beginning, and the question says so. */
static void
test_cut_off (Fixture       *self,
              gconstpointer  data)
{
  open_it (self);
  test_ftp_answer_only (self->ftp, "STOR", "150 go\r\n{take}{end}");
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  tl_ftp_edit_upload (self->edit);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_CHANGED);
  test_ftp_answer_only (self->ftp, "SIZE", "213 2\r\n");
  save_in_place (self, "world");
  test_wait (self->n_changed == 2);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 1);
  g_assert_true (tl_ftp_edit_get_conflict (self->edit)->cut_off);
}

/* Saved while it is sent: what went out is one state of it, and the other is asked about. */
static void
test_meanwhile (Fixture       *self,
                gconstpointer  data)
{
  open_it (self);
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 4);
  tl_ftp_edit_upload (self->edit);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_SENDING);
  let_pass ();
  save_in_place (self, "third");
  let_pass ();
  g_assert_cmpuint (self->n_changed, ==, 1);
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (self->n_sent == 1);
  assert_stored (self, "world");
  test_wait (self->n_changed == 2);
}

/* What the list says of it, and what is fetched (the scripted server has one content for both): the size is its own length. */
#define LISTED(day) "-rw-r--r-- 1 a b 40 Jan  " day "  2020 a.txt\r\n"

/* A server that has neither SIZE nor MDTM: the list of its folder tells, and another file is noticed all the same. */
static void
test_listed (Fixture       *self,
             gconstpointer  data)
{
  const TlFtpEditConflict *conflict = tl_ftp_edit_get_conflict (self->edit);
  guint n_lists;

  G_STATIC_ASSERT (sizeof LISTED ("2") - 1 == 40);
  test_ftp_answer_only (self->ftp, "FEAT", "500 no\r\n");
  test_ftp_answer_only (self->ftp, "SIZE", "500 no\r\n");
  test_ftp_answer_only (self->ftp, "MDTM", "500 no\r\n");
  test_ftp_content (self->ftp, LISTED ("2"));
  open_it (self);
  g_assert_cmpuint (test_ftp_count (self->ftp, "LIST"), >=, 1);
  save_in_place (self, "world");
  test_wait (self->n_changed == 1);
  n_lists = test_ftp_count (self->ftp, "LIST");
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_sent == 1);
  assert_stored (self, "world");
  g_assert_cmpuint (test_ftp_count (self->ftp, "LIST"), >, n_lists);

  test_ftp_content (self->ftp, LISTED ("3"));
  save_in_place (self, "third");
  test_wait (self->n_changed == 2);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 1);
  g_assert_cmpint (conflict->size, ==, 40);
  g_assert_cmpint (conflict->time - conflict->known_time, ==, 24 * 3600);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 1);
  test_ftp_content (self->ftp, "drwxr-xr-x 2 a b 4096 Jan  2  2020 other\r\n");
  tl_ftp_edit_resolve (self->edit, TL_FTP_EDIT_CANCEL);
  tl_ftp_edit_upload (self->edit);
  test_wait (self->n_conflicts == 2);
  g_assert_true (conflict->missing);
}

/* It cannot be had: no copy, the server's words, and it can be tried again. */
static void
test_not_fetched (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *error = NULL;

  test_ftp_answer_only (self->ftp, "RETR", "550 secret\r\n");
  tl_ftp_edit_begin (self->edit);
  test_wait (tl_ftp_edit_get_state (self->edit) == TL_FTP_EDIT_FAILED);
  error = dup_error (self);
  g_assert_nonnull (strstr (error, "550 secret"));
  g_assert_null (tl_ftp_edit_get_copy (self->edit));
  test_ftp_answer_only (self->ftp, "RETR", "150 go\r\n{data}226 done\r\n");
  open_it (self);
}

/* Ended while the server thinks: nothing is left. */
static void
test_ended (Fixture       *self,
            gconstpointer  data)
{
  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 3);
  tl_ftp_edit_begin (self->edit);
  test_wait (test_ftp_n_clients (self->ftp) == 2);
  tl_ftp_edit_end (self->edit);
  g_assert_null (tl_ftp_edit_get_copy (self->edit));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  test_folder_make ();
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/ftp-edit/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("open", test_open);
  ADD ("save", test_save);
  ADD ("same", test_same);
  ADD ("always", test_always);
  ADD ("conflict", test_conflict);
  ADD ("keep-both", test_keep_both);
  ADD ("reload", test_reload);
  ADD ("missing", test_missing);
  ADD ("refused", test_refused);
  ADD ("cut-off", test_cut_off);
  ADD ("meanwhile", test_meanwhile);
  ADD ("listed", test_listed);
  ADD ("not-fetched", test_not_fetched);
  ADD ("ended", test_ended);
  result = g_test_run ();
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  test_folder_remove ();
  return result;
}
