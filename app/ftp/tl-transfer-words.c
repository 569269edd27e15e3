/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a transfer and what has become of it, in words. */

#include "tl-transfer-private.h"

#include <glib/gi18n-lib.h>

gboolean
tl_transfer_get_retry (TlTransfer *self,
                       guint      *number,
                       guint      *seconds)
{
  gint64 left = self->retry_at - g_get_monotonic_time ();

  if (self->state != TL_TRANSFER_WAITING || self->note == NULL || self->tries == 0 || left <= 0)
    return FALSE;
  *number = self->tries;
  *seconds = (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return TRUE;
}

char *
tl_transfer_dup_summary (TlTransfer *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->n_failed > 0)
    g_string_append_printf (text, ngettext ("%u of %u could not be transferred", "%u of %u could not be transferred", self->n_failed),
                            self->n_failed, MAX (self->n_files, self->n_failed));
  else
    g_string_append_printf (text, ngettext ("%u file", "%u files", self->n_files), self->n_files);
  if (self->n_left_out > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u link or device left out", "%u links or devices left out", self->n_left_out),
                              self->n_left_out);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
tl_transfer_state_get_label (TlTransferState state)
{
  switch (state)
    {
    case TL_TRANSFER_WAITING:
      return C_("transfer", "Waiting");
    case TL_TRANSFER_RUNNING:
      return C_("transfer", "Transferring");
    case TL_TRANSFER_ASKING:
      return C_("transfer", "Asking");
    case TL_TRANSFER_DONE:
      return C_("transfer", "Done");
    case TL_TRANSFER_SKIPPED:
      return C_("transfer", "Skipped");
    case TL_TRANSFER_CANCELLED:
      return C_("transfer", "Cancelled");
    case TL_TRANSFER_FAILED:
      return C_("transfer", "Failed");
    case TL_TRANSFER_PAUSED:
      return C_("transfer", "Paused");
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
tl_transfer_dup_path_text (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  /* What is alone has a name for people already. */
  return self->parent != NULL ? g_filename_display_name (self->path) : g_strdup (self->name);
}
