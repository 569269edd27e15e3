/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpDirectory and TlFtpEntry: order, filter, character sets, and that what is told of changes is what changed. */

#include "tl-ftp-directory.h"

#include "tl-ftp-listing-test.h"
#include "tl-test-wait.h"

#define N_LARGE 5000
#define N_RANDOM_STEPS 400

/* A view's copy of the rows, kept by what items-changed says. */
typedef struct {
  GListModel *model;
  GPtrArray *rows;
  guint n_changes;
} Mirror;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  Mirror *mirror = user_data;

  mirror->n_changes++;
  g_assert_cmpuint (position + removed, <=, mirror->rows->len);
  g_assert_cmpuint (mirror->rows->len - removed + added, ==, g_list_model_get_n_items (model));
  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->rows, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
mirror_init (Mirror         *mirror,
             TlFtpDirectory *directory)
{
  *mirror = (Mirror) { .model = G_LIST_MODEL (directory), .rows = g_ptr_array_new_with_free_func (g_object_unref) };
  for (guint i = 0; i < g_list_model_get_n_items (mirror->model); i++)
    g_ptr_array_add (mirror->rows, g_list_model_get_item (mirror->model, i));
  g_signal_connect (directory, "items-changed", G_CALLBACK (changed_cb), mirror);
}

static void
mirror_check (Mirror *mirror)
{
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (mirror->model));
  for (guint i = 0; i < mirror->rows->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (mirror->model, i);

      g_assert_true (item == mirror->rows->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (mirror->model, mirror->rows->len));
}

static void
mirror_clear (Mirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
  g_ptr_array_unref (mirror->rows);
}

static gboolean
is_busy (TlFtpDirectory *directory)
{
  gboolean busy;

  g_object_get (directory, "busy", &busy, NULL);
  return busy;
}

/* The names in their order, a blank between them. */
static char *
dup_names (TlFtpDirectory *directory)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (directory)); i++)
    {
      g_autoptr (TlFtpEntry) entry = g_list_model_get_item (G_LIST_MODEL (directory), i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", tl_ftp_entry_get_name (entry));
    }
  return g_string_free (names, FALSE);
}

#define assert_names(directory, expected) \
  G_STMT_START \
  { \
    g_autofree char *test_names = dup_names (directory); \
    g_assert_cmpstr (test_names, ==, expected); \
  } \
  G_STMT_END

static TlFtpDirectory *
new_directory (const char *bytes)
{
  g_autoptr (TlFtpListing) listing = test_listing (bytes);
  TlFtpDirectory *directory = tl_ftp_directory_new ();

  tl_ftp_directory_set_listing (directory, listing);
  return directory;
}

static const char folder[] = "-rw-r--r-- 1 bob b 300 Jan 3 2020 file10.txt\r\n"
                             "-rwxr-xr-x 1 amy b 20 Jan 1 2021 file2.zip\r\n"
                             "drwxr-xr-x 1 bob b 4096 Jan 2 2019 zoo\r\n"
                             "-rw------- 1 cat a 1000 Jan 1 2018 .profile\r\n"
                             "lrwxrwxrwx 1 amy a 3 Jan 1 2017 link -> zoo\r\n"
                             "drwx------ 1 amy b 4096 Jan 2 2022 dir1\r\n";

