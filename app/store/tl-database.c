/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite file and the thread that alone touches it. */

#include "tl-database.h"

#include "tl-database-file.h"
#include "tl-schema.h"

#include <glib/gi18n-lib.h>

#define PATIENCE 5000

/* What the thread works with. It has a life of its own: the object may be gone while the file is still being closed. */
typedef struct {
  GAsyncQueue       *jobs;        /* GTask; QUIT is the last */
  char              *path;
  const char *const *migrations;
  guint              patience;
  sqlite3           *db;          /* of the thread */
} Worker;

typedef struct {
  TlDatabaseFunc  func;
  gpointer        data;
  GDestroyNotify  data_free;
  gpointer        result;
  GDestroyNotify  result_free;
  GError         *error;
} Job;

struct _TlDatabase
{
  GObject   parent_instance;

  Worker   *worker;
  GThread  *thread;    /* from the first job on */
  gboolean  closed;
};

static char quit;
#define QUIT ((gpointer) &quit)

G_DEFINE_FINAL_TYPE (TlDatabase, tl_database, G_TYPE_OBJECT)

static Worker *
worker_new (void)
{
  Worker *worker = g_atomic_rc_box_new0 (Worker);

  worker->jobs = g_async_queue_new ();
  worker->patience = PATIENCE;

  return worker;
}

static void
worker_clear (Worker *worker)
{
  g_clear_pointer (&worker->jobs, g_async_queue_unref);
  g_free (worker->path);
}

static void
worker_unref (Worker *worker)
{
  g_atomic_rc_box_release_full (worker, (GDestroyNotify) worker_clear);
}

static void
job_free (Job *job)
{
  if (job->data && job->data_free)
    job->data_free (job->data);
  if (job->result && job->result_free)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_free (job);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      db)
{
  sqlite3_interrupt (db);
}

static void
run_func (Worker       *worker,
          Job          *job,
          GCancellable *cancellable)
{
  gulong handler = 0;

  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), worker->db, NULL);
  job->result = job->func (worker->db, job->data, &job->error);
  g_cancellable_disconnect (cancellable, handler);

  if (!sqlite3_get_autocommit (worker->db))
    sqlite3_exec (worker->db, "ROLLBACK", NULL, NULL, NULL);
  if (g_error_matches (job->error, TL_DATABASE_ERROR, TL_DATABASE_ERROR_DAMAGED))
    tl_database_file_set_aside (worker->path, g_steal_pointer (&worker->db), &job->error);
}

/* On the main loop again. */
static gboolean
deliver_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->data && job->data_free)
    g_clear_pointer (&job->data, job->data_free);
  if (job->error)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->result_free);

  return G_SOURCE_REMOVE;
}

/* The thread gives its reference away with it: the last one is never dropped here. */
static void
deliver (GTask *task)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "tonglu: result of a database job");
  g_source_set_callback (source, deliver_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  g_source_unref (source);
}

static void
run_job (Worker *worker,
         GTask  *task)
{
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;
  if (!worker->db)
    worker->db = tl_database_file_open (worker->path, worker->migrations, worker->patience, &job->error);
  if (worker->db)
    run_func (worker, job, cancellable);
}

static gpointer
thread_func (gpointer data)
{
  Worker *worker = data;
  gpointer next;

  while ((next = g_async_queue_pop (worker->jobs)) != QUIT)
    {
      run_job (worker, next);
      deliver (next);
    }
  g_clear_pointer (&worker->db, sqlite3_close_v2);
  worker_unref (worker);

  return NULL;
}

static void
tl_database_finalize (GObject *object)
{
  TlDatabase *self = TL_DATABASE (object);

  /* Every job holds a reference, so that there is none left; only the closing of the file is, and nobody needs to wait for that. */
  if (self->thread)
    {
      g_async_queue_push (self->worker->jobs, QUIT);
      g_thread_unref (self->thread);
    }
  worker_unref (self->worker);

  G_OBJECT_CLASS (tl_database_parent_class)->finalize (object);
}

static void
tl_database_class_init (TlDatabaseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_database_finalize;
}

static void
tl_database_init (TlDatabase *self)
{
  self->worker = worker_new ();
}

TlDatabase *
tl_database_new (GFile             *file,
                 const char *const *migrations)
{
  TlDatabase *self;

  g_return_val_if_fail (G_IS_FILE (file) && g_file_peek_path (file), NULL);
  g_return_val_if_fail (migrations, NULL);

  self = g_object_new (TL_TYPE_DATABASE, NULL);
  self->worker->path = g_file_get_path (file);
  self->worker->migrations = migrations;

  return self;
}

TlDatabase *
tl_database_new_for_user (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "tonglu", "tonglu.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return tl_database_new (file, tl_schema);
}

void
tl_database_set_patience (TlDatabase *self,
                          guint       milliseconds)
{
  g_return_if_fail (TL_IS_DATABASE (self));
  g_return_if_fail (!self->thread);

  self->worker->patience = milliseconds;
}

void
tl_database_run_async (TlDatabase          *self,
                       TlDatabaseFunc       func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (TL_IS_DATABASE (self));
  g_return_if_fail (func);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_database_run_async);
  /* What has been written is not called cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);

  if (self->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("Tonglu’s database has been closed."));
      g_object_unref (task);
      return;
    }
  if (!self->thread)
    self->thread = g_thread_new ("tonglu-database", thread_func, g_atomic_rc_box_acquire (self->worker));
  g_async_queue_push (self->worker->jobs, task);
}

gpointer
tl_database_run_finish (TlDatabase    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tl_database_close (TlDatabase *self)
{
  g_return_if_fail (TL_IS_DATABASE (self));

  self->closed = TRUE;
  if (!self->thread)
    return;

  g_async_queue_push (self->worker->jobs, QUIT);
  g_thread_join (g_steal_pointer (&self->thread));
}
