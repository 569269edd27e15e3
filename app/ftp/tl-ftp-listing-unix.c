/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of `ls -l`, as a thousand servers write it: with or without the number of links, the group, the owner; with names of owners that hold blanks;
 * in any language. What holds everywhere: permissions first, and a size, a date and a name at the end. */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

/* Permissions, links, owner and group of several words, device, and the date. */
#define MAX_WORDS 16
/* Links, owner, group, size and date. */
#define N_UNKNOWN 5

typedef struct {
  TlFtpLine words[MAX_WORDS];
  guint n_words;
} Words;

static int
read_mode (const guint8 *p)
{
  static const char letters[] = "rwxrwxrwx";
  int mode = 0;

  for (int i = 0; i < 9; i++)
    {
      int bit = 1 << (8 - i);
      int special = i == 2 ? 04000 : i == 5 ? 02000 : i == 8 ? 01000 : 0;

      if (p[i] == letters[i])
        mode |= bit;
      else if (special != 0 && (p[i] == 's' || p[i] == 't'))
        mode |= bit | special;
      else if (special != 0 && (p[i] == 'S' || p[i] == 'T' || p[i] == 'l' || p[i] == 'L'))
        mode |= special;
      else if (p[i] != '-')
        return -1;
    }

  return mode;
}

/* "-rw-r--r--", and what ACLs, SELinux and macOS put behind it. Returns: what follows, or NULL. */
static const guint8 *
scan_permissions (TlFtpLine         line,
                  TlFtpListingItem *item)
{
  const guint8 *p = line.p, *end;

  if (line.end - p < 12 || strchr ("-dlbcpsDnCPmMw|?", *p) == NULL || *p == '\0')
    return NULL;
  for (int i = 1; i < 10; i++)
    if (p[i] == '\0' || strchr ("-rwxsStTlLaA?", p[i]) == NULL)
      return NULL;

  end = p + 10;
  if (strchr ("+.@*", *end) != NULL && *end != '\0')
    end++;
  /* A number of links that fills its field follows at once. */
  if (!tl_scan_is_blank (*end) && !tl_scan_is_digit (*end))
    return NULL;

  item->kind = *p == 'd'   ? TL_FTP_ENTRY_DIRECTORY
               : *p == 'l' ? TL_FTP_ENTRY_LINK
               : strchr ("-CmM?", *p) != NULL ? TL_FTP_ENTRY_FILE
                                          : TL_FTP_ENTRY_OTHER;
  item->mode = read_mode (p + 1);
  tl_ftp_item_set_permissions (item, p + 1, end);
  return end;
}

/* Whether the words before the date end in a size, or in the two numbers of a device. The number of words before it. */
static gboolean
scan_number (const Words *words,
             gint64      *size,
             guint       *n_before)
{
  const TlFtpLine *last = &words->words[words->n_words - 1];
  const TlFtpLine *major = words->n_words > 1 ? last - 1 : NULL;
  const guint8 *comma = memchr (last->p, ',', (gsize) (last->end - last->p));
  gint64 value;

  *n_before = words->n_words - 1;
  *size = -1;
  /* "8, 0" */
  if (major != NULL && major->end - major->p > 1 && major->end[-1] == ',' && tl_ftp_scan_size (major->p, major->end - 1, &value) &&
      tl_ftp_scan_size (last->p, last->end, &value))
    {
      *n_before -= 1;
      return TRUE;
    }
  if (tl_ftp_scan_size (last->p, last->end, size))
    return TRUE;
  /* "8,0" */
  if (comma != NULL && tl_ftp_scan_size (last->p, comma, &value) && tl_ftp_scan_size (comma + 1, last->end, &value))
    return TRUE;
  /* "0x1a", of a device on FreeBSD */
  if (last->end - last->p > 2 && tl_scan_has (last->p, last->end, "0x"))
    return TRUE;
  /* "4.0K", of ls -h: about how much, which is not how much. */
  return tl_scan_is_digit (*last->p) && strchr ("KMGTPkB", last->end[-1]) != NULL && last->end - last->p < 8;
}

/* The words between permissions and size: [links] [owner…] [group]. */
static void
set_owner (TlFtpListingItem *item,
           const TlFtpLine  *words,
           guint             n_words)
{
  gint64 links, data;

  /* NetPresenz and its like say "folder" instead of owner and links, and of a file how long its two forks are, which make up its size. */
  if ((n_words == 1 && tl_scan_is (words[0].p, words[0].end, "folder")) ||
      (n_words == 2 && item->size > 0 && tl_ftp_scan_size (words[0].p, words[0].end, &links) && tl_ftp_scan_size (words[1].p, words[1].end, &data) &&
       links <= item->size && data == item->size - links))
    {
      n_words = 0;
    }
  /* Where nobody counts them, "-" stands. */
  else if (n_words > 0 && (tl_ftp_scan_size (words[0].p, words[0].end, &links) || tl_scan_is (words[0].p, words[0].end, "-")))
    {
      words++;
      n_words--;
    }

  if (n_words == 1)
    {
      tl_ftp_item_set_owner (item, words[0].p, words[0].end);
    }
  else if (n_words > 1)
    {
      tl_ftp_item_set_owner (item, words[0].p, words[n_words - 2].end);
      tl_ftp_item_set_group (item, words[n_words - 1].p, words[n_words - 1].end);
    }
}

