/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a server sent to a listing. The format is that which takes most of the first lines; a line that it does not take is tried with those formats
 * whose lines cannot be anything else. */

#include "tl-ftp-listing-parser.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "tl-ftp-listing-build.h"
#include "tl-ftp-scan.h"
#include "tl-ftp-types.h"

/* Enough entries to choose a format by, and lines that are looked through for them. */
#define N_TELLING 100
#define N_LOOKED_AT 2000
#define ENTRY_WEIGHT 16

typedef struct {
  TlFtpListingFormat format;
  TlFtpLineParser parser;
  gboolean certain;      /* its lines are no other format's */
  const char *syst;      /* what SYST says where it is spoken, in small letters */
} Format;

/* In the order in which they are preferred where several take the same lines. */
static const Format formats[] = {
  { TL_FTP_LISTING_UNIX, tl_ftp_line_unix, TRUE, "unix" },
  { TL_FTP_LISTING_MLSD, tl_ftp_line_mlsd, TRUE, NULL },
  { TL_FTP_LISTING_DOS, tl_ftp_line_dos, TRUE, "windows" },
  { TL_FTP_LISTING_EPLF, tl_ftp_line_eplf, TRUE, NULL },
  { TL_FTP_LISTING_NETWARE, tl_ftp_line_netware, TRUE, "netware" },
  { TL_FTP_LISTING_VMS, tl_ftp_line_vms, FALSE, "vms" },
  { TL_FTP_LISTING_OS400, tl_ftp_line_os400, FALSE, "os/400" },
  { TL_FTP_LISTING_OS2, tl_ftp_line_os2, FALSE, "os/2" },
  { TL_FTP_LISTING_VXWORKS, tl_ftp_line_vxworks, FALSE, "vxworks" },
  { TL_FTP_LISTING_MVS, tl_ftp_line_mvs, FALSE, "mvs" },
};

gboolean
tl_ftp_lines_next (TlFtpLines *self,
                   TlFtpLine  *line)
{
  const guint8 *newline;

  if (self->p >= self->end)
    return FALSE;

  newline = memchr (self->p, '\n', (gsize) (self->end - self->p));
  line->p = self->p;
  line->end = newline != NULL ? newline : self->end;
  self->p = newline != NULL ? newline + 1 : self->end;
  for (guint i = 0; i < self->max_returns && line->end > line->p && line->end[-1] == '\r'; i++)
    line->end--;
  return TRUE;
}

/* Servers that write to a text stream what has its CR already end each line in two. In a listing where not every line does, a second CR is of a name. */
static guint
count_returns (TlFtpLines lines)
{
  TlFtpLine line;
  guint n = 0;

  lines.max_returns = 1;
  while (n < 8 && tl_ftp_lines_next (&lines, &line))
    {
      if (line.end == line.p || line.end[-1] != '\r')
        return 1;
      n++;
    }
  return n > 0 ? 2 : 1;
}

static TlFtpLineVerdict
try_line (const Format     *format,
          TlFtpParsing     *parsing,
          TlFtpLine         line,
          TlFtpLines       *rest,
          TlFtpListingItem *item)
{
  TlFtpLineVerdict verdict;

  *item = (TlFtpListingItem) { .size = -1, .mode = -1 };
  verdict = format->parser (parsing, line, rest, item);
  return verdict == TL_FTP_LINE_ENTRY && item->name_length == 0 ? TL_FTP_LINE_NO : verdict;
}

/* One format's claim on the first lines. */
static guint
weigh (const Format *format,
       TlFtpParsing  parsing,
       TlFtpLines    lines)
{
  TlFtpLine line;
  TlFtpListingItem item;
  guint weight = 0;

  for (guint i = 0; i < N_LOOKED_AT && weight < N_TELLING * ENTRY_WEIGHT && tl_ftp_lines_next (&lines, &line); i++)
    {
      TlFtpLines rest = lines;

      switch (try_line (format, &parsing, line, &rest, &item))
        {
        case TL_FTP_LINE_ENTRY:
          weight += ENTRY_WEIGHT;
          parsing.started = TRUE;
          lines = rest;
          break;
        case TL_FTP_LINE_SKIP:
          weight++;
          lines = rest;
          break;
        case TL_FTP_LINE_NO:
        default:
          break;
        }
    }

  return weight;
}

static gboolean
is_at_home (const Format            *format,
            const TlFtpListingHints *hints)
{
  g_autofree char *syst = hints->syst != NULL ? g_ascii_strdown (hints->syst, -1) : NULL;

  if (hints->is_mlsd)
    return format->format == TL_FTP_LISTING_MLSD;
  return syst != NULL && format->syst != NULL && strstr (syst, format->syst) != NULL;
}

