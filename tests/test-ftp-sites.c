/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks: kept over a restart, taken back when the database refuses; and what is read from FileZilla. */
#include "tl-ftp-sites.h"

#include "tl-schema.h"
#include "tl-test-database.h"

#include <string.h>

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_ftp_sites_load_finish (TL_FTP_SITES (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Everything that was asked of the database before has been done when this returns. */
static void
load (TlFtpSites *sites)
{
  gboolean done = FALSE;

  tl_ftp_sites_load_async (sites, NULL, loaded_cb, &done);
  test_wait (done);
}

static TlFtpSite *
make_site (const char *name)
{
  return g_object_new (TL_TYPE_FTP_SITE, "name", name, "host", "ftp.example.org", NULL);
}

static char *
dup_titles (TlFtpSites *sites)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sites)); i++)
    {
      g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (sites), i);
      g_autofree char *title = tl_ftp_site_dup_title (site);

      g_string_append_printf (titles, "%s,", title);
    }

  return g_string_free (titles, FALSE);
}

static void
assert_titles (TlFtpSites *sites,
               const char *expected)
{
  g_autofree char *titles = dup_titles (sites);

  g_assert_cmpstr (titles, ==, expected);
}

/* A list that is kept up by the signal alone is the list. */
static void
mirror_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           GPtrArray  *mirror)
{
  if (removed)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, position + i, g_list_model_get_item (model, position + i));
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr (TlFtpSite) site = g_list_model_get_item (model, i);

      g_assert_true (site == g_ptr_array_index (mirror, i));
    }
}

static void
test_keep (void)
{
  TlDatabase *database = test_database_open ("keep.db", tl_schema);
  TlFtpSites *sites = tl_ftp_sites_new (database);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) dir = g_bytes_new_static ("/\xd6\xd0\xce\xc4/ x", 8);
  g_autoptr (TlFtpSite) full = g_object_new (TL_TYPE_FTP_SITE, "name", "学校", "host", "::1", "port", 2121u,
                                             "security", TL_FTP_SECURITY_IMPLICIT, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "张三",
                                             "anonymous-password", "a@b", "keep-password", TRUE, "charset", (int) TL_CHARSET_GB18030,
                                             "start-dir", dir, "active-mode", TRUE, NULL);
  g_autoptr (TlFtpSite) plain = make_site ("b");
  g_autoptr (TlFtpSite) gone = make_site ("c");
  gint64 id;

  g_signal_connect (sites, "items-changed", G_CALLBACK (mirror_cb), mirror);
  tl_ftp_sites_save (sites, full);
  tl_ftp_sites_save (sites, plain);
  tl_ftp_sites_save (sites, gone);
  assert_titles (sites, "b,c,学校,");
  g_object_get (plain, "id", &id, NULL);
  g_assert_cmpint (id, >, 0);

  /* The same one again, before it has been written: it is changed, and moves to its place. */
  g_object_set (plain, "name", "d", NULL);
  assert_titles (sites, "b,c,学校,");
  tl_ftp_sites_save (sites, plain);
  assert_titles (sites, "c,d,学校,");
  tl_ftp_sites_remove (sites, gone);
  assert_titles (sites, "d,学校,");
  load (sites);
  assert_titles (sites, "d,学校,");
  g_assert_finalize_object (sites);
  tl_database_close (database);
  g_assert_finalize_object (database);

  database = test_database_open ("keep.db", tl_schema);
  sites = tl_ftp_sites_new (database);
  load (sites);
  assert_titles (sites, "d,学校,");
  {
    g_autoptr (TlFtpSite) first = g_list_model_get_item (G_LIST_MODEL (sites), 0);
    g_autoptr (TlFtpSite) second = g_list_model_get_item (G_LIST_MODEL (sites), 1);

    g_assert_true (tl_ftp_site_equal (first, plain));
    g_assert_true (tl_ftp_site_equal (second, full));
  }
  g_object_unref (sites);
  g_object_unref (database);
}

static void
count_failed_cb (TlFtpSites *sites,
                 const char *sentence,
                 guint      *count)
{
  g_assert_true (g_str_has_prefix (sentence, "Another program holds Tonglu’s database."));
  ++*count;
}

