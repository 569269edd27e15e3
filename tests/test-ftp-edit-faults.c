/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A remote file that is edited, where the disk fails or does not answer, and where the connection becomes another one. */

#include "tl-ftp-edit-test.h"

#include "tl-ftp-edit-place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* What is noted of it. (transfer full) */
static char *
dup_about_path (TlFtpEdit *edit)
{
  g_autofree char *folder = g_path_get_dirname (copy_path (edit));
  g_autofree char *place = g_path_get_dirname (folder);

  return g_build_filename (place, "about", NULL);
}

static void
assert_copy (TlFtpEdit  *edit,
             const char *text)
{
  g_autofree char *there = NULL;

  g_assert_true (g_file_get_contents (copy_path (edit), &there, NULL, NULL));
  g_assert_cmpstr (there, ==, text);
}

/* An edit whose copy was saved, and not sent. (transfer full) */
static TlFtpEdit *
make_changed (Fixture    *self,
              const char *text)
{
  TlFtpEdit *edit = open_edit (self->site, "/a.txt", "a.txt");

  g_signal_connect_swapped (edit, "conflict", G_CALLBACK (count_cb), &self->n_conflicts);
  g_signal_connect_swapped (edit, "sent", G_CALLBACK (count_cb), &self->n_sent);
  save (edit, text);
  return edit;
}

/* What the server has is to take the place of the copy, and cannot be noted: the copy stays, and what is known of it. With room again both work. */
static void
test_unnoted (Fixture       *self,
              gconstpointer  data)
{
  TlFtpEdit *edit = make_changed (self, "typed");
  g_autofree char *about = dup_about_path (edit);
  g_autofree char *aside = g_strconcat (about, "-aside", NULL);
  g_autofree char *error = NULL;

  test_ftp_answer_only (self->ftp, "MDTM", "213 20200102030500\r\n");
  test_ftp_content (self->ftp, "other");
  tl_ftp_edit_upload (edit);
  test_wait (self->n_conflicts == 1);
  /* Nothing can take its name. */
  g_assert_cmpint (g_rename (about, aside), ==, 0);
  g_assert_cmpint (g_mkdir (about, 0700), ==, 0);
  tl_ftp_edit_resolve (edit, TL_FTP_EDIT_RELOAD);
  test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_CHANGED);
  g_object_get (edit, "error", &error, NULL);
  g_assert_nonnull (error);
  assert_copy (edit, "typed");
  g_assert_cmpint (g_rmdir (about), ==, 0);
  g_assert_cmpint (g_rename (aside, about), ==, 0);

  tl_ftp_edit_upload (edit);
  test_wait (self->n_conflicts == 2);
  tl_ftp_edit_resolve (edit, TL_FTP_EDIT_RELOAD);
  test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_OPEN);
  assert_copy (edit, "other");
  save (edit, "again");
  tl_ftp_edit_upload (edit);
  test_wait (self->n_sent == 1);
  g_assert_cmpuint (self->n_conflicts, ==, 2);
  leave (edit);
}

