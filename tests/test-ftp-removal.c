/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing with all that is in it: in which order, what stays when the server refuses, how far it goes, and how it is stopped. */

#include "tl-ftp-removal.h"

#include "tl-ftp-calls.h"

#define FILE_LINE "-rw-r--r-- 1 ann staff 12 Jan  1  2020 "
#define FOLDER_LINE "drwxr-xr-x 1 ann staff 12 Jan  1  2020 "

typedef struct {
  TestFtp      *ftp;
  TlFtpClient  *client;
  GString      *lines;       /* of the folder / */
  TlFtpRemoval *removal;
  GCancellable *cancellable;
  gboolean      over;
  gboolean      good;
  GError       *error;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->ftp = test_ftp_new ();
  self->client = test_ftp_client (self->ftp);
  self->lines = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  g_assert_true (test_connect (self->client, NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_error (&self->error);
  g_assert_finalize_object (self->removal);
  g_object_unref (self->cancellable);
  g_string_free (self->lines, TRUE);
  g_assert_finalize_object (self->client);
  test_ftp_free (self->ftp);
}

static void
add (Fixture    *self,
     const char *path,
     gboolean    folder)
{
  g_string_append_printf (self->lines, "%s%s\r\n", folder ? FOLDER_LINE : FILE_LINE, path + 1);
}

static void
over_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_removal_run_finish (TL_FTP_REMOVAL (source), result, &self->error);
  self->over = TRUE;
}

static void
start (Fixture *self)
{
  g_autoptr (GBytes) text = g_bytes_new (self->lines->str, self->lines->len);
  g_autoptr (GBytes) dir = test_bytes ("/");
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (text, &(TlFtpListingHints) { .now = 1700000000 }, NULL);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < tl_ftp_listing_get_n_entries (listing); i++)
    g_array_append_val (indices, i);
  self->removal = tl_ftp_removal_new (self->client, dir, listing, indices);
  tl_ftp_removal_run_async (self->removal, self->cancellable, over_cb, self);
}

static void
run (Fixture *self)
{
  start (self);
  test_wait (self->over);
}

static void
assert_failure (Fixture    *self,
                guint       index,
                const char *path,
                const char *words)
{
  GPtrArray *failures = tl_ftp_removal_get_failures (self->removal);
  const TlFtpRemovalFailure *failure;
  g_autoptr (GBytes) expected = test_bytes (path);

  g_assert_cmpuint (index, <, failures->len);
  failure = g_ptr_array_index (failures, index);
  g_assert_true (g_bytes_equal (failure->path, expected));
  g_assert_nonnull (strstr (failure->message, words));
}

/* A folder that is not empty: RMD, DELE, what is in it, RMD. A link to a folder that is shown as one is removed, not entered. */
static void
test_order (Fixture       *self,
            gconstpointer  data)
{
  test_ftp_content (self->ftp, FILE_LINE "in.txt\r\n");
  test_ftp_answer (self->ftp, "RMD", "550 Directory not empty\r\n");
  test_ftp_answer (self->ftp, "RMD", "250 gone\r\n");
  test_ftp_answer (self->ftp, "RMD", "550 Not a directory\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 Is a directory\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  add (self, "/docs", TRUE);
  add (self, "/link", TRUE);
  run (self);
  g_assert_no_error (self->error);
  g_assert_true (self->good);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 3);
  g_assert_cmpuint (tl_ftp_removal_get_n_found (self->removal), ==, 3);
  g_assert_cmpuint (tl_ftp_removal_get_n_over (self->removal), ==, 3);
  g_assert_cmpuint (tl_ftp_removal_get_failures (self->removal)->len, ==, 0);
  g_assert_null (tl_ftp_removal_get_current (self->removal));
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE /docs/in.txt"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD /docs"), ==, 2);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD /link"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE /link"), ==, 1);
  /* LIST -a and LIST, to know which tells more. */
  g_assert_cmpuint (test_ftp_count (self->ftp, "LIST"), <=, 2);
}

/* What is refused stays, with the server's words; the folder that it is in is not tried again, and what is beside it goes. */
static void
test_failures (Fixture       *self,
               gconstpointer  data)
{
  test_ftp_content (self->ftp, FILE_LINE "a\r\n" FILE_LINE "b\r\n");
  test_ftp_answer (self->ftp, "RMD", "550 Directory not empty\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 Is a directory\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 a: Permission denied\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  test_ftp_answer (self->ftp, "DELE", "450 Busy, come back later\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  add (self, "/docs", TRUE);
  add (self, "/busy", FALSE);
  add (self, "/last", FALSE);
  run (self);
  g_assert_no_error (self->error);
  g_assert_true (self->good);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE /last"), ==, 1);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 2);
  g_assert_cmpuint (tl_ftp_removal_get_n_failed (self->removal), ==, 2);
  g_assert_cmpuint (tl_ftp_removal_get_n_found (self->removal), ==, 5);
  g_assert_cmpuint (tl_ftp_removal_get_n_over (self->removal), ==, 5);
  assert_failure (self, 0, "/docs/a", "550 a: Permission denied");
  assert_failure (self, 1, "/busy", "450 Busy, come back later");
}

/* A name with a slash in it, as a server may send: nothing is done with it, and its folder stays. */
static void
test_unsafe (Fixture       *self,
             gconstpointer  data)
{
  test_ftp_content (self->ftp, FILE_LINE "../evil\r\n" FILE_LINE "good\r\n");
  test_ftp_answer (self->ftp, "RMD", "550 Directory not empty\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 Is a directory\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  add (self, "/docs", TRUE);
  run (self);
  g_assert_true (self->good);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE /docs/good"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE"), ==, 2);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD"), ==, 1);
  assert_failure (self, 0, "../evil", "cannot be sent");
}

