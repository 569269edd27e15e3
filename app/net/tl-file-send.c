/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends a file in pieces, at the pace of the slowest peer. */

#include "tl-file-send.h"

#include "tl-piece-sender.h"

#include <glib/gi18n-lib.h>

#define NOTIFY_INTERVAL (100 * 1000)

/* A queue that is full says when it has drained; this is for a peer that leaves instead. */
#define RETRY_MS 250

struct _TlFileSend
{
  GObject    parent_instance;

  TlSession *session;
  GPtrArray *peers;
  GFile     *file;
  guint      piece;
  guint      gap;

  char      *name;
  guint64    size;
  guint64    done;
  gboolean   running;
  char      *error;
  gint64     notified;          /* µs, monotonic */
};

enum {
  PROP_NAME = 1,
  PROP_SIZE,
  PROP_DONE,
  PROP_FRACTION,
  PROP_RUNNING,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFileSend, tl_file_send, G_TYPE_OBJECT)

typedef enum {
  STEP_OPEN,
  STEP_MEASURE,
  STEP_READ,
  STEP_SEND,
} Step;

typedef struct {
  Step           step;
  GInputStream  *stream;
  guint8        *buffer;
  gsize          length;        /* of the piece that goes out */
  TlPieceSender *sender;
  GSource       *wait;
  gulong         drained_id;
  gulong         state_id;
} Job;

static void
stop_waiting (Job       *job,
              TlSession *session)
{
  if (job->wait != NULL)
    {
      g_source_destroy (job->wait);
      g_clear_pointer (&job->wait, g_source_unref);
    }
  g_clear_signal_handler (&job->drained_id, session);
  g_clear_signal_handler (&job->state_id, session);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->stream);
  g_free (job->buffer);
  g_clear_pointer (&job->sender, tl_piece_sender_free);
  g_free (job);
}

static void
notify_progress (TlFileSend *self,
                 gboolean    now)
{
  gint64 time = g_get_monotonic_time ();

  if (!now && time - self->notified < NOTIFY_INTERVAL)
    return;
  self->notified = time;

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_running (TlFileSend *self,
             gboolean    running,
             const char *error)
{
  self->running = running;
  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

/* Takes @error, NULL for none, and the reference to the task. */
static void
finish (GTask  *task,
        GError *error)
{
  TlFileSend *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  stop_waiting (job, self->session);
  if (error == NULL)
    error = tl_piece_sender_steal_refusal (job->sender);
  notify_progress (self, TRUE);
  set_running (self, FALSE, error != NULL ? error->message : NULL);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
finish_read_error (GTask  *task,
                   GError *error)
{
  TlFileSend *self = g_task_get_source_object (task);
  GError *sentence;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish (task, error);
      return;
    }
  sentence = g_error_new (error->domain, error->code, _("The file “%s” cannot be read (%s)"), self->name, error->message);
  g_error_free (error);
  finish (task, sentence);
}

static void step (GTask *task);

static void
wake (GTask *task)
{
  TlFileSend *self = g_task_get_source_object (task);

  stop_waiting (g_task_get_task_data (task), self->session);
  step (task);
}

static gboolean
waited_cb (gpointer user_data)
{
  wake (user_data);
  return G_SOURCE_REMOVE;
}

static void
drained_cb (TlSession *session,
            TlPeer    *peer,
            GTask     *task)
{
  Job *job = g_task_get_task_data (task);

  /* The session is in the middle of writing: its turn ends first. */
  g_source_set_ready_time (job->wait, 0);
}

static void
state_cb (TlSession  *session,
          GParamSpec *pspec,
          GTask      *task)
{
  Job *job = g_task_get_task_data (task);

  g_source_set_ready_time (job->wait, 0);
}

static void
wait_for (GTask    *task,
          guint     ms,
          gboolean  queue)
{
  TlFileSend *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  job->wait = g_timeout_source_new (ms);
  g_source_set_static_name (job->wait, "tl-file-send");
  g_source_set_callback (job->wait, waited_cb, task, NULL);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (job->wait, child);
    }
  if (queue)
    job->drained_id = g_signal_connect (self->session, "drained", G_CALLBACK (drained_cb), task);
  job->state_id = g_signal_connect (self->session, "notify::state", G_CALLBACK (state_cb), task);
  g_source_attach (job->wait, g_task_get_context (task));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->stream = G_INPUT_STREAM (g_file_read_finish (G_FILE (source), result, &error));
  if (job->stream == NULL)
    finish_read_error (task, error);
  else
    step (task);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  TlFileSend *self = g_task_get_source_object (task);
  g_autoptr (GFileInfo) info = NULL;

  /* A pipe or a device has no size, and can be sent all the same. */
  info = g_file_input_stream_query_info_finish (G_FILE_INPUT_STREAM (source), result, NULL);
  if (info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE))
    self->size = g_file_info_get_size (info);
  notify_progress (self, TRUE);
  step (task);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &job->length, &error))
    {
      finish_read_error (task, error);
      return;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&job->buffer), job->length);
  tl_piece_sender_set_piece (job->sender, bytes);
  step (task);
}

