/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a run log. */
#include "tl-run-entry.h"

struct _TlRunEntry
{
  GObject   parent_instance;

  gint64    time;
  guint64   round;
  guint     step;
  gboolean  failed;
  char     *text;
};

G_DEFINE_FINAL_TYPE (TlRunEntry, tl_run_entry, G_TYPE_OBJECT)

static void
tl_run_entry_finalize (GObject *object)
{
  g_free (TL_RUN_ENTRY (object)->text);

  G_OBJECT_CLASS (tl_run_entry_parent_class)->finalize (object);
}

static void
tl_run_entry_class_init (TlRunEntryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_run_entry_finalize;
}

static void
tl_run_entry_init (TlRunEntry *self)
{
}

TlRunEntry *
tl_run_entry_new (guint64   round,
                  guint     step,
                  gboolean  failed,
                  char     *text)
{
  TlRunEntry *self = g_object_new (TL_TYPE_RUN_ENTRY, NULL);

  self->time = g_get_real_time ();
  self->round = round;
  self->step = step;
  self->failed = failed;
  self->text = text;

  return self;
}

gint64
tl_run_entry_get_time (TlRunEntry *self)
{
  return self->time;
}

guint64
tl_run_entry_get_round (TlRunEntry *self)
{
  return self->round;
}

guint
tl_run_entry_get_step (TlRunEntry *self)
{
  return self->step;
}

gboolean
tl_run_entry_get_failed (TlRunEntry *self)
{
  return self->failed;
}

const char *
tl_run_entry_get_text (TlRunEntry *self)
{
  return self->text;
}
