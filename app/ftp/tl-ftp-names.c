/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sort keys and folded names, end to end in two blocks: a string of its own for each would take twice the memory. */

#include "tl-ftp-names.h"

#include "tl-ftp-name-key.h"

#include <string.h>

#define CHECK_EVERY 1024
/* As much of the names as a character set is guessed from. */
#define MAX_GUESS_BYTES 8192
/* Names that are looked through for those that are not UTF-8: a few milliseconds. */
#define MAX_GUESS_NAMES 100000

struct _TlFtpNames
{
  gatomicrefcount ref_count;
  guint n;
  guint32 *keys;        /* offsets */
  guint32 *folded;
  GString *key_bytes;
  GString *folded_bytes;
};

/* Letters, digits and signs of ASCII, which every set that names are in reads alike (UTF-16 is none: its names would hold NUL). */
static gboolean
is_plain (const guint8 *name,
          gsize         length,
          TlFtpCharset  charset)
{
  if (charset == TL_CHARSET_UTF_16LE || charset == TL_CHARSET_UTF_16BE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (name[i] < 0x20 || name[i] > 0x7e)
      return FALSE;
  return TRUE;
}

char *
tl_ftp_names_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  /* macOS sends letters and accents apart. */
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

static gboolean
append (GString    *bytes,
        guint32    *offset,
        const char *text)
{
  gsize length = strlen (text) + 1;

  if (bytes->len + length > G_MAXUINT32)
    return FALSE;
  *offset = (guint32) bytes->len;
  g_string_append_len (bytes, text, (gssize) length);
  return TRUE;
}

static gboolean
append_key (TlFtpNames    *self,
            TlFtpNameKeys *keys,
            guint          index,
            const char    *text)
{
  const gsize offset = self->key_bytes->len;

  tl_ftp_name_keys_append (keys, text, self->key_bytes);
  g_string_append_c (self->key_bytes, '\0');
  if (self->key_bytes->len > G_MAXUINT32)
    {
      g_string_truncate (self->key_bytes, offset);
      return FALSE;
    }
  self->keys[index] = (guint32) offset;
  return TRUE;
}

/* Most names are so: without a piece of memory of their own. */
static gboolean
add_plain_name (TlFtpNames    *self,
                TlFtpNameKeys *keys,
                guint          index,
                const guint8  *name,
                gsize          length)
{
  const gsize offset = self->folded_bytes->len;

  if (offset + length + 1 > G_MAXUINT32)
    return FALSE;
  g_string_append_len (self->folded_bytes, (const char *) name, (gssize) length);
  g_string_append_c (self->folded_bytes, '\0');
  if (!append_key (self, keys, index, self->folded_bytes->str + offset))
    return FALSE;
  for (gsize i = offset; i < offset + length; i++)
    self->folded_bytes->str[i] = g_ascii_tolower (self->folded_bytes->str[i]);
  self->folded[index] = (guint32) offset;
  return TRUE;
}

static gboolean
add_name (TlFtpNames    *self,
          TlFtpNameKeys *keys,
          guint          index,
          const guint8  *name,
          gsize          length,
          TlFtpCharset   charset,
          TlCharset      guess)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (is_plain (name, length, charset))
    return add_plain_name (self, keys, index, name, length);
  text = tl_ftp_name_display (name, length, charset, guess, NULL);
  folded = tl_ftp_names_fold (text);
  return append_key (self, keys, index, text) && append (self->folded_bytes, &self->folded[index], folded);
}

/* What was taken ahead is given back: a folder may stay open for hours. */
static void
trim (GString *bytes)
{
  bytes->allocated_len = bytes->len + 1;
  bytes->str = g_realloc (bytes->str, bytes->allocated_len);
}

