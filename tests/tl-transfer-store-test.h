/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the queue on the disk share. */
#pragma once

#include "tl-transfer-queue-private.h"
#include "tl-transfer-store-private.h"
#include "tl-transfer-test.h"

static inline TlTransferStore *
new_store (Fixture *f)
{
  g_autofree char *path = test_path (f->base, "transfers.db");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return tl_transfer_store_new (file);
}

static inline void
stop_store (TlTransferStore *store)
{
  /* What runs ends what it has begun. */
  test_wait_for (G_OBJECT (store)->ref_count == 1, "the transfers to stop");
  tl_transfer_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (store);
}

/* As another run of the program. */
static inline TlTransferStore *
begin_anew (Fixture         *f,
            TlTransferStore *store)
{
  if (f->queue != NULL)
    g_assert_finalize_object (f->queue);
  if (store != NULL)
    stop_store (store);
  store = new_store (f);
  f->queue = tl_transfer_queue_new ();
  g_object_set (f->queue, "retry-delay", 20, NULL);
  g_signal_connect (f->queue, "ask", G_CALLBACK (test_ask_cb), f);
  tl_transfer_queue_set_store (f->queue, store);
  return store;
}

static inline void
count_cb (guint *n,
          guint  restored)
{
  *n = restored;
}

static inline guint
attach (Fixture *f,
        gboolean go_on)
{
  guint n = 0;

  g_signal_connect_swapped (f->queue, "restored", G_CALLBACK (count_cb), &n);
  tl_transfer_queue_attach (f->queue, f->client, go_on);
  test_wait_for (n > 0, "what was left");
  g_signal_handlers_disconnect_by_data (f->queue, &n);
  return n;
}

static inline void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GPtrArray **places = user_data;
  g_autoptr (GError) error = NULL;

  *places = tl_transfer_store_list_finish (TL_TRANSFER_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Of all sites. */
static inline guint
count_left (TlTransferStore *store)
{
  g_autoptr (GPtrArray) places = NULL;
  guint n = 0;

  tl_transfer_store_list_async (store, listed_cb, &places);
  test_wait (places != NULL);
  for (guint i = 0; i < places->len; i++)
    n += ((TlTransferPlace *) places->pdata[i])->n_waiting + ((TlTransferPlace *) places->pdata[i])->n_failed;
  return n;
}