static void
test_sorting (void)
{
  g_autoptr (TlFtpDirectory) directory = new_directory (folder);
  static const struct {
    TlFtpSort sort;
    const char *up, *down;
  } cases[] = {
    { TL_FTP_SORT_NAME, "dir1 zoo file2.zip file10.txt link", "zoo dir1 link file10.txt file2.zip" },
    { TL_FTP_SORT_SIZE, "dir1 zoo link file2.zip file10.txt", "dir1 zoo file10.txt file2.zip link" },
    { TL_FTP_SORT_TIME, "zoo dir1 link file10.txt file2.zip", "dir1 zoo file2.zip file10.txt link" },
    { TL_FTP_SORT_KIND, "dir1 zoo file10.txt file2.zip link", "dir1 zoo link file2.zip file10.txt" },
    { TL_FTP_SORT_PERMISSIONS, "dir1 zoo file10.txt file2.zip link", "zoo dir1 link file2.zip file10.txt" },
    { TL_FTP_SORT_OWNER, "dir1 zoo link file2.zip file10.txt", "zoo dir1 file10.txt file2.zip link" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_object_set (directory, "sort", cases[i].sort, "descending", FALSE, NULL);
      assert_names (directory, cases[i].up);
      g_object_set (directory, "descending", TRUE, NULL);
      assert_names (directory, cases[i].down);
    }
}

static void
test_filter (void)
{
  g_autoptr (TlFtpDirectory) directory = new_directory (folder);
  guint n_items, n_total, n_hidden;
  gint64 size;

  g_object_get (directory, "n-items", &n_items, "n-total", &n_total, "n-hidden", &n_hidden, "total-size", &size, NULL);
  g_assert_cmpuint (n_items, ==, 5);
  g_assert_cmpuint (n_total, ==, 6);
  g_assert_cmpuint (n_hidden, ==, 1);
  g_assert_cmpint (size, ==, 320);

  g_object_set (directory, "show-hidden", TRUE, NULL);
  g_object_get (directory, "n-items", &n_items, "n-hidden", &n_hidden, "total-size", &size, NULL);
  g_assert_cmpuint (n_items, ==, 6);
  g_assert_cmpuint (n_hidden, ==, 0);
  g_assert_cmpint (size, ==, 1320);

  g_object_set (directory, "filter", "FILE", NULL);
  assert_names (directory, ".profile file2.zip file10.txt");
  g_object_set (directory, "filter", "nothing has this", NULL);
  assert_names (directory, "");
  g_object_set (directory, "filter", "", NULL);
  g_object_get (directory, "n-items", &n_items, NULL);
  g_assert_cmpuint (n_items, ==, 6);
}

static void
test_filter_folds (void)
{
  /* The second name has its accent apart, as macOS sends it. */
  g_autoptr (TlFtpDirectory) directory = new_directory ("-rw-r--r-- 1 b b 300 Jan 3 2020 \xc3\x89t\xc3\xa9\n"
                                                        "-rw-r--r-- 1 b b 300 Jan 3 2020 e\xcc\x81tat\n"
                                                        "-rw-r--r-- 1 b b 300 Jan 3 2020 etape\n");

  g_object_set (directory, "filter", "\xc3\xa9t", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (directory)), ==, 2);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "\xc3\x89TA", 0), !=, G_MAXUINT);
}

static void
test_find (void)
{
  g_autoptr (TlFtpDirectory) directory = new_directory (folder);
  g_autoptr (GBytes) there = g_bytes_new_static ("file10.txt", 10);
  g_autoptr (GBytes) hidden = g_bytes_new_static (".profile", 8);

  /* dir1 zoo file2.zip file10.txt link */
  g_assert_cmpuint (tl_ftp_directory_find (directory, there), ==, 3);
  g_assert_cmpuint (tl_ftp_directory_find (directory, hidden), ==, G_MAXUINT);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "File", 0), ==, 2);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "FILE", 3), ==, 3);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "file", 4), ==, 2);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "file3", 0), ==, G_MAXUINT);
  g_assert_cmpuint (tl_ftp_directory_find_prefix (directory, "", 0), ==, G_MAXUINT);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static void
test_charset (void)
{
  /* 下载.zip and 说明 in GBK, and a name that is neither that nor UTF-8 */
  g_autoptr (TlFtpDirectory) directory = new_directory ("-rw-r--r-- 1 b b 300 Jan 3 2020 \xcf\xc2\xd4\xd8.zip\n"
                                                        "-rw-r--r-- 1 b b 300 Jan 3 2020 \xcb\xb5\xc3\xf7\n"
                                                        "-rw-r--r-- 1 b b 300 Jan 3 2020 plain\n");
  g_autoptr (TlFtpEntry) entry = NULL;
  g_autoptr (TlFtpEntry) same = NULL;
  g_autoptr (GBytes) raw = g_bytes_new_static ("\xcf\xc2\xd4\xd8.zip", 8);
  TlCharset guess;
  gboolean badge;
  guint n_notified = 0;
  guint position = tl_ftp_directory_find (directory, raw);

  g_object_get (directory, "guess", &guess, NULL);
  g_assert_cmpint (guess, ==, TL_CHARSET_GB18030);
  entry = g_list_model_get_item (G_LIST_MODEL (directory), position);
  g_assert_cmpstr (tl_ftp_entry_get_name (entry), ==, "下载.zip");
  g_assert_true (g_bytes_equal (tl_ftp_entry_get_raw_name (entry), raw));

  g_signal_connect (entry, "notify::name", G_CALLBACK (count_cb), &n_notified);
  g_signal_connect (entry, "notify::badge", G_CALLBACK (count_cb), &n_notified);
  g_object_set (directory, "charset", TL_CHARSET_UTF_8, NULL);
  g_assert_cmpuint (n_notified, ==, 2);
  g_object_get (entry, "badge", &badge, NULL);
  g_assert_true (badge);
  g_assert_cmpstr (tl_ftp_entry_get_name (entry), !=, "下载.zip");
  g_assert_true (g_bytes_equal (tl_ftp_entry_get_raw_name (entry), raw));

  g_object_set (directory, "charset", TL_CHARSET_GBK, NULL);
  g_object_get (entry, "badge", &badge, NULL);
  g_assert_false (badge);
  g_assert_cmpstr (tl_ftp_entry_get_name (entry), ==, "下载.zip");
  same = g_list_model_get_item (G_LIST_MODEL (directory), tl_ftp_directory_find (directory, raw));
  g_assert_true (same == entry);
  g_object_set (directory, "filter", "下载", NULL);
  assert_names (directory, "下载.zip");
}

