/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What particular replies say, with the oddities that servers have. */

#include "tl-ftp-answer.h"
#include "tl-ftp-error.h"
#include "tl-ftp-reply-test.h"

static const struct {
  const char *reply;
  guint16     port; /* 0: an error */
  const char *address;
} pasv_cases[] = {
  { "227 Entering Passive Mode (127,0,0,1,195,80).", 50000, "127.0.0.1" },
  { "227 Entering Passive Mode (127,0,0,1,195,80)", 50000, "127.0.0.1" },
  { "227 Entering Passive Mode 127,0,0,1,195,80", 50000, "127.0.0.1" },
  { "227 Entering Passive Mode. 127,0,0,1,195,80.", 50000, "127.0.0.1" },
  { "227 =127,0,0,1,195,80", 50000, "127.0.0.1" },
  { "227 127,0,0,1,195,80", 50000, "127.0.0.1" },
  { "227 (1, 2, 3, 4, 5, 6)", 1286, "1.2.3.4" },
  { "227 (0,0,0,0,0,21)", 21, "0.0.0.0" },
  { "227 (255,255,255,255,255,255)", 65535, "255.255.255.255" },
  { "227 (001,002,003,004,005,006)", 1286, "1.2.3.4" },
  { "227 Server 7: mode 2 (1,2,3,4,5,6)", 1286, "1.2.3.4" },
  { "227 proFTPD 1.3 ready (1,2,3,4,5,6)", 1286, "1.2.3.4" },
  { "227-Hello\r\n227 (1,2,3,4,5,6)", 1286, "1.2.3.4" },
  { "227-(1,2,3,4,5,6)\r\n227 go", 1286, "1.2.3.4" },
  { "227 进入被动模式（1,2,3,4,5,6）", 1286, "1.2.3.4" },
  { "227 (1,2,3,4,5)", 0, NULL },
  { "227 (1,2,3,4,5,6,7)", 0, NULL },
  { "227 (256,0,0,1,195,80)", 0, NULL },
  { "227 (127,0,0,1,256,80)", 0, NULL },
  { "227 (127,0,0,1,195,4294967376)", 0, NULL },
  { "227 (127,0,0,1,0,0)", 0, NULL },
  { "227 (127,0,0,1,-1,80)", 0, NULL },
  { "227 (127;0;0;1;195;80)", 0, NULL },
  { "227 ok", 0, NULL },
  { "227", 0, NULL },
  { "229 Entering Extended Passive Mode (|||6446|)", 6446, "0.0.0.0" },
  { "227 Entering Extended Passive Mode (|||6446|)", 6446, "0.0.0.0" },
};

static void
test_pasv (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pasv_cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (pasv_cases[i].reply);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      guint8 address[4];
      guint16 port = 0;
      gboolean right = tl_ftp_answer_pasv (reply, &port, address, &error);

      g_test_message ("%s", pasv_cases[i].reply);
      g_assert_cmpuint (port, ==, pasv_cases[i].port);
      if (pasv_cases[i].port == 0)
        {
          g_assert_false (right);
          g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
          g_assert_nonnull (strstr (error->message, "(227"));
          continue;
        }
      g_assert_no_error (error);
      text = g_strdup_printf ("%u.%u.%u.%u", address[0], address[1], address[2], address[3]);
      g_assert_cmpstr (text, ==, pasv_cases[i].address);
      g_assert_true (tl_ftp_answer_pasv (reply, &port, NULL, NULL));
    }
}

