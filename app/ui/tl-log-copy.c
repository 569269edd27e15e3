/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a log as text for the clipboard. */

#include "tl-log-copy.h"

#include "tl-hex.h"
#include "tl-message-export.h"

/* The source is asked again after this time: it forgets rows when others ask for many. */
#define PATIENCE_MS 200

struct _TlLogCopy
{
  TlMessageSource *source;
  GtkBitset       *rows;
  GtkBitsetIter    iter;
  guint            position;
  gboolean         more;
  TlLogCopyKind    kind;
  TlCharset        charset;
  gboolean         is_datagram;
  gsize            max_bytes;
  GString         *out;
  guint            n_copied;
  guint            timer;
  TlLogCopyDone    done;
  gpointer         user_data;
};

static char *
copy_row (TlMessageSource *source,
          guint            position,
          TlLogCopyKind    kind,
          TlCharset        charset,
          gboolean         is_datagram,
          gsize            max_bytes)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *line = NULL;
  const guint8 *data;
  gsize length;

  switch (kind)
    {
    case TL_LOG_COPY_HEX:
      bytes = tl_message_source_dup_bytes (source, position);
      if (!bytes)
        return g_strdup ("");
      data = g_bytes_get_data (bytes, &length);
      return tl_hex_format (data, MIN (length, max_bytes), " ");
    case TL_LOG_COPY_ROWS:
      line = tl_message_export_row (source, position, TL_EXPORT_TEXT, charset, is_datagram);
      return line ? g_strdup (g_strchomp (line)) : g_strdup ("");
    case TL_LOG_COPY_TEXT:
    default:
      return tl_message_source_decode (source, position, charset, is_datagram, max_bytes);
    }
}

static gboolean run (TlLogCopy *self);

static gboolean
run_cb (gpointer user_data)
{
  TlLogCopy *self = user_data;

  self->timer = 0;
  run (self);
  return G_SOURCE_REMOVE;
}

/* In a turn of its own: the source is in the middle of telling. */
static void
ready_cb (TlLogCopy *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_idle_add_full (G_PRIORITY_DEFAULT, run_cb, self, NULL);
}

/* FALSE: rows have to be read first. */
static gboolean
run (TlLogCopy *self)
{
  while (self->more && self->out->len < self->max_bytes)
    {
      g_autofree char *row = NULL;

      if (!tl_message_source_is_text_ready (self->source, self->position, self->charset, self->is_datagram))
        {
          if (self->timer == 0)
            self->timer = g_timeout_add (PATIENCE_MS, run_cb, self);
          return FALSE;
        }
      row = copy_row (self->source, self->position, self->kind, self->charset, self->is_datagram, self->max_bytes);
      if (self->out->len > 0 && self->out->str[self->out->len - 1] != '\n')
        g_string_append_c (self->out, '\n');
      g_string_append (self->out, row ? row : "");
      self->n_copied++;
      self->more = gtk_bitset_iter_next (&self->iter, &self->position);
    }
  self->done (self, self->out->str, self->n_copied, self->user_data);
  return TRUE;
}

TlLogCopy *
tl_log_copy_new (TlMessageSource *source,
                 GtkBitset       *rows,
                 TlLogCopyKind    kind,
                 TlCharset        charset,
                 gboolean         is_datagram,
                 gsize            max_bytes,
                 TlLogCopyDone    done,
                 gpointer         user_data)
{
  TlLogCopy *self = g_new0 (TlLogCopy, 1);

  self->source = g_object_ref (source);
  self->rows = gtk_bitset_copy (rows);
  self->kind = kind;
  self->charset = charset;
  self->is_datagram = is_datagram;
  self->max_bytes = max_bytes;
  self->done = done;
  self->user_data = user_data;
  self->out = g_string_new (NULL);
  self->more = gtk_bitset_iter_init_first (&self->iter, self->rows, &self->position);
  g_signal_connect_swapped (source, "ready", G_CALLBACK (ready_cb), self);
  return self;
}

void
tl_log_copy_start (TlLogCopy *self)
{
  run (self);
}

guint
tl_log_copy_get_n_rows (TlLogCopy *self)
{
  return (guint) gtk_bitset_get_size (self->rows);
}

void
tl_log_copy_free (TlLogCopy *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_object_unref (self->source);
  gtk_bitset_unref (self->rows);
  g_string_free (self->out, TRUE);
  g_free (self);
}