TlFtpNames *
tl_ftp_names_new (TlFtpListing *listing,
                  TlFtpCharset  charset,
                  TlCharset     guess,
                  GCancellable *cancellable)
{
  g_autoptr (TlFtpNames) self = g_new0 (TlFtpNames, 1);
  g_autoptr (TlFtpNameKeys) keys = tl_ftp_name_keys_new ();

  g_atomic_ref_count_init (&self->ref_count);
  self->n = tl_ftp_listing_get_n_entries (listing);
  self->keys = g_new0 (guint32, self->n);
  self->folded = g_new0 (guint32, self->n);
  self->key_bytes = g_string_new (NULL);
  self->folded_bytes = g_string_new (NULL);
  /* Offset 0 is the empty string, for what does not fit in any more. */
  g_string_append_c (self->key_bytes, '\0');
  g_string_append_c (self->folded_bytes, '\0');

  for (guint i = 0; i < self->n; i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (listing, i, &length);

      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (!add_name (self, keys, i, name, length, charset, guess))
        break;
    }

  trim (self->key_bytes);
  trim (self->folded_bytes);
  return g_steal_pointer (&self);
}

TlFtpNames *
tl_ftp_names_ref (TlFtpNames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_names_unref (TlFtpNames *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->keys);
  g_free (self->folded);
  g_string_free (self->key_bytes, TRUE);
  g_string_free (self->folded_bytes, TRUE);
  g_free (self);
}

const char *
tl_ftp_names_get_key (TlFtpNames *self,
                      guint       index)
{
  g_return_val_if_fail (index < self->n, "");
  return self->key_bytes->str + self->keys[index];
}

const char *
tl_ftp_names_get_folded (TlFtpNames *self,
                         guint       index)
{
  g_return_val_if_fail (index < self->n, "");
  return self->folded_bytes->str + self->folded[index];
}

guint
tl_ftp_names_find_prefix (TlFtpNames    *self,
                          const char    *prefix,
                          const guint32 *rows,
                          guint          n_rows,
                          guint          start)
{
  g_autofree char *folded = tl_ftp_names_fold (prefix);
  gsize length = strlen (folded);

  for (guint i = 0; i < n_rows && length > 0; i++)
    {
      guint position = (guint) (((guint64) start + i) % n_rows);

      if (strncmp (tl_ftp_names_get_folded (self, rows[position]), folded, length) == 0)
        return position;
    }

  return G_MAXUINT;
}

/* Whether a set of several bytes a character takes the name. Latin-1 takes everything, and says nothing. */
static gboolean
is_multi_byte (const guint8 *name,
               gsize         length)
{
  static const TlCharset sets[] = { TL_CHARSET_GB18030, TL_CHARSET_BIG5, TL_CHARSET_SHIFT_JIS, TL_CHARSET_EUC_KR };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *text = g_convert ((const char *) name, (gssize) length, "UTF-8", tl_charset_get_name (sets[i]), NULL, NULL, NULL);

      if (text != NULL)
        return TRUE;
    }
  return FALSE;
}

TlCharset
tl_ftp_names_guess (TlFtpListing *listing)
{
  g_autoptr (GByteArray) multi = g_byte_array_new ();
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint n = listing != NULL ? MIN (tl_ftp_listing_get_n_entries (listing), MAX_GUESS_NAMES) : 0;
  guint n_multi = 0, n_rest = 0;

  for (guint i = 0; i < n && multi->len + rest->len < MAX_GUESS_BYTES; i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (listing, i, &length);
      gboolean is_multi;

      /* NUL ends the text for a guesser. */
      if (length == 0 || g_utf8_validate_len ((const char *) name, length, NULL) || memchr (name, '\0', length) != NULL)
        continue;
      is_multi = is_multi_byte (name, length);
      *(is_multi ? &n_multi : &n_rest) += 1;
      g_byte_array_append (is_multi ? multi : rest, name, (guint) MIN (length, MAX_GUESS_BYTES));
      g_byte_array_append (is_multi ? multi : rest, (const guint8 *) "\n", 1);
    }

  /* One damaged name does not make Latin letters of all the others. Where there are more of those, it is Latin. */
  if (n_rest >= n_multi)
    g_byte_array_append (multi, rest->data, rest->len);
  /* Where all are UTF-8, none may be taken for what is UTF-8 by chance. */
  return multi->len > 0 ? tl_ftp_name_guess (multi->data, multi->len) : TL_CHARSET_UTF_8;
}