static const struct {
  const char *reply;
  guint16     port;
} epsv_cases[] = {
  { "229 Entering Extended Passive Mode (|||6446|)", 6446 },
  { "229 Entering Extended Passive Mode (|||6446|).", 6446 },
  { "229 Entering Extended Passive Mode (!!!6446!)", 6446 },
  { "229 Extended Passive Mode Entered (&&&6446&)", 6446 },
  { "229 Entering Extended Passive Mode |||6446|", 6446 },
  { "229 Entering Extended Passive Mode (|||6446)", 6446 },
  { "229 Entering Extended Passive Mode (|1|127.0.0.1|6446|)", 6446 },
  { "229 Entering Extended Passive Mode (|2|::1|6446|)", 6446 },
  { "229 Wait... and here (|||6446|)", 6446 },
  { "229-text\r\n229 (|||6446|)", 6446 },
  { "229 (|||65535|)", 65535 },
  { "229 (|||65536|)", 0 },
  { "229 (|||0|)", 0 },
  { "229 (||||)", 0 },
  { "229 (|||6446!)", 0 },
  { "229 (||6446|)", 0 },
  { "229 (|||-1|)", 0 },
  { "229 (|||99999999999999999999|)", 0 },
  { "229 (1116446 )", 0 },
  { "229 ok", 0 },
  { "229 (", 0 },
  { "229", 0 },
};

static void
test_epsv (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (epsv_cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (epsv_cases[i].reply);
      g_autoptr (GError) error = NULL;
      guint16 port = 0;

      g_test_message ("%s", epsv_cases[i].reply);
      g_assert_cmpint (tl_ftp_answer_epsv (reply, &port, &error), ==, epsv_cases[i].port != 0);
      g_assert_cmpuint (port, ==, epsv_cases[i].port);
      if (port == 0)
        g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
    }
}

static const struct {
  const char *reply;
  const char *path; /* NULL: an error */
} path_cases[] = {
  { "257 \"/\" is the current directory", "/" },
  { "257 \"/home/me\"", "/home/me" },
  { "257 \"/a \"\"b\"\" c\" is current", "/a \"b\" c" },
  { "257 \"\"\"\" is current", "\"" },
  { "257 \"/a\"\"\" is current", "/a\"" },
  { "257 Current directory is \"/a b\" now", "/a b" },
  { "257 \"/ a \" is current", "/ a " },
  { "257 \"/a is current directory", "/a" },
  { "257 \"/a is CWD", "/a" },
  { "257 \"/a b", "/a b" },
  { "257 /pub/x is current directory.", "/pub/x" },
  { "257 /pub/x y", "/pub/x y" },
  { "257 \"/a\001\tb\" x", "/a\001\tb" },
  { "257 \"/\xc4\xbf\xc2\xbc\" x", "/\xc4\xbf\xc2\xbc" },
  { "257 \"/\377\377\" x", "/\377" },
  { "257 \"DISK$USER:[ME]\" is current", "DISK$USER:[ME]" },
  { "257 \"'ME.'\" is working directory", "'ME.'" },
  { "257 \"C:\\data\" is current", "C:\\data" },
  { "257-Hello\r\n257 \"/a\" x", "/a" },
  { "257 \"\" x", NULL },
  { "257 current directory", NULL },
  { "257 \"/a\rb\" x", NULL },
  { "257 \"", NULL },
  { "257", NULL },
};

static void
test_path (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (path_cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (path_cases[i].reply);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) path = tl_ftp_answer_path (reply, &error);

      g_test_message ("path %zu", i);
      if (path_cases[i].path == NULL)
        {
          g_assert_null (path);
          g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (path, NULL), g_bytes_get_size (path), path_cases[i].path, strlen (path_cases[i].path));
    }
}

static const struct {
  const char *reply;
  gint64      size;
} size_cases[] = {
  { "213 0", 0 },
  { "213 3221225472", G_GINT64_CONSTANT (3221225472) },
  { "213 9223372036854775807", G_MAXINT64 },
  { "213   12  ", 12 },
  { "213 12 bytes", 12 },
  { "213-size follows\r\n12\r\n213 end", 12 },
  { "213 9223372036854775808", -1 },
  { "213 99999999999999999999999999", -1 },
  { "213 -1073741824", -1 }, /* 3 GiB, of a server that counts in 32 bits */
  { "213 12x", -1 },
  { "213 0x10", -1 },
  { "213 1.5", -1 },
  { "213 unknown", -1 },
  { "213", -1 },
};

