/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a path to the entries of a folder. */

#include "tl-ftp-load.h"

typedef enum {
  STEP_CONNECT,
  STEP_ENTER,
  STEP_LIST,
  STEP_PREPARE,
} Step;

typedef struct {
  Step            step;
  gboolean        connect;
  GBytes         *target;
  TlFtpDirectory *directory;
  TlFtpListing   *listing;
} Load;

static void load_step (GTask *task);

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->target, g_bytes_unref);
  g_clear_pointer (&load->listing, tl_ftp_listing_unref);
  g_object_unref (load->directory);
  g_free (load);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (tl_ftp_client_connect_finish (TL_FTP_CLIENT (source), result, &error))
    load_step (task);
  else
    g_task_return_error (task, error);
}

static void
entered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    load_step (task);
  else
    g_task_return_error (task, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  if (load->listing)
    load_step (task);
  else
    g_task_return_error (task, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  if (tl_ftp_directory_prepare_finish (TL_FTP_DIRECTORY (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&load->listing), (GDestroyNotify) tl_ftp_listing_unref);
  else
    g_task_return_error (task, error);
}

static void
load_step (GTask *task)
{
  TlFtpClient *client = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (load->step)
    {
    case STEP_CONNECT:
      load->step = STEP_ENTER;
      if (load->connect)
        {
          tl_ftp_client_connect_async (client, cancellable, connected_cb, g_object_ref (task));
          break;
        }
      G_GNUC_FALLTHROUGH;
    case STEP_ENTER:
      load->step = STEP_LIST;
      if (load->target)
        {
          tl_ftp_client_change_directory_async (client, load->target, cancellable, entered_cb, g_object_ref (task));
          break;
        }
      G_GNUC_FALLTHROUGH;
    case STEP_LIST:
      load->step = STEP_PREPARE;
      tl_ftp_client_list_async (client, NULL, cancellable, listed_cb, g_object_ref (task));
      break;
    case STEP_PREPARE:
    default:
      tl_ftp_directory_prepare_async (load->directory, load->listing, cancellable, prepared_cb, g_object_ref (task));
      break;
    }
}

void
tl_ftp_load_async (TlFtpClient         *client,
                   TlFtpDirectory      *directory,
                   gboolean             connect,
                   GBytes              *target,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, tl_ftp_load_async);
  load->connect = connect;
  load->directory = g_object_ref (directory);
  load->target = target ? g_bytes_ref (target) : NULL;
  g_task_set_task_data (task, load, load_free);
  load_step (task);
}

TlFtpListing *
tl_ftp_load_finish (TlFtpClient   *client,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tl_ftp_load_same_site (TlFtpSite *a,
                       TlFtpSite *b)
{
  gboolean active_a, active_b;
  TlFtpSecurity security_a, security_b;

  g_object_get (a, "active-mode", &active_a, "security", &security_a, NULL);
  g_object_get (b, "active-mode", &active_b, "security", &security_b, NULL);

  return g_strcmp0 (tl_ftp_site_get_host (a), tl_ftp_site_get_host (b)) == 0 && tl_ftp_site_get_port (a) == tl_ftp_site_get_port (b)
         && g_strcmp0 (tl_ftp_site_get_user (a), tl_ftp_site_get_user (b)) == 0 && security_a == security_b && active_a == active_b;
}
