/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this machine that are not wanted any more. */

#include "tl-local-remove.h"

#include "tl-ftp-types.h"
#include "tl-ftp-walk.h"

#include <glib/gi18n-lib.h>

static gboolean
delete_deep (GFile         *file,
             guint          depth,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileEnumerator) files = NULL;
  GFileInfo *info;
  GFile *child;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable) != G_FILE_TYPE_DIRECTORY)
    return g_file_delete (file, cancellable, error);
  if (depth > TL_FTP_WALK_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The folders are nested too deeply"));
      return FALSE;
    }
  files = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, error);
  if (files == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!g_file_enumerator_iterate (files, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL)
        break;
      if (!delete_deep (child, depth + 1, cancellable, error))
        return FALSE;
    }
  return g_file_delete (file, cancellable, error);
}

gboolean
tl_local_remove (const char    *path,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;

  if (g_file_trash (file, cancellable, &why))
    return TRUE;
  /* File systems of the machine itself have no trash. */
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      g_clear_error (&why);
      if (delete_deep (file, 0, cancellable, &why))
        return TRUE;
    }
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("It could not be deleted. (%s)"), why->message);
  return FALSE;
}
