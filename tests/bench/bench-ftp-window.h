/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For bench-ftp-window: the window, what is awaited in it, and answers. */
#pragma once

#include "tl-ftp-file-list.h"
#include "tl-ftp-file-view.h"
#include "tl-ftp-grid.h"
#include "tl-ftp-icon-cell.h"
#include "tl-ftp-table.h"
#include "tl-transfer-panel.h"
#include "tl-window.h"

#include "../tl-ui-test.h"
#include "bench-frames.h"

#define DEADLINE_S 300

typedef struct Bench Bench;

struct Bench {
  GtkWidget       *window;
  TlFtpPage       *page;
  TlFtpFileView   *files;
  TlTransferQueue *queue;
  gint64           began;

  gboolean       (*shown) (Bench *self);   /* (nullable) */
  gboolean       (*done) (Bench *self);
  gboolean         will_show, will_do;     /* the frame that is being made is the one */
  gint64           shown_at, done_at;
  guint            frames_left;
  GtkAdjustment   *adjustment;
  double           step;
  guint            n_steps, n_stepped;

  char            *path;
  char            *filter;
  guint            count;
  guint            n_added;     /* transfers that came into the queue */
  TlFtpSort        sort;
  gboolean         descending;
};

static gboolean
is_busy (Bench *self)
{
  gboolean loading, ordering;

  g_object_get (self->page, "busy", &loading, NULL);
  g_object_get (tl_ftp_page_get_directory (self->page), "busy", &ordering, NULL);
  return loading || ordering;
}

static TlFtpFileList *
get_list (Bench *self)
{
  gboolean grid;

  g_object_get (self->page, "grid", &grid, NULL);
  return TL_FTP_FILE_LIST (tl_ui_test_find (GTK_WIDGET (self->files), grid ? TL_TYPE_FTP_GRID : TL_TYPE_FTP_TABLE));
}

static GtkColumnView *
get_table (Bench *self)
{
  return GTK_COLUMN_VIEW (tl_ui_test_find (tl_ui_test_find (GTK_WIDGET (self->files), TL_TYPE_FTP_TABLE), GTK_TYPE_COLUMN_VIEW));
}

/* As many as are in the view, not as are in the directory. */
static guint
n_in_view (Bench *self)
{
  GtkWidget *list = GTK_WIDGET (get_list (self));
  GtkWidget *grid = tl_ui_test_find (list, GTK_TYPE_GRID_VIEW);
  GtkSelectionModel *model = grid ? gtk_grid_view_get_model (GTK_GRID_VIEW (grid)) : gtk_column_view_get_model (get_table (self));

  return model && gtk_widget_get_mapped (list) ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
is_shown (Bench *self)
{
  GBytes *path = tl_ftp_page_get_path (self->page);

  return path && g_bytes_get_size (path) == strlen (self->path) && memcmp (g_bytes_get_data (path, NULL), self->path, strlen (self->path)) == 0
         && n_in_view (self) == self->count;
}

static gboolean
is_in_order (Bench *self)
{
  return is_shown (self) && !is_busy (self);
}

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *self)
{
  self->will_show = self->shown && self->shown_at == 0 && self->shown (self);
  self->will_do = self->done && self->done_at == 0 && self->done (self);
  self->frames_left -= self->frames_left > 0;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *self)
{
  if (self->will_show)
    self->shown_at = g_get_monotonic_time ();
  if (self->will_do)
    self->done_at = g_get_monotonic_time ();
  self->will_show = self->will_do = FALSE;
}

static void
begin (Bench *self)
{
  self->shown_at = self->done_at = 0;
  self->shown = self->done = NULL;
  bench_frames_begin ();
  self->began = g_get_monotonic_time ();
}

/* Runs until a frame has shown what @done says. Milliseconds since begin(). */
static double
wait (Bench      *self,
      gboolean  (*done) (Bench *self),
      const char *what)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_TIME_SPAN_SECOND;

  self->done = done;
  self->done_at = 0;
  while (self->done_at == 0)
    {
      if (g_get_monotonic_time () > end)
        g_error ("awaited in vain: %s", what);
      g_main_context_iteration (NULL, TRUE);
    }
  self->done = NULL;
  return (double) (self->done_at - self->began) / 1000;
}

static gboolean
are_frames_over (Bench *self)
{
  return self->frames_left == 0;
}

static double
wait_frames (Bench *self,
             guint  n)
{
  self->frames_left = n;
  return wait (self, are_frames_over, "frames");
}

static void
act (Bench      *self,
     const char *action)
{
  if (!gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL))
    g_error ("there is no %s", action);
}

static void
answer (Bench      *self,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static void
answer (Bench      *self,
        const char *format,
        ...)
{
  g_autofree char *frames = bench_frames_end ();
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  printf ("ok %s %s\n", text, frames);
  fflush (stdout);
}

static char *
from_hex (const char *hex)
{
  GString *text = g_string_new (NULL);

  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2)
    g_string_append_c (text, (char) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1])));
  return g_string_free (text, FALSE);
}
