/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row and the header say of transfers. */

#include "tl-transfer-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE 60
#define HOUR 3600

char *
tl_transfer_words_left (gint64 seconds)
{
  if (seconds < MINUTE)
    return g_strdup_printf (ngettext ("%d second left", "%d seconds left", (gulong) seconds), (int) seconds);
  if (seconds < HOUR)
    return g_strdup_printf (ngettext ("%d minute left", "%d minutes left", (gulong) (seconds / MINUTE)), (int) (seconds / MINUTE));
  return g_strdup_printf (ngettext ("%d hour left", "%d hours left", (gulong) (seconds / HOUR)), (int) MIN (seconds / HOUR, G_MAXINT));
}

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
append_pace (GString *text,
             double   speed,
             gint64   left)
{
  if (speed >= 1)
    {
      g_autofree char *size = g_format_size ((guint64) speed);
      /* Translators: a speed, such as “1.1 MB/s” */
      g_autofree char *pace = g_strdup_printf (_("%s/s"), size);

      append (text, pace);
    }
  if (left > 0 && speed >= 1)
    {
      g_autofree char *words = tl_transfer_words_left (left);

      append (text, words);
    }
}

/* What the user has chosen for one that is not over. */
static void
append_rank (GString    *text,
             TlTransfer *transfer)
{
  int priority = tl_transfer_get_priority (transfer);
  guint limit = tl_transfer_get_limit (transfer);

  if (!tl_transfer_is_active (transfer) && tl_transfer_get_state (transfer) != TL_TRANSFER_PAUSED)
    return;
  if (limit > 0)
    {
      g_autofree char *size = g_format_size_full ((guint64) limit * 1024, G_FORMAT_SIZE_IEC_UNITS);
      /* Translators: a limit of speed, such as “at most 1.0 MiB/s” */
      g_autofree char *words = g_strdup_printf (_("at most %s/s"), size);

      append (text, words);
    }
  if (priority != 0)
    append (text, priority > 0 ? _("high priority") : _("low priority"));
}

