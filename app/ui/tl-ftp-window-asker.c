/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window answers the questions of FTP connections. */

#include "tl-ftp-window-asker.h"

#include "tl-ftp-question-dialog.h"

struct _TlFtpWindowAsker
{
  GObject    parent_instance;

  GtkWidget *widget;     /* weak */
  GQueue     waiting;    /* of GTask; the first has its dialog */
  GtkWidget *dialog;     /* weak: of the first */
};

static void ask_next (TlFtpWindowAsker *self);

static void
head_done (TlFtpWindowAsker *self)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

  g_clear_weak_pointer (&self->dialog);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  ask_next (self);
}

static void
answered_cb (gpointer user_data)
{
  g_autoptr (TlFtpWindowAsker) self = user_data;

  head_done (self);
}

static void
ask_next (TlFtpWindowAsker *self)
{
  GTask *task = g_queue_peek_head (&self->waiting);
  TlFtpQuestion *question;

  if (!task || self->dialog)
    return;
  question = g_task_get_task_data (task);
  if (!self->widget || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      question->answered = FALSE;
      head_done (self);
      return;
    }
  g_set_weak_pointer (&self->dialog, tl_ftp_question_dialog_ask (self->widget, question, answered_cb, g_object_ref (self)));
}

/* Whoever asked does not want to know any more: the dialog goes, or the question leaves the queue with its turn. */
static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  TlFtpWindowAsker *self = g_task_get_source_object (task);

  if (g_queue_peek_head (&self->waiting) == task && self->dialog)
    gtk_window_close (GTK_WINDOW (self->dialog));
}

static void
tl_ftp_window_asker_ask_async (TlFtpAsker          *asker,
                               TlFtpQuestion       *question,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  TlFtpWindowAsker *self = TL_FTP_WINDOW_ASKER (asker);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_ftp_window_asker_ask_async);
  /* The question is the caller's, and lives until the task has returned. */
  g_task_set_task_data (task, question, NULL);
  if (cancellable)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
  g_queue_push_tail (&self->waiting, task);
  ask_next (self);
}

static gboolean
tl_ftp_window_asker_ask_finish (TlFtpAsker    *asker,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
asker_init (TlFtpAskerInterface *iface)
{
  iface->ask_async = tl_ftp_window_asker_ask_async;
  iface->ask_finish = tl_ftp_window_asker_ask_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpWindowAsker, tl_ftp_window_asker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_FTP_ASKER, asker_init))

static void
tl_ftp_window_asker_dispose (GObject *object)
{
  TlFtpWindowAsker *self = TL_FTP_WINDOW_ASKER (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->dialog);

  G_OBJECT_CLASS (tl_ftp_window_asker_parent_class)->dispose (object);
}

static void
tl_ftp_window_asker_class_init (TlFtpWindowAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_window_asker_dispose;
}

static void
tl_ftp_window_asker_init (TlFtpWindowAsker *self)
{
  g_queue_init (&self->waiting);
}

TlFtpAsker *
tl_ftp_window_asker_new (GtkWidget *widget)
{
  TlFtpWindowAsker *self = g_object_new (TL_TYPE_FTP_WINDOW_ASKER, NULL);

  g_set_weak_pointer (&self->widget, widget);

  return TL_FTP_ASKER (self);
}
