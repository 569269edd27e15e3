/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server tells of a file that is edited: is it still the one that was fetched? */

#include "tl-ftp-edit-private.h"

#include "tl-ftp-name.h"
#include "tl-transfer-job.h"

#include <string.h>

typedef enum {
  STEP_STAT,
  STEP_LIST,
  STEP_DONE,
} Step;

typedef struct {
  TlFtpClient   *client;
  GBytes        *remote;
  Step           at;
  gboolean       exists;
  TlFtpEditMark  mark;
  GError        *error;
} Look;

static void step (GTask *task);

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->client);
  g_bytes_unref (look->remote);
  g_clear_error (&look->error);
  g_free (look);
}

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  look->exists = tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &look->mark.size, &look->mark.time, &error);
  look->at = look->exists && look->mark.size < 0 && look->mark.time < 0 ? STEP_LIST : STEP_DONE;
  if (!look->exists)
    look->mark = (TlFtpEditMark) { -1, -1 };
  /* 5yz: there is no such file. */
  if (error != NULL && tl_ftp_error_get_code (error) < 500 && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND))
    look->error = g_steal_pointer (&error);
  step (task);
}

static void
take_entry (Look         *look,
            TlFtpListing *listing)
{
  g_autoptr (GBytes) name = tl_ftp_path_basename (look->remote);
  gsize length;
  const guint8 *wanted = g_bytes_get_data (name, &length);
  guint n = tl_ftp_listing_get_n_entries (listing);

  look->exists = FALSE;
  for (guint i = 0; i < n && !look->exists; i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      if (item.name_length != length || memcmp (item.name, wanted, length) != 0)
        continue;
      look->exists = TRUE;
      look->mark.size = item.kind == TL_FTP_ENTRY_FILE ? item.size : -1;
      look->mark.time = item.precision != TL_FTP_TIME_NONE ? item.time : -1;
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);

  if (listing != NULL && tl_job_is_whole (listing, &look->error))
    take_entry (look, listing);
  else if (error != NULL && tl_ftp_error_get_code (error) < 500)
    look->error = g_steal_pointer (&error);
  look->at = STEP_DONE;
  step (task);
}

static void
step (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (look->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&look->error));
      g_object_unref (task);
      return;
    }
  switch (look->at)
    {
    case STEP_STAT:
      tl_ftp_client_stat_async (look->client, look->remote, cancellable, stat_cb, task);
      break;

    case STEP_LIST:
      {
        g_autoptr (GBytes) folder = tl_ftp_path_parent (look->remote);

        tl_ftp_client_list_async (look->client, folder, cancellable, listed_cb, task);
      }
      break;

    case STEP_DONE:
    default:
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

void
tl_ftp_edit_look_async (TlFtpClient         *client,
                        GBytes              *remote,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  g_task_set_source_tag (task, tl_ftp_edit_look_async);
  look->client = g_object_ref (client);
  look->remote = g_bytes_ref (remote);
  look->mark = (TlFtpEditMark) { -1, -1 };
  g_task_set_task_data (task, look, look_free);
  step (task);
}

gboolean
tl_ftp_edit_look_finish (GAsyncResult   *result,
                         gboolean       *exists,
                         TlFtpEditMark  *mark,
                         GError        **error)
{
  Look *look = g_task_get_task_data (G_TASK (result));

  *exists = look->exists;
  *mark = look->mark;
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tl_ftp_edit_mark_equal (const TlFtpEditMark *one,
                        const TlFtpEditMark *other)
{
  return (one->size < 0 || other->size < 0 || one->size == other->size) && (one->time < 0 || other->time < 0 || one->time == other->time);
}
