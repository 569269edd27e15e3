/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a file that is edited. */

#include "tl-ftp-edit-private.h"

void
tl_ftp_edit_begin (TlFtpEdit *self)
{
  g_return_if_fail (TL_IS_FTP_EDIT (self));
  g_return_if_fail (self->copy == NULL && self->state != TL_FTP_EDIT_ENDED);

  tl_ftp_edit_fetch (self);
}

void
tl_ftp_edit_upload (TlFtpEdit *self)
{
  g_return_if_fail (TL_IS_FTP_EDIT (self));

  if (self->state != TL_FTP_EDIT_OPEN && self->state != TL_FTP_EDIT_CHANGED)
    return;
  self->how = TL_FTP_EDIT_CANCEL;
  tl_ftp_edit_store (self);
}

void
tl_ftp_edit_resolve (TlFtpEdit       *self,
                     TlFtpEditAnswer  answer)
{
  g_return_if_fail (TL_IS_FTP_EDIT (self));

  if (self->state != TL_FTP_EDIT_CONFLICT)
    return;
  self->how = answer;
  if (answer == TL_FTP_EDIT_CANCEL)
    {
      g_clear_pointer (&self->asked_hash, g_free);
      tl_ftp_edit_set_state (self, TL_FTP_EDIT_CHANGED, NULL);
    }
  else if (answer == TL_FTP_EDIT_RELOAD)
    tl_ftp_edit_fetch (self);
  else
    tl_ftp_edit_store (self);
}

void
tl_ftp_edit_leave (TlFtpEdit *self)
{
  g_return_if_fail (TL_IS_FTP_EDIT (self));

  if (self->state == TL_FTP_EDIT_ENDED)
    return;
  tl_ftp_edit_unwatch (self);
  g_cancellable_cancel (self->cancellable);
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_ENDED, NULL);
  if (self->lonely)
    tl_ftp_client_close (self->client);
  g_clear_pointer (&self->place, tl_ftp_edit_place_unref);
}

void
tl_ftp_edit_end (TlFtpEdit *self)
{
  g_return_if_fail (TL_IS_FTP_EDIT (self));

  if (self->place != NULL)
    tl_ftp_edit_place_discard (self->place);
  tl_ftp_edit_leave (self);
}

static gboolean
is_running (TlFtpEdit *self)
{
  return self->state == TL_FTP_EDIT_FETCHING || self->state == TL_FTP_EDIT_SENDING;
}

void
tl_ftp_edit_set_client (TlFtpEdit   *self,
                        TlFtpClient *client)
{
  g_autoptr (TlFtpClient) old = NULL;

  g_return_if_fail (TL_IS_FTP_EDIT (self));
  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  if (self->client == client || self->state == TL_FTP_EDIT_ENDED)
    return;
  old = g_steal_pointer (&self->client);
  self->client = g_object_ref (client);
  self->replaced = is_running (self);
  if (self->lonely && is_running (self))
    self->own = g_steal_pointer (&old);
  else if (self->lonely)
    tl_ftp_client_close (old);
  self->alone = self->lonely = FALSE;
}

TlFtpEditState
tl_ftp_edit_get_state (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), TL_FTP_EDIT_ENDED);

  return self->state;
}

gboolean
tl_ftp_edit_is_unsaved (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), FALSE);

  return self->state == TL_FTP_EDIT_CHANGED || self->state == TL_FTP_EDIT_SENDING || self->state == TL_FTP_EDIT_CONFLICT;
}

TlFtpClient *
tl_ftp_edit_get_client (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), NULL);

  return self->client;
}

GBytes *
tl_ftp_edit_get_remote (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), NULL);

  return self->about->remote;
}

GFile *
tl_ftp_edit_get_copy (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), NULL);

  return self->copy;
}

const char *
tl_ftp_edit_get_name (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), NULL);

  return self->about->name;
}

const TlFtpEditConflict *
tl_ftp_edit_get_conflict (TlFtpEdit *self)
{
  g_return_val_if_fail (TL_IS_FTP_EDIT (self), NULL);

  return &self->conflict;
}
