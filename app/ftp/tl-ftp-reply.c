/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpReply: a code and lines. */

#include "tl-ftp-reply-private.h"

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-ftp-name.h"

G_DEFINE_BOXED_TYPE (TlFtpReply, tl_ftp_reply, tl_ftp_reply_ref, tl_ftp_reply_unref)

TlFtpReply *
tl_ftp_reply_new_empty (int code)
{
  TlFtpReply *self = g_atomic_rc_box_new0 (TlFtpReply);

  self->code = code;
  self->bytes = g_byte_array_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
tl_ftp_reply_add_line (TlFtpReply   *self,
                       const guint8 *data,
                       gsize         length)
{
  guint32 end;

  g_byte_array_append (self->bytes, data, length);
  end = self->bytes->len;
  g_array_append_val (self->ends, end);
}

static void
reply_clear (TlFtpReply *self)
{
  g_byte_array_unref (self->bytes);
  g_array_unref (self->ends);
}

TlFtpReply *
tl_ftp_reply_new (int        code,
                  GPtrArray *lines)
{
  TlFtpReply *self;

  g_return_val_if_fail (lines != NULL && lines->len > 0, NULL);

  self = tl_ftp_reply_new_empty (code);
  for (guint i = 0; i < lines->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (lines, i), &length);

      tl_ftp_reply_add_line (self, data, length);
    }
  return self;
}

TlFtpReply *
tl_ftp_reply_ref (TlFtpReply *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tl_ftp_reply_unref (TlFtpReply *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) reply_clear);
}

int
tl_ftp_reply_get_code (const TlFtpReply *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->code;
}

int
tl_ftp_reply_get_class (const TlFtpReply *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->code / 100;
}

guint
tl_ftp_reply_get_n_lines (const TlFtpReply *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->ends->len;
}

const guint8 *
tl_ftp_reply_get_line (const TlFtpReply *self,
                       guint             index,
                       gsize            *length)
{
  guint32 start;

  g_return_val_if_fail (self != NULL && length != NULL, NULL);
  g_return_val_if_fail (index < self->ends->len, NULL);

  start = index > 0 ? g_array_index (self->ends, guint32, index - 1) : 0;
  *length = g_array_index (self->ends, guint32, index) - start;
  /* An empty array has no data at all. */
  return self->bytes->data != NULL ? self->bytes->data + start : (const guint8 *) "";
}

char *
tl_ftp_reply_dup_text (const TlFtpReply *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TlCharset charset = TL_CHARSET_UTF_8;

  g_return_val_if_fail (self != NULL, NULL);

  /* One guess for the whole reply: a line alone is too short to tell. */
  if (!g_utf8_validate_len ((const char *) self->bytes->data, self->bytes->len, NULL))
    charset = tl_ftp_name_guess (self->bytes->data, self->bytes->len);

  for (guint i = 0; i < self->ends->len; i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (self, i, &length);
      g_autofree char *decoded = tl_decode (charset, line, length);
      g_autofree char *visible = tl_escape_visible (decoded, FALSE);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, visible);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
