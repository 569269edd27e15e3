/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sort keys of file names, piece by piece. The bytes are those of GLib 2.74's g_utf8_collate_key_for_filename(), so that "2" is before "10", and "a.b" before "a-b". */

#include "tl-ftp-name-key.h"

#include <string.h>

#define N_PIECES 256
#define MAX_PIECE 48
/* What is not part of the language's keys: below all that they are made of. */
#define DOT "\1\1\1\1"
#define NUMBER "\1\1\1\2"

typedef struct {
  char text[MAX_PIECE];
  gsize length;        /* 0: free */
  char *key;
  gsize key_length;
} Piece;

struct _TlFtpNameKeys
{
  Piece pieces[N_PIECES];
  GString *zeros;      /* of the name that is at work */
};

TlFtpNameKeys *
tl_ftp_name_keys_new (void)
{
  TlFtpNameKeys *self = g_new0 (TlFtpNameKeys, 1);

  self->zeros = g_string_new (NULL);
  return self;
}

void
tl_ftp_name_keys_free (TlFtpNameKeys *self)
{
  for (guint i = 0; i < N_PIECES; i++)
    g_free (self->pieces[i].key);
  g_string_free (self->zeros, TRUE);
  g_free (self);
}

/* What the language decides on: neither digits nor dots. */
static void
append_piece (TlFtpNameKeys *self,
              const char    *text,
              gsize          length,
              GString       *bytes)
{
  guint hash = (guint) length;
  Piece *piece;

  if (length == 0)
    return;
  if (length > MAX_PIECE)
    {
      g_autofree char *key = g_utf8_collate_key (text, (gssize) length);

      g_string_append (bytes, key);
      return;
    }

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + (guint8) text[i];
  piece = &self->pieces[(hash ^ hash >> 8 ^ hash >> 16) % N_PIECES];
  if (piece->length != length || memcmp (piece->text, text, length) != 0)
    {
      g_free (piece->key);
      piece->key = g_utf8_collate_key (text, (gssize) length);
      piece->key_length = strlen (piece->key);
      piece->length = length;
      memcpy (piece->text, text, length);
    }
  g_string_append_len (bytes, piece->key, (gssize) piece->key_length);
}

/* A longer number is larger: a colon, which is above all digits, for each digit but one. Zeros in front count when all else is equal: at the very end. */
static const char *
append_number (const char *text,
               GString    *bytes,
               GString    *zeros)
{
  const char *first = text;
  const char *end;

  while (*first == '0')
    first++;
  for (end = first; g_ascii_isdigit (*end); end++)
    ;
  if (end == first)
    {
      /* Nothing but zeros: a 0, and zeros in front of it. GLib takes one at the end of the name for a number of no digits. */
      if (*end != '\0')
        first--;
    }
  g_string_append_len (bytes, NUMBER, 4);
  for (gssize i = end - first; i > 1; i--)
    g_string_append_c (bytes, ':');
  if (first > text)
    g_string_append_c (zeros, (char) (first - text));
  g_string_append_len (bytes, first, end - first);
  return end;
}

void
tl_ftp_name_keys_append (TlFtpNameKeys *self,
                         const char    *text,
                         GString       *bytes)
{
  const char *p = text;

  g_string_truncate (self->zeros, 0);
  while (*p != '\0')
    {
      const gsize length = strcspn (p, ".0123456789");

      append_piece (self, p, length, bytes);
      p += length;
      if (*p == '.')
        {
          g_string_append_len (bytes, DOT, 4);
          p++;
        }
      else if (*p != '\0')
        p = append_number (p, bytes, self->zeros);
    }
  g_string_append (bytes, self->zeros->str);
}