char *
tl_transfer_words_detail (TlTransfer *transfer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TlTransferState state = tl_transfer_get_state (transfer);
  gint64 size = tl_transfer_get_size (transfer);
  guint64 moved = tl_transfer_get_moved (transfer);
  g_autofree char *size_text = size >= 0 ? g_format_size ((guint64) size) : NULL;

  /* Of a folder that is over the note tells how many. */
  if (tl_transfer_is_folder (transfer) && state != TL_TRANSFER_DONE)
    {
      guint n_files, n_ended;

      g_object_get (transfer, "n-files", &n_files, "n-ended", &n_ended, NULL);
      if (n_files > 0)
        {
          /* Translators: of a folder: files that are done / files found so far */
          g_autofree char *files = g_strdup_printf (_("%u / %u files"), n_ended, n_files);

          append (text, files);
        }
    }
  if (state == TL_TRANSFER_DONE || (moved == 0 && state != TL_TRANSFER_RUNNING))
    {
      if (size_text != NULL)
        append (text, size_text);
    }
  else
    {
      g_autofree char *moved_text = g_format_size (moved);
      g_autofree char *both = size_text != NULL ? g_strdup_printf ("%s / %s", moved_text, size_text) : g_strdup (moved_text);

      append (text, both);
    }
  if (state == TL_TRANSFER_RUNNING)
    append_pace (text, tl_transfer_get_speed (transfer), tl_transfer_get_remaining (transfer));
  append_rank (text, transfer);
  if (state == TL_TRANSFER_DONE && tl_transfer_get_note (transfer) != NULL)
    append (text, tl_transfer_get_note (transfer));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
tl_transfer_words_short (TlTransfer *transfer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double fraction = tl_transfer_get_fraction (transfer);
  gint64 size = tl_transfer_get_size (transfer);

  if (tl_transfer_get_state (transfer) == TL_TRANSFER_RUNNING)
    {
      if (fraction >= 0)
        g_string_append_printf (text, "%d%%", (int) (fraction * 100));
      append_pace (text, tl_transfer_get_speed (transfer), -1);
    }
  else if (size >= 0)
    {
      g_autofree char *words = g_format_size ((guint64) size);

      append (text, words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
tl_transfer_words_problem (TlTransfer *transfer)
{
  const char *note = tl_transfer_get_note (transfer);
  guint number, seconds;

  if (tl_transfer_get_error (transfer) != NULL)
    return g_strdup (tl_transfer_get_error (transfer));
  if (tl_transfer_get_state (transfer) == TL_TRANSFER_DONE || note == NULL)
    return NULL;
  if (tl_transfer_get_retry (transfer, &number, &seconds))
    /* Translators: the how manieth other try, in how many seconds, and why */
    return g_strdup_printf (_("Retry %u in %u s: %s"), number, seconds, note);
  if (tl_transfer_get_state (transfer) == TL_TRANSFER_WAITING)
    return g_strdup_printf (_("Will be tried again: %s"), note);
  return g_strdup (note);
}

/* "/home/user/x" → "~/x". */
static char *
dup_local_folder (TlTransfer *transfer)
{
  g_autoptr (GFile) folder = g_file_get_parent (tl_transfer_get_local (transfer));
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (path == NULL)
    return g_strdup ("");
  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == '/' || path[length] == '\0'))
    {
      g_autofree char *shown = g_filename_display_name (path + length);

      return g_strconcat ("~", shown, NULL);
    }
  return g_filename_display_name (path);
}

char *
tl_transfer_words_target (TlTransfer *transfer)
{
  g_autofree char *place = NULL;

  if (tl_transfer_is_upload (transfer))
    {
      g_autoptr (GBytes) folder = tl_ftp_path_parent (tl_transfer_get_remote (transfer));
      TlFtpSite *site = tl_transfer_get_site (transfer);
      TlFtpCharset charset = TL_FTP_CHARSET_AUTO;
      g_autofree char *shown = NULL;
      gsize length;
      const guint8 *bytes = g_bytes_get_data (folder, &length);

      if (site != NULL)
        g_object_get (site, "charset", &charset, NULL);
      shown = tl_ftp_name_display (bytes, length, charset, tl_ftp_name_guess (bytes, length), NULL);
      place = g_strdup_printf ("%s:%s", site != NULL ? tl_ftp_site_get_host (site) : "", shown);
    }
  else
    place = dup_local_folder (transfer);
  return g_strconcat ("→ ", place, NULL);
}

char *
tl_transfer_words_totals (guint  n_active,
                          guint  n_failed,
                          guint  n_paused,
                          double fraction,
                          double speed,
                          gint64 left)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_active > 0)
    {
      g_autofree char *active = g_strdup_printf (ngettext ("%u active", "%u active", n_active), n_active);

      append (text, active);
    }
  if (n_paused > 0)
    {
      g_autofree char *paused = g_strdup_printf (ngettext ("%u paused", "%u paused", n_paused), n_paused);

      append (text, paused);
    }
  if (n_failed > 0)
    {
      g_autofree char *failed = g_strdup_printf (ngettext ("%u failed", "%u failed", n_failed), n_failed);

      append (text, failed);
    }
  if (n_active > 0 && fraction >= 0)
    {
      g_autofree char *percent = g_strdup_printf ("%d%%", (int) (fraction * 100));

      append (text, percent);
    }
  if (n_active > 0)
    append_pace (text, speed, left);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
tl_transfer_state_css_class (TlTransferState state)
{
  switch (state)
    {
    case TL_TRANSFER_RUNNING:
      return "accent";
    case TL_TRANSFER_ASKING:
      return "warning";
    case TL_TRANSFER_DONE:
      return "success";
    case TL_TRANSFER_FAILED:
      return "error";
    case TL_TRANSFER_WAITING:
    case TL_TRANSFER_SKIPPED:
    case TL_TRANSFER_CANCELLED:
    case TL_TRANSFER_PAUSED:
    default:
      return "dim-label";
    }
}
