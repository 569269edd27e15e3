/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FileZilla's list of sites: sites that can be shown, kept and connected to, or a sentence; and no password from it in any of them. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-sites.h"

#define SECRET "Tr0ub4dor"

static void
check_site (TlFtpSite *site,
            gsize      size)
{
  g_autofree char *title = tl_ftp_site_dup_title (site);
  g_autofree char *address = tl_ftp_site_dup_address (site);
  g_autofree char *name = NULL;
  g_autofree char *anonymous = NULL;
  g_autoptr (GBytes) dir = NULL;
  g_autoptr (TlFtpUri) uri = tl_ftp_site_to_uri (site);
  g_autofree char *text = tl_ftp_uri_to_string (uri, TRUE);

  g_object_get (site, "name", &name, "anonymous-password", &anonymous, "start-dir", &dir, NULL);
  g_assert_true (g_utf8_validate (title, -1, NULL) && *title != '\0');
  g_assert_true (g_utf8_validate (address, -1, NULL) && *address != '\0');
  g_assert_cmpuint (strlen (name), <=, MIN (size + 400, 16384));
  g_assert_cmpuint (strlen (tl_ftp_site_get_host (site)), >, 0);
  g_assert_cmpuint (tl_ftp_site_get_port (site), >, 0);
  g_assert_true (dir == NULL || g_bytes_get_size (dir) > 0);
  g_assert_null (uri->password);
  g_assert_true (g_str_is_ascii (text) || !g_str_is_ascii (uri->host));
}

static void
check (const void *data,
       gsize       size)
{
  g_autoptr (GBytes) xml = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  guint n_left_out = 0;
  g_autoptr (GPtrArray) sites = tl_ftp_sites_parse_filezilla (xml, &n_left_out, &error);

  if (sites == NULL)
    {
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (sites->len + n_left_out, <=, 10000);
  for (guint i = 0; i < sites->len; i++)
    check_site (g_ptr_array_index (sites, i), size);
}

/* Whatever stands in <Pass> is nowhere in the site. */
static void
check_secret (const void *data,
              gsize       size)
{
  static const char before[] = "<FileZilla3><Servers><Server><Pass encoding=\"plain\">" SECRET "</Pass><Host>h</Host>";
  static const char after[] = "</Server></Servers></FileZilla3>";
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (GPtrArray) sites = NULL;

  if (memmem (data, size, SECRET, strlen (SECRET)) != NULL)
    return;
  g_byte_array_append (all, (const guint8 *) before, strlen (before));
  g_byte_array_append (all, data, (guint) size);
  g_byte_array_append (all, (const guint8 *) after, strlen (after));
  xml = g_bytes_new (all->data, all->len);
  sites = tl_ftp_sites_parse_filezilla (xml, NULL, NULL);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *user = NULL;

      g_object_get (g_ptr_array_index (sites, i), "name", &name, "user", &user, NULL);
      g_assert_null (strstr (name, SECRET));
      g_assert_null (strstr (user, SECRET));
      g_assert_null (strstr (tl_ftp_site_get_host (g_ptr_array_index (sites, i)), SECRET));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  check (data, size);
  if (size > 0)
    check_secret (data, size);
  return 0;
}
