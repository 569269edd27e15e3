/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a log to a file while it grows: each message as it is appended. */

#include "tl-recording.h"

#include "tl-overrun.h"
#include "tl-recording-writer.h"

#include <glib/gi18n-lib.h>

#define TICK_MS 250

struct _TlRecording
{
  GObject            parent_instance;

  TlMessageLog      *log;
  guint              sink;        /* 0: it has been stopped */
  TlExportFormat     format;
  TlRecordingWriter *writer;
  TlHistoryBatch    *batch;       /* that the next message goes to; NULL: none waits */
  TlRecordingStatus  status;      /* as it was last seen */
  guint              tick;
  gint64             started;     /* µs, monotonic */
  gint64             ended;
  guint64            n_dropped;   /* for which there was no room in memory */
  TlOverrun          overrun;
};

enum {
  PROP_0,
  PROP_RUNNING,
  PROP_ERROR,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlRecording, tl_recording, G_TYPE_OBJECT)

static void
push (TlRecording *self)
{
  if (self->batch != NULL)
    tl_recording_writer_push (self->writer, g_steal_pointer (&self->batch));
}

static void
count_dropped (TlRecording *self)
{
  self->n_dropped++;
  tl_overrun_add (&self->overrun, _("The recording cannot keep up: the disk is too slow, or does not take anything. From here on messages are not recorded; the session goes on."));
}

static void
tell_dropped (TlRecording *self)
{
  const gulong n = (gulong) tl_overrun_end (&self->overrun);
  g_autofree char *sentence = NULL;

  if (n == 0)
    return;
  sentence = g_strdup_printf (ngettext ("The recording keeps up again. %lu message was not recorded.",
                                        "The recording keeps up again. %lu messages were not recorded.", n), n);
  tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

/* Whether such a message stands in the file at all. */
static gboolean
is_wanted (TlRecording   *self,
           TlMessageKind  kind)
{
  switch (self->format)
    {
    case TL_EXPORT_RECEIVED_BYTES:
      return kind == TL_MESSAGE_RECEIVED;
    case TL_EXPORT_SENT_BYTES:
      return kind == TL_MESSAGE_SENT;
    case TL_EXPORT_CAPTURE:
    case TL_EXPORT_C_ARRAY:
      return TL_MESSAGE_KIND_IS_DATA (kind);
    case TL_EXPORT_TEXT:
    case TL_EXPORT_CSV:
    case TL_EXPORT_JSON_LINES:
    default:
      return TRUE;
    }
}

static void
sink_cb (const TlMessageInfo *info,
         const char          *peer,
         const guint8        *data,
         gpointer             user_data)
{
  TlRecording *self = user_data;

  if (!is_wanted (self, info->kind))
    return;
  if (tl_recording_writer_get_pending (self->writer) + info->length > TL_RECORDING_MAX_PENDING)
    {
      count_dropped (self);
      return;
    }
  tell_dropped (self);
  if (self->batch == NULL)
    self->batch = tl_history_batch_new ();
  tl_history_batch_add (self->batch, info, peer, data);
  if (tl_history_batch_is_full (self->batch))
    push (self);
}

/* (transfer full): "1.2 MB in “a.pcap”" or "… in 3 files, the last of them “a-0003.pcap”" */
static char *
dup_where (TlRecording *self)
{
  g_autofree char *name = tl_recording_dup_name (self);
  g_autofree char *size = g_format_size (self->status.total);

  if (self->status.n_files <= 1)
    /* Translators: a size and the name of a file */
    return g_strdup_printf (_("%s in “%s”"), size, name);
  /* Translators: a size, how many files (2 or more), and the name of a file */
  return g_strdup_printf (_("%s in %u files, the last of them “%s”"), size, self->status.n_files, name);
}

static void
tell_end (TlRecording *self)
{
  g_autofree char *where = dup_where (self);
  const gulong n = (gulong) self->status.n_written;
  const gulong n_lost = (gulong) tl_recording_get_n_lost (self);
  g_autofree char *sentence = NULL;
  g_autofree char *lost = NULL;

  if (!self->status.opened)
    {
      sentence = g_strdup_printf (_("The recording could not begin; choose another place. %s"), self->status.error != NULL ? self->status.error : "");
      tl_overrun_tell (&self->overrun, TL_MESSAGE_ERROR, sentence);
      return;
    }
  /* Translators: a count, and where they are: “1.2 MB in “a.pcap”” */
  sentence = g_strdup_printf (ngettext ("The recording has ended: %lu message, %s.", "The recording has ended: %lu messages, %s.", n), n, where);
  tl_overrun_tell (&self->overrun, TL_MESSAGE_EVENT, sentence);
  if (n_lost == 0 && self->status.error == NULL)
    return;
  lost = g_strdup_printf (ngettext ("%lu message is missing in the recording. %s", "%lu messages are missing in the recording. %s", n_lost), n_lost,
                          self->status.error != NULL ? self->status.error : "");
  tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, g_strchomp (lost));
}

