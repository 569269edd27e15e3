/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FTP addresses: what people type, taken apart; printed; and put together of host, directory and file. */

#include "tl-ftp-uri.h"

#include <string.h>

static const struct {
  const char    *text;
  TlFtpSecurity  security;
  const char    *user;
  const char    *password;
  const char    *host;
  guint16        port;
  const char    *dir;
  const char    *file;
  char           type;
  const char    *printed; /* with the password */
} right[] = {
#define AUTO TL_FTP_SECURITY_AUTO
#define EXPLICIT TL_FTP_SECURITY_EXPLICIT
#define IMPLICIT TL_FTP_SECURITY_IMPLICIT
  /* Quick connect. */
  { "ftp.example.org", AUTO, NULL, NULL, "ftp.example.org", 0, "", "", 0, "ftp://ftp.example.org/" },
  { "  ftp.example.org\n", AUTO, NULL, NULL, "ftp.example.org", 0, "", "", 0, "ftp://ftp.example.org/" },
  { "host:2121", AUTO, NULL, NULL, "host", 2121, "", "", 0, "ftp://host:2121/" },
  { "host/pub/a.txt", AUTO, NULL, NULL, "host", 0, "pub", "a.txt", 0, "ftp://host/pub/a.txt" },
  { "host:2121//pub/", AUTO, NULL, NULL, "host", 2121, "/pub", "", 0, "ftp://host:2121/%2Fpub/" },
  { "me@host", AUTO, "me", NULL, "host", 0, "", "", 0, "ftp://me@host/" },
  { "me:pw@host/x", AUTO, "me", "pw", "host", 0, "", "x", 0, "ftp://me:pw@host/x" },
  { "192.168.1.5", AUTO, NULL, NULL, "192.168.1.5", 0, "", "", 0, "ftp://192.168.1.5/" },
  { "::1", AUTO, NULL, NULL, "::1", 0, "", "", 0, "ftp://[::1]/" },
  { "[::1]:2121", AUTO, NULL, NULL, "::1", 2121, "", "", 0, "ftp://[::1]:2121/" },
  { "[fe80::1%lo]/a", AUTO, NULL, NULL, "fe80::1%lo", 0, "", "a", 0, "ftp://[fe80::1%25lo]/a" },
  { "fe80::1%1/a", AUTO, NULL, NULL, "fe80::1%1", 0, "", "a", 0, "ftp://[fe80::1%251]/a" },
  { "[fe80::1%01]:2121", AUTO, NULL, NULL, "fe80::1%01", 2121, "", "", 0, "ftp://[fe80::1%2501]:2121/" },
  { "ftp://[fe80::1%251]:21/", AUTO, NULL, NULL, "fe80::1%1", 21, "", "", 0, "ftp://[fe80::1%251]:21/" },
  { "ftp://me@[::ffff:192.0.2.1]/", AUTO, "me", NULL, "::ffff:192.0.2.1", 0, "", "", 0, "ftp://me@[::ffff:192.0.2.1]/" },
  { "ftp://bücher.example/", AUTO, NULL, NULL, "xn--bcher-kva.example", 0, "", "", 0, "ftp://xn--bcher-kva.example/" },
  { "ftp://ftp%2Eexample%2eorg/", AUTO, NULL, NULL, "ftp.example.org", 0, "", "", 0, "ftp://ftp.example.org/" },
  /* As a Chinese input method writes it; the path is left as it is. */
  { "ｆｔｐ：／／ｅｘａｍｐｌｅ。ｏｒｇ：２１２１／目录／！", AUTO, NULL, NULL, "example.org", 2121, "", "目录／！", 0,
    "ftp://example.org:2121/%E7%9B%AE%E5%BD%95%EF%BC%8F%EF%BC%81" },
  { "例子.测试/文件", AUTO, NULL, NULL, "xn--fsqu00a.xn--0zwm56d", 0, "", "文件", 0,
    "ftp://xn--fsqu00a.xn--0zwm56d/%E6%96%87%E4%BB%B6" },
  /* Schemes and ports. */
  { "ftp://h", AUTO, NULL, NULL, "h", 0, "", "", 0, "ftp://h/" },
  { "FTP://h/", AUTO, NULL, NULL, "h", 0, "", "", 0, "ftp://h/" },
  { "ftps://h/a", IMPLICIT, NULL, NULL, "h", 0, "", "a", 0, "ftps://h/a" },
  { "ftpes://h/a", EXPLICIT, NULL, NULL, "h", 0, "", "a", 0, "ftpes://h/a" },
  { "ftp://h:21/a", AUTO, NULL, NULL, "h", 21, "", "a", 0, "ftp://h:21/a" },
  { "ftp://h:65535", AUTO, NULL, NULL, "h", 65535, "", "", 0, "ftp://h:65535/" },
  /* Who. */
  { "ftp://u:p@h/", AUTO, "u", "p", "h", 0, "", "", 0, "ftp://u:p@h/" },
  { "ftp://u:@h/", AUTO, "u", "", "h", 0, "", "", 0, "ftp://u:@h/" },
  { "ftp://@h/", AUTO, NULL, NULL, "h", 0, "", "", 0, "ftp://h/" },
  { "ftp://u%40x:p%3A%2F@h/", AUTO, "u@x", "p:/", "h", 0, "", "", 0, "ftp://u%40x:p%3A%2F@h/" },
  { "ftp://u@x:p@q:r@h/", AUTO, "u@x", "p@q:r", "h", 0, "", "", 0, "ftp://u%40x:p%40q%3Ar@h/" },
  { "ftp://u%25x:%25%40%20@h/", AUTO, "u%x", "%@ ", "h", 0, "", "", 0, "ftp://u%25x:%25%40%20@h/" },
  { "ftp://u%zz:p%@h/", AUTO, "u%zz", "p%", "h", 0, "", "", 0, "ftp://u%25zz:p%25@h/" },
  { "ftp://:p@h/", AUTO, NULL, "p", "h", 0, "", "", 0, "ftp://:p@h/" },
  { "ftps://user@example.org:p@h:990/", IMPLICIT, "user@example.org", "p", "h", 990, "", "", 0, "ftps://user%40example.org:p@h:990/" },
  { "ftp://用户:密码！@h/", AUTO, "用户", "密码！", "h", 0, "", "", 0,
    "ftp://%E7%94%A8%E6%88%B7:%E5%AF%86%E7%A0%81%EF%BC%81@h/" },
  /* Where. */
  { "ftp://h/a/b/c", AUTO, NULL, NULL, "h", 0, "a/b", "c", 0, "ftp://h/a/b/c" },
  { "ftp://h/a/b/", AUTO, NULL, NULL, "h", 0, "a/b", "", 0, "ftp://h/a/b/" },
  { "ftp://h//", AUTO, NULL, NULL, "h", 0, "/", "", 0, "ftp://h/%2F" },
  { "ftp://h//a", AUTO, NULL, NULL, "h", 0, "/", "a", 0, "ftp://h/%2Fa" },
  { "ftp://h//a/b", AUTO, NULL, NULL, "h", 0, "/a", "b", 0, "ftp://h/%2Fa/b" },
  { "ftp://h/%2F", AUTO, NULL, NULL, "h", 0, "/", "", 0, "ftp://h/%2F" },
  { "ftp://h/%2fa/b", AUTO, NULL, NULL, "h", 0, "/a", "b", 0, "ftp://h/%2Fa/b" },
  { "ftp://h/%2Fa%2Fb", AUTO, NULL, NULL, "h", 0, "/a", "b", 0, "ftp://h/%2Fa/b" },
  { "ftp://h/%2F/a", AUTO, NULL, NULL, "h", 0, "/", "a", 0, "ftp://h/%2Fa" },
  { "ftp://h/a//b///c", AUTO, NULL, NULL, "h", 0, "a/b", "c", 0, "ftp://h/a/b/c" },
  { "ftp://h/..", AUTO, NULL, NULL, "h", 0, "", "..", 0, "ftp://h/.." },
  { "ftp://h/~me/x", AUTO, NULL, NULL, "h", 0, "~me", "x", 0, "ftp://h/~me/x" },
  { "ftp://h/a%20b%25.txt", AUTO, NULL, NULL, "h", 0, "", "a b%.txt", 0, "ftp://h/a%20b%25.txt" },
  { "ftp://h/a b/100%/50%zz%4", AUTO, NULL, NULL, "h", 0, "a b/100%", "50%zz%4", 0, "ftp://h/a%20b/100%25/50%25zz%254" },
  { "ftp://h/%C4%BF%C2%BC/x", AUTO, NULL, NULL, "h", 0, "\xc4\xbf\xc2\xbc", "x", 0, "ftp://h/%C4%BF%C2%BC/x" },
  { "ftp://h/%FF", AUTO, NULL, NULL, "h", 0, "", "\xff", 0, "ftp://h/%FF" },
  { "ftp://h/C#/what?.txt", AUTO, NULL, NULL, "h", 0, "C#", "what?.txt", 0, "ftp://h/C%23/what%3F.txt" },
  { "ftp://h/%2F%2Fa", AUTO, NULL, NULL, "h", 0, "/", "a", 0, "ftp://h/%2Fa" },
  { "ftp://h/a%2Fb%2F", AUTO, NULL, NULL, "h", 0, "a/b", "", 0, "ftp://h/a/b/" },
  { "ftp://h/%", AUTO, NULL, NULL, "h", 0, "", "%", 0, "ftp://h/%25" },
  { "ftp://h/%zz%2", AUTO, NULL, NULL, "h", 0, "", "%zz%2", 0, "ftp://h/%25zz%252" },
  { "ftp://h/%252F", AUTO, NULL, NULL, "h", 0, "", "%2F", 0, "ftp://h/%252F" },
  { "ftp://h/ a ", AUTO, NULL, NULL, "h", 0, "", " a", 0, "ftp://h/%20a" },
  { "ftp://h/%20a%20", AUTO, NULL, NULL, "h", 0, "", " a ", 0, "ftp://h/%20a%20" },
  { "ftp://h/-rf/-", AUTO, NULL, NULL, "h", 0, "-rf", "-", 0, "ftp://h/-rf/-" },
  { "ftp://h/a\\b", AUTO, NULL, NULL, "h", 0, "", "a\\b", 0, "ftp://h/a%5Cb" },
  { "ftp://h/./../a/.", AUTO, NULL, NULL, "h", 0, "./../a", ".", 0, "ftp://h/./../a/." },
  { "ftp://h/a@b:c", AUTO, NULL, NULL, "h", 0, "", "a@b:c", 0, "ftp://h/a@b:c" },
  { "h/a://b", AUTO, NULL, NULL, "h", 0, "a:", "b", 0, "ftp://h/a:/b" },
  { "u:x://y@h", AUTO, NULL, NULL, NULL, 0, NULL, NULL, 0, NULL }, /* a scheme "u:x": refused */
  /* How. */
  { "ftp://h/a;type=i", AUTO, NULL, NULL, "h", 0, "", "a", 'i', "ftp://h/a;type=i" },
  { "ftp://h/a;TYPE=A", AUTO, NULL, NULL, "h", 0, "", "a", 'a', "ftp://h/a;type=a" },
  { "ftp://h/a/;type=d", AUTO, NULL, NULL, "h", 0, "a", "", 'd', "ftp://h/a/;type=d" },
  { "ftp://h/a;type=x", AUTO, NULL, NULL, "h", 0, "", "a;type=x", 0, "ftp://h/a%3Btype=x" },
  { "ftp://h/a%3Btype=i", AUTO, NULL, NULL, "h", 0, "", "a;type=i", 0, "ftp://h/a%3Btype=i" },
  { "ftp://h/a;type=", AUTO, NULL, NULL, "h", 0, "", "a;type=", 0, "ftp://h/a%3Btype=" },
  { "ftp://h/a;type=i/b", AUTO, NULL, NULL, "h", 0, "a;type=i", "b", 0, "ftp://h/a%3Btype=i/b" },
  { "ftp://h/a;type=i;type=a", AUTO, NULL, NULL, "h", 0, "", "a;type=i", 'a', "ftp://h/a%3Btype=i;type=a" },
  { "ftp://h/%2Fpub/;type=D", AUTO, NULL, NULL, "h", 0, "/pub", "", 'd', "ftp://h/%2Fpub/;type=d" },
  { "ftp://h/;type=i", AUTO, NULL, NULL, "h", 0, "", "", 'i', "ftp://h/;type=i" },
};

