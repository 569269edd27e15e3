/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared folder while it is shared: from the start to the end, and once a second. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-server-work.h"
#include "tl-socket-owner.h"

#include <glib/gi18n-lib.h>

/* The folder and the addresses are looked at so often, in seconds. */
#define WATCH_TICKS 3

static GPtrArray *
dup_items (GListStore *store)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (store), i));
  return items;
}

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (TlFtpServer) self = g_object_ref (data);
  g_autoptr (GPtrArray) visitors = dup_items (self->visitors);
  g_autoptr (GPtrArray) accounts = dup_items (self->accounts);

  for (guint i = 0; i < accounts->len; i++)
    tl_ftp_account_tick (accounts->pdata[i]);
  for (guint i = 0; i < visitors->len; i++)
    if (((TlFtpVisitor *) visitors->pdata[i])->server != NULL)
      tl_ftp_visitor_tick (visitors->pdata[i]);
  if (self->n_refused > self->n_refused_told)
    tl_message_log_append_printf (self->log, TL_MESSAGE_WARNING, 0,
                                  ngettext ("%u connection was refused: there are too many.", "%u connections were refused: there are too many.",
                                            self->n_refused - self->n_refused_told), self->n_refused - self->n_refused_told);
  self->n_refused_told = self->n_refused;
  g_object_notify (G_OBJECT (self), "received");
  g_object_notify (G_OBJECT (self), "sent");
  if (++self->n_ticks % WATCH_TICKS == 0)
    tl_ftp_server_watch (self);
  return G_SOURCE_CONTINUE;
}

void
tl_ftp_server_forget (TlFtpServer  *self,
                      TlFtpVisitor *visitor)
{
  guint position;

  tl_ftp_server_guard_leave (self->guard, visitor->address);
  if (g_list_store_find (self->visitors, visitor, &position))
    g_list_store_remove (self->visitors, position);
  g_object_notify (G_OBJECT (self), "n-connected");
}

/* What a start needs of the disk. */
typedef struct {
  char             *folder;
  char             *certificate_file;   /* NULL: no TLS */
  TlFtpShare       *share;
  TlFtpCertificate *certificate;
} Start;

static void
start_free (Start *start)
{
  g_clear_pointer (&start->share, tl_ftp_share_unref);
  g_clear_pointer (&start->certificate, tl_ftp_certificate_unref);
  g_free (start->folder);
  g_free (start->certificate_file);
  g_free (start);
}

/* A start, of which another may have become by the time that one of its steps is over. */
typedef struct {
  guint   serial;
  GError *reason;   /* why the port is not to be had */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_clear_error (&attempt->reason);
  g_free (attempt);
}

/* Whether @task, a start, was ended by a stop: it is returned then. */
static gboolean
return_stopped (TlFtpServer *self,
                GTask       *task)
{
  const Attempt *attempt = g_task_get_task_data (task);

  if (self->state == TL_FTP_SERVER_STARTING && self->serial == attempt->serial)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Sharing was switched off."));
  return TRUE;
}

static void
start_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Start *start = data;
  GError *error = NULL;

  start->share = tl_ftp_share_new (start->folder, &error);
  if (start->share != NULL && start->certificate_file != NULL)
    start->certificate = tl_ftp_certificate_load (start->certificate_file, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, start->share, NULL);
}

/* Takes @error. */
static void
fail_start (TlFtpServer *self,
            GTask       *task,
            GError      *error)
{
  tl_message_log_append_text (self->log, TL_MESSAGE_ERROR, 0, error->message);
  tl_ftp_server_set_state (self, TL_FTP_SERVER_STOPPED);
  g_task_return_error (task, error);
}

