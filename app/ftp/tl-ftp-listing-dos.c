/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What DIR prints, and IIS with it: "04-27-00  09:09PM       <DIR>          name". */

#include "tl-ftp-listing-parser.h"

#include "tl-ftp-scan.h"

/* From the '<' to the name. */
#define TAG_COLUMN 15

/* "<DIR>" and its like. Returns: what follows it, or NULL. */
static const guint8 *
scan_tag (const guint8   *p,
          const guint8   *end,
          TlFtpEntryKind *kind)
{
  static const struct {
    const char *tag;
    TlFtpEntryKind kind;
  } tags[] = {
    { "<dir>", TL_FTP_ENTRY_DIRECTORY },
    { "<rep>", TL_FTP_ENTRY_DIRECTORY },    /* French */
    { "<junction>", TL_FTP_ENTRY_LINK },
    { "<symlinkd>", TL_FTP_ENTRY_LINK },
    { "<symlink>", TL_FTP_ENTRY_LINK },
  };
  const guint8 *after = tl_scan_word (p, end);

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (tl_scan_is (p, after, tags[i].tag))
      {
        *kind = tags[i].kind;
        return after;
      }

  return NULL;
}

/* A name stands in a fixed column behind a tag; blanks past that are its own. */
static const guint8 *
skip_to_column (const guint8 *tag,
                const guint8 *after,
                const guint8 *end)
{
  const guint8 *name = tl_scan_blanks (after, end);

  return name - tag > TAG_COLUMN ? tag + TAG_COLUMN : name;
}

/* "name [target]" */
static void
split_target (TlFtpListingItem *item)
{
  const guint8 *end = item->name + item->name_length, *p = end - 1;

  if (item->name_length < 4 || *p != ']')
    return;
  while (p > item->name + 2 && *p != '[')
    p--;
  if (*p != '[' || p[-1] != ' ')
    return;
  tl_ftp_item_set_target (item, p + 1, end - 1);
  tl_ftp_item_set_name (item, item->name, p - 1);
}

TlFtpLineVerdict
tl_ftp_line_dos (TlFtpParsing     *parsing,
                 TlFtpLine         line,
                 TlFtpLines       *rest,
                 TlFtpListingItem *item)
{
  TlFtpDate date = TL_FTP_DATE_INIT;
  TlFtpDates dates = parsing->dates;
  const guint8 *clock_end, *p, *q;
  gsize before;

  p = tl_scan_blanks (line.p, line.end);
  if (p >= line.end || !tl_scan_is_digit (*p))
    return TL_FTP_LINE_NO;
  p = tl_ftp_date_scan_numbers (&dates, p, line.end, &date);
  p = p != NULL && p < line.end && tl_scan_is_blank (*p) ? tl_ftp_date_scan_clock (tl_scan_blanks (p, line.end), line.end, &date) : NULL;
  if (p == NULL || p >= line.end || !tl_scan_is_blank (*p))
    return TL_FTP_LINE_NO;

  clock_end = p;
  p = tl_scan_blanks (p, line.end);
  before = (gsize) (p - clock_end);
  q = scan_tag (p, line.end, &item->kind);
  if (q != NULL)
    {
      tl_ftp_item_set_name (item, skip_to_column (p, q, line.end), line.end);
      if (item->kind == TL_FTP_ENTRY_LINK)
        split_target (item);
    }
  else
    {
      q = tl_scan_word (p, line.end);
      if (q >= line.end || !tl_ftp_scan_size (p, q, &item->size))
        return TL_FTP_LINE_NO;
      /* To the right in its field, and one blank; whoever writes sizes to the left pads behind them. */
      tl_ftp_item_set_name (item, before > 2 ? q + 1 : tl_scan_blanks (q, line.end), line.end);
    }

  parsing->dates = dates;
  tl_ftp_item_set_date (item, &dates, &date);
  return TL_FTP_LINE_ENTRY;
}
