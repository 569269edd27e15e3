/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of a task that a thread of a pool works for ends in the main loop, however late the thread lets go. */
#include "tl-ftp-server-work.h"
#include "tl-task-work.h"

#include "tl-test-wait.h"

typedef void (*Run) (GTask           *task,
                     GTaskThreadFunc  func,
                     GDestroyNotify   free_result);

static GThread *ended_on;
static int is_over;       /* the main loop's side */
static int n_left;        /* threads that have let go */
static char *told;

static void
source_gone_cb (gpointer  data,
                GObject  *source)
{
  ended_on = g_thread_self ();
}

/* Has returned, and goes on until the main loop has let go of everything. */
static void
slow_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_assert_true (G_IS_OBJECT (source));
  if (g_str_equal (data, "fails"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "busy");
  else
    g_task_return_pointer (task, g_strdup (data), g_free);
  while (!g_atomic_int_get (&is_over) && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_atomic_int_inc (&n_left);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  char *text = g_task_propagate_pointer (G_TASK (result), &error);

  g_assert_true (g_task_get_source_object (G_TASK (result)) == source);
  told = text != NULL ? text : g_strdup (error->message);
}

static void
work (Run         run,
      const char *what,
      const char *answer)
{
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  GTask *task = g_task_new (source, NULL, done_cb, NULL);

  ended_on = NULL;
  g_atomic_int_set (&is_over, FALSE);
  g_atomic_int_set (&n_left, 0);
  g_object_weak_ref (source, source_gone_cb, NULL);
  g_object_unref (source);
  g_task_set_task_data (task, g_strdup (what), g_free);
  run (task, slow_thread, g_free);
  g_object_unref (task);
  g_assert_null (ended_on);
  test_wait (told != NULL);
  /* The callback is over, and with it the task. */
  g_assert_true (ended_on == g_thread_self ());
  g_assert_cmpstr (told, ==, answer);
  g_clear_pointer (&told, g_free);
  g_atomic_int_set (&is_over, TRUE);
  test_wait (g_atomic_int_get (&n_left) == 1);
}

static void
test_source (gconstpointer data)
{
  Run run = *(const Run *) data;

  work (run, "hello", "hello");
  work (run, "fails", "busy");
}

static void
own_pool (GTask           *task,
          GTaskThreadFunc  func,
          GDestroyNotify   free_result)
{
  static GThreadPool *pool;

  if (pool == NULL)
    pool = tl_task_work_pool_new (2);
  tl_task_work_in (pool, task, func, free_result);
}

int
main (int   argc,
      char *argv[])
{
  static const Run own = own_pool, server = tl_ftp_server_work, server_long = tl_ftp_server_work_long;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/task-work/pool", &own, test_source);
  g_test_add_data_func ("/task-work/server", &server, test_source);
  g_test_add_data_func ("/task-work/server-long", &server_long, test_source);
  return g_test_run ();
}
