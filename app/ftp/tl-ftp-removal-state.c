/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a removal is. */

#include "tl-ftp-removal-private.h"

TlFtpClient *
tl_ftp_removal_get_client (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), NULL);

  return self->client;
}

guint
tl_ftp_removal_get_n_found (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), 0);

  return self->n_found;
}

guint
tl_ftp_removal_get_n_over (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), 0);

  return self->n_over;
}

guint
tl_ftp_removal_get_n_removed (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), 0);

  return self->n_removed;
}

guint
tl_ftp_removal_get_n_failed (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), 0);

  return self->n_failed;
}

GBytes *
tl_ftp_removal_get_current (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), NULL);

  return self->stack->len > 1 ? g_array_index (self->stack, TlFtpRemovalItem, self->stack->len - 1).path : NULL;
}

GPtrArray *
tl_ftp_removal_get_failures (TlFtpRemoval *self)
{
  g_return_val_if_fail (TL_IS_FTP_REMOVAL (self), NULL);

  return self->failures;
}
