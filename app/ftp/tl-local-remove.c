/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this machine that are not wanted any more. */

#include "tl-local-remove.h"

#include "tl-ftp-types.h"

#include <glib/gi18n-lib.h>

/* Takes @why. */
static gboolean
fail (GError  *why,
      GError **error)
{
  if (!g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("It could not be deleted. (%s)"), why->message);
      g_error_free (why);
    }
  else
    g_propagate_error (error, why);
  return FALSE;
}

gboolean
tl_local_trash (const char    *path,
                gboolean      *has_trash,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GError *why = NULL;

  *has_trash = TRUE;
  if (g_file_trash (file, cancellable, &why))
    return TRUE;
  /* File systems of the machine itself have none. */
  *has_trash = !g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  return fail (why, error);
}

gboolean
tl_local_remove (const char    *path,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) trashed = NULL;
  gboolean has_trash;
  GError *why = NULL;

  if (tl_local_trash (path, &has_trash, cancellable, &trashed))
    return TRUE;
  if (has_trash)
    {
      g_propagate_error (error, g_steal_pointer (&trashed));
      return FALSE;
    }
  return g_file_delete (file, cancellable, &why) || fail (why, error);
}