static const Format *
choose (const TlFtpParsing      *parsing,
        TlFtpLines               lines,
        const TlFtpListingHints *hints)
{
  const Format *best = NULL;
  guint best_weight = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      guint weight = weigh (&formats[i], *parsing, lines) * 2;

      if (weight > 0 && is_at_home (&formats[i], hints))
        weight++;
      if (weight > best_weight)
        {
          best = &formats[i];
          best_weight = weight;
        }
    }

  return best;
}

static gboolean
is_dots (const TlFtpListingItem *item)
{
  return (item->name_length == 1 || item->name_length == 2) && item->name[0] == '.' && item->name[item->name_length - 1] == '.';
}

/* @chosen: the format, or NULL. */
static TlFtpLineVerdict
read_line (const Format     *chosen,
           TlFtpParsing     *parsing,
           TlFtpLine         line,
           TlFtpLines       *lines,
           TlFtpListingItem *item)
{
  TlFtpLines rest = *lines;
  TlFtpLineVerdict verdict = chosen != NULL ? try_line (chosen, parsing, line, &rest, item) : TL_FTP_LINE_NO;

  for (guint i = 0; i < G_N_ELEMENTS (formats) && verdict == TL_FTP_LINE_NO; i++)
    {
      if (!formats[i].certain || &formats[i] == chosen)
        continue;
      rest = *lines;
      verdict = try_line (&formats[i], parsing, line, &rest, item);
      if (verdict == TL_FTP_LINE_SKIP && formats[i].format != TL_FTP_LISTING_MLSD)
        verdict = TL_FTP_LINE_NO;
    }
  if (verdict != TL_FTP_LINE_NO)
    *lines = rest;
  return verdict;
}

static gboolean
read_lines (TlFtpListing *listing,
            const Format *chosen,
            TlFtpParsing *parsing,
            TlFtpLines    lines)
{
  TlFtpLine line;
  TlFtpListingItem item;
  gboolean fits = TRUE;

  while (fits && tl_ftp_lines_next (&lines, &line))
    {
      if (tl_scan_blanks (line.p, line.end) == line.end)
        continue;
      switch (read_line (chosen, parsing, line, &lines, &item))
        {
        case TL_FTP_LINE_ENTRY:
          parsing->started = TRUE;
          if (!is_dots (&item))
            fits = tl_ftp_listing_add_entry (listing, &item);
          break;
        case TL_FTP_LINE_SKIP:
          break;
        case TL_FTP_LINE_NO:
        default:
          fits = tl_ftp_listing_add_unparsed (listing, line.p, (gsize) (line.end - line.p));
          break;
        }
    }

  return fits;
}

/**
 * tl_ftp_listing_parse:
 * @data: the whole answer
 *
 * Takes the answer to MLSD or LIST apart. What it costs is linear in its length.
 *
 * Returns: (transfer full): the listing, or NULL with TL_FTP_ERROR_PROTOCOL when there is more than a listing can hold.
 */
TlFtpListing *
tl_ftp_listing_parse (GBytes                  *data,
                      const TlFtpListingHints *hints,
                      GError                 **error)
{
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_new ();
  TlFtpParsing parsing = { .started = FALSE };
  TlFtpParsing again;
  TlFtpLines lines;
  const Format *chosen;
  gboolean fits;
  gsize length;

  g_return_val_if_fail (data != NULL && hints != NULL, NULL);

  lines.p = g_bytes_get_data (data, &length);
  lines.end = lines.p + length;
  lines.max_returns = count_returns (lines);
  tl_ftp_dates_init (&parsing.dates, hints->now, hints->utc_offset);

  chosen = choose (&parsing, lines, hints);
  again = parsing;
  fits = read_lines (listing, chosen, &parsing, lines);
  again.dates.order = tl_ftp_dates_get_best_order (&parsing.dates);
  /* What day and month are has shown late in the listing. */
  if (fits && again.dates.order != parsing.dates.order)
    {
      tl_ftp_listing_clear (listing);
      fits = read_lines (listing, chosen, &again, lines);
    }
  if (!fits)
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL,
                   _("The server's list of this folder is longer than %d entries, which is all that can be shown."), TL_FTP_LISTING_MAX_ENTRIES);
      return NULL;
    }

  tl_ftp_listing_set_cut (listing, hints->is_cut);
  tl_ftp_listing_set_said (listing, hints->is_said);
  tl_ftp_listing_set_clock_offset (listing, hints->is_mlsd ? 0 : hints->clock_offset);
  tl_ftp_listing_set_format (listing, chosen != NULL ? chosen->format : TL_FTP_LISTING_EMPTY);
  tl_ftp_listing_seal (listing);
  return g_steal_pointer (&listing);
}
