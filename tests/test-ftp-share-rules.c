/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ftp-ascii.h"
#include "tl-ftp-part.h"
#include "tl-ftp-server-command.h"
#include "tl-ftp-server.h"
#include "tl-ftp-share.h"

#include "tl-test-folder.h"

#include <string.h>
#include <time.h>

static const char *const own[] = { "192.168.1.5", "10.0.0.7", "fd00::5", NULL };
static const char *const nowhere[] = { NULL };

static void
assert_urls (const char         *address,
             const char * const *addresses,
             const char         *wanted)
{
  g_auto (GStrv) urls = tl_ftp_server_make_urls (address, 2121, addresses);
  g_autofree char *text = g_strjoinv (" ", urls);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_urls (void)
{
  assert_urls ("127.0.0.1", own, "ftp://127.0.0.1:2121/");
  assert_urls ("192.168.1.5", own, "ftp://192.168.1.5:2121/");
  assert_urls ("fd00::5", own, "ftp://[fd00::5]:2121/");
  assert_urls ("fe80::5%eth0", own, "ftp://[fe80::5%25eth0]:2121/");
  assert_urls ("0.0.0.0", own, "ftp://192.168.1.5:2121/ ftp://10.0.0.7:2121/");
  assert_urls ("::", own, "ftp://[fd00::5]:2121/");
  assert_urls ("0.0.0.0", nowhere, "ftp://127.0.0.1:2121/");
  assert_urls ("::", nowhere, "ftp://[::1]:2121/");
}

static void
assert_address (const char         *address,
                const char * const *addresses,
                const char         *begins)
{
  g_autofree char *sentence = tl_ftp_server_judge_address (address, addresses, addresses);

  if (begins == NULL)
    g_assert_null (sentence);
  else
    g_assert_true (g_str_has_prefix (sentence, begins));
}

static void
test_addresses (void)
{
  assert_address ("127.0.0.1", nowhere, NULL);
  assert_address ("::1", nowhere, NULL);
  assert_address ("192.168.1.5", own, NULL);
  assert_address ("FD00:0::5", own, NULL);
  assert_address ("192.168.1.6", own, "The address 192.168.1.6 is gone");
  assert_address ("192.168.1.5", nowhere, "The address 192.168.1.5 is gone");
  assert_address ("0.0.0.0", own, NULL);
  assert_address ("0.0.0.0", nowhere, "This computer is in no network");
  assert_address ("0.0.0.0", own + 2, "This computer is in no network");
  assert_address ("::", own + 2, NULL);
  assert_address ("::", nowhere, "This computer is in no network");
}

static void
test_ports (void)
{
  static const struct {
    guint    min;
    guint    max;
    guint    port;
    gboolean good;
  } cases[] = {
    { 0, 0, 2121, TRUE },         { 50000, 50010, 2121, TRUE }, { 50000, 50000, 2121, TRUE }, { 1024, 65535, 0, TRUE },  { 50000, 0, 2121, FALSE },
    { 0, 50000, 2121, FALSE },    { 50001, 50000, 2121, FALSE }, { 1023, 50000, 2, FALSE },    { 2121, 2121, 2121, FALSE }, { 2000, 3000, 2121, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = tl_ftp_server_check_ports (cases[i].min, cases[i].max, cases[i].port);

      g_assert_cmpint (sentence == NULL, ==, cases[i].good);
    }
}

static void
test_risks (void)
{
  g_assert_cmpint (tl_ftp_share_judge ("/", "/home/li"), ==, TL_FTP_SHARE_ROOT);
  g_assert_cmpint (tl_ftp_share_judge ("//./", "/home/li"), ==, TL_FTP_SHARE_ROOT);
  g_assert_cmpint (tl_ftp_share_judge ("/home/li/", "/home/li"), ==, TL_FTP_SHARE_HOME);
  g_assert_cmpint (tl_ftp_share_judge ("/home/li/a/..", "/home/li/"), ==, TL_FTP_SHARE_HOME);
  g_assert_cmpint (tl_ftp_share_judge ("/home", "/home/li"), ==, TL_FTP_SHARE_HOMES);
  g_assert_cmpint (tl_ftp_share_judge ("/hom", "/home/li"), ==, TL_FTP_SHARE_NO_RISK);
  g_assert_cmpint (tl_ftp_share_judge ("/home/li/Public", "/home/li"), ==, TL_FTP_SHARE_NO_RISK);
  g_assert_cmpint (tl_ftp_share_judge ("/home/lili", "/home/li"), ==, TL_FTP_SHARE_NO_RISK);
}

static void
test_still_there (void)
{
  g_autoptr (TlFtpShare) share = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *other = NULL;

  test_folder_make ();
  folder = g_build_filename (test_folder, "shared", NULL);
  other = g_build_filename (test_folder, "other", NULL);
  g_assert_no_errno (g_mkdir (folder, 0700));
  share = tl_ftp_share_new (folder, NULL);
  g_assert_true (tl_ftp_share_is_at (share, folder));
  g_assert_no_errno (g_rename (folder, other));
  g_assert_false (tl_ftp_share_is_at (share, folder));
  g_assert_true (tl_ftp_share_is_at (share, other));
  /* Another one with its name. */
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_false (tl_ftp_share_is_at (share, folder));
  g_assert_no_errno (g_rmdir (other));
  g_assert_false (tl_ftp_share_is_at (share, other));
  test_folder_remove ();
}

/* Whatever the sizes of the pieces are. */
static void
assert_converted (gboolean    out,
                  const char *text,
                  const char *wanted)
{
  for (gsize size = 1; size <= 5; size++)
    {
      g_autoptr (GConverter) converter = tl_ftp_ascii_new (out);
      g_autoptr (GInputStream) bytes = g_memory_input_stream_new_from_data (text, -1, NULL);
      g_autoptr (GInputStream) stream = g_converter_input_stream_new (bytes, converter);
      g_autoptr (GConverter) other = tl_ftp_ascii_new (out);
      g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
      g_autoptr (GOutputStream) sink = g_converter_output_stream_new (memory, other);
      g_autoptr (GString) result = g_string_new (NULL);
      char piece[8];
      gssize n;

      while ((n = g_input_stream_read (stream, piece, size, NULL, NULL)) > 0)
        g_string_append_len (result, piece, n);
      g_assert_cmpint (n, ==, 0);
      g_assert_cmpstr (result->str, ==, wanted);
      for (gsize at = 0; at < strlen (text); at += size)
        g_assert_true (g_output_stream_write_all (sink, text + at, MIN (size, strlen (text) - at), NULL, NULL, NULL));
      g_assert_true (g_output_stream_close (sink, NULL, NULL));
      g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)), g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)),
                       wanted, strlen (wanted));
    }
}

