/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP connections as values of the settings, and back. */

#include "tl-ftp-saved.h"

#include "tl-ftp-command.h"

#include <string.h>

gboolean
tl_ftp_link_is_one (const char *link)
{
  static const char *const schemes[] = { "ftp:", "ftps:", "ftpes:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (link, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;

  return FALSE;
}

char *
tl_ftp_link_dup_shown (const char *link)
{
  const char *start = strstr (link, "://");
  const char *end, *at, *colon;

  start = start ? start + 3 : link;
  end = start + strcspn (start, "/?#");
  at = g_strrstr_len (start, end - start, "@");
  /* A password may hold the very sign that should have been escaped. */
  at = at ? at : strrchr (start, '@');
  colon = at ? memchr (start, ':', (gsize) (at - start)) : NULL;
  if (!colon || colon > end)
    return g_strdup (link);
  return g_strdup_printf ("%.*s:" TL_FTP_COMMAND_MASK "%s", (int) (colon - link), link, at);
}

char *
tl_ftp_saved_dup_link (TlFtpSite *site,
                       GBytes    *path)
{
  g_autoptr (TlFtpUri) uri = tl_ftp_site_to_uri (site);

  if (path)
    {
      g_bytes_unref (uri->dir);
      uri->dir = g_bytes_ref (path);
    }

  return tl_ftp_uri_to_string (uri, FALSE);
}

GVariant *
tl_ftp_saved_pack (TlFtpSite *site,
                   GBytes    *path,
                   gboolean   open)
{
  g_autofree char *link = tl_ftp_saved_dup_link (site, path);
  g_autofree char *name = NULL;
  g_autofree char *mail = NULL;
  TlFtpSecurity security;
  TlFtpAccountKind kind;
  gboolean keep, active;
  int charset;
  GVariantDict extras;

  g_object_get (site, "security", &security, "account-kind", &kind, "charset", &charset, "anonymous-password", &mail, "name", &name,
                "keep-password", &keep, "active-mode", &active, NULL);
  g_variant_dict_init (&extras, NULL);
  g_variant_dict_insert (&extras, "security", "i", security);
  g_variant_dict_insert (&extras, "account-kind", "i", kind);
  g_variant_dict_insert (&extras, "charset", "i", charset);
  g_variant_dict_insert (&extras, "keep-password", "b", keep);
  g_variant_dict_insert (&extras, "active-mode", "b", active);
  g_variant_dict_insert (&extras, "mail", "s", mail ? mail : "");
  g_variant_dict_insert (&extras, "name", "s", name ? name : "");

  return g_variant_new ("(sb@a{sv})", link, open, g_variant_dict_end (&extras));
}

/* What is not there, or not what this version knows, stays as the link has it. */
static void
take_int (GVariantDict *extras,
          const char   *key,
          TlFtpSite    *site,
          int           minimum,
          int           maximum)
{
  int value;

  if (g_variant_dict_lookup (extras, key, "i", &value) && value >= minimum && value <= maximum)
    g_object_set (site, key, value, NULL);
}

TlFtpSite *
tl_ftp_saved_unpack (GVariant  *saved,
                     gboolean  *was_open,
                     GError   **error)
{
  const char *link, *text;
  g_autoptr (GVariant) values = NULL;
  g_autoptr (TlFtpUri) uri = NULL;
  g_auto (GVariantDict) extras = G_VARIANT_DICT_INIT (NULL);
  gboolean flag;
  TlFtpSite *site;

  g_variant_get (saved, "(&sb@a{sv})", &link, was_open, &values);
  uri = tl_ftp_uri_parse (link, error);
  if (!uri)
    return NULL;

  site = tl_ftp_site_new_from_uri (uri, NULL);
  g_variant_dict_init (&extras, values);
  take_int (&extras, "security", site, TL_FTP_SECURITY_AUTO, TL_FTP_SECURITY_NONE);
  take_int (&extras, "account-kind", site, TL_FTP_ACCOUNT_ANONYMOUS, TL_FTP_ACCOUNT_REGISTERED);
  take_int (&extras, "charset", site, TL_FTP_CHARSET_AUTO, TL_CHARSET_ISO_8859_1);
  if (g_variant_dict_lookup (&extras, "keep-password", "b", &flag))
    g_object_set (site, "keep-password", flag, NULL);
  if (g_variant_dict_lookup (&extras, "active-mode", "b", &flag))
    g_object_set (site, "active-mode", flag, NULL);
  if (g_variant_dict_lookup (&extras, "mail", "&s", &text) && *text)
    g_object_set (site, "anonymous-password", text, NULL);
  if (g_variant_dict_lookup (&extras, "name", "&s", &text))
    g_object_set (site, "name", text, NULL);

  return site;
}