static void
assert_bytes_are (GBytes     *bytes,
                  const char *text)
{
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
assert_same (const TlFtpUri *a,
             const TlFtpUri *b)
{
  g_assert_cmpint (a->security, ==, b->security);
  g_assert_cmpstr (a->host, ==, b->host);
  g_assert_cmpuint (a->port, ==, b->port);
  g_assert_cmpstr (a->user, ==, b->user);
  g_assert_cmpstr (a->password, ==, b->password);
  g_assert_true (g_bytes_equal (a->dir, b->dir));
  g_assert_true (g_bytes_equal (a->file, b->file));
  g_assert_cmpint (a->type, ==, b->type);
}

static void
test_right (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse (right[i].text, &error);
      g_autoptr (TlFtpUri) again = NULL;
      g_autofree char *printed = NULL;
      g_autofree char *without = NULL;

      g_test_message ("%s", right[i].text);
      if (right[i].host == NULL)
        {
          g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (uri->security, ==, right[i].security);
      g_assert_cmpstr (uri->user, ==, right[i].user);
      g_assert_cmpstr (uri->password, ==, right[i].password);
      g_assert_cmpstr (uri->host, ==, right[i].host);
      g_assert_cmpuint (uri->port, ==, right[i].port);
      assert_bytes_are (uri->dir, right[i].dir);
      assert_bytes_are (uri->file, right[i].file);
      g_assert_cmpint (uri->type, ==, right[i].type);

      printed = tl_ftp_uri_to_string (uri, TRUE);
      g_assert_cmpstr (printed, ==, right[i].printed);
      again = tl_ftp_uri_parse (printed, &error);
      g_assert_no_error (error);
      assert_same (uri, again);

      without = tl_ftp_uri_to_string (uri, FALSE);
      if (right[i].password != NULL && *right[i].password != '\0')
        g_assert_cmpuint (strlen (without), <, strlen (printed));
      else if (right[i].password == NULL)
        g_assert_cmpstr (without, ==, printed);
    }
}

static const struct {
  const char *text;
  int         start;
  int         end;
  const char *words; /* in the sentence */
} wrong[] = {
  { "", 0, 0, "host is missing" },
  { "   ", 3, 3, "host is missing" },
  { "ftp://", 6, 6, "host is missing" },
  { "ftp:///a", 6, 6, "host is missing" },
  { "ftp://u@/a", 8, 8, "host is missing" },
  { "http://h/", 0, 4, "“http”" },
  { "sftp://h/", 0, 4, "SSH" },
  { "  sftp://h/", 2, 6, "SSH" },
  { "ftp://256.1.1.1/", 6, 9, "256" },
  { "  ftp://me@256.1.1.1/", 11, 14, "256" },
  { "ftp://a b/", 7, 8, "blank" },
  { "ftp://h:99999/", 8, 13, "65535" },
  { "ftp://h:x/", 8, 9, NULL },
  { "h:0", 0, 3, "Port 0" },
  { "ftp://h:0/a", 6, 9, "Port 0" },
  { "ftp://h:65536/", 8, 13, "65535" },
  { "ftp://h:-1/", 8, 9, NULL },
  { "ftp://[fe80::1%25]/", 15, 17, NULL },
  { "ftp://[fe80::1%25no-such-interface]/", 17, 34, "no-such-interface" },
  { "ftp://%E4%BE%8B%20b/", 15, 18, "blank" },
  { "gopher.a-very-long-scheme-indeed://h", 0, 32, "“gopher.a-very-lo”" },
  { "ftp://[::1/", 6, 10, "]" },
  { "ftp://h/a%00b", 8, 13, "zero byte" },
  { "ftp://h/a%0Ab", 8, 13, "line break" },
  { "ftp://h/a%0d%0aDELE%20x", 8, 23, "line break" },
  { "ftp://h/a\nb", 8, 11, "line break" },
  { "ftp://u%0d:p@h/", 6, 12, "line break" },
  { "ftp://u:p%00@h/", 6, 12, "zero byte" },
  { "ftp://u:%FF@h/", 6, 11, "valid text" },
};

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      int start = -2, end = -2;
      g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse_at (wrong[i].text, &start, &end, &error);

      g_test_message ("%s: %s", wrong[i].text, error != NULL ? error->message : "right");
      g_assert_null (uri);
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
      g_assert_cmpint (start, ==, wrong[i].start);
      g_assert_cmpint (end, ==, wrong[i].end);
      if (wrong[i].words != NULL)
        g_assert_nonnull (strstr (error->message, wrong[i].words));
    }
}

