/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for files on a server: what matches, the walk and its bounds, what a folder refuses, and how it is stopped. */

#include "tl-ftp-search.h"

#include "tl-ftp-calls.h"

#define FILE_LINE "-rw-r--r-- 1 ann staff 12 Jan  1  2020 "
#define FOLDER_LINE "drwxr-xr-x 1 ann staff 12 Jan  1  2020 "

typedef struct {
  TestFtp      *ftp;
  TlFtpClient  *client;
  TlFtpSearch  *search;
  GCancellable *cancellable;
  gboolean      over;
  gboolean      good;
  GError       *error;
} Fixture;

static TlFtpCriteriaWish
wish_for (const char *name)
{
  return (TlFtpCriteriaWish) { .name = name, .fold = TRUE, .min_size = -1, .max_size = -1, .newer = -1, .older = -1 };
}

static gboolean
matches (const TlFtpCriteriaWish *wish,
         const char              *name,
         gsize                    length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpCriteria) criteria = tl_ftp_criteria_new (wish, &error);
  TlFtpListingItem item = { .name = (const guint8 *) name, .name_length = (guint16) length, .size = 1000, .time = 1000000,
                            .precision = TL_FTP_TIME_SECOND, .kind = TL_FTP_ENTRY_FILE, .mode = -1 };

  g_assert_no_error (error);
  return tl_ftp_criteria_matches (criteria, &item, TL_FTP_CHARSET_AUTO, TL_CHARSET_GB18030);
}

#define MATCHES(wish, name) matches (wish, name, strlen (name))

static void
test_names (void)
{
  TlFtpCriteriaWish wish = wish_for ("Report");

  g_assert_true (MATCHES (&wish, "my report.txt"));
  g_assert_false (MATCHES (&wish, "repor"));
  wish.fold = FALSE;
  g_assert_false (MATCHES (&wish, "my report.txt"));
  wish = wish_for ("*.TXT");
  g_assert_true (MATCHES (&wish, "a.txt"));
  g_assert_false (MATCHES (&wish, "a.txt.gz"));
  wish = wish_for ("?.txt");
  g_assert_true (MATCHES (&wish, "\xe4\xb8\xad.txt"));
  g_assert_false (MATCHES (&wish, "ab.txt"));
  /* 目录 in GBK, and half a character of it. */
  wish = wish_for ("目录");
  g_assert_true (MATCHES (&wish, "\xc4\xbf\xc2\xbc.txt"));
  wish = wish_for ("a*");
  g_assert_true (matches (&wish, "a\0b\xff", 4));
  wish = wish_for ("^b.*\\d$");
  wish.is_regex = TRUE;
  g_assert_true (MATCHES (&wish, "Book7"));
  g_assert_false (MATCHES (&wish, "Book"));
  wish = wish_for ("");
  g_assert_true (MATCHES (&wish, "anything"));
}

