/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenVMS: "NAME.TYPE;version  used/allocated  date time  [owner]  (protection)", on one line, or on up to three when the name is long. */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

#define BLOCK 512
#define MAX_MORE_LINES 2

typedef struct {
  gboolean has_date, has_protection, failed;
} Seen;

/* "NAME.TYPE;12". Returns: what follows, or NULL. */
static const guint8 *
scan_name (const guint8     *p,
           const guint8     *end,
           TlFtpListingItem *item)
{
  static const char directory[] = ".dir";
  const guint8 *word = tl_scan_word (p, end);
  /* The last one: "^;" is of a name on an ODS-5 volume. */
  const guint8 *semicolon = memrchr (p, ';', (gsize) (word - p));
  int version;

  if (semicolon == NULL || semicolon == p || tl_scan_int (semicolon + 1, word, 5, &version) != word)
    return NULL;
  tl_ftp_item_set_name (item, p, word);
  /* A folder is entered by its bare name. */
  if (semicolon - p > (gssize) strlen (directory) && tl_scan_is (semicolon - strlen (directory), semicolon, directory))
    {
      item->kind = TL_FTP_ENTRY_DIRECTORY;
      tl_ftp_item_set_name (item, p, semicolon - strlen (directory));
    }
  return word;
}

static void
set_blocks (TlFtpListingItem *item,
            const guint8     *p,
            const guint8     *end)
{
  const guint8 *slash = memchr (p, '/', (gsize) (end - p));
  gint64 blocks;

  if (tl_ftp_scan_size (p, slash != NULL ? slash : end, &blocks) && blocks >= 0 && blocks <= G_MAXINT64 / BLOCK)
    item->size = blocks * BLOCK;
}

/* What stands behind the name, in any order. */
static void
scan_details (TlFtpParsing     *parsing,
              const guint8     *p,
              const guint8     *end,
              TlFtpListingItem *item,
              Seen             *seen)
{
  for (p = tl_scan_blanks (p, end); p < end; p = tl_scan_blanks (p, end))
    {
      const guint8 *word = tl_scan_word (p, end), *close, *after;
      TlFtpDate date = TL_FTP_DATE_INIT;

      if (*p == '[' && (close = memchr (p, ']', (gsize) (end - p))) != NULL)
        {
          tl_ftp_item_set_owner (item, p + 1, close);
          p = close + 1;
        }
      else if (*p == '(' && (close = memchr (p, ')', (gsize) (end - p))) != NULL)
        {
          tl_ftp_item_set_permissions (item, p + 1, close);
          seen->has_protection = TRUE;
          p = close + 1;
        }
      else if (!seen->has_date && (after = tl_ftp_date_scan_dashed (p, word, &date)) != NULL)
        {
          const guint8 *clock = tl_ftp_date_scan_clock (tl_scan_blanks (after, end), end, &date);

          tl_ftp_item_set_date (item, &parsing->dates, &date);
          seen->has_date = TRUE;
          p = clock != NULL ? tl_scan_word (clock, end) : word;
        }
      else
        {
          /* "%RMS-E-PRV, insufficient privilege": all that is known is that there is a file. */
          seen->failed = seen->failed || *p == '%';
          if (item->size < 0 && tl_scan_is_digit (*p))
            set_blocks (item, p, word);
          p = word;
        }
    }
}

static gboolean
is_heading (const guint8 *p,
            const guint8 *end)
{
  return tl_scan_has (p, end, "directory ") || tl_scan_has (p, end, "total of ") || tl_scan_has (p, end, "grand total of ");
}

TlFtpLineVerdict
tl_ftp_line_vms (TlFtpParsing     *parsing,
                 TlFtpLine         line,
                 TlFtpLines       *rest,
                 TlFtpListingItem *item)
{
  const guint8 *p;
  TlFtpLines ahead = *rest;
  TlFtpLine more;
  Seen seen = { FALSE };

  if (line.p >= line.end || tl_scan_is_blank (*line.p))
    return TL_FTP_LINE_NO;
  if (is_heading (line.p, line.end))
    return TL_FTP_LINE_SKIP;
  p = scan_name (line.p, line.end, item);
  if (p == NULL)
    return TL_FTP_LINE_NO;

  scan_details (parsing, p, line.end, item, &seen);
  for (guint i = 0; i < MAX_MORE_LINES && !seen.failed && !seen.has_protection && tl_ftp_lines_next (&ahead, &more); i++)
    {
      if (more.p == more.end || !tl_scan_is_blank (*more.p) || tl_scan_blanks (more.p, more.end) == more.end)
        break;
      scan_details (parsing, more.p, more.end, item, &seen);
      *rest = ahead;
    }

  return seen.has_date || seen.failed ? TL_FTP_LINE_ENTRY : TL_FTP_LINE_NO;
}
