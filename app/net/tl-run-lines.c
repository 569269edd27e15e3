/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of a run: a list that is told of its new lines some times a second, not at each. */

#include "tl-run-lines.h"

#define NOTIFY_MS 100

struct _TlRunLines
{
  GListStore  *list;
  GPtrArray   *pending;   /* lines that the list does not have yet */
  guint        source;
  GSourceFunc  flushed;
  gpointer     user_data;
};

TlRunLines *
tl_run_lines_new (GSourceFunc flushed,
                gpointer    user_data)
{
  TlRunLines *self = g_new0 (TlRunLines, 1);

  self->list = g_list_store_new (TL_TYPE_RUN_ENTRY);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->flushed = flushed;
  self->user_data = user_data;

  return self;
}

void
tl_run_lines_free (TlRunLines *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->pending);
  g_object_unref (self->list);
  g_free (self);
}

void
tl_run_lines_flush (TlRunLines *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint surplus;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->pending->len > TL_SEQUENCE_RUN_MAX_LOG)
    g_ptr_array_remove_range (self->pending, 0, self->pending->len - TL_SEQUENCE_RUN_MAX_LOG);
  surplus = n + self->pending->len > TL_SEQUENCE_RUN_MAX_LOG ? n + self->pending->len - TL_SEQUENCE_RUN_MAX_LOG : 0;
  if (surplus > 0)
    g_list_store_splice (self->list, 0, surplus, NULL, 0);
  g_list_store_splice (self->list, n - surplus, 0, self->pending->pdata, self->pending->len);
  g_ptr_array_set_size (self->pending, 0);
  self->flushed (self->user_data);
}

static gboolean
flush_cb (gpointer user_data)
{
  TlRunLines *self = user_data;

  self->source = 0;
  tl_run_lines_flush (self);

  return G_SOURCE_REMOVE;
}

void
tl_run_lines_add (TlRunLines   *self,
                TlRunEntry *entry)
{
  g_ptr_array_add (self->pending, entry);
  if (self->pending->len > 2 * TL_SEQUENCE_RUN_MAX_LOG)
    tl_run_lines_flush (self);
  else if (self->source == 0)
    self->source = g_timeout_add (NOTIFY_MS, flush_cb, self);
}

GListStore *
tl_run_lines_get_list (TlRunLines *self)
{
  return self->list;
}

char *
tl_run_lines_dup_text (TlRunLines *self)
{
  GString *out = g_string_new (NULL);

  tl_run_lines_flush (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (TlRunEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      tl_run_entry_append (entry, out);
    }

  return g_string_free (out, FALSE);
}
