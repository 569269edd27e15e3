/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message that a search in the history has found, and the line that shows it. */

#include "tl-history-hit.h"

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-hex.h"

/* What a preview shows before the end of the match, and behind it. */
#define CHARS_BEFORE 60
#define CHARS_BEHIND 140
/* So many bytes are decoded for that: before the match they have to lead to where a character begins. */
#define BYTES_BEFORE 4096
#define BYTES_BEHIND 600
/* The same for hex. */
#define HEX_BEFORE 16
#define HEX_BEHIND 32

struct _TlHistoryHit
{
  GObject           parent_instance;

  TlHistorySession *session;
  guint64           row;
  TlMessageInfo     info;
  char             *peer;
  char             *preview;
};

G_DEFINE_FINAL_TYPE (TlHistoryHit, tl_history_hit, G_TYPE_OBJECT)

/* Where the first match ends: the shortest beginning of @data that matches. */
static gsize
find_end (TlPattern    *pattern,
          const guint8 *data,
          gsize         length)
{
  gsize low = 0, high = length;

  while (low < high)
    {
      const gsize middle = low + (high - low) / 2;

      if (tl_pattern_matches (pattern, data, middle))
        high = middle;
      else
        low = middle + 1;
    }
  return high;
}

/* The last @n characters of @text, or the first. Takes @text. */
static char *
cut (char     *text,
     glong     n,
     gboolean  last,
     gboolean *is_cut)
{
  const glong length = g_utf8_strlen (text, -1);
  char *part;

  if (length <= n)
    return text;
  *is_cut = TRUE;
  part = last ? g_utf8_substring (text, length - n, length) : g_utf8_substring (text, 0, n);
  g_free (text);
  return part;
}

static char *
make_text (const guint8 *data,
           gsize         length,
           gsize         end,
           TlCharset     charset)
{
  const gsize start = end - MIN (end, BYTES_BEFORE);
  const gsize stop = MIN (length, end + BYTES_BEHIND);
  gboolean cut_before = start > 0, cut_behind = stop < length;
  g_autofree char *before = cut (tl_decode (charset, data + start, end - start), CHARS_BEFORE, TRUE, &cut_before);
  g_autofree char *behind = cut (tl_decode (charset, data + end, stop - end), CHARS_BEHIND, FALSE, &cut_behind);
  g_autofree char *text = g_strconcat (cut_before ? "…" : "", before, behind, cut_behind ? "…" : "", NULL);

  return tl_escape_visible (text, FALSE);
}

static char *
make_hex (const guint8 *data,
          gsize         length,
          gsize         end)
{
  const gsize start = end - MIN (end, HEX_BEFORE);
  const gsize stop = MIN (length, end + HEX_BEHIND);
  g_autofree char *hex = tl_hex_format (data + start, stop - start, " ");

  return g_strconcat (start > 0 ? "… " : "", hex, stop < length ? " …" : "", NULL);
}

static void
tl_history_hit_finalize (GObject *object)
{
  TlHistoryHit *self = TL_HISTORY_HIT (object);

  g_clear_object (&self->session);
  g_free (self->peer);
  g_free (self->preview);

  G_OBJECT_CLASS (tl_history_hit_parent_class)->finalize (object);
}

static void
tl_history_hit_class_init (TlHistoryHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_history_hit_finalize;
}

static void
tl_history_hit_init (TlHistoryHit *self)
{
}

TlHistoryHit *
tl_history_hit_new (TlHistorySession *session,
                    TlHistoryChunk   *chunk,
                    guint64           first,
                    guint             row,
                    TlPattern        *pattern,
                    TlCharset         charset)
{
  TlHistoryHit *self = g_object_new (TL_TYPE_HISTORY_HIT, NULL);
  const guint8 *data = tl_history_chunk_get_data (chunk, row);
  gsize end;

  self->session = g_object_ref (session);
  self->row = first + row;
  tl_history_chunk_peek (chunk, row, &self->info);
  if (self->info.peer > 0)
    self->peer = g_strdup (tl_history_chunk_get_names (chunk)->pdata[self->info.peer - 1]);
  end = find_end (pattern, data, self->info.length);
  if (tl_pattern_get_kind (pattern) == TL_PATTERN_HEX)
    self->preview = make_hex (data, self->info.length, end);
  else
    self->preview = make_text (data, self->info.length, end, TL_MESSAGE_KIND_IS_DATA (self->info.kind) ? charset : TL_CHARSET_UTF_8);
  return self;
}

TlHistorySession *
tl_history_hit_get_session (TlHistoryHit *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_HIT (self), NULL);
  return self->session;
}

guint64
tl_history_hit_get_row (TlHistoryHit *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_HIT (self), 0);
  return self->row;
}

const TlMessageInfo *
tl_history_hit_get_info (TlHistoryHit *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_HIT (self), NULL);
  return &self->info;
}

const char *
tl_history_hit_get_peer (TlHistoryHit *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_HIT (self), NULL);
  return self->peer;
}

const char *
tl_history_hit_get_preview (TlHistoryHit *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_HIT (self), NULL);
  return self->preview;
}
