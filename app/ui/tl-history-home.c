/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history, once for the program, and what becomes too old or too much in it. */

#include "tl-history-home.h"

#define EXPIRE_SECONDS (10 * 60)

static TlHistory *history;
static GSettings *settings;
static guint timer;
static gboolean expiring;

static void
expired_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  expiring = FALSE;
  /* Whoever records is told of a disk that does not take anything; there is nothing to do here but to try again later. */
  if (!tl_history_expire_finish (TL_HISTORY (source), result, &error))
    g_debug ("The history was not cleaned: %s", error->message);
}

static void
expire (void)
{
  if (expiring)
    return;
  expiring = TRUE;
  tl_history_expire_async (tl_history_home_get (), g_settings_get_uint (settings, "history-days"),
                           (guint64) g_settings_get_uint (settings, "history-megabytes") * 1024 * 1024, NULL, expired_cb, NULL);
}

static gboolean
timer_cb (gpointer user_data)
{
  expire ();
  return G_SOURCE_CONTINUE;
}

TlHistory *
tl_history_home_get (void)
{
  if (history == NULL)
    history = tl_history_new_for_user ();
  return history;
}

void
tl_history_home_start (GSettings *from)
{
  g_return_if_fail (G_IS_SETTINGS (from));
  g_return_if_fail (settings == NULL);

  settings = g_object_ref (from);
  timer = g_timeout_add_seconds (EXPIRE_SECONDS, timer_cb, NULL);
  expire ();
}

void
tl_history_home_close (void)
{
  g_clear_handle_id (&timer, g_source_remove);
  if (history != NULL)
    tl_history_close (history);
  g_clear_object (&history);
  g_clear_object (&settings);
}