static char *
hash (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* A place as a reload leaves it that was killed: "typed" was in the copy, "other" comes from the server; @holds is there. */
static void
make_half (Fixture    *self,
           const char *holds)
{
  g_autoptr (TlFtpEditPlace) place = tl_ftp_edit_place_make (NULL);
  g_autoptr (GBytes) remote = test_bytes ("/a.txt");
  g_autoptr (TlFtpEditAbout) about = tl_ftp_edit_about_new (self->site, remote, "a.txt");
  g_autofree char *known = hash ("hello");
  g_autofree char *next = hash ("other");
  g_autoptr (GFile) folder = tl_ftp_edit_place_dup_folder (place);
  g_autofree char *copy = g_build_filename (g_file_peek_path (folder), "a.txt", NULL);

  tl_ftp_edit_about_set_hash (about, known);
  about->mark = (TlFtpEditMark) { 5, 1000 };
  about->cut_off = TRUE;
  tl_ftp_edit_about_set_next (about, next, &(TlFtpEditMark) { 6, 2000 });
  g_assert_true (tl_ftp_edit_place_note (place, about, NULL));
  g_assert_true (g_file_set_contents (copy, holds, -1, NULL));
}

static gboolean
any_cb (const TlFtpEditAbout *about,
        gpointer              data)
{
  return TRUE;
}

/* (transfer full): what is left, and goes. */
static GPtrArray *
list_left (void)
{
  GPtrArray *left;

  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  left = tl_ftp_edit_place_list_left (any_cb, NULL, NULL);
  for (guint i = 0; i < left->len; i++)
    tl_ftp_edit_place_discard (((TlFtpEditLeft *) left->pdata[i])->place);
  return left;
}

/* Killed between the two notes: what the copy holds tells whether it is the server's, and what is known of it. */
static void
test_half (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (TlFtpEditAbout) about = NULL;
  g_autofree char *known = hash ("hello");
  g_autofree char *next = hash ("other");
  const TlFtpEditLeft *one;

  make_half (self, "other");
  left = list_left ();
  g_assert_cmpuint (left->len, ==, 0);
  g_ptr_array_unref (left);

  make_half (self, "typed");
  left = list_left ();
  g_assert_cmpuint (left->len, ==, 1);
  one = left->pdata[0];
  g_assert_cmpstr (one->about->hash, ==, known);
  g_assert_cmpint (one->about->mark.time, ==, 1000);
  g_assert_true (one->about->cut_off);

  /* Of the other one, had it been another one again by now. */
  about = tl_ftp_edit_about_copy (one->about);
  tl_ftp_edit_about_set_next (about, next, &(TlFtpEditMark) { 6, 2000 });
  tl_ftp_edit_about_settle (about, next);
  g_assert_cmpstr (about->hash, ==, next);
  g_assert_cmpint (about->mark.size, ==, 6);
  g_assert_cmpint (about->mark.time, ==, 2000);
  g_assert_false (about->cut_off);
}

/* Left, and taken by somebody without a connection. (transfer full) */
static TlFtpEdit *
take_left (Fixture *self)
{
  TestCall call = { 0 };
  TlFtpEdit *edit = make_changed (self, "typed");
  g_autoptr (GPtrArray) edits = NULL;

  leave (edit);
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  tl_ftp_edit_take_waiting_async (self->site, NULL, test_call_cb, &call);
  test_wait (call.result);
  edits = tl_ftp_edit_take_waiting_finish (call.result, NULL);
  g_object_unref (call.result);
  g_assert_cmpuint (edits->len, ==, 1);
  edit = g_object_ref (edits->pdata[0]);
  g_signal_connect_swapped (edit, "sent", G_CALLBACK (count_cb), &self->n_sent);
  return edit;
}

/* A connection of its own is let go when there is another one: at once, or, with what runs over it, when that has come to its end. */
static void
test_client (Fixture       *self,
             gconstpointer  data)
{
  const gboolean runs = GPOINTER_TO_INT (data);
  TlFtpEdit *edit = take_left (self);
  TlFtpClient *client = test_ftp_client (self->ftp);
  TlFtpClient *own = tl_ftp_edit_get_client (edit);
  guint n_clients, n_quit;

  g_object_add_weak_pointer (G_OBJECT (own), (gpointer *) &own);
  g_assert_true (test_connect (client, NULL));
  g_assert_true (test_connect (own, NULL));
  n_clients = test_ftp_n_clients (self->ftp);
  n_quit = test_ftp_count (self->ftp, "QUIT");
  if (runs)
    {
      test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 1);
      tl_ftp_edit_upload (edit);
      test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_SENDING);
    }
  tl_ftp_edit_set_client (edit, client);
  g_assert_true (tl_ftp_edit_get_client (edit) == client);
  if (runs)
    {
      g_assert_cmpint (tl_ftp_edit_get_state (edit), ==, TL_FTP_EDIT_SENDING);
      test_ftp_hold (self->ftp, G_MAXUINT);
      test_wait (self->n_sent == 1);
      g_assert_cmpuint (test_ftp_n_clients (self->ftp), ==, n_clients);
    }
  test_wait (own == NULL);
  test_wait (test_ftp_count (self->ftp, "QUIT") == n_quit + 1);
  g_assert_cmpint (tl_ftp_client_get_state (client), ==, TL_FTP_READY);

  g_assert_true (g_file_set_contents_full (copy_path (edit), "third", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  test_wait (tl_ftp_edit_is_unsaved (edit));
  self->n_sent = 0;
  tl_ftp_edit_upload (edit);
  test_wait (self->n_sent == 1);
  /* Beside the other one. */
  g_assert_cmpuint (test_ftp_n_clients (self->ftp), ==, n_clients + 1);
  tl_ftp_edit_end (edit);
  leave (edit);
  test_wait (G_OBJECT (client)->ref_count == 1);
  g_assert_finalize_object (client);
}

/* The server has no room for the connection of its own: that says nothing of another one, and it goes on beside that, not over it. */
static void
test_client_no_room (Fixture       *self,
                     gconstpointer  data)
{
  TlFtpEdit *edit = take_left (self);
  TlFtpClient *client = test_ftp_client (self->ftp);
  guint n_clients;

  g_assert_true (test_connect (client, NULL));
  n_clients = test_ftp_n_clients (self->ftp);
  test_ftp_answer (self->ftp, "USER", "421 too many users\r\n{end}");
  test_ftp_answer (self->ftp, "USER", test_ftp_usual ("USER"));
  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 1);
  tl_ftp_edit_upload (edit);
  test_wait (test_ftp_n_clients (self->ftp) == n_clients + 1);
  tl_ftp_edit_set_client (edit, client);
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (self->n_sent == 1);
  g_assert_cmpuint (test_ftp_n_clients (self->ftp), ==, n_clients + 2);
  tl_ftp_edit_end (edit);
  leave (edit);
  test_wait (G_OBJECT (client)->ref_count == 1);
  g_assert_finalize_object (client);
}

/* A disk that does not answer is not waited for without an end; what it holds stays. */
static void
test_dead_disk (Fixture       *self,
                gconstpointer  data)
{
  TlFtpEdit *edit = make_changed (self, "typed");
  g_autofree char *copy = g_strdup (copy_path (edit));
  g_autofree char *about = dup_about_path (edit);
  g_autofree char *aside = g_strconcat (about, "-aside", NULL);
  g_autoptr (GPtrArray) left = NULL;
  int fd;

  /* Who opens it to read waits until somebody writes. */
  g_assert_cmpint (g_rename (about, aside), ==, 0);
  g_assert_cmpint (mkfifo (about, 0600), ==, 0);
  leave (edit);
  g_assert_false (tl_ftp_edit_wait_for_all (50 * G_TIME_SPAN_MILLISECOND));
  fd = open (about, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  g_assert_cmpint (g_rename (aside, about), ==, 0);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  left = list_left ();
  g_assert_cmpuint (left->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  test_folder_make ();
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/ftp-edit-faults/" name, Fixture, data, set_up, func, tear_down)
  ADD ("unnoted", NULL, test_unnoted);
  ADD ("half", NULL, test_half);
  ADD ("client", GINT_TO_POINTER (FALSE), test_client);
  ADD ("client-runs", GINT_TO_POINTER (TRUE), test_client);
  ADD ("client-no-room", NULL, test_client_no_room);
  ADD ("dead-disk", NULL, test_dead_disk);
  result = g_test_run ();
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  test_folder_remove ();
  return result;
}