static void
tell_error (TlRecording *self,
            const char  *error)
{
  g_autofree char *sentence = NULL;

  if (error == NULL)
    {
      tl_overrun_tell (&self->overrun, TL_MESSAGE_EVENT, _("The recording is being written again."));
      return;
    }
  sentence = g_strdup_printf (_("The recording is not being written; the session goes on, and it is tried again. %s"), error);
  tl_overrun_tell (&self->overrun, TL_MESSAGE_WARNING, sentence);
}

static void
end (TlRecording *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  self->ended = g_get_monotonic_time ();
  tell_end (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* Takes over how it stands. */
static void
look (TlRecording *self)
{
  TlRecordingStatus old = self->status;
  gboolean differs;

  tl_recording_writer_get_status (self->writer, &self->status);
  differs = g_strcmp0 (old.error, self->status.error) != 0;
  if (differs && self->status.opened && !self->status.done)
    tell_error (self, self->status.error);
  if (differs)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  tl_recording_status_clear (&old);
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (TlRecording) self = g_object_ref (user_data);

  push (self);
  look (self);
  g_signal_emit (self, signals[CHANGED], 0);
  /* Nothing was made: there is nothing to wait for. */
  if (!self->status.opened && self->status.error != NULL)
    tl_recording_stop (self);
  if (self->status.done)
    end (self);
  return G_SOURCE_CONTINUE;
}

static void
tl_recording_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlRecording *self = TL_RECORDING (object);

  switch (property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, tl_recording_get_running (self));
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->status.error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_recording_dispose (GObject *object)
{
  TlRecording *self = TL_RECORDING (object);

  if (self->writer != NULL)
    tl_recording_stop (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->writer, tl_recording_writer_unref);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (tl_recording_parent_class)->dispose (object);
}

static void
tl_recording_finalize (GObject *object)
{
  tl_recording_status_clear (&TL_RECORDING (object)->status);

  G_OBJECT_CLASS (tl_recording_parent_class)->finalize (object);
}

static void
tl_recording_class_init (TlRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_recording_get_property;
  object_class->dispose = tl_recording_dispose;
  object_class->finalize = tl_recording_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", TL_TYPE_RECORDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_recording_init (TlRecording *self)
{
  self->started = g_get_monotonic_time ();
}

TlRecording *
tl_recording_new (TlMessageLog             *log,
                  const char               *path,
                  const TlRecordingOptions *options,
                  const TlCaptureAbout     *about)
{
  TlRecording *self;
  TlRecordingFormat *format;
  TlRecordingFile *file;
  const GString *header;

  g_return_val_if_fail (TL_IS_MESSAGE_LOG (log), NULL);
  g_return_val_if_fail (options->format != TL_EXPORT_C_ARRAY, NULL);
  g_return_val_if_fail (options->format != TL_EXPORT_CAPTURE || about != NULL, NULL);

  format = tl_recording_format_new (options->format, options->charset, options->is_datagram, about);
  header = tl_recording_format_get_header (format);
  file = tl_recording_file_new (path, options->max_bytes > 0, options->max_files, header->str, header->len);
  self = g_object_new (TL_TYPE_RECORDING, NULL);
  self->log = g_object_ref (log);
  self->overrun.log = log;
  self->format = options->format;
  self->writer = tl_recording_writer_new (format, file, options->max_bytes);
  tl_recording_writer_get_status (self->writer, &self->status);
  self->sink = tl_log_sinks_add (tl_message_log_get_sinks (log), sink_cb, self);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  return self;
}

void
tl_recording_set_local (TlRecording *self,
                        const char  *peer,
                        const char  *local)
{
  g_return_if_fail (TL_IS_RECORDING (self));

  if (self->format != TL_EXPORT_CAPTURE || self->sink == 0)
    return;
  /* It holds for what comes from here on. */
  push (self);
  tl_recording_writer_set_local (self->writer, peer, local);
}

void
tl_recording_stop (TlRecording *self)
{
  g_return_if_fail (TL_IS_RECORDING (self));

  if (self->sink == 0)
    return;
  tl_log_sinks_remove (tl_message_log_get_sinks (self->log), self->sink);
  self->sink = 0;
  push (self);
  tl_recording_writer_stop (self->writer);
}

gboolean
tl_recording_get_running (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), FALSE);
  return self->ended == 0;
}

const char *
tl_recording_get_error (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), NULL);
  return self->status.error;
}

char *
tl_recording_dup_name (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), NULL);
  return g_filename_display_basename (self->status.path);
}

const char *
tl_recording_get_path (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), NULL);
  return self->status.path;
}

guint64
tl_recording_get_size (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return self->status.size;
}

guint64
tl_recording_get_total (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return self->status.total;
}

guint
tl_recording_get_n_files (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return self->status.n_files;
}

guint64
tl_recording_get_n_written (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return self->status.n_written;
}

guint64
tl_recording_get_n_lost (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return self->n_dropped + self->status.n_lost;
}

gint64
tl_recording_get_duration (TlRecording *self)
{
  g_return_val_if_fail (TL_IS_RECORDING (self), 0);
  return (self->ended != 0 ? self->ended : g_get_monotonic_time ()) - self->started;
}

void
tl_recording_wait_for_all (void)
{
  tl_recording_writer_wait_for_all ();
}
