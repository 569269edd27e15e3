/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of folders: which command tells more, what is empty, what does not end. */

#include "tl-ftp-fixture.h"

#define UNIX_LIST "total 4\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\ndrwxr-xr-x 2 a b 4096 Jan 2 2020 dir\r\n"
#define UNIX_LIST_ALL "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n" UNIX_LIST "-rw-r--r-- 1 a b 5 Jan 2 2020 .hidden\r\n"

static void
set_up_hasty (Fixture       *fixture,
              gconstpointer  data)
{
  set_up (fixture, data);
  g_object_set (fixture->client, "timeout", 2u, NULL);
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (TlFtpListing) first = NULL;
  g_autoptr (TlFtpListing) second = NULL;

  test_ftp_content (fixture->ftp, UNIX_LIST_ALL);
  first = test_list (fixture->client, "/ a", NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (first), ==, 3);
  second = test_list (fixture->client, "/ a", NULL);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "CWD / a"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST -a"), ==, 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 2);
}

/* "-a" is taken for a name: LIST alone is what this server understands, and that is remembered. */
static void
test_list_without_all (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (TlFtpListing) first = NULL;
  g_autoptr (TlFtpListing) second = NULL;

  test_ftp_content (fixture->ftp, UNIX_LIST);
  test_ftp_answer (fixture->ftp, "LIST", "550 -a: No such file\r\n");
  test_ftp_answer (fixture->ftp, "LIST", "150 list\r\n{data}226 done\r\n");
  first = test_list (fixture->client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (first), ==, 2);
  second = test_list (fixture->client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (second), ==, 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 3);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST -a"), ==, 1);
}

/* The server says that all is done and never came: an empty folder of some servers. */
static void
test_active_empty (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;

  g_object_set (tl_ftp_client_get_site (fixture->client), "active-mode", TRUE, NULL);
  test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "PASV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "LIST", "226 nothing\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 0);
}

typedef struct {
  const char *name;
  const char *answer;
  guint       n;
} Empty;

static const Empty empties[] = {
  { "empty-data", "150 list\r\n{data}226 done\r\n", 0 },
  { "226-none", "226 done\r\n{shut}", 0 },
  { "450", "450 No files found\r\n", 0 },
  { "550", "550 No files found\r\n", 0 },
};

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  const Empty *empty = data;
  g_autoptr (TlFtpListing) listing = NULL;

  test_ftp_content (fixture->ftp, "");
  test_ftp_answer (fixture->ftp, "LIST", empty->answer);
  listing = test_list (fixture->client, "/d", &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 0);
}