static void
test_no_secret_in_errors (void)
{
  static const char * const texts[] = { "ftp://me:hunter2@256.1.1.1/", "ftp://me:hunter2%0a@h/", "me:hunter2@h:99999", "ftp://me:hunter2@h/%00" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse (texts[i], &error);

      g_assert_null (uri);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

/* What is too long is refused where it is a host, and where it is a command at last; not here where it is a name. */
static void
test_long (void)
{
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *name = g_strnfill (200000, 'n');
  g_autofree char *host = g_strdup_printf ("ftp://%s.org/", label);
  g_autofree char *path = g_strdup_printf ("ftp://h/%s/%s", name, name);
  g_autofree char *user = g_strdup_printf ("ftp://%s:%s@h/", name, name);
  g_autofree char *whole = g_strdup_printf ("ftp://%s/", name);
  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpUri) uri = NULL;

  g_assert_null (tl_ftp_uri_parse (host, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (tl_ftp_uri_parse (whole, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_clear_error (&error);

  uri = tl_ftp_uri_parse (path, &error);
  g_assert_no_error (error);
  assert_bytes_are (uri->dir, name);
  assert_bytes_are (uri->file, name);
  printed = tl_ftp_uri_to_string (uri, FALSE);
  g_assert_cmpstr (printed, ==, path);

  g_clear_pointer (&uri, tl_ftp_uri_free);
  uri = tl_ftp_uri_parse (user, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uri->user, ==, name);
  g_assert_cmpstr (uri->password, ==, name);
}

static const struct {
  const char *host, *dir, *file;
  const char *printed;    /* NULL: refused */
  const char *host_text;
  const char *dir_again;
} parts[] = {
  { "ftp.example.org", "/pub", "a.txt", "ftp://ftp.example.org/%2Fpub/a.txt", "ftp.example.org", "/pub" },
  { "ftp.example.org", "/pub/", "a.txt", "ftp://ftp.example.org/%2Fpub/a.txt", "ftp.example.org", "/pub" },
  { "ftp.example.org", "pub/x", "", "ftp://ftp.example.org/pub/x/", "ftp.example.org", "pub/x" },
  { "ftp.example.org:2121", "", "a.txt", "ftp://ftp.example.org:2121/a.txt", "ftp.example.org:2121", "" },
  { "[::1]:2121", "/", "", "ftp://[::1]:2121/%2F", "[::1]:2121", "/" },
  { "::1", "", "", "ftp://[::1]/", "::1", "" },
  { "h", "/", "a", "ftp://h/%2Fa", "h", "/" },
  { "h", "a%41", "%2F;type=i", "ftp://h/a%2541/%252F%3Btype=i", "h", "a%41" },
  { "h", "目录", "文件", "ftp://h/%E7%9B%AE%E5%BD%95/%E6%96%87%E4%BB%B6", "h", "目录" },
  { "h", " a ", " b ", "ftp://h/%20a%20/%20b%20", "h", " a " },
  { "", "a", "b", NULL, NULL, NULL },
  { "256.1.1.1", "a", "b", NULL, NULL, NULL },
  { "h/x", "a", "b", NULL, NULL, NULL },
  { "h", "a", "b/c", NULL, NULL, NULL },
  { "h", "a\r\n", "b", NULL, NULL, NULL },
  { "h", "a", "b\nDELE x", NULL, NULL, NULL },
};

static void
test_parts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlFtpUri) uri = tl_ftp_uri_new_from_parts (parts[i].host, parts[i].dir, parts[i].file, &error);
      g_autofree char *printed = NULL;
      g_autofree char *host = NULL;

      g_test_message ("%s %s %s", parts[i].host, parts[i].dir, parts[i].file);
      if (parts[i].printed == NULL)
        {
          g_assert_null (uri);
          g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
          continue;
        }
      g_assert_no_error (error);
      printed = tl_ftp_uri_to_string (uri, TRUE);
      g_assert_cmpstr (printed, ==, parts[i].printed);
      host = tl_ftp_uri_dup_host_text (uri);
      g_assert_cmpstr (host, ==, parts[i].host_text);
      assert_bytes_are (uri->dir, parts[i].dir_again);
      assert_bytes_are (uri->file, parts[i].file);
    }
}

/* HOST, DIR and FILE of any signs come back: from themselves, and from the URL that they make. */
static void
test_parts_round_trip (void)
{
  static const char * const hosts[] = { "h", "h:2121", "127.0.0.1:65535", "::1", "[::1]:1", "fe80::1%lo", "[fe80::1%25lo]:21", "fe80::1%1", "例子.测试:21" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1738);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) dir = g_string_new (g_rand_boolean (rand) ? "/" : NULL);
      g_autoptr (GString) file = g_string_new (NULL);
      g_autoptr (TlFtpUri) uri = NULL;
      g_autoptr (TlFtpUri) same = NULL;
      g_autoptr (TlFtpUri) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *host = NULL;
      g_autofree char *dir_text = NULL;
      g_autofree char *printed = NULL;

      for (int i = g_rand_int_range (rand, 0, 20); i > 0; i--)
        {
          gunichar c = g_rand_int_range (rand, 0, 4) > 0 ? g_rand_int_range (rand, 14, 127) : g_rand_int_range (rand, 0x80, 0xd7ff);

          g_string_append_unichar (dir, g_rand_int_range (rand, 0, 6) > 0 ? c : '/');
          if (c != '/')
            g_string_append_unichar (file, c);
        }

      uri = tl_ftp_uri_new_from_parts (hosts[round % G_N_ELEMENTS (hosts)], dir->str, file->str, &error);
      g_assert_no_error (error);
      assert_bytes_are (uri->file, file->str);
      host = tl_ftp_uri_dup_host_text (uri);
      dir_text = g_bytes_get_size (uri->dir) > 0 ? g_strndup (g_bytes_get_data (uri->dir, NULL), g_bytes_get_size (uri->dir)) : g_strdup ("");
      same = tl_ftp_uri_new_from_parts (host, dir_text, file->str, &error);
      g_assert_no_error (error);
      assert_same (uri, same);

      printed = tl_ftp_uri_to_string (uri, FALSE);
      again = tl_ftp_uri_parse (printed, &error);
      g_assert_no_error (error);
      assert_same (uri, again);
    }
}

