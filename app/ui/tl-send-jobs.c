/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timers and files of a composer. */
#include "tl-send-jobs.h"

#include "tl-file-row.h"
#include "tl-replay-row.h"
#include "tl-timer-row.h"
#include "tl-widget.h"

struct _TlSendJobs
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *scrolled;
  GtkListBox        *list;

  GtkWidget         *newest;      /* (nullable): that is to be scrolled to, when it has its place */
  guint              n_running;
};

G_DEFINE_FINAL_TYPE (TlSendJobs, tl_send_jobs, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_N_RUNNING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static TlJobRow *
get_row (TlSendJobs *self,
         int         index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);

  return row ? TL_JOB_ROW (row) : NULL;
}

static void
start_next_file (TlSendJobs *self)
{
  TlFileRow *next = NULL;
  TlJobRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    {
      if (!TL_IS_FILE_ROW (row) || !tl_job_row_get_running (row))
        continue;
      if (!tl_file_row_is_waiting (TL_FILE_ROW (row)))
        return;
      if (!next)
        next = TL_FILE_ROW (row);
    }

  if (next)
    tl_file_row_start (next);
}

static void
update (TlSendJobs *self)
{
  guint n_running = 0;
  int n_rows = 0;

  for (TlJobRow *row; (row = get_row (self, n_rows)); n_rows++)
    n_running += tl_job_row_get_running (row);

  gtk_widget_set_visible (GTK_WIDGET (self), n_rows > 0);
  if (self->n_running != n_running)
    {
      self->n_running = n_running;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_RUNNING]);
    }
}

/* The oldest that have ended. */
static void
trim (TlSendJobs *self)
{
  guint n_ended = 0;
  TlJobRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    n_ended += !tl_job_row_get_running (row);

  for (int i = 0; n_ended > TL_SEND_JOBS_MAX_ENDED && (row = get_row (self, i));)
    {
      if (tl_job_row_get_running (row))
        {
          i++;
          continue;
        }
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
      n_ended--;
    }
}

static void
running_cb (TlSendJobs *self)
{
  if (!self->list)
    return;

  trim (self);
  update (self);
  start_next_file (self);
}

static void
dismiss_cb (TlSendJobs *self,
            GtkWidget  *row)
{
  gtk_list_box_remove (self->list, row);
  update (self);
}

/* A row has its place only after the next layout. */
static gboolean
reveal_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  TlSendJobs *self = TL_SEND_JOBS (widget);
  graphene_rect_t place;

  if (!gtk_widget_get_mapped (widget))
    return G_SOURCE_REMOVE;
  if (self->newest != NULL && gtk_widget_get_height (self->newest) == 0)
    return G_SOURCE_CONTINUE;
  if (self->newest != NULL && gtk_widget_compute_bounds (self->newest, GTK_WIDGET (self->list), &place))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scrolled),
                               place.origin.y, place.origin.y + place.size.height);
  g_clear_weak_pointer (&self->newest);
  return G_SOURCE_REMOVE;
}

/* What has just been begun is shown; a file that waits stands behind the one that is being sent. */
static void
reveal (TlSendJobs *self,
        GtkWidget  *row)
{
  if (TL_IS_FILE_ROW (row) && tl_file_row_is_waiting (TL_FILE_ROW (row)))
    return;
  if (self->newest == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_cb, NULL, NULL);
  g_set_weak_pointer (&self->newest, row);
}

/* What was begun in a tab that was not shown. */
static void
tl_send_jobs_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_send_jobs_parent_class)->map (widget);
  if (TL_SEND_JOBS (widget)->newest != NULL)
    gtk_widget_add_tick_callback (widget, reveal_cb, NULL, NULL);
}

static void
add (TlSendJobs *self,
     GtkWidget  *row)
{
  g_signal_connect_object (row, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dismiss", G_CALLBACK (dismiss_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  running_cb (self);
  reveal (self, row);
}

static void
tl_send_jobs_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, TL_SEND_JOBS (object)->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_send_jobs_dispose (GObject *object)
{
  TlSendJobs *self = TL_SEND_JOBS (object);
  GtkListBox *list = self->list;
  TlJobRow *row;

  g_clear_weak_pointer (&self->newest);
  /* Rows that end now have nobody to tell. */
  self->list = NULL;
  while (list && (row = TL_JOB_ROW (gtk_list_box_get_row_at_index (list, 0))))
    {
      g_signal_handlers_disconnect_by_data (row, self);
      gtk_list_box_remove (list, GTK_WIDGET (row));
    }
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_send_jobs_parent_class)->dispose (object);
}

static void
tl_send_jobs_class_init (TlSendJobsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_send_jobs_get_property;
  object_class->dispose = tl_send_jobs_dispose;
  widget_class->map = tl_send_jobs_map;

  props[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-send-jobs.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSendJobs, list);
  gtk_widget_class_bind_template_child (widget_class, TlSendJobs, scrolled);
  gtk_widget_class_set_css_name (widget_class, "sendjobs");
}

static void
tl_send_jobs_init (TlSendJobs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

guint
tl_send_jobs_get_n_running (TlSendJobs *self)
{
  g_return_val_if_fail (TL_IS_SEND_JOBS (self), 0);

  return self->n_running;
}

gboolean
tl_send_jobs_add_timer (TlSendJobs  *self,
                        TlTimedSend *timer)
{
  g_return_val_if_fail (TL_IS_SEND_JOBS (self), FALSE);

  if (self->n_running >= TL_SEND_JOBS_MAX_RUNNING)
    return FALSE;

  add (self, tl_timer_row_new (timer));

  return TRUE;
}

gboolean
tl_send_jobs_add_file (TlSendJobs *self,
                       TlFileSend *send)
{
  g_return_val_if_fail (TL_IS_SEND_JOBS (self), FALSE);

  if (self->n_running >= TL_SEND_JOBS_MAX_RUNNING)
    return FALSE;

  add (self, tl_file_row_new (send));

  return TRUE;
}

gboolean
tl_send_jobs_add_replay (TlSendJobs *self,
                         TlReplay   *replay,
                         const char *title,
                         gboolean    is_timed)
{
  g_return_val_if_fail (TL_IS_SEND_JOBS (self), FALSE);

  if (self->n_running >= TL_SEND_JOBS_MAX_RUNNING)
    return FALSE;

  add (self, tl_replay_row_new (replay, title, is_timed));

  return TRUE;
}
