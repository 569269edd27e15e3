/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where and as whom: what a site says of itself. */
#include "tl-ftp-site.h"

static void
test_title (void)
{
  static const struct {
    const char   *name;
    const char   *host;
    guint         port;
    TlFtpSecurity security;
    const char   *title;
  } cases[] = {
    { "", "ftp.example.org", 0, TL_FTP_SECURITY_AUTO, "ftp.example.org" },
    { "", "ftp.example.org", 21, TL_FTP_SECURITY_AUTO, "ftp.example.org" },
    { "", "ftp.example.org", 2121, TL_FTP_SECURITY_AUTO, "ftp.example.org:2121" },
    { "", "ftp.example.org", 990, TL_FTP_SECURITY_IMPLICIT, "ftp.example.org" },
    { "", "ftp.example.org", 21, TL_FTP_SECURITY_IMPLICIT, "ftp.example.org:21" },
    { "", "::1", 0, TL_FTP_SECURITY_NONE, "[::1]" },
    { "", "::1", 2121, TL_FTP_SECURITY_EXPLICIT, "[::1]:2121" },
    { "学校", "ftp.example.org", 2121, TL_FTP_SECURITY_AUTO, "学校" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "name", cases[i].name, "host", cases[i].host, "port", cases[i].port,
                                                 "security", cases[i].security, NULL);
      g_autofree char *title = tl_ftp_site_dup_title (site);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

static void
test_copy (void)
{
  g_autoptr (GBytes) dir = g_bytes_new_static ("/\xd6\xd0", 3);
  g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "id", G_GINT64_CONSTANT (7), "name", "n", "host", "h", "port", 22u,
                                             "security", TL_FTP_SECURITY_EXPLICIT, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "u",
                                             "anonymous-password", "a@b", "keep-password", TRUE, "charset", (int) TL_CHARSET_GB18030,
                                             "start-dir", dir, "active-mode", TRUE, NULL);
  g_autoptr (TlFtpSite) copy = tl_ftp_site_copy (site);

  g_assert_true (tl_ftp_site_equal (site, copy));
  g_object_set (copy, "start-dir", NULL, NULL);
  g_assert_false (tl_ftp_site_equal (site, copy));
  g_object_set (copy, "start-dir", dir, "active-mode", FALSE, NULL);
  g_assert_false (tl_ftp_site_equal (site, copy));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-site/title", test_title);
  g_test_add_func ("/ftp-site/copy", test_copy);

  return g_test_run ();
}
