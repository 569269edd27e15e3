/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in small pieces, behind drawing as long as that leaves room for it. */

#include "tl-turn.h"

/* GDK_PRIORITY_REDRAW, which has its turn in every frame, is G_PRIORITY_HIGH_IDLE + 20. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 30)
#define LATE_MS 50

typedef struct {
  GSourceOnceFunc func;
  gpointer        data;
  guint           id;
  guint           late_id;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_clear_handle_id (&turn->late_id, g_source_remove);
  g_free (turn);
}

static gboolean
turn_cb (gpointer data)
{
  Turn *turn = data;

  turn->func (turn->data);
  return G_SOURCE_REMOVE;
}

static gboolean
late_cb (gpointer data)
{
  Turn *turn = data;

  turn->late_id = 0;
  g_source_set_priority (g_main_context_find_source_by_id (NULL, turn->id), G_PRIORITY_DEFAULT);
  return G_SOURCE_REMOVE;
}

static guint
add (guint           ms,
     int             priority,
     GSourceOnceFunc func,
     gpointer        data)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->func = func;
  turn->data = data;
  turn->id = ms > 0 ? g_timeout_add_full (priority, ms, turn_cb, turn, turn_free) : g_idle_add_full (priority, turn_cb, turn, turn_free);
  turn->late_id = g_timeout_add (ms + LATE_MS, late_cb, turn);
  return turn->id;
}

guint
tl_turn_add (guint           ms,
             GSourceOnceFunc func,
             gpointer        data)
{
  return add (ms, PRIORITY, func, data);
}

guint
tl_turn_add_last (GSourceOnceFunc func,
                  gpointer        data)
{
  return add (0, G_PRIORITY_DEFAULT_IDLE, func, data);
}
