/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a list become entries. */

#include "tl-ftp-list-parse.h"

#include "tl-task-work.h"

#include <string.h>

/* What takes longer to parse than a frame is parsed on a thread. */
#define PARSE_HERE (32 * 1024)

typedef struct {
  GBytes            *bytes;
  TlFtpListingHints  hints;
  char              *syst;
} Parse;

static void
parse_free (Parse *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->syst);
  g_free (self);
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const Parse *self = data;
  GError *error = NULL;
  TlFtpListing *listing = tl_ftp_listing_parse (self->bytes, &self->hints, &error);

  if (listing != NULL)
    g_task_return_pointer (task, listing, (GDestroyNotify) tl_ftp_listing_unref);
  else
    g_task_return_error (task, error);
}

void
tl_ftp_list_parse_async (GBytes                  *bytes,
                         const TlFtpListingHints *hints,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Parse *what = g_new0 (Parse, 1);

  what->bytes = g_bytes_ref (bytes);
  what->syst = g_strdup (hints->syst);
  what->hints = *hints;
  what->hints.syst = what->syst;
  g_task_set_source_tag (task, tl_ftp_list_parse_async);
  g_task_set_task_data (task, what, (GDestroyNotify) parse_free);
  if (g_bytes_get_size (bytes) > PARSE_HERE)
    tl_task_work (task, parse_thread, (GDestroyNotify) tl_ftp_listing_unref);
  else
    parse_thread (task, NULL, what, NULL);
}

TlFtpListing *
tl_ftp_list_parse_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tl_ftp_list_shows_itself (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  for (const char *line = text; line < text + length;)
    {
      const char *end = memchr (line, '\n', (gsize) (text + length - line));
      const char *stop = end != NULL ? end : text + length;
      const char *last = stop > line && stop[-1] == '\r' ? stop - 1 : stop;

      if (last - line > 2 && last[-1] == '.' && (last[-2] == ' ' || (last[-2] == '.' && last[-3] == ' ')))
        return TRUE;
      line = stop + 1;
    }
  return FALSE;
}
