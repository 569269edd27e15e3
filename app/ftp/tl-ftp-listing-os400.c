/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OS/400 (IBM i): owner, size, date, time, kind of object, name: "QSYS   77824 02/23/00 15:09:55 *DIR   QOpenSys/". Members of a file have less. */

#include "tl-ftp-listing-parser.h"

#include "tl-ftp-scan.h"

static TlFtpEntryKind
get_kind (const guint8 *p,
          const guint8 *end)
{
  static const char * const folders[] = { "*dir", "*ddir", "*lib", "*flr" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (tl_scan_is (p, end, folders[i]))
      return TL_FTP_ENTRY_DIRECTORY;
  return tl_scan_is (p, end, "*symlnk") ? TL_FTP_ENTRY_LINK : TL_FTP_ENTRY_FILE;
}

static gboolean
is_object_kind (const guint8 *p,
                const guint8 *end)
{
  if (end - p < 3 || *p != '*')
    return FALSE;
  for (p++; p < end; p++)
    if (!g_ascii_isupper ((char) *p) && !tl_scan_is_digit (*p))
      return FALSE;
  return TRUE;
}

TlFtpLineVerdict
tl_ftp_line_os400 (TlFtpParsing     *parsing,
                   TlFtpLine         line,
                   TlFtpLines       *rest,
                   TlFtpListingItem *item)
{
  const guint8 *p = line.p, *end = line.end;
  const guint8 *word = tl_scan_word (p, end);
  TlFtpDate date = TL_FTP_DATE_INIT;
  TlFtpDates dates = parsing->dates;

  if (word == p || word == end || (!g_ascii_isalnum ((char) *p) && *p != '$' && *p != '#' && *p != '@'))
    return TL_FTP_LINE_NO;
  tl_ftp_item_set_owner (item, p, word);

  p = tl_scan_blanks (word, end);
  word = tl_scan_word (p, end);
  if (tl_ftp_scan_size (p, word, &item->size))
    {
      p = tl_ftp_date_scan_numbers (&dates, tl_scan_blanks (word, end), end, &date);
      p = p != NULL ? tl_ftp_date_scan_clock (tl_scan_blanks (p, end), end, &date) : NULL;
      if (p == NULL)
        return TL_FTP_LINE_NO;
      p = tl_scan_blanks (p, end);
      word = tl_scan_word (p, end);
      tl_ftp_item_set_date (item, &dates, &date);
    }
  if (!is_object_kind (p, word))
    return TL_FTP_LINE_NO;

  item->kind = get_kind (p, word);
  p = tl_scan_blanks (word, end);
  if (item->kind == TL_FTP_ENTRY_DIRECTORY && end - p > 1 && end[-1] == '/')
    end--;
  tl_ftp_item_set_name (item, p, end);
  parsing->dates = dates;
  return TL_FTP_LINE_ENTRY;
}
