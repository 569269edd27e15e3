/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MLSD, RFC 3659 §7: "fact=value;fact=value; name". */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

typedef struct {
  TlFtpListingItem *item;
  const TlFtpDates *dates;
  gboolean skip;           /* the folder itself, or its parent */
  gboolean known;          /* one of the facts is of RFC 3659 */
  gboolean as_file;        /* "perm" has letters of files, and none of folders */
} Facts;

static void
set_type (Facts        *facts,
          const guint8 *p,
          const guint8 *end)
{
  static const char prefix[] = "os.unix=";

  if (tl_scan_has (p, end, prefix))
    {
      const guint8 *colon;

      p += strlen (prefix);
      colon = memchr (p, ':', (gsize) (end - p));
      if (tl_scan_has (p, end, "slink") || tl_scan_has (p, end, "symlink"))
        {
          facts->item->kind = TL_FTP_ENTRY_LINK;
          if (colon != NULL && colon + 1 < end)
            tl_ftp_item_set_target (facts->item, colon + 1, end);
        }
      else if (tl_scan_is (p, end, "dir"))
        facts->item->kind = TL_FTP_ENTRY_DIRECTORY;
      else if (tl_scan_is (p, end, "file"))
        facts->item->kind = TL_FTP_ENTRY_FILE;
      else
        facts->item->kind = TL_FTP_ENTRY_OTHER;
      return;
    }

  facts->skip = tl_scan_is (p, end, "cdir") || tl_scan_is (p, end, "pdir");
  if (tl_scan_is (p, end, "dir"))
    facts->item->kind = TL_FTP_ENTRY_DIRECTORY;
  else if (tl_scan_is (p, end, "file"))
    facts->item->kind = TL_FTP_ENTRY_FILE;
  else if (tl_scan_is (p, end, "slink") || tl_scan_is (p, end, "symlink") || tl_scan_is (p, end, "link"))
    facts->item->kind = TL_FTP_ENTRY_LINK;
  else
    facts->item->kind = TL_FTP_ENTRY_OTHER;
}

static void
set_mode (Facts        *facts,
          const guint8 *p,
          const guint8 *end)
{
  int mode = 0;

  for (const guint8 *q = p; q < end; q++)
    {
      if (*q < '0' || *q > '7' || end - p > 7)
        return;
      mode = mode * 8 + (*q - '0');
    }
  if (p == end)
    return;
  facts->item->mode = mode & 07777;
  tl_ftp_item_set_permissions (facts->item, p, end);
}

/* RFC 3659 §7.5.5: "a", "r" and "w" are for files alone, "c", "e", "l", "m" and "p" for folders alone. */
static gboolean
is_of_file (const guint8 *p,
            const guint8 *end)
{
  gboolean of_file = FALSE;

  for (; p < end; p++)
    {
      if (strchr ("celmp", g_ascii_tolower ((char) *p)) != NULL)
        return FALSE;
      of_file |= strchr ("arw", g_ascii_tolower ((char) *p)) != NULL;
    }
  return of_file;
}

/* A name is better than a number. */
static gboolean
is_free (const guint8 *had,
         gboolean      is_name)
{
  return had == NULL || is_name;
}

