/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the log share: a mirror of a list model that checks every change. */
#pragma once

#include "tl-test-wait.h"

#include <gio/gio.h>

typedef struct {
  GListModel *model;
  guint n_items;
  guint n_signals;
  guint n_removed;
  guint n_added;
} TlMirror;

/* The number of rows must be what the changes add up to, at each of them. */
static inline void
tl_mirror_changed_cb (GListModel *model,
                      guint       position,
                      guint       removed,
                      guint       added,
                      gpointer    user_data)
{
  TlMirror *mirror = user_data;

  g_assert_cmpuint (position + removed, <=, mirror->n_items);
  g_assert_true (removed > 0 || added > 0);
  mirror->n_items = mirror->n_items - removed + added;
  mirror->n_signals++;
  mirror->n_removed += removed;
  mirror->n_added += added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, mirror->n_items);
}

static inline void
tl_mirror_init (TlMirror   *mirror,
                GListModel *model)
{
  *mirror = (TlMirror) { .model = model, .n_items = g_list_model_get_n_items (model) };
  g_signal_connect (model, "items-changed", G_CALLBACK (tl_mirror_changed_cb), mirror);
}

static inline void
tl_mirror_clear (TlMirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
}
