/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a list at its end while it is there. */

#include "tl-log-follow.h"

#include "tl-log-scroll.h"

/* The height of new rows is an estimate until they were laid out once: the first scroll may miss the end by some rows,
 * so the frames after it scroll again. */
#define SETTLE_FRAMES 3
#define END_TOLERANCE 4.0
/* While rows keep coming faster than this, each change scrolls once, and the settling waits for the first pause: drawing thrice for each change is what
 * a flood would spend most of its time on. */
#define BUSY_US (150 * G_TIME_SPAN_MILLISECOND)

struct _TlLogFollow
{
  GObject parent_instance;

  GtkWidget     *list;     /* weak */
  GdkFrameClock *clock;    /* of it, while it is realized */
  GtkAdjustment *adjustment;
  GListModel    *model;
  guint          tick_id;
  guint          settle_id;
  gint64         changed_at;
  guint          frames;
  guint          target;   /* GTK_INVALID_LIST_POSITION: the end */
  TlLogRowFunc   find_row;
  gpointer       find_data;
  double         last_value;
  double         last_upper;
  double         last_page;
  gboolean       at_end;
  gboolean       paused;
  gboolean       busy;     /* changes come faster than BUSY_US */
  gboolean       laying_out;
  gboolean       to_top;   /* the target is to be the first row that is seen */
  gboolean       may_end;  /* and may turn out to be at the end */
  gboolean       acted;    /* the user did, in the list: it scrolls for it when it is laid out */
};

enum {
  PROP_0,
  PROP_AT_END,
  PROP_PAUSED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum {
  ACTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLogFollow, tl_log_follow, G_TYPE_OBJECT)

static void
set_at_end (TlLogFollow *self,
            gboolean     at_end)
{
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
}

static double
get_distance (TlLogFollow *self)
{
  return gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment) - gtk_adjustment_get_value (self->adjustment);
}

