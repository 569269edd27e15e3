/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that has been closed ends what it has begun. */

#include "tl-linger.h"

/* A server that does not answer must not keep a program running that nobody sees. */
#define MOST_S 5

struct _TlLinger
{
  GApplication *application;  /* NULL: none, or not held any more */
  guint         limit;
};

static void
release (TlLinger *self)
{
  g_clear_handle_id (&self->limit, g_source_remove);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
}

static gboolean
limit_cb (gpointer data)
{
  TlLinger *self = data;

  self->limit = 0;
  release (self);
  return G_SOURCE_REMOVE;
}

TlLinger *
tl_linger_new (void)
{
  TlLinger *self = g_new0 (TlLinger, 1);
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return self;
  self->application = g_object_ref (application);
  g_application_hold (application);
  self->limit = g_timeout_add_seconds (MOST_S, limit_cb, self);
  return self;
}

void
tl_linger_free (TlLinger *self)
{
  release (self);
  g_free (self);
}
