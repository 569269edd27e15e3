/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ftp-account.h"
#include "tl-ftp-password.h"
#include "tl-ftp-server-tls.h"
#include "tl-ftp-server.h"
#include "tl-ftp-share.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
in_folder (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

static void
put (const char *name,
     const char *text)
{
  g_autofree char *path = in_folder (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_link (const char *target,
           const char *name)
{
  g_autofree char *path = in_folder (name);

  g_assert_no_errno (symlink (target, path));
}

/* "shared" with files, folders and links of all kinds; "outside" beside it. */
static TlFtpShare *
make_share (gconstpointer plain)
{
  static const char *const folders[] = { "shared", "shared/sub", "shared/sub/deep", "outside" };
  g_autofree char *top = NULL;
  g_autofree char *fifo = NULL;
  g_autofree char *absolute = NULL;
  TlFtpShare *share;

  test_folder_make ();
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = in_folder (folders[i]);

      g_assert_no_errno (g_mkdir (path, 0700));
    }
  put ("shared/a.txt", "hello");
  put ("shared/sub/b.txt", "there");
  put ("outside/secret", "secret");
  absolute = in_folder ("outside/secret");
  make_link ("../outside/secret", "shared/out");
  make_link (absolute, "shared/absolute");
  make_link ("/", "shared/root");
  make_link ("../outside", "shared/sub/out-dir");
  make_link ("a.txt", "shared/inside");
  make_link ("sub", "shared/inside-dir");
  make_link ("..", "shared/sub/up");
  make_link ("nowhere", "shared/dangling");
  make_link ("../outside/new", "shared/dangling-out");
  make_link ("/proc/self/cwd", "shared/magic");
  fifo = in_folder ("shared/pipe");
  g_assert_no_errno (mkfifo (fifo, 0600));
  top = in_folder ("shared");
  share = tl_ftp_share_new (top, NULL);
  g_assert_nonnull (share);
  if (plain)
    tl_ftp_share_set_plain (share);
  return share;
}

static void
assert_outside_untouched (void)
{
  g_autofree char *secret = in_folder ("outside/secret");
  g_autofree char *new = in_folder ("outside/new");
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_true (g_file_get_contents (secret, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "secret");
  g_assert_cmpint (g_stat (new, &info), ==, -1);
}

static void
test_links (gconstpointer plain)
{
  static const char *const ways_out[] = { "out", "absolute", "root", "root/etc/passwd", "sub/out-dir", "sub/out-dir/secret", "magic",
                                          "sub/up/sub/up/sub/up/../../outside/secret", "dangling-out", "../outside/secret", "sub/../../outside" };
  g_autoptr (TlFtpShare) share = make_share (plain);

  for (guint i = 0; i < G_N_ELEMENTS (ways_out); i++)
    {
      g_autofree char *inner = g_strconcat (ways_out[i], "/x", NULL);
      struct stat info;
      gboolean made;
      int fd;

      g_assert_cmpint (tl_ftp_share_stat (share, ways_out[i], &info), !=, 0);
      g_assert_cmpint (tl_ftp_share_open_read (share, ways_out[i], &fd, &info), !=, 0);
      g_assert_cmpint (fd, ==, -1);
      g_assert_cmpint (tl_ftp_share_open_write (share, ways_out[i], 0, &fd, &made), !=, 0);
      g_assert_cmpint (tl_ftp_share_make_folder (share, inner), !=, 0);
      g_assert_cmpint (tl_ftp_share_rename (share, "a.txt", inner), !=, 0);
      g_assert_cmpint (tl_ftp_share_set_time (share, ways_out[i], 1), !=, 0);
      g_assert_cmpint (tl_ftp_share_remove (share, inner, FALSE), !=, 0);
    }
  assert_outside_untouched ();
  test_folder_remove ();
}

static void
test_inside (gconstpointer plain)
{
  g_autoptr (TlFtpShare) share = make_share (plain);
  g_autofree char *hex = NULL;
  struct stat info;
  gint64 size;
  int fd;

  /* Links within the folder are followed where the kernel can see to it that they stay there. */
  g_assert_cmpint (tl_ftp_share_stat (share, "inside", &info), ==, tl_ftp_share_is_beneath (share) ? 0 : ELOOP);
  g_assert_cmpint (tl_ftp_share_stat (share, "", &info), ==, 0);
  g_assert_true (S_ISDIR (info.st_mode));
  g_assert_cmpint (tl_ftp_share_open_read (share, "sub/b.txt", &fd, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 5);
  close (fd);
  g_assert_cmpint (tl_ftp_share_open_read (share, "sub", &fd, &info), ==, EISDIR);
  g_assert_cmpint (tl_ftp_share_open_read (share, "pipe", &fd, &info), ==, ENXIO);
  g_assert_cmpint (tl_ftp_share_open_read (share, "missing", &fd, &info), ==, ENOENT);
  g_assert_cmpint (tl_ftp_share_hash (share, "a.txt", 0, -1, NULL, &hex, &size), ==, 0);
  g_assert_cmpstr (hex, ==, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  g_assert_cmpint (size, ==, 5);
  g_assert_cmpint (tl_ftp_share_make_folder (share, "new"), ==, 0);
  g_assert_cmpint (tl_ftp_share_make_folder (share, "new"), ==, EEXIST);
  g_assert_cmpint (tl_ftp_share_rename (share, "a.txt", "new/c.txt"), ==, 0);
  g_assert_cmpint (tl_ftp_share_set_time (share, "new/c.txt", 1709208000), ==, 0);
  g_assert_cmpint (tl_ftp_share_stat (share, "new/c.txt", &info), ==, 0);
  g_assert_cmpint (info.st_mtime, ==, 1709208000);
  g_assert_cmpint (tl_ftp_share_remove (share, "new", TRUE), ==, ENOTEMPTY);
  g_assert_cmpint (tl_ftp_share_remove (share, "new/c.txt", FALSE), ==, 0);
  g_assert_cmpint (tl_ftp_share_remove (share, "new", TRUE), ==, 0);
  g_assert_cmpint (tl_ftp_share_remove (share, "", TRUE), ==, EBUSY);
  g_assert_cmpint (tl_ftp_share_rename (share, "", "x"), ==, EBUSY);
  /* A link goes, not what it leads to. */
  g_assert_cmpint (tl_ftp_share_remove (share, "out", FALSE), ==, 0);
  assert_outside_untouched ();
  test_folder_remove ();
}

static void
test_writing (gconstpointer plain)
{
  g_autoptr (TlFtpShare) share = make_share (plain);
  struct stat info;
  gboolean made;
  int first, second;

  g_assert_cmpint (tl_ftp_share_open_write (share, "up", 0, &first, &made), ==, 0);
  g_assert_true (made);
  g_assert_cmpint (write (first, "12345678", 8), ==, 8);
  /* Two on one file. */
  g_assert_cmpint (tl_ftp_share_open_write (share, "up", 0, &second, &made), ==, EWOULDBLOCK);
  g_assert_cmpint (tl_ftp_share_open_read (share, "up", &second, &info), ==, EWOULDBLOCK);
  close (first);
  g_assert_cmpint (tl_ftp_share_open_read (share, "up", &first, &info), ==, 0);
  g_assert_cmpint (tl_ftp_share_open_read (share, "up", &second, &info), ==, 0);
  close (second);
  g_assert_cmpint (tl_ftp_share_open_write (share, "up", 0, &second, &made), ==, EWOULDBLOCK);
  close (first);
  g_assert_cmpint (tl_ftp_share_open_write (share, "up", 9, &first, &made), ==, ERANGE);
  g_assert_cmpint (tl_ftp_share_open_write (share, "up", 4, &first, &made), ==, 0);
  g_assert_false (made);
  g_assert_cmpint (write (first, "x", 1), ==, 1);
  close (first);
  g_assert_cmpint (tl_ftp_share_open_write (share, "up", -1, &first, &made), ==, 0);
  g_assert_cmpint (write (first, "y", 1), ==, 1);
  close (first);
  g_assert_cmpint (tl_ftp_share_stat (share, "up", &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 6);
  test_folder_remove ();
}

static void
test_listing (gconstpointer plain)
{
  g_autoptr (TlFtpShare) share = make_share (plain);
  TlFtpListingOptions options = { .style = TL_FTP_LISTING_NAMES, .facts = TL_FTP_FACTS_ALL, .typed = "p", .max_entries = 100 };
  g_autoptr (GBytes) names = NULL;
  g_autoptr (GBytes) facts = NULL;
  g_autoptr (GBytes) few = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  guint left_out;

  put ("shared/a\nb", "");
  g_assert_cmpint (tl_ftp_share_list (share, "", &options, NULL, &names, &left_out), ==, 0);
  text = g_strndup (g_bytes_get_data (names, NULL), g_bytes_get_size (names));
  g_assert_nonnull (strstr (text, "p/a.txt\r\n"));
  g_assert_nonnull (strstr (text, "p/sub\r\n"));
  g_assert_cmpint (strstr (text, "p/inside\r\n") != NULL, ==, tl_ftp_share_is_beneath (share));
  g_assert_null (strstr (text, "out"));
  g_assert_null (strstr (text, "absolute"));
  g_assert_null (strstr (text, "root"));
  g_assert_null (strstr (text, "dangling"));
  g_assert_null (strstr (text, "pipe"));
  g_assert_null (strstr (text, "a\nb"));
  options.max_entries = 1;
  g_assert_cmpint (tl_ftp_share_list (share, "", &options, NULL, &few, &left_out), ==, 0);
  g_assert_cmpuint (left_out, >, 3);
  options.style = TL_FTP_LISTING_FACTS;
  g_assert_cmpint (tl_ftp_share_list (share, "a.txt", &options, NULL, &facts, &left_out), ==, ENOTDIR);
  g_assert_cmpint (tl_ftp_share_set_time (share, "a.txt", 1709208000), ==, 0);
  g_assert_cmpint (tl_ftp_share_describe (share, "a.txt", &options, "/a.txt", &line), ==, 0);
  g_assert_true (g_str_has_prefix (line, "type=file;size=5;modify=20240229120000;perm=r;UNIX.mode=0"));
  g_assert_true (g_str_has_suffix (line, "; /a.txt"));
  test_folder_remove ();
}

static void
test_within (gconstpointer plain)
{
  g_autoptr (TlFtpShare) share = make_share (plain);
  g_autoptr (TlFtpShare) inner = NULL;
  struct stat info;
  int errsv;

  inner = tl_ftp_share_new_within (share, "sub", &errsv);
  g_assert_nonnull (inner);
  g_assert_cmpint (tl_ftp_share_stat (inner, "b.txt", &info), ==, 0);
  /* Its own folder is the top. */
  g_assert_cmpint (tl_ftp_share_stat (inner, "../a.txt", &info), !=, 0);
  g_assert_cmpint (tl_ftp_share_stat (inner, "up", &info), !=, 0);
  g_assert_null (tl_ftp_share_new_within (share, "sub/out-dir", &errsv));
  g_assert_null (tl_ftp_share_new_within (share, "a.txt", &errsv));
  test_folder_remove ();
}

static void
test_passwords (void)
{
  g_autofree char *hash = tl_ftp_password_hash ("秘密 secret");
  g_autofree char *again = tl_ftp_password_hash ("秘密 secret");
  g_autofree char *longest = g_strnfill (TL_FTP_PASSWORD_MAX, 'x');
  g_autofree char *longer = g_strnfill (TL_FTP_PASSWORD_MAX + 1, 'x');
  g_autofree char *long_hash = tl_ftp_password_hash (longest);
  g_autofree char *made = tl_ftp_password_make ();
  g_autofree char *other = tl_ftp_password_make ();

  g_assert_true (g_str_has_prefix (hash, "$y$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_null (strstr (hash, "secret"));
  g_assert_true (tl_ftp_password_verify ("秘密 secret", hash));
  g_assert_false (tl_ftp_password_verify ("秘密 secrer", hash));
  g_assert_false (tl_ftp_password_verify ("", hash));
  g_assert_false (tl_ftp_password_verify ("秘密 secret", NULL));
  g_assert_false (tl_ftp_password_verify ("x", "*"));
  g_assert_true (tl_ftp_password_verify (longest, long_hash));
  g_assert_false (tl_ftp_password_verify (longer, long_hash));
  g_assert_null (tl_ftp_password_hash (longer));
  g_assert_cmpuint (strlen (made), ==, 19);
  g_assert_cmpstr (made, !=, other);
}

static void
test_accounts (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (TL_TYPE_FTP_ACCOUNT);
  g_autoptr (GListStore) again = g_list_store_new (TL_TYPE_FTP_ACCOUNT);
  g_autoptr (TlFtpAccount) real = tl_ftp_account_new (TL_FTP_ACCOUNT_REGISTERED, "张三", "$y$x", "sub", TRUE, 0);
  g_autoptr (TlFtpAccount) guest = tl_ftp_account_new (TL_FTP_ACCOUNT_GUEST, "guest", "$y$y", "", FALSE, 60);
  g_autoptr (TlFtpAccount) kept = NULL;
  g_autoptr (GVariant) packed = NULL;

  g_list_store_append (accounts, real);
  g_list_store_append (accounts, guest);
  packed = g_variant_ref_sink (tl_ftp_accounts_pack (G_LIST_MODEL (accounts)));
  tl_ftp_accounts_unpack (again, packed);
  /* Guests end with the program. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  kept = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpstr (tl_ftp_account_get_name (kept), ==, "张三");
  g_assert_cmpstr (tl_ftp_account_get_hash (kept), ==, "$y$x");
  g_assert_cmpstr (tl_ftp_account_get_folder (kept), ==, "sub");
  g_assert_true (tl_ftp_account_get_writable (kept));

  /* A guest's password serves the first computer that uses it. */
  g_assert_true (tl_ftp_account_admits (guest, "192.0.2.1"));
  tl_ftp_account_enter (guest, "192.0.2.1");
  g_assert_true (tl_ftp_account_admits (guest, "192.0.2.1"));
  g_assert_false (tl_ftp_account_admits (guest, "192.0.2.2"));
  tl_ftp_account_leave (guest);
  g_assert_true (tl_ftp_account_admits (guest, "192.0.2.1"));
  g_assert_false (tl_ftp_account_has_expired (guest));

  g_assert_nonnull (tl_ftp_account_check_name (""));
  g_assert_nonnull (tl_ftp_account_check_name ("a b"));
  g_assert_nonnull (tl_ftp_account_check_name ("Anonymous"));
  g_assert_null (tl_ftp_account_check_name ("张三"));
}

static void
test_certificate (void)
{
  g_autofree char *file = NULL;
  g_autoptr (TlFtpCertificate) first = NULL;
  g_autoptr (TlFtpCertificate) again = NULL;
  g_autoptr (TlFtpCertificate) mended = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  test_folder_make ();
  file = g_build_filename (test_folder, "new", "certificate.pem", NULL);
  first = tl_ftp_certificate_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (strlen (tl_ftp_certificate_get_fingerprint (first)), ==, 95);
  again = tl_ftp_certificate_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_ftp_certificate_get_fingerprint (again), ==, tl_ftp_certificate_get_fingerprint (first));
  g_assert_true (g_file_set_contents (file, "nothing", -1, NULL));
  mended = tl_ftp_certificate_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_ftp_certificate_get_fingerprint (mended), !=, tl_ftp_certificate_get_fingerprint (first));
  g_assert_null (tl_ftp_certificate_load ("/proc/nowhere/certificate.pem", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  test_folder_remove ();
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GPtrArray *ends = user_data;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (ends, tl_ftp_server_start_finish (TL_FTP_SERVER (source), result, &error) ? g_strdup ("") : g_strdup (error->message));
}

/* What the first start had begun ends by itself, and neither as the second one nor instead of it. */
static void
test_start_again (void)
{
  g_autoptr (TlFtpServer) server = tl_ftp_server_new ();
  g_autoptr (GPtrArray) firsts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) seconds = g_ptr_array_new_with_free_func (g_free);

  test_folder_make ();
  g_object_set (server, "folder", test_folder, "address", "127.0.0.1", "port", 0, "tls", TL_FTP_SERVER_TLS_OFF, NULL);
  tl_ftp_server_start_async (server, NULL, started_cb, firsts);
  tl_ftp_server_stop (server);
  tl_ftp_server_start_async (server, NULL, started_cb, seconds);
  test_wait (firsts->len > 0 && seconds->len > 0);
  g_assert_cmpstr (firsts->pdata[0], !=, "");
  g_assert_cmpstr (seconds->pdata[0], ==, "");
  g_assert_cmpuint (tl_ftp_server_get_local_port (server), >, 0);
  tl_ftp_server_stop (server);
  g_assert_cmpuint (firsts->len, ==, 1);
  g_assert_cmpuint (seconds->len, ==, 1);
  test_folder_remove ();
}

static void
add (const char *name,
     void      (*func) (gconstpointer))
{
  g_autofree char *kernel = g_strconcat ("/ftp/share/", name, "/openat2", NULL);
  g_autofree char *plain = g_strconcat ("/ftp/share/", name, "/step-by-step", NULL);

  g_test_add_data_func (kernel, NULL, func);
  g_test_add_data_func (plain, GINT_TO_POINTER (TRUE), func);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("links", test_links);
  add ("inside", test_inside);
  add ("writing", test_writing);
  add ("listing", test_listing);
  add ("within", test_within);
  g_test_add_func ("/ftp/share/passwords", test_passwords);
  g_test_add_func ("/ftp/share/accounts", test_accounts);
  g_test_add_func ("/ftp/share/certificate", test_certificate);
  g_test_add_func ("/ftp/share/start-again", test_start_again);
  return g_test_run ();
}