static void
test_entry (void)
{
  g_autoptr (TlFtpDirectory) directory = tl_ftp_directory_new ();
  g_autoptr (TlFtpListing) listing = test_listing_at ("type=file;size=5;modify=20200102030405;UNIX.mode=4755;UNIX.ownername=li; a/b\r\n", -1, TEST_NOW, TRUE);
  g_autoptr (TlFtpEntry) entry = NULL;
  g_autofree char *permissions = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *group = NULL;
  gboolean unsafe;

  tl_ftp_directory_set_listing (directory, listing);
  entry = g_list_model_get_item (G_LIST_MODEL (directory), 0);
  g_object_get (entry, "permissions", &permissions, "owner", &owner, "group", &group, "unsafe", &unsafe, NULL);
  g_assert_cmpstr (permissions, ==, "rwsr-xr-x");
  g_assert_cmpstr (owner, ==, "li");
  g_assert_null (group);
  g_assert_true (unsafe);
  g_assert_cmpint (tl_ftp_entry_get_mode (entry), ==, 04755);
  g_assert_cmpint (tl_ftp_entry_get_size (entry), ==, 5);
  g_assert_cmpint (tl_ftp_entry_get_time (entry), ==, 1577934245);

  /* An entry outlives its folder, and keeps what it is. */
  tl_ftp_directory_set_listing (directory, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (directory)), ==, 0);
  g_object_set (directory, "charset", TL_CHARSET_BIG5, NULL);
  g_clear_pointer (&listing, tl_ftp_listing_unref);
  g_assert_finalize_object (g_steal_pointer (&directory));
  g_assert_cmpstr (tl_ftp_entry_get_name (entry), ==, "a/b");
}

static TlFtpListing *
new_large_listing (GRand *rand)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; i < N_LARGE; i++)
    {
      guint n = g_rand_int (rand);

      g_string_append_printf (bytes, "%crw-r--r-- 1 u%u g %u Jan %u 20%02u %s%u%s\r\n", n % 7 == 0 ? 'd' : '-', n % 5, n % 100000, n % 28 + 1, n % 20,
                              n % 11 == 0 ? "." : "", n % 3000, n % 13 == 0 ? "\xcf\xc2" : n % 17 == 0 ? "下载" : "x");
    }
  return test_listing_at (bytes->str, (gssize) bytes->len, TEST_NOW, FALSE);
}

/* What a worker sorts is what is sorted at once. */
static void
test_worker (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (TlFtpListing) listing = new_large_listing (rand);
  g_autoptr (TlFtpDirectory) directory = tl_ftp_directory_new ();
  Mirror mirror;

  mirror_init (&mirror, directory);
  tl_ftp_directory_set_listing (directory, listing);
  /* The rows are there at once, and in order a little later. */
  g_assert_true (is_busy (directory));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (directory)), >, N_LARGE / 2);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  mirror_check (&mirror);
  test_wait (!is_busy (directory));
  g_assert_cmpuint (mirror.n_changes, ==, 2);
  mirror_check (&mirror);

  for (guint i = 1; i < mirror.rows->len; i++)
    {
      TlFtpEntry *a = mirror.rows->pdata[i - 1], *b = mirror.rows->pdata[i];
      gboolean a_folder = tl_ftp_entry_get_kind (a) == TL_FTP_ENTRY_DIRECTORY, b_folder = tl_ftp_entry_get_kind (b) == TL_FTP_ENTRY_DIRECTORY;
      g_autofree char *a_key = g_utf8_collate_key_for_filename (tl_ftp_entry_get_name (a), -1);
      g_autofree char *b_key = g_utf8_collate_key_for_filename (tl_ftp_entry_get_name (b), -1);

      g_assert_true (a_folder >= b_folder);
      if (a_folder == b_folder)
        g_assert_cmpstr (a_key, <=, b_key);
    }
  mirror_clear (&mirror);

  /* Gone in the middle of it, it takes nothing with it. */
  g_object_set (directory, "descending", TRUE, NULL);
  g_assert_true (is_busy (directory));
  g_assert_finalize_object (g_steal_pointer (&directory));
}