static gboolean
tick_cb (GtkWidget     *list,
         GdkFrameClock *clock,
         gpointer       data)
{
  TlLogFollow *self = data;
  guint n_items = self->model ? g_list_model_get_n_items (self->model) : 0;
  guint target = self->target;

  if (n_items > 0 && target != GTK_INVALID_LIST_POSITION && self->find_row)
    {
      target = self->find_row (self->find_data, target);
      if (target == GTK_INVALID_LIST_POSITION)
        return G_SOURCE_CONTINUE;
    }
  if (n_items > 0 && self->to_top)
    tl_log_scroll_row_to_top (list, self->adjustment, self, MIN (target, n_items - 1));
  else if (n_items > 0)
    tl_log_scroll_to_row (list, MIN (target, n_items - 1));
  if (n_items > 0 && --self->frames > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  if (self->may_end && get_distance (self) <= END_TOLERANCE)
    set_at_end (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
schedule_frames (TlLogFollow *self,
                 guint        target,
                 guint        frames)
{
  self->target = target;
  self->frames = frames;
  self->to_top = self->may_end = FALSE;
  if (self->tick_id == 0 && self->list)
    self->tick_id = gtk_widget_add_tick_callback (self->list, tick_cb, self, NULL);
}

static void
schedule (TlLogFollow *self,
          guint        target)
{
  schedule_frames (self, target, SETTLE_FRAMES);
}

static gboolean
settle_cb (gpointer data)
{
  TlLogFollow *self = data;
  gint64 wait = self->changed_at + BUSY_US - g_get_monotonic_time ();

  if (wait > 0)
    {
      self->settle_id = g_timeout_add ((guint) (wait / 1000) + 1, settle_cb, self);
      return G_SOURCE_REMOVE;
    }
  self->settle_id = 0;
  self->busy = FALSE;
  if (tl_log_follow_is_following (self))
    schedule (self, GTK_INVALID_LIST_POSITION);
  return G_SOURCE_REMOVE;
}

static void
unschedule (TlLogFollow *self)
{
  if (self->tick_id != 0 && self->list)
    gtk_widget_remove_tick_callback (self->list, self->tick_id);
  self->tick_id = 0;
}

static void
items_changed_cb (TlLogFollow *self)
{
  gint64 now = g_get_monotonic_time ();

  self->busy = now - self->changed_at < BUSY_US;
  self->changed_at = now;
  if (!tl_log_follow_is_following (self))
    return;
  schedule_frames (self, GTK_INVALID_LIST_POSITION, self->busy ? 1 : SETTLE_FRAMES);
  if (self->busy && self->settle_id == 0)
    self->settle_id = g_timeout_add (BUSY_US / 1000, settle_cb, self);
}

/* A window that was made smaller, or a row that became higher, moves the end out of sight. */
static void
return_to_end (TlLogFollow *self)
{
  if (tl_log_follow_is_following (self) && self->tick_id == 0 && self->settle_id == 0 && get_distance (self) > END_TOLERANCE)
    schedule (self, GTK_INVALID_LIST_POSITION);
}

/* Of each frame: one that is only laid out has none of its own accord. */
static void
before_paint_cb (TlLogFollow   *self,
                 GdkFrameClock *clock)
{
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_UPDATE);
}

static void
update_cb (TlLogFollow *self)
{
  self->laying_out = TRUE;
}

static void
after_layout_cb (TlLogFollow *self)
{
  self->laying_out = FALSE;
  self->acted = FALSE;
}

static void
leave_clock (TlLogFollow *self)
{
  if (self->clock)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  self->laying_out = FALSE;
  self->acted = FALSE;
}

/* After whatever moves an adjustment in the same phase: a wheel that runs on, a scrollbar. */
static void
realize_cb (TlLogFollow *self)
{
  leave_clock (self);
  g_set_object (&self->clock, gtk_widget_get_frame_clock (self->list));
  g_signal_connect_object (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "update", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->clock, "paint", G_CALLBACK (after_layout_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "after-paint", G_CALLBACK (after_layout_cb), self, G_CONNECT_SWAPPED);
}

/* What comes of it is seen in the next frame, and there is one. */
static void
act_cb (TlLogFollow *self)
{
  self->acted = TRUE;
  if (self->clock)
    gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

static gboolean
event_cb (TlLogFollow *self,
          GdkEvent    *event)
{
  const gboolean later = tl_log_scroll_is_later (event);

  if (later)
    act_cb (self);
  if (later || gdk_event_get_event_type (event) == GDK_SCROLL)
    g_signal_emit (self, signals[ACTED], 0);
  return GDK_EVENT_PROPAGATE;
}

/* The list itself moves the value when it is laid out and learns the height of rows. The user moves it between frames or, by what gives a row the focus, when it is
 * laid out next. */
static void
value_changed_cb (TlLogFollow   *self,
                  GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  gboolean alone = upper == self->last_upper && page == self->last_page;
  gboolean by_hand = !self->laying_out && value != self->last_value;
  gboolean to_row;

  /* He has gone elsewhere. */
  if (by_hand && tl_log_follow_is_going (self))
    unschedule (self);
  to_row = tl_log_follow_is_going (self);
  if (get_distance (self) <= END_TOLERANCE)
    {
      if (!to_row)
        set_at_end (self, TRUE);
    }
  else if (value < self->last_value && (by_hand || (alone && self->acted)))
    {
      set_at_end (self, FALSE);
      if (!to_row)
        unschedule (self);
    }
  else if (!to_row && self->laying_out)
    return_to_end (self);
  self->last_value = value;
  self->last_upper = upper;
  self->last_page = page;
  if (by_hand)
    g_signal_emit (self, signals[ACTED], 0);
}

static void
tl_log_follow_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlLogFollow *self = TL_LOG_FOLLOW (object);

  switch (id)
    {
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_log_follow_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_PAUSED:
      tl_log_follow_set_paused (TL_LOG_FOLLOW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_log_follow_dispose (GObject *object)
{
  TlLogFollow *self = TL_LOG_FOLLOW (object);

  unschedule (self);
  leave_clock (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  tl_log_follow_set_model (self, NULL);
  tl_log_follow_set_find_row (self, NULL, NULL);
  g_clear_weak_pointer (&self->list);
  if (self->adjustment)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (tl_log_follow_parent_class)->dispose (object);
}

static void
tl_log_follow_class_init (TlLogFollowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_log_follow_get_property;
  object_class->set_property = tl_log_follow_set_property;
  object_class->dispose = tl_log_follow_dispose;

  props[PROP_AT_END]
    = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ACTED] = g_signal_new ("acted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_log_follow_init (TlLogFollow *self)
{
  self->at_end = TRUE;
}

TlLogFollow *
tl_log_follow_new (GtkWidget         *list,
                   GtkScrolledWindow *scrolled)
{
  TlLogFollow *self = g_object_new (TL_TYPE_LOG_FOLLOW, NULL);
  GtkEventController *events = gtk_event_controller_legacy_new (), *focus = gtk_event_controller_focus_new ();

  g_set_weak_pointer (&self->list, list);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scrolled));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (return_to_end), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, events);
  g_signal_connect_object (focus, "enter", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, focus);
  g_signal_connect_object (list, "realize", G_CALLBACK (realize_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "unrealize", G_CALLBACK (leave_clock), self, G_CONNECT_SWAPPED);
  return self;
}

void
tl_log_follow_set_model (TlLogFollow *self,
                         GListModel  *model)
{
  if (self->model == model)
    return;
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model)
    {
      set_at_end (self, TRUE);
      g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
      items_changed_cb (self);
    }
}

void
tl_log_follow_set_find_row (TlLogFollow  *self,
                            TlLogRowFunc  func,
                            gpointer      data)
{
  self->find_row = func;
  self->find_data = data;
}

gboolean
tl_log_follow_get_at_end (TlLogFollow *self)
{
  return self->at_end;
}

void
tl_log_follow_set_paused (TlLogFollow *self,
                          gboolean     paused)
{
  if (self->paused == !!paused)
    return;
  self->paused = !!paused;
  if (paused)
    unschedule (self);
  else
    items_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSED]);
}

gboolean
tl_log_follow_is_following (TlLogFollow *self)
{
  return self->at_end && !self->paused;
}

gboolean
tl_log_follow_is_flooded (TlLogFollow *self)
{
  return self->busy && tl_log_follow_is_following (self);
}

gboolean
tl_log_follow_sees_all (TlLogFollow *self)
{
  return gtk_adjustment_get_upper (self->adjustment) <= gtk_adjustment_get_page_size (self->adjustment);
}

void
tl_log_follow_leave (TlLogFollow *self)
{
  /* Where all is seen there is nothing to leave. */
  if (!tl_log_follow_is_following (self) || tl_log_follow_sees_all (self))
    return;
  unschedule (self);
  set_at_end (self, FALSE);
}

void
tl_log_follow_scroll_to (TlLogFollow *self,
                         guint        position)
{
  set_at_end (self, FALSE);
  schedule (self, position);
}

void
tl_log_follow_keep (TlLogFollow *self,
                    guint        position,
                    gboolean     settled)
{
  tl_log_follow_scroll_to (self, position);
  self->to_top = TRUE;
  self->may_end = settled;
}

gboolean
tl_log_follow_is_going (TlLogFollow *self)
{
  return self->tick_id != 0 && self->target != GTK_INVALID_LIST_POSITION;
}

void
tl_log_follow_move_target (TlLogFollow *self,
                           guint        position,
                           guint        removed,
                           guint        added)
{
  /* As many: the same rows, read or grown. */
  if (removed == added || !tl_log_follow_is_going (self) || self->target < position)
    return;
  self->target = self->target >= position + removed ? self->target + added - removed : position;
}

void
tl_log_follow_scroll_to_end (TlLogFollow *self)
{
  set_at_end (self, TRUE);
  schedule (self, GTK_INVALID_LIST_POSITION);
}
