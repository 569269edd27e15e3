/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MVS (z/OS): data sets, the members of a partitioned one, load modules. Sizes are in units that no byte count can be had from. */

#include "tl-ftp-listing-parser.h"

#include "tl-ftp-scan.h"

#define MAX_WORDS 16
#define MAX_MEMBER 8

typedef struct {
  TlFtpLine words[MAX_WORDS];
  guint n;
} Words;

static gboolean
word_is (const Words *words,
         guint        index,
         const char  *word)
{
  return index < words->n && tl_scan_is (words->words[index].p, words->words[index].end, word);
}

static void
split (Words        *words,
       const guint8 *p,
       const guint8 *end)
{
  words->n = 0;
  for (p = tl_scan_blanks (p, end); p < end && words->n < MAX_WORDS; p = tl_scan_blanks (p, end))
    {
      words->words[words->n].p = p;
      words->words[words->n++].end = p = tl_scan_word (p, end);
    }
}

/* Where the line is one that stands above others, what these are. */
static TlFtpMvsHeading
get_heading (const Words *words)
{
  if (word_is (words, 0, "volume") && word_is (words, 1, "unit") && words->n >= 4)
    return TL_FTP_MVS_DATASETS;
  if (word_is (words, 0, "name") && word_is (words, 1, "vv.mm"))
    return TL_FTP_MVS_MEMBERS;
  if (word_is (words, 0, "name") && word_is (words, 1, "size") && word_is (words, 2, "ttr"))
    return TL_FTP_MVS_LOAD_MODULES;
  return TL_FTP_MVS_NOTHING;
}

static gboolean
is_date (TlFtpParsing *parsing,
         const Words  *words,
         guint         index,
         TlFtpDate    *date)
{
  TlFtpDates dates = parsing->dates;

  dates.order = TL_FTP_YEAR_MONTH_DAY;
  *date = (TlFtpDate) TL_FTP_DATE_INIT;
  return index < words->n && tl_ftp_date_scan_numbers (&dates, words->words[index].p, words->words[index].end, date) == words->words[index].end;
}

static TlFtpLineVerdict
take_name (TlFtpListingItem *item,
           const Words      *words,
           guint             index)
{
  tl_ftp_item_set_name (item, words->words[index].p, words->words[index].end);
  return TL_FTP_LINE_ENTRY;
}

/* "VOL001 3390   2003/05/21  1   15  FB   80  27920  PO  USER.LIB", or what is said of a data set that is not on a disk. */
static TlFtpLineVerdict
scan_dataset (TlFtpParsing     *parsing,
              const Words      *words,
              TlFtpListingItem *item)
{
  guint last = words->n - 1;
  TlFtpDate date;
  gboolean has_date;

  if (words->n == 2 && (word_is (words, 0, "migrated") || word_is (words, 0, "vsam") || word_is (words, 0, "gdg")))
    return take_name (item, words, last);
  if (words->n == 3 && word_is (words, 0, "pseudo") && word_is (words, 1, "directory"))
    {
      item->kind = TL_FTP_ENTRY_DIRECTORY;
      return take_name (item, words, last);
    }
  if ((words->n == 3 && word_is (words, 1, "tape")) || (words->n == 4 && word_is (words, 2, "vsam")) ||
      (words->n == 4 && word_is (words, 1, "not") && word_is (words, 2, "mounted")) ||
      (words->n == 6 && word_is (words, 1, "not") && word_is (words, 2, "direct")))
    return take_name (item, words, last);

  has_date = is_date (parsing, words, 2, &date);
  if (words->n < 9 || (!has_date && !word_is (words, 2, "**none**")))
    return TL_FTP_LINE_NO;
  if (has_date)
    tl_ftp_item_set_date (item, &parsing->dates, &date);
  /* A partitioned one is entered like a folder. */
  if (tl_scan_has (words->words[last - 1].p, words->words[last - 1].end, "po"))
    item->kind = TL_FTP_ENTRY_DIRECTORY;
  tl_ftp_item_set_permissions (item, words->words[last - 4].p, words->words[last - 4].end);
  return take_name (item, words, last);
}

static gboolean
is_member (TlFtpLine word)
{
  if (word.end - word.p > MAX_MEMBER)
    return FALSE;
  for (const guint8 *p = word.p; p < word.end; p++)
    if (!g_ascii_isalnum ((char) *p) && *p != '@' && *p != '#' && *p != '$')
      return FALSE;
  return TRUE;
}

/* "MEMBER  01.04 2004/06/22 2004/06/23 16:32   128   128    0 OWNER", or a name alone, without statistics. */
static TlFtpLineVerdict
scan_member (TlFtpParsing     *parsing,
             const Words      *words,
             TlFtpListingItem *item)
{
  TlFtpDate created, changed;
  const TlFtpLine *version = &words->words[1];
  int value;

  if (!is_member (words->words[0]))
    return TL_FTP_LINE_NO;
  if (words->n == 1)
    return parsing->heading == TL_FTP_MVS_MEMBERS ? take_name (item, words, 0) : TL_FTP_LINE_NO;
  if (words->n < 8 || version->end - version->p != 5 || version->p[2] != '.' || tl_scan_int (version->p, version->p + 2, 2, &value) == NULL ||
      !is_date (parsing, words, 2, &created) || !is_date (parsing, words, 3, &changed) ||
      tl_ftp_date_scan_clock (words->words[4].p, words->words[4].end, &changed) != words->words[4].end)
    return TL_FTP_LINE_NO;

  tl_ftp_item_set_date (item, &parsing->dates, &changed);
  if (words->n == 9)
    tl_ftp_item_set_owner (item, words->words[8].p, words->words[8].end);
  return take_name (item, words, 0);
}

/* "IEFBR14   000058   000009          00 FO    RN RU    31    ANY": the size is hexadecimal. */
static TlFtpLineVerdict
scan_load_module (const Words      *words,
                  TlFtpListingItem *item)
{
  gint64 size = 0;

  if (words->n < 3 || !is_member (words->words[0]) || words->words[1].end - words->words[1].p > 8)
    return TL_FTP_LINE_NO;
  for (const guint8 *p = words->words[1].p; p < words->words[1].end; p++)
    {
      if (!g_ascii_isxdigit ((char) *p))
        return TL_FTP_LINE_NO;
      size = size * 16 + g_ascii_xdigit_value ((char) *p);
    }
  item->size = size;
  return take_name (item, words, 0);
}

TlFtpLineVerdict
tl_ftp_line_mvs (TlFtpParsing     *parsing,
                 TlFtpLine         line,
                 TlFtpLines       *rest,
                 TlFtpListingItem *item)
{
  Words words;
  TlFtpMvsHeading heading;
  TlFtpLineVerdict verdict;

  split (&words, line.p, line.end);
  if (words.n == 0)
    return TL_FTP_LINE_NO;
  heading = get_heading (&words);
  if (heading != TL_FTP_MVS_NOTHING)
    {
      parsing->heading = heading;
      return TL_FTP_LINE_SKIP;
    }

  if (parsing->heading == TL_FTP_MVS_LOAD_MODULES)
    return scan_load_module (&words, item);
  verdict = scan_member (parsing, &words, item);
  return verdict != TL_FTP_LINE_NO ? verdict : scan_dataset (parsing, &words, item);
}
