/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan does, in words. */

#include "tl-ftp-sync-plan-private.h"

#include "tl-local-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
tl_ftp_sync_plan_dup_path (TlFtpSyncPlan *self,
                           guint          index)
{
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self, index);
  const TlFtpSyncFolder *first = tl_ftp_sync_plan_get_folder (self, 0);
  const TlFtpSyncFolder *folder = tl_ftp_sync_plan_get_folder (self, item->folder);
  gsize skip = strlen (first->local);
  g_autofree char *path = NULL;

  while (folder->local[skip] == '/')
    skip++;
  path = g_build_filename (item->folder == 0 ? "" : folder->local + skip, item->local_name, NULL);
  return tl_local_name_display (path);
}

/* "1.2 kB, 2026-07-01 10:20" */
static char *
dup_facts (gint64             size,
           gint64             time,
           TlFtpTimePrecision precision)
{
  g_autoptr (GDateTime) date = precision != TL_FTP_TIME_NONE ? g_date_time_new_from_unix_local (time) : NULL;
  g_autofree char *when = date != NULL ? g_date_time_format (date, precision == TL_FTP_TIME_DAY ? "%Y-%m-%d" : "%Y-%m-%d %H:%M") : g_strdup (_("time unknown"));
  g_autofree char *how_much = size >= 0 ? g_format_size ((guint64) size) : g_strdup (_("size unknown"));

  /* Translators: size and time of a file */
  return g_strdup_printf (_("%s, %s"), how_much, when);
}

/* A folder that is on one side only. */
static char *
dup_folder (const TlFtpSyncItem *item)
{
  const char *sentence = item->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL ? _("Folder only on this computer") : _("Folder only on the server");

  if (item->unread)
    /* Translators: “Folder only on the server” and the like is before it */
    return g_strdup_printf (_("%s; not all in it could be read, so that it is not deleted"), sentence);
  if (item->n_within == 0)
    return g_strdup_printf (_("%s, empty"), sentence);
  return g_strdup_printf (ngettext ("%s, with %u file or folder in it", "%s, with %u files and folders in it", item->n_within), sentence, item->n_within);
}

static const char *
get_sentence (const TlFtpSyncItem *item)
{
  switch ((TlFtpDifference) item->difference)
    {
    case TL_FTP_DIFFERENCE_ONLY_LOCAL:
      return _("Only on this computer");
    case TL_FTP_DIFFERENCE_ONLY_REMOTE:
      return _("Only on the server");
    case TL_FTP_DIFFERENCE_LOCAL_NEWER:
      return _("Newer on this computer");
    case TL_FTP_DIFFERENCE_REMOTE_NEWER:
      return _("Newer on the server");
    case TL_FTP_DIFFERENCE_SIZE:
      return _("The sizes differ, and nothing tells which one is newer");
    case TL_FTP_DIFFERENCE_KIND:
      return _("A file on one side, a folder on the other");
    case TL_FTP_DIFFERENCE_EQUAL:
    case TL_FTP_DIFFERENCE_FOLDER:
    case TL_FTP_DIFFERENCE_UNKNOWN:
    default:
      return item->remote_name == NULL ? _("The name cannot be written in the server's character set")
                                       : _("This cannot be compared: it is a link, its name stands for several files or cannot be sent, or the server does not tell enough");
    }
}

char *
tl_ftp_sync_plan_dup_reason (TlFtpSyncPlan *self,
                             guint          index)
{
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self, index);
  const gboolean single = item->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL || item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE;
  g_autofree char *remote = NULL;
  g_autofree char *local = NULL;

  if (single && item->is_folder)
    return dup_folder (item);
  if (!item->is_pair)
    return g_strdup (get_sentence (item));
  remote = dup_facts (item->remote_size, item->remote_time, item->precision);
  local = dup_facts (item->local_size, item->local_time, TL_FTP_TIME_SECOND);
  /* Translators: what differs, and sizes and times of both files */
  return g_strdup_printf (_("%s (server %s; this computer %s)"), get_sentence (item), remote, local);
}
