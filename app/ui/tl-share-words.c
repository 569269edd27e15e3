/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder in words. */

#include "tl-share-words.h"

#include "tl-ftp-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* Where a guest's one visit stands. */
static void
append_visit (GString      *text,
              TlFtpAccount *account)
{
  g_autofree char *address = NULL;
  g_autofree char *until = NULL;
  g_autofree char *back_until = NULL;
  gboolean over;
  gint64 expires, back;

  g_object_get (account, "over", &over, "expires", &expires, "address", &address, "back-until", &back, NULL);
  until = format_moment (expires);
  back_until = format_moment (back);
  g_string_append (text, " · ");
  if (over)
    g_string_append (text, address == NULL ? _("the time is over; nobody came") : _("the visit is over; the password is good for nothing now"));
  else if (address == NULL)
    g_string_append_printf (text, _("nobody has come yet; until %s"), until);
  else if (back == 0)
    g_string_append_printf (text, _("here from %s; until %s"), address, until);
  else
    g_string_append_printf (text, _("%s has left, and may come back until %s"), address, back < expires ? back_until : until);
}

char *
tl_share_words_account (TlFtpAccount *account)
{
  const char *folder = tl_ftp_account_get_folder (account);
  GString *text = g_string_new (tl_ftp_account_get_kind (account) == TL_FTP_ACCOUNT_GUEST ? _("Guest") : _("Registered account"));

  if (*folder)
    {
      g_autofree char *shown = tl_ftp_name_display ((const guint8 *) folder, strlen (folder), TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, NULL);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("only “%s”"), shown);
    }
  g_string_append (text, " · ");
  g_string_append (text, tl_ftp_account_get_writable (account) ? _("may write where writing is allowed") : _("reads only"));
  if (tl_ftp_account_get_kind (account) == TL_FTP_ACCOUNT_GUEST)
    append_visit (text, account);

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

const char *
tl_share_words_risk (TlFtpShareRisk risk)
{
  switch (risk)
    {
    case TL_FTP_SHARE_ROOT:
      return _("This is everything on this computer: who comes in sees every file that you may read, those of the system and of other programs too. "
               "Better share a folder of its own.");
    case TL_FTP_SHARE_HOMES:
      return _("Your home folder is in this one: who comes in sees all your files, with the keys, passwords and mails that programs keep there. "
               "Better share a folder of its own.");
    case TL_FTP_SHARE_HOME:
      return _("This is your home folder: who comes in sees all your files, with the keys, passwords and mails that programs keep there. "
               "Better share a folder of its own.");
    case TL_FTP_SHARE_NO_RISK:
    default:
      return NULL;
    }
}

char *
tl_share_words_ports (TlFtpServer *server)
{
  guint min, max, port;
  char *wrong;

  g_object_get (server, "passive-min", &min, "passive-max", &max, "port", &port, NULL);
  wrong = tl_ftp_server_check_ports (min, max, port);
  if (wrong != NULL)
    return wrong;
  if (min == 0)
    return g_strdup (_("Now: any port that is free."));
  return g_strdup_printf (ngettext ("%u port: so many transfers at once.", "%u ports: so many transfers at once.", max - min + 1), max - min + 1);
}
