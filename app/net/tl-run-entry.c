/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a run log. */
#include "tl-run-entry.h"

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-hex.h"

#include <glib/gi18n-lib.h>

#define SHOWN_BYTES 80

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

char *
tl_run_entry_show_bytes (const TlPayload *payload,
                         GBytes          *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const gsize length = MIN (size, SHOWN_BYTES);
  g_autofree char *decoded = NULL;
  g_autofree char *shown = NULL;

  if (payload->mode == TL_PAYLOAD_HEX)
    shown = tl_hex_format (data, length, " ");
  else
    {
      decoded = tl_decode (payload->charset, data, length);
      shown = tl_escape_visible (decoded, FALSE);
    }

  return g_strconcat (shown, size > length ? "…" : "", NULL);
}

void
tl_run_entry_append (TlRunEntry *self,
                     GString    *out)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *seconds = g_date_time_format (local, "%Y-%m-%d %H:%M:%S");

  g_string_append_printf (out, "%s.%03d\t%" G_GUINT64_FORMAT "\t%u\t%s\t%s\n", seconds, (int) (self->time % G_USEC_PER_SEC / 1000),
                          self->round, self->step, self->failed ? C_("run log", "failed") : C_("run log", "ok"), self->text);
}