/* What the database refuses goes back to what it has. */
static void
test_refused (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("refused.db", tl_schema);
  g_autoptr (TlFtpSites) sites = tl_ftp_sites_new (database);
  g_autoptr (TlFtpSite) kept = make_site ("kept");
  g_autoptr (TlFtpSite) removed = make_site ("removed");
  g_autoptr (TlFtpSite) new = make_site ("new");
  g_autofree char *path = g_build_filename (test_folder, "refused.db", NULL);
  guint n_failed = 0;
  sqlite3 *other;

  tl_database_set_patience (database, 50);
  tl_ftp_sites_save (sites, kept);
  tl_ftp_sites_save (sites, removed);
  tl_ftp_sites_set_trusted (sites, "h", 21, "AA:BB");
  load (sites);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_signal_connect (sites, "failed", G_CALLBACK (count_failed_cb), &n_failed);
  g_object_set (kept, "name", "changed", NULL);
  tl_ftp_sites_save (sites, kept);
  g_object_set (kept, "name", "changed twice", NULL);
  tl_ftp_sites_save (sites, kept);
  tl_ftp_sites_remove (sites, removed);
  tl_ftp_sites_save (sites, new);
  tl_ftp_sites_set_trusted (sites, "h", 21, "CC:DD");
  assert_titles (sites, "changed twice,new,");
  g_assert_cmpstr (tl_ftp_sites_get_trusted (sites, "h", 21), ==, "CC:DD");

  test_wait (n_failed == 5);
  assert_titles (sites, "kept,removed,");
  g_assert_cmpstr (tl_ftp_sites_get_trusted (sites, "h", 21), ==, "AA:BB");

  sqlite3_close (other);
  tl_ftp_sites_save (sites, new);
  load (sites);
  assert_titles (sites, "kept,new,removed,");
  g_assert_cmpuint (n_failed, ==, 5);
}

static void
test_trusted (void)
{
  TlDatabase *database = test_database_open ("trusted.db", tl_schema);
  TlFtpSites *sites = tl_ftp_sites_new (database);

  g_assert_null (tl_ftp_sites_get_trusted (sites, "ftp.example.org", 21));
  tl_ftp_sites_set_trusted (sites, "FTP.example.org", 21, "AA");
  tl_ftp_sites_set_trusted (sites, "ftp.example.org", 990, "BB");
  tl_ftp_sites_set_trusted (sites, "other", 21, "CC");
  tl_ftp_sites_set_trusted (sites, "other", 21, NULL);
  load (sites);
  g_object_unref (sites);
  g_object_unref (database);

  database = test_database_open ("trusted.db", tl_schema);
  sites = tl_ftp_sites_new (database);
  load (sites);
  g_assert_cmpstr (tl_ftp_sites_get_trusted (sites, "ftp.example.org", 21), ==, "AA");
  g_assert_cmpstr (tl_ftp_sites_get_trusted (sites, "ftp.EXAMPLE.org", 990), ==, "BB");
  g_assert_null (tl_ftp_sites_get_trusted (sites, "ftp.example.org", 2121));
  g_assert_null (tl_ftp_sites_get_trusted (sites, "other", 21));
  g_object_unref (sites);
  g_object_unref (database);
}

