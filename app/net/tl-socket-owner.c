/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which program has a local port, as far as /proc tells: the socket's inode from the kernel's tables, then who holds it open. */

#include "tl-socket-owner.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Bounds of the look-around: it is a kindness, not to be paid for with seconds of the processor. */
#define MAX_INODES 64
#define MAX_MICROSECONDS (2 * G_USEC_PER_SEC)

typedef struct {
  guint16  port;
  gboolean is_udp;
} Query;

/* Adds the inodes of the sockets in one of the kernel's tables that have the port, and listen when they are TCP's. */
static void
collect_inodes (const char *table,
                guint16     port,
                gboolean    is_udp,
                GHashTable *inodes)
{
  char line[512];
  FILE *file = fopen (table, "re");

  if (file == NULL)
    return;
  while (fgets (line, sizeof line, file) && g_hash_table_size (inodes) < MAX_INODES)
    {
      unsigned int local_port;
      unsigned int state;
      guint64 inode;

      if (sscanf (line, " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*x:%*x %*x:%*x %*x %*u %*u %" G_GINT64_MODIFIER "u",
                  &local_port, &state, &inode) != 3)
        continue;
      if (local_port == port && inode != 0 && (is_udp || state == 0x0A))
        g_hash_table_add (inodes, g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode));
    }
  fclose (file);
}

/* Whether the process has one of the sockets open. */
static gboolean
process_has_socket (const char *pid,
                    GHashTable *inodes)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/fd", pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *link = g_build_filename (path, name, NULL);
      char target[64];
      const gssize n = readlink (link, target, sizeof target - 1);

      if (n <= 0)
        continue;
      target[n] = 0;
      if (g_hash_table_contains (inodes, target))
        return TRUE;
    }
  return FALSE;
}

static char *
describe_process (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/comm", pid);
  g_autofree char *raw = NULL;
  g_autofree char *name = NULL;

  if (g_ascii_strtoll (pid, NULL, 10) == getpid ())
    return g_strdup (_("another session of this program"));
  if (!g_file_get_contents (path, &raw, NULL, NULL))
    return g_strdup_printf (_("process %s"), pid);
  name = g_utf8_make_valid (g_strchomp (raw), -1);
  /* The name of a program and the number of its process. */
  return g_strdup_printf (_("“%s” (process %s)"), name, pid);
}

/* Of the processor, for this thread: on a busy machine the clock runs out before the other processes were looked at. */
static gint64
get_used (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * (gint64) G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Query *query = data;
  const gint64 end = get_used () + MAX_MICROSECONDS;
  g_autofree char *own = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr (GHashTable) inodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *pid;

  collect_inodes (query->is_udp ? "/proc/net/udp" : "/proc/net/tcp", query->port, query->is_udp, inodes);
  collect_inodes (query->is_udp ? "/proc/net/udp6" : "/proc/net/tcp6", query->port, query->is_udp, inodes);
  /* This program first: two sessions of it are what gets into each other's way most. */
  if (g_hash_table_size (inodes) > 0 && process_has_socket (own, inodes))
    {
      g_task_return_pointer (task, describe_process (own), g_free);
      return;
    }
  if (g_hash_table_size (inodes) > 0)
    dir = g_dir_open ("/proc", 0, NULL);
  while (dir && (pid = g_dir_read_name (dir)) && get_used () < end && !g_cancellable_is_cancelled (cancellable))
    {
      if (g_ascii_isdigit (pid[0]) && process_has_socket (pid, inodes))
        {
          g_task_return_pointer (task, describe_process (pid), g_free);
          return;
        }
    }
  g_task_return_pointer (task, NULL, NULL);
}

void
tl_socket_find_owner_async (guint16             port,
                            gboolean            is_udp,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Query *query = g_new0 (Query, 1);

  query->port = port;
  query->is_udp = is_udp;
  g_task_set_source_tag (task, tl_socket_find_owner_async);
  g_task_set_task_data (task, query, g_free);
  g_task_run_in_thread (task, find_thread);
}

char *
tl_socket_find_owner_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_socket_find_owner_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
