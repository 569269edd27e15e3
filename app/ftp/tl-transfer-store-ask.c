/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an earlier run has left, asked of the database. */

#include "tl-transfer-store-private.h"

static TlTransferTaking *
taking_new (TlTransferStore *self,
            gint64           owner,
            const char      *key)
{
  TlTransferTaking *taking = g_new0 (TlTransferTaking, 1);

  taking->owners = g_array_copy (self->owners);
  taking->owner = owner;
  taking->key = g_strdup (key);
  return taking;
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlTransferStore *self = g_task_get_source_object (task);
  const TlTransferTaking *taking = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer list = tl_database_run_finish (TL_DATABASE (source), result, &error);

  /* What comes into a folder has a number of its own, even if the clock has been set back since. */
  self->last_id = MAX (self->last_id, taking->newest);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
run (TlTransferStore  *self,
     TlDatabaseFunc    func,
     TlTransferTaking *taking,
     GTask            *task)
{
  g_task_set_task_data (task, taking, (GDestroyNotify) tl_transfer_taking_free);
  if (self->lock < 0 || self->closed)
    {
      /* It is the other program's. */
      g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  tl_transfer_store_hand_in (self);
  tl_database_run_async (self->database, func, taking, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, ran_cb, task);
}

void
tl_transfer_store_take_async (TlTransferStore     *self,
                              TlFtpSite           *site,
                              gint64               owner,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TL_IS_TRANSFER_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, tl_transfer_store_take_async);
  run (self, tl_transfer_records_take, taking_new (self, owner, tl_transfer_record_key (site)), task);
}

GPtrArray *
tl_transfer_store_take_finish (TlTransferStore  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tl_transfer_store_list_async (TlTransferStore     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TL_IS_TRANSFER_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, tl_transfer_store_list_async);
  run (self, tl_transfer_records_list, taking_new (self, 0, NULL), task);
}

GPtrArray *
tl_transfer_store_list_finish (TlTransferStore  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
