/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder, once for the program, and what is kept of it. */

#include "tl-share-home.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static TlFtpServer *server;

static char *
dup_certificate_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "tonglu", "share-certificate.pem", NULL);
}

/* A folder's name may be no UTF-8; its address always is. */
static gboolean
folder_from_uri_cb (GValue   *value,
                    GVariant *variant,
                    gpointer  user_data)
{
  g_value_take_string (value, g_filename_from_uri (g_variant_get_string (variant, NULL), NULL, NULL));
  return TRUE;
}

static GVariant *
folder_to_uri_cb (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  const char *folder = g_value_get_string (value);
  g_autofree char *uri = folder ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  return g_variant_new_string (uri ? uri : "");
}

static void
accounts_changed_cb (GListModel *accounts,
                     guint       position,
                     guint       removed,
                     guint       added,
                     GSettings  *settings)
{
  g_settings_set_value (settings, "share-accounts", tl_ftp_accounts_pack (accounts));
}

TlFtpServer *
tl_share_home_get_server (GSettings *settings)
{
  static const char *const keys[][2] = {
    { "share-address", "address" },
    { "share-port", "port" },
    { "share-tls", "tls" },
    { "share-writable", "writable" },
    { "share-anonymous", "anonymous" },
    { "share-anonymous-writable", "anonymous-writable" },
    { "share-passive-min", "passive-min" },
    { "share-passive-max", "passive-max" },
    { "share-max-connections", "max-connections" },
    { "share-max-per-address", "max-per-address" },
    { "share-max-failures", "max-failures" },
    { "share-login-seconds", "login-seconds" },
    { "share-idle-seconds", "idle-seconds" },
    { "share-stall-seconds", "stall-seconds" },
    { "share-max-entries", "max-entries" },
  };
  g_autofree char *certificate = NULL;
  g_autoptr (GVariant) packed = NULL;

  if (server)
    return server;
  server = tl_ftp_server_new ();
  certificate = dup_certificate_file ();
  g_object_set (server, "certificate-file", certificate, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_bind (settings, keys[i][0], server, keys[i][1], G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "share-folder", server, "folder", G_SETTINGS_BIND_DEFAULT, folder_from_uri_cb, folder_to_uri_cb, NULL, NULL);
  packed = g_settings_get_value (settings, "share-accounts");
  tl_ftp_accounts_unpack (tl_ftp_server_get_accounts (server), packed);
  g_signal_connect_object (tl_ftp_server_get_accounts (server), "items-changed", G_CALLBACK (accounts_changed_cb), settings, 0);

  return server;
}

void
tl_share_home_close (void)
{
  if (server)
    tl_ftp_server_stop (server);
  g_clear_object (&server);
}

static gboolean
put (const char  *folder,
     const char  *name,
     const char  *text,
     GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents (path, text, -1, error);
}

/* Names and texts are in the user's language: what is seen first should be understood. */
static gboolean
make_files (const char  *top,
            const char  *inner,
            GError     **error)
{
  g_autoptr (GString) table = g_string_new ("n,square\n");

  if (g_mkdir_with_parents (inner, 0700) < 0)
    {
      const int errsv = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errsv), _("The sample files cannot be made. (%s)"), g_strerror (errsv));
      return FALSE;
    }
  for (guint i = 1; i <= 1000; i++)
    g_string_append_printf (table, "%u,%u\n", i, i * i);

  return put (top, _("Read me.txt"), _("This folder is shared by Tonglu itself, over FTP, for a first look.\n"
                                       "Nothing in it can be changed; download a file, look at what was said, close the tab to end it.\n"), error)
         && put (top, _("Squares.csv"), table->str, error)
         && put (inner, _("Poem.txt"), _("The moon shines bright before my bed,\nI took it for frost on the ground instead.\n"), error);
}

static void
sample_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autofree char *top = g_build_filename (g_get_user_cache_dir (), "tonglu", "share-sample", NULL);
  g_autofree char *inner = g_build_filename (top, _("A folder"), NULL);
  GError *error = NULL;

  if (make_files (top, inner, &error))
    g_task_return_pointer (task, g_steal_pointer (&top), g_free);
  else
    g_task_return_error (task, error);
}

void
tl_share_home_make_sample_async (GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_share_home_make_sample_async);
  g_task_run_in_thread (task, sample_thread);
}

TlFtpServer *
tl_share_home_make_sample_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *certificate = dup_certificate_file ();
  TlFtpServer *sample;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  folder = g_task_propagate_pointer (G_TASK (result), error);
  if (!folder)
    return NULL;
  sample = tl_ftp_server_new ();
  g_object_set (sample, "folder", folder, "port", 0, "tls", TL_FTP_SERVER_TLS_OFF, "certificate-file", certificate, NULL);

  return sample;
}
