/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder in words. */

#include "tl-share-words.h"

#include "tl-ftp-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_url (GString    *text,
         const char *host,
         guint       port)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, strchr (host, ':') ? "ftp://[%s]:%u/" : "ftp://%s:%u/", host, port);
}

char *
tl_share_words_urls (const char         *address,
                     guint               port,
                     const char * const *own)
{
  GString *text = g_string_new (NULL);
  const gboolean all4 = g_str_equal (address, "0.0.0.0");
  const gboolean all6 = g_str_equal (address, "::");

  if (!all4 && !all6)
    add_url (text, address, port);
  else
    for (; *own != NULL; own++)
      if ((strchr (*own, ':') != NULL) == all6)
        add_url (text, *own, port);

  return g_string_free (text, FALSE);
}

static char *
format_moment (gint64 microseconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const gboolean today = g_date_time_get_year (moment) == g_date_time_get_year (now)
                         && g_date_time_get_day_of_year (moment) == g_date_time_get_day_of_year (now);

  return g_date_time_format (moment, today ? "%H:%M" : "%Y-%m-%d %H:%M");
}

char *
tl_share_words_visitor (TlFtpVisitor *visitor)
{
  g_autofree char *act = NULL;
  g_autofree char *since = NULL;
  g_autofree char *sent_text = NULL;
  g_autofree char *received_text = NULL;
  guint64 sent, received;
  gint64 began;
  gboolean secure;

  g_object_get (visitor, "act", &act, "since", &began, "sent", &sent, "received", &received, "secure", &secure, NULL);
  since = format_moment (began);
  sent_text = g_format_size (sent);
  received_text = g_format_size (received);

  return g_strdup_printf (secure ? _("%s · since %s · %s sent, %s received · TLS") : _("%s · since %s · %s sent, %s received · in clear"), act, since,
                          sent_text, received_text);
}

char *
tl_share_words_account (TlFtpAccount *account)
{
  const char *folder = tl_ftp_account_get_folder (account);
  GString *text = g_string_new (tl_ftp_account_get_kind (account) == TL_FTP_ACCOUNT_GUEST ? _("Guest") : _("Registered account"));
  gboolean over;
  gint64 expires;

  g_object_get (account, "over", &over, "expires", &expires, NULL);
  if (*folder)
    {
      g_autofree char *shown = tl_ftp_name_display ((const guint8 *) folder, strlen (folder), TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, NULL);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("only “%s”"), shown);
    }
  g_string_append (text, " · ");
  g_string_append (text, tl_ftp_account_get_writable (account) ? _("may write where writing is allowed") : _("reads only"));
  if (over)
    g_string_append_printf (text, " · %s", _("is over"));
  else if (expires > 0)
    {
      g_autofree char *until = format_moment (expires);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("until %s"), until);
    }

  return g_string_free (text, FALSE);
}

char *
tl_share_words_counts (TlFtpServer *server)
{
  g_autofree char *sent_text = NULL;
  g_autofree char *received_text = NULL;
  guint connected, served, refused;
  guint64 sent, received;

  g_object_get (server, "n-connected", &connected, "n-served", &served, "n-refused", &refused, "sent", &sent, "received", &received, NULL);
  sent_text = g_format_size (sent);
  received_text = g_format_size (received);
  if (refused > 0)
    return g_strdup_printf (_("%u now, %u in all, %u refused · %s sent, %s received"), connected, served, refused, sent_text, received_text);

  return g_strdup_printf (_("%u now, %u in all · %s sent, %s received"), connected, served, sent_text, received_text);
}