static void
test_ascii (void)
{
  assert_converted (TRUE, "", "");
  assert_converted (TRUE, "a\nb\n\n", "a\r\nb\r\n\r\n");
  assert_converted (TRUE, "a\r\nb\rc\r", "a\r\nb\rc\r");
  assert_converted (TRUE, "\n", "\r\n");
  assert_converted (FALSE, "", "");
  assert_converted (FALSE, "a\r\nb\r\n\r\n", "a\nb\n\n");
  assert_converted (FALSE, "a\rb\r\r\nc\r", "a\rb\r\nc\r");
  assert_converted (FALSE, "a\nb", "a\nb");
}

static void
test_part (void)
{
  g_autoptr (GInputStream) bytes = g_memory_input_stream_new_from_data ("0123456789", -1, NULL);
  g_autoptr (GInputStream) part = tl_ftp_part_new (bytes, 4);
  char text[16] = { 0 };
  gsize n;

  g_assert_true (g_input_stream_read_all (part, text, sizeof text, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (text, ==, "0123");
}

static gsize
split (const char *text,
       gint64     *seconds)
{
  return tl_ftp_request_split_time ((const guint8 *) text, strlen (text), seconds);
}

static gboolean
range (const char *text,
       gint64     *first,
       gint64     *last)
{
  return tl_ftp_request_parse_range ((const guint8 *) text, strlen (text), first, last);
}

static void
test_arguments (void)
{
  gint64 seconds, first, last;

  g_assert_cmpuint (split ("20200202000000 a b", &seconds), ==, 15);
  g_assert_cmpint (seconds, ==, 1580601600);
  g_assert_cmpuint (split ("20200202000000.123 a", &seconds), ==, 19);
  g_assert_cmpuint (split ("20200202000000 ", &seconds), ==, 0);
  g_assert_cmpuint (split ("20200202000000", &seconds), ==, 0);
  g_assert_cmpuint (split ("20201302000000 a", &seconds), ==, 0);
  g_assert_cmpuint (split ("a 20200202000000", &seconds), ==, 0);
  g_assert_cmpuint (split ("", &seconds), ==, 0);
  g_assert_true (range ("3 10", &first, &last));
  g_assert_cmpint (first, ==, 3);
  g_assert_cmpint (last, ==, 10);
  g_assert_false (range ("3", &first, &last));
  g_assert_false (range ("3 ", &first, &last));
  g_assert_false (range (" 3", &first, &last));
  g_assert_false (range ("3 1 2", &first, &last));
  g_assert_false (range ("3 99999999999999999999", &first, &last));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* What is shown is told when it is another one, and then only. */
static void
test_told (void)
{
  g_autoptr (TlFtpAccount) guest = tl_ftp_account_new (TL_FTP_ACCOUNT_GUEST, "guest1", "$y$", "", FALSE, 3600);
  g_autoptr (TlFtpAccount) registered = tl_ftp_account_new (TL_FTP_ACCOUNT_REGISTERED, "li", "$y$", "", FALSE, 0);
  guint n_address = 0, n_back = 0, n_over = 0, n_registered = 0;
  gint64 first, second;

  g_signal_connect_swapped (guest, "notify::address", G_CALLBACK (count_cb), &n_address);
  g_signal_connect_swapped (guest, "notify::back-until", G_CALLBACK (count_cb), &n_back);
  g_signal_connect_swapped (guest, "notify::over", G_CALLBACK (count_cb), &n_over);
  g_signal_connect_swapped (registered, "notify", G_CALLBACK (count_cb), &n_registered);
  tl_ftp_account_enter (guest, "192.168.1.5");
  tl_ftp_account_enter (guest, "192.168.1.5");
  tl_ftp_account_leave (guest);
  g_assert_cmpuint (n_address, ==, 1);
  g_assert_cmpuint (n_back, ==, 0);
  tl_ftp_account_leave (guest);
  g_assert_cmpuint (n_back, ==, 1);
  g_object_get (guest, "back-until", &first, NULL);
  g_object_get (guest, "back-until", &second, NULL);
  g_assert_cmpint (first, ==, second);
  tl_ftp_account_enter (guest, "192.168.1.5");
  g_assert_cmpuint (n_back, ==, 2);
  tl_ftp_account_leave (guest);
  tl_ftp_account_set_grace (guest, 0);
  tl_ftp_account_tick (guest);
  tl_ftp_account_tick (guest);
  g_object_get (guest, "back-until", &first, NULL);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpuint (n_back, ==, 4);
  g_assert_cmpuint (n_over, ==, 1);
  g_assert_cmpuint (n_address, ==, 1);
  tl_ftp_account_enter (registered, "192.168.1.5");
  tl_ftp_account_leave (registered);
  g_assert_cmpuint (n_registered, ==, 0);
}

static void
test_options (void)
{
  static const struct { const char *line, *rest; } cases[] = {
    { "LIST", "" },
    { "LIST -la", "" },
    { "STAT -a -l a b", "a b" },
    { "NLST a -l", "a -l" },
    { "LIST ./-a", "./-a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TlFtpRequest request;

      tl_ftp_request_parse (&request, (const guint8 *) cases[i].line, strlen (cases[i].line));
      tl_ftp_request_skip_options (&request);
      g_assert_cmpmem (request.argument, request.length, cases[i].rest, strlen (cases[i].rest));
    }
}

/* One visit: a computer may come back for a while, another one never. */
static void
test_guest (void)
{
  g_autoptr (TlFtpAccount) guest = tl_ftp_account_new (TL_FTP_ACCOUNT_GUEST, "guest1", "$y$", "", FALSE, 3600);
  g_autofree char *address = NULL;
  gint64 back;

  g_assert_true (tl_ftp_account_admits (guest, "192.168.1.5"));
  g_assert_true (tl_ftp_account_admits (guest, "192.168.1.6"));
  tl_ftp_account_enter (guest, "192.168.1.5");
  tl_ftp_account_enter (guest, "192.168.1.5");
  g_assert_false (tl_ftp_account_admits (guest, "192.168.1.6"));
  tl_ftp_account_leave (guest);
  g_object_get (guest, "back-until", &back, "address", &address, NULL);
  g_assert_cmpint (back, ==, 0);
  g_assert_cmpstr (address, ==, "192.168.1.5");
  tl_ftp_account_leave (guest);
  g_object_get (guest, "back-until", &back, NULL);
  g_assert_cmpint (back, >, g_get_real_time ());
  g_assert_true (tl_ftp_account_admits (guest, "192.168.1.5"));
  g_assert_false (tl_ftp_account_admits (guest, "192.168.1.6"));
  tl_ftp_account_set_grace (guest, 0);
  g_assert_false (tl_ftp_account_admits (guest, "192.168.1.5"));
  tl_ftp_account_set_grace (guest, 3600);
  /* Over is over. */
  g_assert_false (tl_ftp_account_admits (guest, "192.168.1.5"));
}

/* The sooner of two clocks: the one that can be set, and the one that runs on. */
static void
test_clocks (void)
{
  const gint64 hour = G_TIME_SPAN_HOUR;
  g_autoptr (TlFtpAccount) guest = NULL;
  g_autoptr (TlFtpAccount) endless = tl_ftp_account_new (TL_FTP_ACCOUNT_REGISTERED, "li", "$y$", "", FALSE, 0);
  struct timespec boot[2];
  gint64 expires, real, first, last;

  /* It begins between these two. */
  g_assert_no_errno (clock_gettime (CLOCK_BOOTTIME, &boot[0]));
  guest = tl_ftp_account_new (TL_FTP_ACCOUNT_GUEST, "guest1", "$y$", "", FALSE, 3600);
  g_assert_no_errno (clock_gettime (CLOCK_BOOTTIME, &boot[1]));
  g_object_get (guest, "expires", &expires, NULL);
  real = expires - hour;
  g_assert_false (tl_ftp_account_has_expired (guest));
  first = boot[0].tv_sec * G_USEC_PER_SEC + boot[0].tv_nsec / 1000;
  g_assert_false (tl_ftp_account_has_expired_at (guest, expires - 1, first + hour - 1));
  g_assert_true (tl_ftp_account_has_expired_at (guest, expires, first));
  last = boot[1].tv_sec * G_USEC_PER_SEC + boot[1].tv_nsec / 1000;
  g_assert_true (tl_ftp_account_has_expired_at (guest, real, last + hour));
  /* The clock was set back by a day. */
  g_assert_true (tl_ftp_account_has_expired_at (guest, real - 24 * hour, last + hour));
  g_assert_false (tl_ftp_account_has_expired_at (guest, real - 24 * hour, first + hour - 1));
  g_assert_false (tl_ftp_account_has_expired_at (endless, G_MAXINT64, G_MAXINT64));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp/share/urls", test_urls);
  g_test_add_func ("/ftp/share/clocks", test_clocks);
  g_test_add_func ("/ftp/share/addresses", test_addresses);
  g_test_add_func ("/ftp/share/ports", test_ports);
  g_test_add_func ("/ftp/share/risks", test_risks);
  g_test_add_func ("/ftp/share/still-there", test_still_there);
  g_test_add_func ("/ftp/share/ascii", test_ascii);
  g_test_add_func ("/ftp/share/part", test_part);
  g_test_add_func ("/ftp/share/arguments", test_arguments);
  g_test_add_func ("/ftp/share/options", test_options);
  g_test_add_func ("/ftp/share/guest", test_guest);
  g_test_add_func ("/ftp/share/told", test_told);
  return g_test_run ();
}
