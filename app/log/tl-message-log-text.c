/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message at a time into a log, and sentences of ours. */

#include "tl-message-log.h"

#include <string.h>

guint64
tl_message_log_append (TlMessageLog  *self,
                       TlMessageKind  kind,
                       gint64         time,
                       guint32        peer,
                       const void    *data,
                       gsize          length)
{
  const struct iovec payload = { (void *) data, length };

  g_return_val_if_fail (length <= G_MAXUINT32, 0);
  return tl_message_log_append_many (self, kind, time, peer, &payload, 1);
}

guint64
tl_message_log_append_text (TlMessageLog  *self,
                            TlMessageKind  kind,
                            guint32        peer,
                            const char    *text)
{
  g_return_val_if_fail (text != NULL, 0);
  return tl_message_log_append (self, kind, 0, peer, text, strlen (text));
}

guint64
tl_message_log_append_printf (TlMessageLog  *self,
                              TlMessageKind  kind,
                              guint32        peer,
                              const char    *format,
                              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return tl_message_log_append_text (self, kind, peer, text);
}