static void
test_ports (void)
{
  g_autoptr (TlFtpUri) plain = tl_ftp_uri_parse ("ftp://h/", NULL);
  g_autoptr (TlFtpUri) explicit_one = tl_ftp_uri_parse ("ftpes://h/", NULL);
  g_autoptr (TlFtpUri) implicit = tl_ftp_uri_parse ("ftps://h/", NULL);
  g_autoptr (TlFtpUri) given = tl_ftp_uri_parse ("ftps://h:21/", NULL);
  g_autoptr (TlFtpUri) copy = tl_ftp_uri_copy (given);

  g_assert_cmpuint (tl_ftp_uri_get_port (plain), ==, 21);
  g_assert_cmpuint (tl_ftp_uri_get_port (explicit_one), ==, 21);
  g_assert_cmpuint (tl_ftp_uri_get_port (implicit), ==, 990);
  g_assert_cmpuint (tl_ftp_uri_get_port (given), ==, 21);
  assert_same (given, copy);
}

/* Any bytes but CR, LF and NUL in directory and file, any signs in user and password, come back from what was printed. */
static void
test_round_trip (void)
{
  static const char * const hosts[] = { "h", "ftp.example.org", "127.0.0.1", "[::1]", "[fe80::1%25lo]" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (959);

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *start = g_strdup_printf ("ftp://%s:%d/", hosts[round % G_N_ELEMENTS (hosts)], g_rand_int_range (rand, 1, 65536));
      g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse (start, NULL);
      g_autoptr (TlFtpUri) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *printed = NULL;
      g_autoptr (GString) user = g_string_new (NULL);
      g_autoptr (GString) path = g_string_new (g_rand_boolean (rand) ? "/" : NULL);
      gsize cut;

      for (int i = g_rand_int_range (rand, 1, 20); i > 0; i--)
        g_string_append_unichar (user, g_rand_boolean (rand) ? g_rand_int_range (rand, 14, 127) : g_rand_int_range (rand, 0x4e00, 0x9fff));
      for (int i = g_rand_int_range (rand, 0, 30); i > 0; i--)
        {
          char c = (char) g_rand_int_range (rand, 1, 256);

          if (c != '\r' && c != '\n' && (c != '/' || path->len == 0 || path->str[path->len - 1] != '/'))
            g_string_append_c (path, g_rand_int_range (rand, 0, 8) > 0 || path->len == 0 || path->str[path->len - 1] == '/' ? c : '/');
        }
      for (char *p; (p = strstr (path->str, "//")) != NULL;)
        g_string_erase (path, p - path->str, 1);

      uri->security = g_rand_int_range (rand, TL_FTP_SECURITY_AUTO, TL_FTP_SECURITY_NONE);
      uri->user = g_strdup (user->str);
      uri->password = g_rand_boolean (rand) ? g_utf8_strreverse (user->str, -1) : NULL;
      uri->type = "aid\0"[g_rand_int_range (rand, 0, 4)];
      for (cut = path->len; cut > 0 && path->str[cut - 1] != '/';)
        cut--;
      g_bytes_unref (uri->dir);
      g_bytes_unref (uri->file);
      uri->dir = g_bytes_new (path->str, cut > 1 ? cut - 1 : cut);
      uri->file = g_bytes_new (path->str + cut, path->len - cut);

      printed = tl_ftp_uri_to_string (uri, TRUE);
      g_assert_true (g_str_is_ascii (printed));
      again = tl_ftp_uri_parse (printed, &error);
      g_assert_no_error (error);
      assert_same (uri, again);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-uri/right", test_right);
  g_test_add_func ("/ftp-uri/wrong", test_wrong);
  g_test_add_func ("/ftp-uri/no-secret-in-errors", test_no_secret_in_errors);
  g_test_add_func ("/ftp-uri/parts", test_parts);
  g_test_add_func ("/ftp-uri/parts-round-trip", test_parts_round_trip);
  g_test_add_func ("/ftp-uri/long", test_long);
  g_test_add_func ("/ftp-uri/ports", test_ports);
  g_test_add_func ("/ftp-uri/round-trip", test_round_trip);

  return g_test_run ();
}