static void
test_list_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "LIST", "550 Permission denied\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
  g_clear_error (&fixture->error);
  test_ftp_answer (fixture->ftp, "CWD", "550 No such directory\r\n");
  g_assert_null (test_list (fixture->client, "/nowhere", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
}

/* LIST's clock is eight hours ahead of MDTM's. */
static void
test_zone (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;
  TlFtpListingItem item;

  test_ftp_content (fixture->ftp, "01-02-20  11:04AM                    5 file\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  tl_ftp_listing_get_entry (listing, 0, &item);
  g_assert_cmpint (item.time, ==, 1577934240);
}

/* "-a" is obeyed here, which is known by now: an error is an error, and no empty folder. */
static void
test_all_refused_later (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;

  test_ftp_content (fixture->ftp, UNIX_LIST_ALL);
  listing = test_list (fixture->client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 3);
  test_ftp_answer (fixture->ftp, "LIST", "550 Permission denied\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
  g_clear_error (&fixture->error);
  test_ftp_answer_only (fixture->ftp, "LIST", "150 list\r\n{half}426 broken\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
}

/* MLSD where MLST is listed; the facts that the server has and does not tell are asked for. */
static void
test_mlsd (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;
  TlFtpListingItem item;

  test_ftp_answer (fixture->ftp, "FEAT", "211-x\r\n MLST type*;size*;modify*;UNIX.mode;media-type;\r\n MDTM\r\n211 End\r\n");
  test_ftp_content (fixture->ftp, "Type=cdir;Modify=20200102030405; .\r\nType=file;Size=5;Modify=20200102030405  blank\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
  tl_ftp_listing_get_entry (listing, 0, &item);
  g_assert_cmpmem (item.name, item.name_length, " blank", 6);
  g_assert_cmpint (item.time, ==, 1577934245);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "OPTS MLST type;size;modify;unix.mode;"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 0);
  /* Its times are UTC: nothing is to be found out. */
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "MDTM"), ==, 0);
}

/* Systems with another code than ASCII are asked for text, all others for what is there; files come as they are afterwards. */
static void
test_type (Fixture       *fixture,
           gconstpointer  data)
{
  const gboolean text = data != NULL;
  g_autoptr (TlFtpListing) listing = NULL;

  if (text)
    test_ftp_answer (fixture->ftp, "SYST", "215 MVS is the operating system\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "TYPE A"), ==, text ? 1 : 0);
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "TYPE I"), ==, 1);
}

/* More entries than can be shown: said so, and nothing is cut off in silence. */
static void
test_too_many_entries (Fixture       *fixture,
                       gconstpointer  data)
{
  const char line[] = "+,\tf\r\n";
  const gsize length = strlen (line);
  const gsize n = TL_FTP_LISTING_MAX_ENTRIES + 1;
  char *all = g_malloc (n * length);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (TlFtpListing) listing = NULL;

  for (gsize i = 0; i < n; i++)
    memcpy (all + i * length, line, length);
  content = g_bytes_new_take (all, n * length);
  test_ftp_answer (fixture->ftp, "SYST", "215 EPLF\r\n");
  test_ftp_content_bytes (fixture->ftp, content);
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_clear_error (&fixture->error);
  /* One less is all right. */
  {
    g_autoptr (GBytes) less = g_bytes_new_from_bytes (content, 0, (n - 1) * length);

    test_ftp_content_bytes (fixture->ftp, less);
  }
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, n - 1);
}

/* A list that goes on and on, of whatever: given up at the bound, and the connection is of use afterwards. */
static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *much = g_strnfill (4 * 1024 * 1024, 'x');

  test_ftp_answer (fixture->ftp, "SYST", "215 other\r\n");
  test_ftp_content (fixture->ftp, much);
  test_ftp_answer (fixture->ftp, "LIST", "150 list\r\n{pour}426 broken\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 1);
}

/* The same in lines of next to nothing. */
static void
test_endless_lines (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *much = g_strnfill (1024 * 1024, '\n');

  for (gsize i = 0; i < 1024 * 1024; i += 3)
    much[i] = 'x';
  test_ftp_answer (fixture->ftp, "SYST", "215 other\r\n");
  test_ftp_content (fixture->ftp, much);
  test_ftp_answer (fixture->ftp, "LIST", "150 list\r\n{pour}426 broken\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
}

#define ADD_HASTY(path, func) g_test_add (path, Fixture, NULL, set_up_hasty, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ftp-folder/list", test_lists);
  ADD ("/ftp-folder/list-without-all", test_list_without_all);
  ADD ("/ftp-folder/all-refused-later", test_all_refused_later);
  ADD ("/ftp-folder/mlsd", test_mlsd);
  g_test_add ("/ftp-folder/type/image", Fixture, NULL, set_up, test_type, tear_down);
  g_test_add ("/ftp-folder/type/text", Fixture, "text", set_up, test_type, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (empties); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-folder/empty/", empties[i].name, NULL);

      g_test_add (path, Fixture, &empties[i], set_up_hasty, test_empty, tear_down);
    }
  ADD_HASTY ("/ftp-folder/empty/active", test_active_empty);
  ADD_HASTY ("/ftp-folder/refused", test_list_refused);
  ADD_HASTY ("/ftp-folder/zone", test_zone);
  ADD ("/ftp-folder/too-many-entries", test_too_many_entries);
  ADD ("/ftp-folder/endless", test_endless);
  ADD ("/ftp-folder/endless-lines", test_endless_lines);
  return g_test_run ();
}