static void
test_random (void)
{
  static const char * const filters[] = { NULL, "1", "下", "x", "no such" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (TlFtpListing) large = new_large_listing (rand);
  g_autoptr (TlFtpListing) small = test_listing (folder);
  g_autoptr (TlFtpDirectory) directory = tl_ftp_directory_new ();
  Mirror mirror;

  mirror_init (&mirror, directory);
  for (guint step = 0; step < N_RANDOM_STEPS; step++)
    {
      switch (g_rand_int_range (rand, 0, 8))
        {
        case 0:
          g_object_set (directory, "sort", g_rand_int_range (rand, 0, TL_FTP_SORT_OWNER + 1), NULL);
          break;
        case 1:
          g_object_set (directory, "descending", g_rand_boolean (rand), NULL);
          break;
        case 2:
          g_object_set (directory, "show-hidden", g_rand_boolean (rand), NULL);
          break;
        case 3:
          g_object_set (directory, "filter", filters[g_rand_int_range (rand, 0, G_N_ELEMENTS (filters))], NULL);
          break;
        case 4:
          g_object_set (directory, "charset", g_rand_int_range (rand, TL_FTP_CHARSET_AUTO, TL_N_CHARSETS), NULL);
          break;
        case 5:
          if (g_rand_int_range (rand, 0, 8) == 0)
            tl_ftp_directory_set_listing (directory, g_rand_boolean (rand) ? large : g_rand_boolean (rand) ? small : NULL);
          break;
        case 6:
          test_wait (!is_busy (directory));
          break;
        default:
          g_main_context_iteration (NULL, FALSE);
          break;
        }
      if (step % 16 == 0)
        mirror_check (&mirror);
    }

  test_wait (!is_busy (directory));
  mirror_check (&mirror);
  mirror_clear (&mirror);
  g_assert_finalize_object (g_steal_pointer (&directory));
}

/* What a change says of itself: the rows between those that stayed, and nothing when all did. */
static void
test_changes (void)
{
  g_autoptr (TlFtpDirectory) directory = new_directory (folder);
  Mirror mirror;

  mirror_init (&mirror, directory);
  g_object_set (directory, "filter", "i", NULL);    /* dir1 file2.zip file10.txt link */
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  g_object_set (directory, "filter", "I", NULL);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  g_object_set (directory, "filter", NULL, NULL);
  g_assert_cmpuint (mirror.n_changes, ==, 2);
  mirror_check (&mirror);
  mirror_clear (&mirror);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *over = user_data;

  g_assert_true (tl_ftp_directory_prepare_finish (TL_FTP_DIRECTORY (source), result, &error));
  g_assert_no_error (error);
  *over = TRUE;
}

/* What was prepared is in its order at once; when another order is asked for meanwhile, it is worked out anew. */
static void
test_prepare (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < N_LARGE; i++)
    g_string_append_printf (text, "-rw-r--r-- 1 ann staff 5 Jan  1  2020 f%u\r\n", i * 7919 % N_LARGE);
  bytes = g_bytes_new (text->str, text->len);
  for (gboolean other = FALSE; other <= TRUE; other++)
    {
      g_autoptr (TlFtpDirectory) directory = tl_ftp_directory_new ();
      g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (bytes, &(TlFtpListingHints) { .now = 1700000000 }, NULL);
      g_autoptr (TlFtpEntry) first = NULL;
      gboolean over = FALSE;
      Mirror mirror;

      mirror_init (&mirror, directory);
      tl_ftp_directory_prepare_async (directory, listing, NULL, prepared_cb, &over);
      g_assert_cmpuint (mirror.n_changes, ==, 0);
      test_wait_for (over, "the order ahead");
      if (other)
        g_object_set (directory, "descending", TRUE, NULL);
      tl_ftp_directory_set_listing (directory, listing);
      g_assert_cmpint (is_busy (directory), ==, other);
      test_wait_for (!is_busy (directory), "the order");
      first = g_list_model_get_item (G_LIST_MODEL (directory), 0);
      g_assert_cmpstr (tl_ftp_entry_get_name (first), ==, other ? "f4999" : "f0");
      g_assert_cmpuint (mirror.n_changes, ==, other ? 2 : 1);
      mirror_check (&mirror);
      mirror_clear (&mirror);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-directory/sorting", test_sorting);
  g_test_add_func ("/ftp-directory/filter", test_filter);
  g_test_add_func ("/ftp-directory/filter-folds", test_filter_folds);
  g_test_add_func ("/ftp-directory/find", test_find);
  g_test_add_func ("/ftp-directory/charset", test_charset);
  g_test_add_func ("/ftp-directory/entry", test_entry);
  g_test_add_func ("/ftp-directory/changes", test_changes);
  g_test_add_func ("/ftp-directory/worker", test_worker);
  g_test_add_func ("/ftp-directory/random", test_random);
  g_test_add_func ("/ftp-directory/prepare", test_prepare);

  return g_test_run ();
}