static void
set_fact (Facts        *facts,
          const guint8 *p,
          const guint8 *equals,
          const guint8 *end)
{
  TlFtpListingItem *item = facts->item;
  const guint8 *value = equals + 1;
  TlFtpDate date = TL_FTP_DATE_INIT;
  gboolean known = TRUE;

  if (tl_scan_is (p, equals, "type"))
    {
      set_type (facts, value, end);
    }
  else if (tl_scan_is (p, equals, "size"))
    {
      tl_ftp_scan_size (value, end, &item->size);
    }
  /* Pure-FTPd's and others' word for the size of a folder: how much the folder itself takes. */
  else if (tl_scan_is (p, equals, "sizd"))
    {
      if (item->size < 0)
        tl_ftp_scan_size (value, end, &item->size);
    }
  else if (tl_scan_is (p, equals, "modify"))
    {
      if (tl_ftp_date_scan_stamp (value, end, &date))
        tl_ftp_item_set_date (item, facts->dates, &date);
    }
  else if (tl_scan_is (p, equals, "perm"))
    {
      facts->as_file = is_of_file (value, end);
      if (item->permissions == NULL)
        tl_ftp_item_set_permissions (item, value, end);
    }
  else if (tl_scan_is (p, equals, "unix.mode"))
    {
      set_mode (facts, value, end);
    }
  else if (tl_scan_is (p, equals, "unix.ownername") || tl_scan_is (p, equals, "unix.owner") || tl_scan_is (p, equals, "unix.uid"))
    {
      if (is_free (item->owner, tl_scan_is (p, equals, "unix.ownername")))
        tl_ftp_item_set_owner (item, value, end);
    }
  else if (tl_scan_is (p, equals, "unix.groupname") || tl_scan_is (p, equals, "unix.group") || tl_scan_is (p, equals, "unix.gid"))
    {
      if (is_free (item->group, tl_scan_is (p, equals, "unix.groupname")))
        tl_ftp_item_set_group (item, value, end);
    }
  else
    {
      known = tl_scan_is (p, equals, "unique") || tl_scan_is (p, equals, "create");
    }
  facts->known = facts->known || known;
}

static gboolean
is_fact_name (const guint8 *p,
              const guint8 *end)
{
  if (p == end)
    return FALSE;
  for (; p < end; p++)
    if (!g_ascii_isalnum ((char) *p) && *p != '.' && *p != '-' && *p != '_')
      return FALSE;
  return TRUE;
}

/* Where the value of the fact at @p ends: at ';', or at the blank before the name, as the last ';' is missing with some. Only the target of a link, an owner
 * and a group ("Domain Users") may hold a blank. */
static const guint8 *
scan_value (const guint8 *p,
            const guint8 *equals,
            const guint8 *end)
{
  const guint8 *value = equals + 1;
  const guint8 *stop = memchr (value, ';', (gsize) (end - value));
  const guint8 *blank = memchr (value, ' ', (gsize) ((stop != NULL ? stop : end) - value));
  gboolean is_text = tl_scan_has (value, end, "os.unix=slink:") || tl_scan_has (value, end, "os.unix=symlink:") ||
                     tl_scan_has (p, equals, "unix.owner") || tl_scan_has (p, equals, "unix.group");

  return blank != NULL && !(is_text && stop != NULL) ? blank : stop;
}

/* Returns: the blank behind the facts, or NULL. */
static const guint8 *
scan_facts (Facts        *facts,
            const guint8 *p,
            const guint8 *end)
{
  while (p < end && *p != ' ')
    {
      const guint8 *equals = memchr (p, '=', (gsize) (end - p));
      const guint8 *stop = equals != NULL ? scan_value (p, equals, end) : NULL;

      /* A fact that is not there: ";;" */
      if (*p == ';')
        {
          p++;
          continue;
        }
      if (stop == NULL || !is_fact_name (p, equals))
        return NULL;
      set_fact (facts, p, equals, stop);
      p = *stop == ';' ? stop + 1 : stop;
    }

  return p < end ? p : NULL;
}

TlFtpLineVerdict
tl_ftp_line_mlsd (TlFtpParsing     *parsing,
                  TlFtpLine         line,
                  TlFtpLines       *rest,
                  TlFtpListingItem *item)
{
  Facts facts = { .item = item, .dates = &parsing->dates };
  const guint8 *p = line.p;

  if (p >= line.end || (!g_ascii_isalpha ((char) *p)))
    return TL_FTP_LINE_NO;
  p = scan_facts (&facts, p, line.end);
  if (p == NULL || !facts.known)
    return TL_FTP_LINE_NO;
  if (facts.skip)
    return TL_FTP_LINE_SKIP;
  if (line.end - p < 2)
    return TL_FTP_LINE_NO;

  item->seems_link = facts.as_file && item->kind == TL_FTP_ENTRY_DIRECTORY;
  tl_ftp_item_set_name (item, p + 1, line.end);
  return TL_FTP_LINE_ENTRY;
}
