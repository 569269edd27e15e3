/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window is compared with: the smallest of GTK that shows the same flood. recvmmsg() in the main loop, a GListStore of strings that is as long as the log's ring,
 * and one line of text for each row of a GtkListView, which is told as often and trimmed by as much. No peers, counters, times, search, history, character sets. */
#include "bench-window.h"

#include "tl-udp-session.h"

#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/sock_diag.h>
#include <unistd.h>

#define BATCH 64
#define SLOT 2048
#define BATCHES_A_TURN 16
#define TELL_MS 62

typedef struct {
  GtkWidget  *window;
  GtkWidget  *list;
  GListStore *store;
  GPtrArray  *come;     /* of GtkStringObject, not told of yet */
  guint8     *buffers;
  guint64     received;
  int         fd;
} Plain;

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  Plain *self = data;
  struct mmsghdr headers[BATCH] = { 0 };
  struct iovec vectors[BATCH];
  int n = BATCH;

  for (guint turn = 0; n == BATCH && turn < BATCHES_A_TURN; turn++)
    {
      for (guint i = 0; i < BATCH; i++)
        {
          vectors[i] = (struct iovec) { self->buffers + i * SLOT, SLOT - 1 };
          headers[i].msg_hdr = (struct msghdr) { .msg_iov = &vectors[i], .msg_iovlen = 1 };
        }
      n = recvmmsg (fd, headers, BATCH, MSG_DONTWAIT, NULL);
      for (int i = 0; i < n; i++)
        {
          self->buffers[i * SLOT + headers[i].msg_len] = '\0';
          g_ptr_array_add (self->come, gtk_string_object_new ((const char *) self->buffers + i * SLOT));
        }
      self->received += (guint) MAX (n, 0);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_cb (gpointer data)
{
  Plain *self = data;
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (self->come->len == 0)
    return G_SOURCE_CONTINUE;
  g_list_store_splice (self->store, n, 0, self->come->pdata, self->come->len);
  g_ptr_array_set_size (self->come, 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->store)) > BENCH_RING)
    g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)) - BENCH_RING / 10 * 9, NULL, 0);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", g_list_model_get_n_items (G_LIST_MODEL (self->store)) - 1);
  return G_SOURCE_CONTINUE;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *cell = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static guint
open_socket (Plain *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  const int buffer = TL_UDP_RECEIVE_BUFFER;

  self->fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0 || bind (self->fd, (struct sockaddr *) &address, sizeof address) < 0 || getsockname (self->fd, (struct sockaddr *) &address, &length) < 0)
    g_error ("%s", g_strerror (errno));
  setsockopt (self->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  return ntohs (address.sin_port);
}

static guint32
get_drops (Plain *self)
{
  guint32 info[SK_MEMINFO_VARS] = { 0 };
  socklen_t size = sizeof info;

  return getsockopt (self->fd, SOL_SOCKET, SO_MEMINFO, info, &size) == 0 ? info[SK_MEMINFO_DROPS] : 0;
}

BenchTimes
bench_window_plain (const BenchWindowOptions *options)
{
  Plain self = { .come = g_ptr_array_new_with_free_func (g_object_unref), .buffers = g_malloc (BATCH * SLOT) };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *click = gtk_toggle_button_new_with_label ("click");
  guint port, fd_id, tell_id;
  BenchWatch *watch;
  BenchTimes times;
  guint64 sent;

  self.store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self.list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self.store)))), factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self.list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), click);
  gtk_box_append (GTK_BOX (box), scrolled);
  self.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1180, 800);
  gtk_window_set_child (GTK_WINDOW (self.window), box);
  gtk_window_present (GTK_WINDOW (self.window));
  while (!gtk_widget_get_mapped (self.window))
    g_main_context_iteration (NULL, TRUE);

  port = open_socket (&self);
  fd_id = g_unix_fd_add (self.fd, G_IO_IN, readable_cb, &self);
  tell_id = g_timeout_add (TELL_MS, tell_cb, &self);
  watch = bench_watch_new (self.window, click, NULL, NULL);
  sent = bench_window_flood (options, port);
  while (self.received + get_drops (&self) < sent)
    g_main_context_iteration (NULL, TRUE);
  g_print ("  sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT ", dropped by the kernel %u\n", sent, self.received, get_drops (&self));
  times = bench_watch_end (watch);
  g_source_remove (fd_id);
  g_source_remove (tell_id);
  gtk_window_destroy (GTK_WINDOW (self.window));
  close (self.fd);
  g_object_unref (self.store);
  g_ptr_array_unref (self.come);
  g_free (self.buffers);
  return times;
}
