/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source that is ready at a time, to be set anew each time. */
#include "tl-clock-source.h"

#include "tl-session-private.h"

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

GSource *
tl_clock_source_new (const char  *name,
                     GSourceFunc  func,
                     gpointer     user_data)
{
  GSource *source = g_source_new (&source_funcs, sizeof (GSource));

  g_source_set_static_name (source, name);
  g_source_set_priority (source, TL_PRIORITY_SOCKET);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

void
tl_clock_source_clear (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
