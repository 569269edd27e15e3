/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits that an earlier time has left: saved, and not sent. */

#include "tl-ftp-edit-private.h"

static void
waiting_free (gpointer data)
{
  TlFtpEditWaiting *self = data;

  g_object_unref (self->site);
  g_bytes_unref (self->remote);
  g_free (self->name);
  g_free (self);
}

static gboolean
is_of_site (const TlFtpEditAbout *about,
            gpointer              data)
{
  g_autoptr (TlFtpSite) site = tl_ftp_edit_about_dup_site (about);

  return site != NULL && tl_ftp_site_same_account (site, data);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GPtrArray *left = tl_ftp_edit_place_list_left (data != NULL ? is_of_site : NULL, data, cancellable);

  g_task_return_pointer (task, left, (GDestroyNotify) g_ptr_array_unref);
}

/* @site: (nullable) */
static void
look (TlFtpSite           *site,
      gpointer             tag,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_priority (task, G_PRIORITY_LOW);
  if (site != NULL)
    g_task_set_task_data (task, tl_ftp_site_copy (site), g_object_unref);
  g_task_run_in_thread (task, look_thread);
}

void
tl_ftp_edit_list_waiting_async (GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  look (NULL, tl_ftp_edit_list_waiting_async, cancellable, callback, user_data);
}

GPtrArray *
tl_ftp_edit_list_waiting_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (GPtrArray) left = g_task_propagate_pointer (G_TASK (result), error);
  GPtrArray *all = left != NULL ? g_ptr_array_new_with_free_func (waiting_free) : NULL;

  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      const TlFtpEditLeft *one = g_ptr_array_index (left, i);
      TlFtpSite *site = tl_ftp_edit_about_dup_site (one->about);
      TlFtpEditWaiting *waiting;

      if (site == NULL)
        continue;
      waiting = g_new0 (TlFtpEditWaiting, 1);
      waiting->site = site;
      waiting->remote = g_bytes_ref (one->about->remote);
      waiting->name = g_strdup (one->about->name);
      waiting->saved = one->saved;
      g_ptr_array_add (all, waiting);
    }
  return all;
}

void
tl_ftp_edit_take_waiting_async (TlFtpSite           *site,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_SITE (site));

  look (site, tl_ftp_edit_take_waiting_async, cancellable, callback, user_data);
}

GPtrArray *
tl_ftp_edit_take_waiting_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (GPtrArray) left = g_task_propagate_pointer (G_TASK (result), error);
  GPtrArray *edits = left != NULL ? g_ptr_array_new_with_free_func (g_object_unref) : NULL;

  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      const TlFtpEditLeft *one = g_ptr_array_index (left, i);
      g_autoptr (TlFtpSite) site = one->place != NULL ? tl_ftp_edit_about_dup_site (one->about) : NULL;
      g_autoptr (TlFtpClient) client = site != NULL ? tl_ftp_client_new (site) : NULL;

      if (client != NULL)
        g_ptr_array_add (edits, tl_ftp_edit_new_left (client, one));
    }
  return edits;
}

gboolean
tl_ftp_edit_wait_for_all (gint64 most_us)
{
  return tl_ftp_edit_place_wait (most_us);
}