static void
test_bounds (void)
{
  TlFtpCriteriaWish wish = wish_for (NULL);
  g_autoptr (GError) error = NULL;

  wish.min_size = 1000;
  wish.max_size = 1000;
  g_assert_true (MATCHES (&wish, "a"));
  wish.min_size = 1001;
  wish.max_size = -1;
  g_assert_false (MATCHES (&wish, "a"));
  wish = wish_for (NULL);
  wish.max_size = 999;
  g_assert_false (MATCHES (&wish, "a"));
  wish = wish_for (NULL);
  wish.newer = 1000000;
  g_assert_true (MATCHES (&wish, "a"));
  wish.newer++;
  g_assert_false (MATCHES (&wish, "a"));
  wish = wish_for (NULL);
  wish.older = 999999;
  g_assert_false (MATCHES (&wish, "a"));
  wish = wish_for (NULL);
  wish.kind = TL_FTP_CRITERIA_FOLDERS;
  g_assert_false (MATCHES (&wish, "a"));
  wish = wish_for (NULL);
  wish.min_size = 2;
  wish.max_size = 1;
  g_assert_null (tl_ftp_criteria_new (&wish, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "size"));
  g_clear_error (&error);
  wish = wish_for (NULL);
  wish.newer = 2;
  wish.older = 1;
  g_assert_null (tl_ftp_criteria_new (&wish, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  /* The numbers that were typed are the other way round: no word of a lower and an upper one. */
  g_assert_nonnull (strstr (error->message, "changed"));
  g_clear_error (&error);
  wish = wish_for ("(");
  wish.is_regex = TRUE;
  g_assert_null (tl_ftp_criteria_new (&wish, &error));
  g_assert_nonnull (error);
}

/* As people type them, with a Chinese input method too. */
static void
test_numbers (void)
{
  static const struct {
    const char *text;
    gint64      value;
  } good[] = {
    { "", -1 }, { "  ", -1 }, { "0", 0 }, { "12", 12000 }, { " 1.5 ", 1500 }, { "1,5", 1500 }, { "0.0001", 1 }, { ".5", 500 }, { "２", 2000 }, { "１．５", 1500 },
  };
  static const char *const bad[] = { "abc", "-1", "0x10", "1e3", "nan", "inf", "1.", ".", "1.2.3", "1 000", "1,500", "１，５００", "1,500,000", "9000000000001", "\xff" };
  gint64 value;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (tl_ftp_criteria_read_number (good[i].text, 1000, &value));
      g_assert_cmpint (value, ==, good[i].value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (tl_ftp_criteria_read_number (bad[i], 1000, &value))
      g_error ("“%s” was taken for a number", bad[i]);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->ftp = test_ftp_new ();
  self->client = test_ftp_client (self->ftp);
  self->cancellable = g_cancellable_new ();
  g_assert_true (test_connect (self->client, NULL));
  /* Which of the two tells more is found out here. */
  test_ftp_content (self->ftp, FILE_LINE "x.txt\r\n");
  tl_ftp_listing_unref (test_list (self->client, "/", NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_error (&self->error);
  g_assert_finalize_object (self->search);
  g_object_unref (self->cancellable);
  g_assert_finalize_object (self->client);
  test_ftp_free (self->ftp);
}

static void
over_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *self = data;

  g_assert_false (self->over);
  self->good = tl_ftp_search_run_finish (TL_FTP_SEARCH (source), result, &self->error);
  self->over = TRUE;
}

static void
start (Fixture    *self,
       const char *name)
{
  TlFtpCriteriaWish wish = wish_for (name);
  g_autoptr (TlFtpCriteria) criteria = tl_ftp_criteria_new (&wish, NULL);
  g_autoptr (GBytes) folder = test_bytes ("/");

  self->search = tl_ftp_search_new (self->client, folder, criteria, TL_FTP_CHARSET_AUTO);
  tl_ftp_search_run_async (self->search, self->cancellable, over_cb, self);
}

static void
run (Fixture    *self,
     const char *name)
{
  start (self, name);
  test_wait (self->over);
}

static guint
count (Fixture    *self,
       const char *property)
{
  guint n;

  g_object_get (self->search, property, &n, NULL);
  return n;
}

static gboolean
is_full (Fixture *self)
{
  gboolean full;

  g_object_get (self->search, "full", &full, NULL);
  return full;
}

/* The same content again and again: a folder that contains itself is not walked for ever; every hit knows its folder. */
static void
test_loop (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (TlFtpHit) hit = NULL;
  g_autoptr (GBytes) path = NULL;
  g_autoptr (GBytes) expected = test_bytes ("/a/x.txt");

  test_ftp_content (self->ftp, FILE_LINE "x.txt\r\n" FOLDER_LINE "a\r\n");
  run (self, "*.txt");
  g_assert_no_error (self->error);
  g_assert_true (self->good);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->search)), ==, 2);
  g_assert_cmpuint (count (self, "n-folders"), ==, 3);
  g_assert_cmpuint (count (self, "n-waiting"), ==, 0);
  g_assert_cmpuint (count (self, "n-failed"), ==, 1);
  hit = g_list_model_get_item (G_LIST_MODEL (self->search), 1);
  path = tl_ftp_hit_dup_path (hit);
  g_assert_true (g_bytes_equal (path, expected));
  g_assert_cmpstr (tl_ftp_entry_get_name (tl_ftp_hit_get_entry (hit)), ==, "x.txt");
}

/* Folders that tell nothing are as deep as a walk may be. */
static void
test_deep (Fixture       *self,
           gconstpointer  data)
{
  test_ftp_content (self->ftp, FOLDER_LINE "a\r\n");
  run (self, "a");
  g_assert_no_error (self->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->search)), ==, 101);
  g_assert_true (is_full (self));
}

