/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is where in the rows of a folder, and how it differs from what it is compared with. */

#include "tl-ftp-directory-private.h"

TlFtpListing *
tl_ftp_directory_get_listing (TlFtpDirectory *self)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self), NULL);

  return self->listing;
}

guint
tl_ftp_directory_get_index (TlFtpDirectory *self,
                            guint           position)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self) && position < self->n_rows, G_MAXUINT);

  return self->rows[position];
}

guint
tl_ftp_directory_find (TlFtpDirectory *self,
                       GBytes         *raw_name)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self) && raw_name != NULL, G_MAXUINT);

  return tl_ftp_rows_find (self->listing, self->rows, self->n_rows, raw_name);
}

guint
tl_ftp_directory_find_prefix (TlFtpDirectory *self,
                              const char     *prefix,
                              guint           start)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self) && prefix != NULL, G_MAXUINT);

  /* Before the names are made there is nothing to look through. */
  if (self->names == NULL)
    return G_MAXUINT;
  return tl_ftp_names_find_prefix (self->names, prefix, self->rows, self->n_rows, start);
}

void
tl_ftp_directory_set_comparison (TlFtpDirectory  *self,
                                 TlFtpComparison *comparison,
                                 guint            differences)
{
  gboolean filtered;

  g_return_if_fail (TL_IS_FTP_DIRECTORY (self));

  if (self->comparison == comparison && self->differences == differences)
    return;
  /* Rows come and go only where some are, or were, left out. */
  filtered = self->differences != TL_FTP_DIFFERENCES_ALL || differences != TL_FTP_DIFFERENCES_ALL;
  if (comparison != NULL)
    tl_ftp_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  self->comparison = comparison;
  self->differences = differences;
  if (filtered)
    tl_ftp_directory_reorder (self, FALSE);
  g_signal_emit_by_name (self, "compared");
}

gboolean
tl_ftp_directory_has_differences (TlFtpDirectory *self)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self), FALSE);

  return self->differences != TL_FTP_DIFFERENCES_ALL && self->comparison != NULL && tl_ftp_comparison_get_remote (self->comparison) == self->listing;
}

const TlFtpComparedRow *
tl_ftp_directory_find_compared (TlFtpDirectory *self,
                                TlFtpEntry     *entry)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self), NULL);

  if (self->comparison == NULL || tl_ftp_comparison_get_remote (self->comparison) != self->listing ||
      tl_ftp_entry_get_listing (entry) != self->listing)
    return NULL;
  return tl_ftp_comparison_find_remote (self->comparison, tl_ftp_entry_get_index (entry));
}

gboolean
tl_ftp_directory_is_compared (TlFtpDirectory *self)
{
  g_return_val_if_fail (TL_IS_FTP_DIRECTORY (self), FALSE);

  return self->comparison != NULL;
}
