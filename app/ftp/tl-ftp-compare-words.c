/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison found, in words. */

#include "tl-ftp-compare.h"

#include <glib/gi18n-lib.h>

void
tl_ftp_append_count (GString    *text,
                     const char *word,
                     guint       n)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  /* Translators: what, and how many: “Newer on the server: 3” */
  g_string_append_printf (text, _("%s: %u"), word, n);
}

static guint
count (TlFtpComparison *comparison,
       guint            differences)
{
  guint n = 0;

  for (guint i = 0; i < TL_N_FTP_DIFFERENCES; i++)
    if (differences & 1u << i)
      n += tl_ftp_comparison_count (comparison, i);
  return n;
}

/* (nullable): the sentence where there are no files. */
static char *
dup_without_files (TlFtpComparison *comparison)
{
  TlFtpListing *remote = tl_ftp_comparison_get_remote (comparison);
  const guint n_folders = tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_FOLDER);

  if (count (comparison, TL_FTP_DIFFERENCES_ALL) > n_folders)
    return NULL;
  if (n_folders > 0)
    return g_strdup_printf (ngettext ("There is nothing but %u folder, on both sides; what is in it was not compared.",
                                      "There is nothing but %u folders, on both sides; what is in them was not compared.", n_folders), n_folders);
  if (remote && (tl_ftp_listing_is_cut (remote) || tl_ftp_listing_get_n_unparsed (remote) > 0))
    return g_strdup (_("There is nothing to compare: the server's list is not whole, or not understood, and the folder of this computer is empty."));
  return g_strdup (_("Both folders are empty."));
}

static void
append_clock (GString         *text,
              TlFtpComparison *comparison)
{
  const int shift = tl_ftp_comparison_get_clock_offset (comparison);

  if (shift == 0)
    return;
  g_string_append (text, " · ");
  /* Translators: hours and minutes, as "+8:00" */
  g_string_append_printf (text, _("times of the server read as UTC%c%d:%02d"), shift < 0 ? '-' : '+', ABS (shift) / 3600, ABS (shift) / 60 % 60);
}

char *
tl_ftp_comparison_dup_summary (TlFtpComparison *comparison,
                               guint            differences)
{
  char *sentence = dup_without_files (comparison);
  GString *text = g_string_new (sentence);

  if (!sentence && count (comparison, TL_FTP_DIFFERENCES_DIFFERENT) == 0)
    g_string_append (text, _("No differences"));
  g_free (sentence);
  tl_ftp_append_count (text, _("Only on this computer"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_ONLY_LOCAL));
  tl_ftp_append_count (text, _("Only on the server"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_ONLY_REMOTE));
  tl_ftp_append_count (text, _("Newer on this computer"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_LOCAL_NEWER));
  tl_ftp_append_count (text, _("Newer on the server"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_REMOTE_NEWER));
  tl_ftp_append_count (text, _("Size differs"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_SIZE));
  tl_ftp_append_count (text, _("Not the same kind"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_KIND));
  tl_ftp_append_count (text, _("Not comparable"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_UNKNOWN));
  tl_ftp_append_count (text, _("Same"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_EQUAL));
  if (count (comparison, TL_FTP_DIFFERENCES_ALL & ~(1u << TL_FTP_DIFFERENCE_FOLDER)) > 0)
    tl_ftp_append_count (text, _("Folders on both sides, not looked into"), tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_FOLDER));
  append_clock (text, comparison);
  if (count (comparison, TL_FTP_DIFFERENCES_ALL) > 0 && count (comparison, differences) == 0)
    {
      g_string_append (text, " · ");
      g_string_append (text, _("nothing of that is of the kind that is shown"));
    }

  return g_string_free (text, FALSE);
}