/* A folder that always contains itself, and nothing of which can be removed: an end comes. */
static void
test_endless (Fixture       *self,
              gconstpointer  data)
{
  test_ftp_content (self->ftp, FOLDER_LINE "again\r\n");
  test_ftp_answer (self->ftp, "RMD", "550 no\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 no\r\n");
  add (self, "/a", TRUE);
  run (self);
  g_assert_true (self->good);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 0);
  g_assert_cmpuint (tl_ftp_removal_get_n_failed (self->removal), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD"), <=, 102);
}

/* The connection ends in the middle: that is the end, with what was done. */
static void
test_connection (Fixture       *self,
                 gconstpointer  data)
{
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  test_ftp_answer (self->ftp, "DELE", "421 good night\r\n{end}");
  for (guint i = 0; i < 4; i++)
    add (self, "/a", FALSE);
  run (self);
  g_assert_false (self->good);
  g_assert_error (self->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 1);
  g_assert_cmpuint (tl_ftp_removal_get_n_found (self->removal), ==, 4);
}

/* Stopped while the server thinks; nothing is asked of it after that, and the connection can be used.
 * The server has read all that was sent before the NOOP once it answers that: only then can it be counted. */
static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  guint n_over, n;

  for (guint i = 0; i < 20; i++)
    add (self, "/a", FALSE);
  start (self);
  test_wait (tl_ftp_removal_get_n_removed (self->removal) >= 2);
  g_cancellable_cancel (self->cancellable);
  test_wait (self->over);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  n_over = tl_ftp_removal_get_n_over (self->removal);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TlFtpReply) reply = test_raw (self->client, "NOOP", NULL);

      g_assert_nonnull (reply);
      if (i == 0)
        n = test_ftp_count (self->ftp, "DELE");
    }
  g_assert_cmpuint (n, <=, n_over + 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE"), ==, n);
}

static void
count_cb (Fixture    *self,
          GParamSpec *pspec)
{
  g_assert_cmpuint (tl_ftp_removal_get_n_over (self->removal), <=, tl_ftp_removal_get_n_found (self->removal));
  g_assert_true ((tl_ftp_removal_get_current (self->removal) == NULL) == (tl_ftp_removal_get_n_over (self->removal) == tl_ftp_removal_get_n_found (self->removal)));
}

/* What else is asked for does not wait for the end. */
static void
test_beside (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (TlFtpReply) reply = NULL;
  guint n_removed;

  for (guint i = 0; i < 200; i++)
    add (self, "/a", FALSE);
  start (self);
  g_signal_connect_swapped (self->removal, "notify", G_CALLBACK (count_cb), self);
  reply = test_raw (self->client, "NOOP", NULL);
  g_assert_nonnull (reply);
  n_removed = tl_ftp_removal_get_n_removed (self->removal);
  g_assert_cmpuint (n_removed, <, 100);
  test_wait (self->over);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 200);
}

/* From several folders at once; what one refuses leaves the others alone. */
static void
test_paths (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) are_folders = g_array_new (FALSE, FALSE, sizeof (gboolean));
  gboolean file = FALSE, folder = TRUE;

  g_ptr_array_add (paths, test_bytes ("/x/a.txt"));
  g_array_append_val (are_folders, file);
  g_ptr_array_add (paths, test_bytes ("/y/empty"));
  g_array_append_val (are_folders, folder);
  g_ptr_array_add (paths, test_bytes ("/z/b.txt"));
  g_array_append_val (are_folders, file);
  test_ftp_answer (self->ftp, "DELE", "550 a is kept\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 gone\r\n");
  self->removal = tl_ftp_removal_new_for_paths (self->client, paths, are_folders);
  tl_ftp_removal_run_async (self->removal, self->cancellable, over_cb, self);
  test_wait (self->over);
  g_assert_no_error (self->error);
  g_assert_cmpuint (tl_ftp_removal_get_n_found (self->removal), ==, 3);
  g_assert_cmpuint (tl_ftp_removal_get_n_removed (self->removal), ==, 2);
  assert_failure (self, 0, "/x/a.txt", "550 a is kept");
  g_assert_cmpuint (test_ftp_count (self->ftp, "RMD /y/empty"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE /z/b.txt"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/ftp-removal/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("order", test_order);
  ADD ("paths", test_paths);
  ADD ("failures", test_failures);
  ADD ("unsafe", test_unsafe);
  ADD ("endless", test_endless);
  ADD ("connection", test_connection);
  ADD ("cancel", test_cancel);
  ADD ("beside", test_beside);

  return g_test_run ();
}
