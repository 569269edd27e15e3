/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bytes that have come are worth. */

#include "tl-download-private.h"

#include <glib/gi18n-lib.h>

gboolean
tl_download_begin_anew (TlTransfer *transfer,
                        TlDownload *job)
{
  if (job->offset == 0 || job->base.error == NULL ||
      !(g_error_matches (job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED) ||
        g_error_matches (job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED)))
    return FALSE;

  g_clear_error (&job->base.error);
  return TRUE;
}

void
tl_download_check (TlTransfer *transfer,
                   TlDownload *job)
{
  guint64 have = job->offset - job->overlap + job->moved;

  transfer->moved = have;
  if (job->size_exact && have != (guint64) transfer->size)
    {
      g_autofree char *came = g_strdup_printf ("%" G_GUINT64_FORMAT, have);
      g_autofree char *owed = g_strdup_printf ("%" G_GINT64_FORMAT, transfer->size);

      g_set_error (&job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_DATA,
                   _("The server said that all was sent, but %s bytes came instead of %s"), came, owed);
    }
  else if (!job->size_exact)
    tl_transfer_set_size (transfer, (gint64) have);
}

gboolean
tl_download_keeps_part (TlTransfer *transfer,
                        TlDownload *job)
{
  return transfer->moved > 0 && transfer->size >= 0 && !job->damaged && (transfer->keeps || !g_error_matches (job->base.error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) &&
         !g_error_matches (job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED);
}
