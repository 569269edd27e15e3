/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends that are there tomorrow; a file that is none is set aside, never overwritten. */
#include "tl-quick-file.h"
#include "tl-quick-store.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <locale.h>
#include <string.h>

static char *last_failure;

static void
failed_cb (TlQuickStore *store,
           const char   *sentence)
{
  g_free (last_failure);
  last_failure = g_strdup (sentence);
}

static GFile *
dup_file (const char *name)
{
  return g_file_new_build_filename (test_folder, "data", name, NULL);
}

static TlQuickStore *
open_store (GFile        *file,
            TlQuickSends *sends)
{
  TlQuickStore *store = tl_quick_store_new (file, sends);

  g_clear_pointer (&last_failure, g_free);
  g_signal_connect (store, "failed", G_CALLBACK (failed_cb), NULL);
  test_wait (tl_quick_store_get_loaded (store));
  return store;
}

static void
add (TlQuickSends *sends,
     const char   *name)
{
  g_autoptr (TlQuickSend) send = g_object_new (TL_TYPE_QUICK_SEND, "name", name, NULL);

  tl_quick_sends_add (sends, send);
}

static gboolean
is_there (GFile      *file,
          const char *part)
{
  g_autofree char *contents = NULL;

  return g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL) && strstr (contents, part) != NULL;
}

/* Written by itself a moment after; the end of the program does not wait for that moment; what is kept only the user can read. */
static void
test_kept (void)
{
  g_autoptr (GFile) file = dup_file ("kept.json");
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickSends) again = tl_quick_sends_new ();
  g_autofree char *path = g_file_get_path (file);
  TlQuickStore *store = open_store (file, sends);
  GStatBuf status;

  add (sends, "first");
  test_wait (is_there (file, "\"first\""));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  add (sends, "second");
  tl_quick_store_close (store);
  g_assert_true (is_there (file, "\"second\""));
  g_assert_null (last_failure);
  g_assert_finalize_object (store);

  store = open_store (file, again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  g_assert_finalize_object (store);
}

/* What was added before the file was read stands behind what it has. */
static void
test_early (void)
{
  g_autoptr (GFile) file = dup_file ("kept.json");
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickStore) store = tl_quick_store_new (file, sends);

  add (sends, "early");
  test_wait (tl_quick_store_get_loaded (store));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sends)), ==, 3);
  tl_quick_store_close (store);
  g_assert_true (is_there (file, "\"early\"") && is_there (file, "\"first\""));
}

static char *
find_aside (const char *prefix)
{
  g_autofree char *folder = g_build_filename (test_folder, "data", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, prefix))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static void
check_aside (const char *name,
             const char *contents,
             const char *said)
{
  g_autoptr (GFile) file = dup_file (name);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *prefix = g_strconcat (name, ".damaged-", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  TlQuickStore *store;

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  store = open_store (file, sends);
  g_assert_nonnull (last_failure);
  g_test_message ("%s", last_failure);
  g_assert_nonnull (strstr (last_failure, said));
  aside = find_aside (prefix);
  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, contents);

  add (sends, "new");
  tl_quick_store_close (store);
  g_assert_true (is_there (file, "\"new\""));
  g_assert_finalize_object (store);
}

static void
test_set_aside (void)
{
  check_aside ("damaged.json", "{\"tonglu\":\"quick-sends\",\n", "Line 2");
  check_aside ("newer.json", "{\"tonglu\":\"quick-sends\",\"version\":9}", "version 9");
}

/* One that nobody listened to is told later. A folder in the place of the file cannot be read, nor written. */
static void
test_unreadable (void)
{
  g_autoptr (GFile) file = dup_file ("folder.json");
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickStore) store = NULL;
  g_autofree char *problem = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  store = tl_quick_store_new (file, sends);
  test_wait (tl_quick_store_get_loaded (store));
  problem = tl_quick_store_take_problem (store);
  g_assert_nonnull (strstr (problem, "cannot be read"));
  g_assert_null (tl_quick_store_take_problem (store));
  add (sends, "x");
  tl_quick_store_close (store);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

/* The disk refuses: a sentence, and what is in the window stays. */
static void
test_unwritable (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/tonglu/quick-sends.json");
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  TlQuickStore *store = open_store (file, sends);

  add (sends, "x");
  test_wait (last_failure != NULL);
  g_assert_nonnull (strstr (last_failure, "could not be written"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sends)), ==, 1);
  g_assert_finalize_object (store);
}

typedef struct {
  TlQuickBook *book;
  GError      *error;
  gboolean     done;
} Loading;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Loading *loading = user_data;

  loading->book = tl_quick_file_load_finish (result, &loading->error);
  loading->done = TRUE;
}

/* /dev/zero has no end. */
static void
test_huge (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/zero");
  Loading loading = { NULL };

  tl_quick_file_load_async (file, NULL, loaded_cb, &loading);
  test_wait (loading.done);
  g_assert_null (loading.book);
  g_assert_error (loading.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (loading.error->message, "larger than 8 MiB"));
  g_clear_error (&loading.error);
}

static void
test_cancelled (void)
{
  g_autoptr (GFile) file = dup_file ("kept.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loading loading = { NULL };

  g_cancellable_cancel (cancellable);
  tl_quick_file_load_async (file, cancellable, loaded_cb, &loading);
  test_wait (loading.done);
  g_assert_error (loading.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&loading.error);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  g_test_add_func ("/quick-store/kept", test_kept);
  g_test_add_func ("/quick-store/early", test_early);
  g_test_add_func ("/quick-store/set-aside", test_set_aside);
  g_test_add_func ("/quick-store/unreadable", test_unreadable);
  g_test_add_func ("/quick-store/unwritable", test_unwritable);
  g_test_add_func ("/quick-store/huge", test_huge);
  g_test_add_func ("/quick-store/cancelled", test_cancelled);
  status = g_test_run ();
  test_folder_remove ();
  g_clear_pointer (&last_failure, g_free);
  return status;
}