static const char filezilla[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<FileZilla3 version=\"3.63.0\" platform=\"*nix\"><Servers>\n"
  " <Server><Host>ftp.example.org</Host><Port>21</Port><Protocol>0</Protocol><Type>0</Type><Logontype>0</Logontype>"
  "  <PasvMode>MODE_DEFAULT</PasvMode><EncodingType>Auto</EncodingType><Name>A &amp; B</Name><RemoteDir>1 0 4 home 3 dir</RemoteDir></Server>\n"
  " <Folder expanded=\"1\">公司&#xA;<Folder expanded=\"0\">NAS"
  "  <Server><Host>10.0.0.2</Host><Port>2121</Port><Protocol>4</Protocol><Logontype>1</Logontype><User>张三</User>"
  "   <Pass encoding=\"base64\">c2VjcmV0</Pass><PasvMode>MODE_ACTIVE</PasvMode><EncodingType>Custom</EncodingType>"
  "   <CustomEncoding>GB18030</CustomEncoding><Name>备份</Name><RemoteDir>1 0 5 a b c 2 目录</RemoteDir></Server></Folder>\n"
  "  <Server><Host>b.example.org</Host><Port>990</Port><Protocol>3</Protocol><Logontype>2</Logontype><User>me</User>Old name</Server></Folder>\n"
  " <Server><Host>c.example.org</Host><Port>22</Port><Protocol>1</Protocol><Name>SFTP</Name></Server>\n"
  " <Server><Host>d.example.org</Host><Port>21</Port><Protocol>6</Protocol><Logontype>4</Logontype><User>x</User>"
  "  <EncodingType>UTF-8</EncodingType><Name></Name><RemoteDir>1 0 9 home</RemoteDir></Server>\n"
  " <Server><Host></Host><Port>21</Port><Protocol>0</Protocol><Name>nowhere</Name></Server>\n"
  "</Servers></FileZilla3>";

static void
assert_site (TlFtpSite        *site,
             const char       *name,
             const char       *host,
             guint             port,
             TlFtpSecurity     security,
             TlFtpAccountKind  kind,
             const char       *user,
             TlFtpCharset      charset,
             const char       *dir,
             gboolean          active)
{
  g_autoptr (GBytes) start_dir = dir ? g_bytes_new (dir, strlen (dir)) : NULL;
  g_autoptr (TlFtpSite) expected = g_object_new (TL_TYPE_FTP_SITE, "name", name, "host", host, "port", port, "security", security,
                                                 "account-kind", kind, "user", user, "charset", charset, "start-dir", start_dir,
                                                 "active-mode", active, NULL);
  g_autofree char *actual_name = NULL;

  g_object_get (site, "name", &actual_name, NULL);
  g_assert_cmpstr (actual_name, ==, name);
  g_assert_true (tl_ftp_site_equal (site, expected));
}

static void
test_filezilla (void)
{
  g_autoptr (GBytes) xml = g_bytes_new_static (filezilla, strlen (filezilla));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sites = NULL;
  guint n_left_out = 99;

  sites = tl_ftp_sites_parse_filezilla (xml, &n_left_out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sites->len, ==, 4);
  g_assert_cmpuint (n_left_out, ==, 2);
  assert_site (g_ptr_array_index (sites, 0), "A & B", "ftp.example.org", 0, TL_FTP_SECURITY_AUTO, TL_FTP_ACCOUNT_ANONYMOUS, "",
               TL_FTP_CHARSET_AUTO, "/home/dir", FALSE);
  assert_site (g_ptr_array_index (sites, 1), "公司 / NAS / 备份", "10.0.0.2", 2121, TL_FTP_SECURITY_EXPLICIT, TL_FTP_ACCOUNT_REGISTERED, "张三",
               TL_CHARSET_GB18030, "/a b c/目录", TRUE);
  assert_site (g_ptr_array_index (sites, 2), "公司 / Old name", "b.example.org", 0, TL_FTP_SECURITY_IMPLICIT, TL_FTP_ACCOUNT_GUEST, "me",
               TL_FTP_CHARSET_AUTO, NULL, FALSE);
  assert_site (g_ptr_array_index (sites, 3), "d.example.org", "d.example.org", 0, TL_FTP_SECURITY_NONE, TL_FTP_ACCOUNT_REGISTERED, "x",
               TL_CHARSET_UTF_8, NULL, FALSE);
}

static void
assert_refused (const char *data,
                gsize       length,
                const char *begin)
{
  g_autoptr (GBytes) xml = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;
  guint n_left_out;

  g_assert_null (tl_ftp_sites_parse_filezilla (xml, &n_left_out, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
  g_assert_true (g_str_has_prefix (error->message, begin));
}

static void
test_filezilla_bad (void)
{
  g_autoptr (GString) text = g_string_new ("<FileZilla3><Servers>");
  g_autofree char *large = g_malloc0 (8 * 1024 * 1024 + 1);

  assert_refused ("", 0, "The file is not FileZilla’s");
  assert_refused (NULL, 0, "The file is not FileZilla’s");
  assert_refused ("no xml", 6, "The file is not FileZilla’s");
  assert_refused ("<html></html>", 13, "The file is not FileZilla’s");
  assert_refused ("<FileZilla3><Servers>", 21, "The file is not FileZilla’s");
  assert_refused ("<FileZilla3>\xff</FileZilla3>", 26, "The file is not FileZilla’s");
  assert_refused ("<FileZilla3><![CDATA[\xff]></x>", 31, "The file is not FileZilla’s");
  assert_refused (large, 8 * 1024 * 1024 + 1, "The file is too large");

  for (guint i = 0; i < 101; i++)
    g_string_append (text, "<Folder>");
  assert_refused (text->str, text->len, "The list of sites is nested too deeply");

  g_string_assign (text, "<FileZilla3><Servers>");
  for (guint i = 0; i < 10001; i++)
    g_string_append (text, "<Server><Host>h</Host></Server>");
  assert_refused (text->str, text->len, "There are too many sites");
}

/* A file that was made to be slow, or to become much larger in memory than it is. */
static void
test_filezilla_hostile (void)
{
  g_autoptr (GString) text = g_string_new ("<FileZilla3><Servers>");
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (GPtrArray) sites = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dir = NULL;
  g_autofree char *long_name = g_strnfill (1000000, 'n');
  g_autofree char *name = g_strnfill (1000, 'f');
  g_autofree char *title = NULL;

  g_string_append (text, "<Server><Host>h</Host><RemoteDir>1 0");
  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, " 1 a");
  g_string_append_printf (text, "</RemoteDir></Server><Server><Host>h</Host><RemoteDir>1 0 18446744073709551615 a</RemoteDir><Name>%s</Name></Server>", long_name);
  for (guint i = 0; i < 90; i++)
    g_string_append_printf (text, "<Folder>%s", name);
  g_string_append (text, "<Server><Host>last</Host></Server>");
  for (guint i = 0; i < 90; i++)
    g_string_append (text, "</Folder>");
  g_string_append (text, "</Servers></FileZilla3>");

  xml = g_string_free_to_bytes (g_steal_pointer (&text));
  sites = tl_ftp_sites_parse_filezilla (xml, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sites->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&dir, g_bytes_unref);
      g_clear_pointer (&title, g_free);
      g_object_get (g_ptr_array_index (sites, i), "start-dir", &dir, NULL);
      title = tl_ftp_site_dup_title (g_ptr_array_index (sites, i));
      g_assert_null (dir);
      g_assert_cmpstr (title, ==, "h");
    }
  g_clear_pointer (&title, g_free);
  title = tl_ftp_site_dup_title (g_ptr_array_index (sites, 2));
  g_assert_true (g_str_has_suffix (title, " / last"));
  g_assert_cmpuint (strlen (title), <, 4096);
}

/* As many as a file may have: saved in one go, and not so slowly that the window stops. */
static void
test_many (void)
{
  g_autoptr (TlDatabase) database = test_database_open ("many.db", tl_schema);
  g_autoptr (TlFtpSites) sites = tl_ftp_sites_new (database);
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("site %u", (i * 7919) % 10000);

      g_ptr_array_add (many, make_site (name));
    }
  tl_ftp_sites_save_all (sites, many);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sites)), ==, 10000);
  load (sites);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sites)), ==, 10000);
  tl_ftp_sites_remove (sites, g_ptr_array_index (many, 5000));
  load (sites);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sites)), ==, 9999);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/ftp-sites/keep", test_keep);
  g_test_add_func ("/ftp-sites/refused", test_refused);
  g_test_add_func ("/ftp-sites/trusted", test_trusted);
  g_test_add_func ("/ftp-sites/filezilla", test_filezilla);
  g_test_add_func ("/ftp-sites/filezilla-bad", test_filezilla_bad);
  g_test_add_func ("/ftp-sites/filezilla-hostile", test_filezilla_hostile);
  g_test_add_func ("/ftp-sites/many", test_many);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