/* The piece is out: what comes next. */
static void
go_on (GTask *task)
{
  TlFileSend *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  self->done += job->length;
  notify_progress (self, FALSE);

  if (job->length < self->piece)
    {
      finish (task, NULL);
      return;
    }
  job->step = STEP_READ;
  if (self->gap > 0 && self->done != self->size)
    wait_for (task, self->gap, FALSE);
  else
    step (task);
}

static void
step (GTask *task)
{
  TlFileSend *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      finish (task, error);
      return;
    }

  switch (job->step)
    {
    case STEP_OPEN:
      job->step = STEP_MEASURE;
      g_file_read_async (self->file, G_PRIORITY_DEFAULT, cancellable, opened_cb, task);
      break;

    case STEP_MEASURE:
      job->step = STEP_READ;
      g_file_input_stream_query_info_async (G_FILE_INPUT_STREAM (job->stream), G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                            G_PRIORITY_DEFAULT, cancellable, measured_cb, task);
      break;

    case STEP_READ:
      job->step = STEP_SEND;
      job->buffer = g_malloc (self->piece);
      g_input_stream_read_all_async (job->stream, job->buffer, self->piece, G_PRIORITY_DEFAULT, cancellable, read_cb, task);
      break;

    case STEP_SEND:
      if (job->length == 0)
        finish (task, NULL);
      else if (!tl_piece_sender_try (job->sender))
        wait_for (task, RETRY_MS, TRUE);
      else if (tl_piece_sender_get_n_peers (job->sender) == 0)
        finish (task, NULL);
      else
        go_on (task);
      break;
    }
}

static void
tl_file_send_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlFileSend *self = TL_FILE_SEND (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SIZE:
      g_value_set_uint64 (value, self->size);
      break;
    case PROP_DONE:
      g_value_set_uint64 (value, self->done);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->size > 0 ? MIN (1.0, (double) self->done / self->size) : 0);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_file_send_finalize (GObject *object)
{
  TlFileSend *self = TL_FILE_SEND (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self->error);
  G_OBJECT_CLASS (tl_file_send_parent_class)->finalize (object);
}

static void
tl_file_send_class_init (TlFileSendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_file_send_get_property;
  object_class->finalize = tl_file_send_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_SIZE] = g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_file_send_init (TlFileSend *self)
{
}

TlFileSend *
tl_file_send_new (TlSession *session,
                  GPtrArray *peers,
                  GFile     *file,
                  guint      piece,
                  guint      gap_ms)
{
  TlFileSend *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (TL_TYPE_FILE_SEND, NULL);
  self->session = g_object_ref (session);
  if (peers != NULL)
    {
      self->peers = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < peers->len; i++)
        g_ptr_array_add (self->peers, g_object_ref (peers->pdata[i]));
    }
  self->file = g_object_ref (file);
  self->piece = CLAMP (piece, 1, TL_FILE_SEND_MAX_PIECE);
  self->gap = MIN (gap_ms, TL_FILE_SEND_MAX_GAP);
  name = g_file_get_basename (file);
  self->name = g_filename_display_name (name != NULL ? name : "");
  return self;
}

void
tl_file_send_run_async (TlFileSend          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (TL_IS_FILE_SEND (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_file_send_run_async);
  if (self->running)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s", _("This file is being sent already"));
      return;
    }

  self->done = 0;
  set_running (self, TRUE, NULL);
  job = g_new0 (Job, 1);
  job->sender = tl_piece_sender_new (self->session, self->peers);
  g_task_set_task_data (task, job, job_free);

  if (tl_piece_sender_get_n_peers (job->sender) == 0)
    finish (g_steal_pointer (&task), g_error_new_literal (TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER,
                                                          _("There is nobody to send the file to; choose a peer first")));
  else
    step (g_steal_pointer (&task));
}

gboolean
tl_file_send_run_finish (TlFileSend    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