/* "total 12", "总用量 12", "insgesamt 12": a word and a number, above the first entry. */
gboolean
tl_ftp_line_is_total (const TlFtpParsing *parsing,
                      TlFtpLine           line)
{
  static const char * const words[] = { "total", "totale", "insgesamt", "gesamt", "totaal", "totalt", "summa", "suma", "celkem", "razem", "spolu",
                                        "ukupno", "skupaj", "kokku", "toplam", "yhteens\xc3\xa4", "yhteens\xe4", "totalsize" };
  const guint8 *end = tl_scan_word (line.p, line.end);
  const guint8 *number = tl_scan_blanks (end, line.end);
  const guint8 *number_end = tl_scan_word (number, line.end);
  gboolean known = end > line.p && *line.p >= 0x80;
  gint64 value;

  if (end > line.p && end[-1] == ':')
    end--;
  for (guint i = 0; i < G_N_ELEMENTS (words) && !known; i++)
    known = tl_scan_is (line.p, end, words[i]);
  if (!known || parsing->started || tl_scan_blanks (number_end, line.end) != line.end || number == number_end)
    return FALSE;
  if (strchr ("KMGT", number_end[-1]) != NULL)
    return tl_scan_is_digit (*number);
  return tl_ftp_scan_size (number, number_end, &value);
}

TlFtpLineVerdict
tl_ftp_scan_ls_rest (TlFtpParsing     *parsing,
                     const guint8     *p,
                     const guint8     *end,
                     TlFtpListingItem *item)
{
  Words words = { .n_words = 0 };
  TlFtpDate date;
  guint n_before;

  for (p = tl_scan_blanks (p, end); p < end && words.n_words < MAX_WORDS; p = tl_scan_blanks (p, end))
    {
      TlFtpLine *word = &words.words[words.n_words];
      const guint8 *after;

      if (words.n_words > 0 && scan_number (&words, &item->size, &n_before) &&
          (after = tl_ftp_date_scan_ls (&parsing->dates, p, end, &date)) != NULL && end - after > 1 && tl_scan_is_blank (*after))
        {
          tl_ftp_item_set_date (item, &parsing->dates, &date);
          set_owner (item, words.words, n_before);
          /* One blank: those that follow belong to the name. */
          tl_ftp_item_set_name (item, after + 1, end);
          return TL_FTP_LINE_ENTRY;
        }
      word->p = p;
      word->end = p = tl_scan_word (p, end);
      words.n_words++;
    }

  return TL_FTP_LINE_NO;
}

/* "d????????? ? ? ? ?            ? name": `ls` could read the names of a folder, and nothing else. */
static TlFtpLineVerdict
scan_unknown (const guint8     *p,
              const guint8     *end,
              TlFtpListingItem *item)
{
  for (guint i = 0; i < N_UNKNOWN; i++)
    {
      p = tl_scan_blanks (p, end);
      if (end - p < 2 || *p != '?' || !tl_scan_is_blank (p[1]))
        return TL_FTP_LINE_NO;
      p++;
    }

  tl_ftp_item_set_name (item, p + 1, end);
  return TL_FTP_LINE_ENTRY;
}

TlFtpLineVerdict
tl_ftp_line_unix (TlFtpParsing     *parsing,
                  TlFtpLine         line,
                  TlFtpLines       *rest,
                  TlFtpListingItem *item)
{
  const guint8 *p = scan_permissions (line, item);

  if (p == NULL)
    return tl_ftp_line_is_total (parsing, line) ? TL_FTP_LINE_SKIP : TL_FTP_LINE_NO;
  if (line.p[1] == '?' ? scan_unknown (p, line.end, item) == TL_FTP_LINE_NO : tl_ftp_scan_ls_rest (parsing, p, line.end, item) == TL_FTP_LINE_NO)
    return TL_FTP_LINE_NO;

  if (item->kind == TL_FTP_ENTRY_LINK)
    tl_ftp_item_split_link (item);
  else if (item->kind == TL_FTP_ENTRY_OTHER)
    item->size = -1;
  /* Of `ls -F`; no name ends so. */
  else if (item->kind == TL_FTP_ENTRY_DIRECTORY && item->name_length > 1 && item->name[item->name_length - 1] == '/')
    item->name_length--;
  return TL_FTP_LINE_ENTRY;
}