static void
test_size (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (size_cases[i].reply);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", size_cases[i].reply);
      g_assert_cmpint (tl_ftp_answer_size (reply, &error), ==, size_cases[i].size);
      if (size_cases[i].size < 0)
        g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
      else
        g_assert_no_error (error);
    }
}

static const struct {
  const char *reply;
  const char *time; /* NULL: an error */
  int         us;
} mdtm_cases[] = {
  { "213 20240229120001", "2024-02-29T12:00:01Z", 0 },
  { "213 20240229120001.5", "2024-02-29T12:00:01Z", 500000 },
  { "213 20240229120001.000", "2024-02-29T12:00:01Z", 0 },
  { "213 20240229120001.123456789", "2024-02-29T12:00:01Z", 123456 },
  { "213 20240229120001.", "2024-02-29T12:00:01Z", 0 },
  { "213 20240229120001 GMT", "2024-02-29T12:00:01Z", 0 },
  { "213 19700101000000", "1970-01-01T00:00:00Z", 0 },
  { "213 19691231235959", "1969-12-31T23:59:59Z", 0 },
  { "213 20161231235960", "2017-01-01T00:00:00Z", 0 },
  { "213 191240229120001", "2024-02-29T12:00:01Z", 0 },
  { "213 191001231000000", "2000-12-31T00:00:00Z", 0 },
  { "213 191000101000000", "2000-01-01T00:00:00Z", 0 },
  { "213-time\r\n 20240229120001\r\n213 end", "2024-02-29T12:00:01Z", 0 },
  { "213 20230229120001", NULL, 0 },
  { "213 20241301000000", NULL, 0 },
  { "213 20240101240000", NULL, 0 },
  { "213 20240101006000", NULL, 0 },
  { "213 20240101000061", NULL, 0 },
  { "213 00000101000000", NULL, 0 },
  { "213 2024010100000", NULL, 0 },
  { "213 201240229120001", NULL, 0 },
  { "213 20240229120001x", NULL, 0 },
  { "213 -1", NULL, 0 },
  { "213", NULL, 0 },
};

static void
test_mdtm (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mdtm_cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (mdtm_cases[i].reply);
      g_autoptr (GDateTime) expected = NULL;
      g_autoptr (GError) error = NULL;
      gint64 time = -1;
      gboolean right = tl_ftp_answer_mdtm (reply, &time, &error);

      g_test_message ("%s", mdtm_cases[i].reply);
      if (mdtm_cases[i].time == NULL)
        {
          g_assert_false (right);
          g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      expected = g_date_time_new_from_iso8601 (mdtm_cases[i].time, NULL);
      g_assert_cmpint (time, ==, g_date_time_to_unix (expected) * G_USEC_PER_SEC + mdtm_cases[i].us);
    }
}