static void
owner_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlFtpServer *self = g_task_get_source_object (task);
  g_autofree char *owner = tl_socket_find_owner_finish (result, NULL);
  const GError *reason = ((const Attempt *) g_task_get_task_data (task))->reason;
  GError *error = NULL;

  if (return_stopped (self, task))
    return;
  if (owner == NULL)
    owner = g_strdup (_("Another program"));
  g_set_error (&error, reason->domain, reason->code, _("%s has the port %u already. Choose another port. (%s)"), owner, self->port, reason->message);
  fail_start (self, task, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TlFtpServer *self = TL_FTP_SERVER (source);
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (return_stopped (self, task))
    {
      g_task_propagate_pointer (G_TASK (result), NULL);
      return;
    }
  if (g_task_propagate_pointer (G_TASK (result), &error) != NULL && tl_ftp_server_listen (self, &error))
    {
      self->share = g_steal_pointer (&start->share);
      self->certificate = g_steal_pointer (&start->certificate);
      self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
      tl_message_log_append_printf (self->log, TL_MESSAGE_EVENT, 0, _("The folder is shared at %s, port %u."), self->address, self->local_port);
      tl_ftp_server_set_state (self, TL_FTP_SERVER_OPEN);
      tl_ftp_server_watch (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      fail_start (self, task, error);
      return;
    }
  ((Attempt *) g_task_get_task_data (task))->reason = error;
  tl_socket_find_owner_async ((guint16) self->port, FALSE, NULL, owner_found_cb, g_steal_pointer (&task));
}

void
tl_ftp_server_start_async (TlFtpServer         *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  g_autofree char *wrong = NULL;
  Start *start;
  Attempt *attempt;

  g_return_if_fail (TL_IS_FTP_SERVER (self));
  g_return_if_fail (self->state == TL_FTP_SERVER_STOPPED);
  g_return_if_fail (self->tls_mode == TL_FTP_SERVER_TLS_OFF || self->certificate_file != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_ftp_server_start_async);
  if (self->folder == NULL || *self->folder == '\0')
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Choose a folder to share first."));
      return;
    }
  wrong = tl_ftp_server_check_ports (self->passive_min, self->passive_max, self->port);
  if (wrong != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", wrong);
      return;
    }
  g_clear_pointer (&self->problem, g_free);
  g_object_notify (G_OBJECT (self), "problem");
  tl_ftp_server_set_state (self, TL_FTP_SERVER_STARTING);
  attempt = g_new0 (Attempt, 1);
  attempt->serial = ++self->serial;
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  start = g_new0 (Start, 1);
  start->folder = g_strdup (self->folder);
  start->certificate_file = self->tls_mode != TL_FTP_SERVER_TLS_OFF ? g_strdup (self->certificate_file) : NULL;
  work = g_task_new (self, NULL, prepared_cb, g_steal_pointer (&task));
  g_task_set_task_data (work, start, (GDestroyNotify) start_free);
  tl_ftp_server_work (work, start_thread, NULL);
}

gboolean
tl_ftp_server_start_finish (TlFtpServer   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_server_stop (TlFtpServer *self)
{
  g_autoptr (GPtrArray) visitors = NULL;

  g_return_if_fail (TL_IS_FTP_SERVER (self));

  if (self->state == TL_FTP_SERVER_STOPPED)
    return;
  self->serial++;
  tl_ftp_server_stop_listening (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  visitors = dup_items (self->visitors);
  for (guint i = 0; i < visitors->len; i++)
    tl_ftp_visitor_close (visitors->pdata[i], NULL);
  if (self->state == TL_FTP_SERVER_OPEN)
    tl_message_log_append_text (self->log, TL_MESSAGE_EVENT, 0, _("The folder is no longer shared."));
  g_clear_pointer (&self->share, tl_ftp_share_unref);
  g_clear_pointer (&self->certificate, tl_ftp_certificate_unref);
  self->local_port = 0;
  g_clear_pointer (&self->urls, g_strfreev);
  g_object_notify (G_OBJECT (self), "urls");
  g_clear_pointer (&self->problem, g_free);
  g_object_notify (G_OBJECT (self), "problem");
  tl_ftp_server_set_state (self, TL_FTP_SERVER_STOPPED);
}