/* What one folder refuses is noted, and the others are looked into. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  const TlFtpSearchFailure *failure;
  test_ftp_content (self->ftp, FILE_LINE "x.txt\r\n" FOLDER_LINE "a\r\n" FOLDER_LINE "b\r\n");
  test_ftp_answer_only (self->ftp, "LIST", "150 here\r\n{data}226 done\r\n");
  test_ftp_answer (self->ftp, "LIST", "421 good bye\r\n{end}");
  test_ftp_answer_only (self->ftp, "CWD", "550 a is secret\r\n");
  test_ftp_answer (self->ftp, "CWD", "250 ok\r\n");
  run (self, "x*");
  g_assert_cmpuint (count (self, "n-failed"), >=, 1);
  failure = g_ptr_array_index (tl_ftp_search_get_failures (self->search), 0);
  g_assert_nonnull (strstr (failure->message, "550 a is secret"));
  /* The connection ended: it says so, and what was found stays. */
  g_assert_false (self->good);
  g_assert_nonnull (self->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->search)), >=, 1);
}

/* Where the search begins nothing can be listed: that is no search. */
static void
test_first (Fixture       *self,
            gconstpointer  data)
{
  test_ftp_answer_only (self->ftp, "LIST", "550 no entry\r\n");
  run (self, "x");
  g_assert_false (self->good);
  g_assert_nonnull (strstr (self->error->message, "550 no entry"));
}

static void
test_stop (Fixture       *self,
           gconstpointer  data)
{
  test_ftp_content (self->ftp, FILE_LINE "x.txt\r\n");
  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 3);
  start (self, "x");
  test_wait (test_ftp_n_clients (self->ftp) == 2);
  g_cancellable_cancel (self->cancellable);
  test_wait (self->over);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (G_OBJECT (self->client)->ref_count == 2);
}

/* More than are kept: it says so. What is gone leaves the list at once. No object but those that are asked for. */
static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpHit) second = NULL;

  for (guint i = 0; i < TL_FTP_SEARCH_MAX_HITS + 10; i++)
    g_string_append_printf (lines, FILE_LINE "x%06u.txt\r\n", i);
  test_ftp_content (self->ftp, lines->str);
  run (self, "x*");
  g_assert_no_error (self->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->search)), ==, TL_FTP_SEARCH_MAX_HITS);
  g_assert_true (is_full (self));
  g_ptr_array_add (gone, g_list_model_get_item (G_LIST_MODEL (self->search), 0));
  second = g_list_model_get_item (G_LIST_MODEL (self->search), 1);
  tl_ftp_search_drop (self->search, gone);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->search)), ==, TL_FTP_SEARCH_MAX_HITS - 1);
  g_ptr_array_index (gone, 0) = (g_object_unref (g_ptr_array_index (gone, 0)), g_list_model_get_item (G_LIST_MODEL (self->search), 0));
  g_assert_cmpuint (tl_ftp_hit_get_number (g_ptr_array_index (gone, 0)), ==, tl_ftp_hit_get_number (second));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp-search/names", test_names);
  g_test_add_func ("/ftp-search/bounds", test_bounds);
  g_test_add_func ("/ftp-search/numbers", test_numbers);
#define ADD(name, func) g_test_add ("/ftp-search/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("loop", test_loop);
  ADD ("deep", test_deep);
  ADD ("refused", test_refused);
  ADD ("first", test_first);
  ADD ("stop", test_stop);
  ADD ("many", test_many);
  return g_test_run ();
}