static void
test_transfer_size (void)
{
  static const struct { const char *reply; gint64 size; } sizes[] = {
    { "150 Opening BINARY mode data connection for a.txt (5 bytes).", 5 },
    { "150 Opening BINARY mode data connection for a (9 bytes) (5 bytes).", 5 },
    { "150 x (1 byte)", 1 },
    { "150 x (12 Byte(s))", 12 },
    { "150 x (3221225472 bytes)", G_GINT64_CONSTANT (3221225472) },
    { "150-x (7 bytes)\r\n150 go", 7 },
    { "150 x (99999999999999999999 bytes)", -1 },
    { "150 x (5 kbytes)", -1 },
    { "150 x (5)", -1 },
    { "150 x (-5 bytes)", -1 },
    { "150 12 bytes", -1 },
    { "150 (", -1 },
    { "150", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (sizes[i].reply);

      g_test_message ("%s", sizes[i].reply);
      g_assert_cmpint (tl_ftp_answer_transfer_size (reply), ==, sizes[i].size);
    }
}

static void
test_list_end (void)
{
  static const struct { const char *reply; TlFtpListEnd end; } ends[] = {
    { "226 Transfer complete", TL_FTP_LIST_END_WHOLE },
    { "226 Directory send OK.", TL_FTP_LIST_END_WHOLE },
    { "226 Transfer done (but failed to open directory).", TL_FTP_LIST_END_UNREAD },
    { "226-Sorry, we were unable to read [.]\r\n226-Options: -a -l\r\n226 0 matches total", TL_FTP_LIST_END_UNREAD },
    { "226-Options: -l\r\n226-Output truncated to 10000 matches\r\n226 10000 matches total", TL_FTP_LIST_END_CUT },
    { "226 Done; 17 more are there and were left out.", TL_FTP_LIST_END_CUT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (ends[i].reply);

      g_test_message ("%s", ends[i].reply);
      g_assert_cmpint (tl_ftp_answer_list_end (reply), ==, ends[i].end);
    }
}

static void
test_features (void)
{
  g_autoptr (TlFtpReply) reply = make_reply ("211-Features:\r\n mdtm\r\n MLST type*;size*;modify*;\r\n REST STREAM\r\n\tUTF8\r\n"
                                             " AUTH SSL\r\n AUTH TLS\r\nEPSV\r\n211-SIZE\r\n\r\n HASH SHA-256*;MD5\r\n211 End");
  g_autoptr (TlFtpFeatures) features = tl_ftp_features_new_from_reply (reply);
  g_autoptr (TlFtpReply) other = make_reply ("211 no features");
  g_autoptr (TlFtpFeatures) none = tl_ftp_features_new_from_reply (other);
  g_autoptr (TlFtpReply) refusal = make_reply ("500-What?\r\n SIZE\r\n500 no");
  g_autoptr (TlFtpFeatures) refused = tl_ftp_features_new_from_reply (refusal);
  g_autoptr (TlFtpReply) strange = make_reply ("211-x\r\n UTF-8\r\n \xc4\xbf y\xff\r\n211 End");
  g_autoptr (TlFtpFeatures) odd = tl_ftp_features_new_from_reply (strange);
  g_autoptr (TlFtpFeatures) same = tl_ftp_features_ref (features);

  g_assert_true (tl_ftp_features_has (same, "MDTM"));
  g_assert_true (tl_ftp_features_has (same, "mdtm"));
  g_assert_cmpstr (tl_ftp_features_get_parameters (same, "MDTM"), ==, "");
  g_assert_cmpstr (tl_ftp_features_get_parameters (same, "MLST"), ==, "type*;size*;modify*;");
  g_assert_cmpstr (tl_ftp_features_get_parameters (same, "REST"), ==, "STREAM");
  g_assert_cmpstr (tl_ftp_features_get_parameters (same, "AUTH"), ==, "SSL;TLS");
  g_assert_cmpstr (tl_ftp_features_get_parameters (same, "HASH"), ==, "SHA-256*;MD5");
  g_assert_true (tl_ftp_features_has (same, "UTF8"));
  g_assert_true (tl_ftp_features_has (same, "EPSV"));
  g_assert_true (tl_ftp_features_has (same, "SIZE"));
  g_assert_false (tl_ftp_features_has (same, "Features:"));
  g_assert_false (tl_ftp_features_has (same, "End"));
  g_assert_false (tl_ftp_features_has (same, "MFMT"));
  g_assert_null (tl_ftp_features_get_parameters (same, "MFMT"));

  g_assert_false (tl_ftp_features_has (none, "NO"));
  g_assert_false (tl_ftp_features_has (refused, "SIZE"));
  g_assert_false (tl_ftp_features_has (NULL, "SIZE"));
  g_assert_true (tl_ftp_features_has (odd, "UTF8"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-answer/pasv", test_pasv);
  g_test_add_func ("/ftp-answer/epsv", test_epsv);
  g_test_add_func ("/ftp-answer/path", test_path);
  g_test_add_func ("/ftp-answer/size", test_size);
  g_test_add_func ("/ftp-answer/mdtm", test_mdtm);
  g_test_add_func ("/ftp-answer/transfer-size", test_transfer_size);
  g_test_add_func ("/ftp-answer/list-end", test_list_end);
  g_test_add_func ("/ftp-answer/features", test_features);

  return g_test_run ();
}
