/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One transfer in a list. */

#include "tl-transfer-row.h"

#include "tl-transfer-words.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* A row that is narrower says no more than the file, how far it is, and the state. */
#define WIDTH_FOR_TARGET 560

struct _TlTransferRow
{
  GtkWidget       parent_instance;

  GtkImage       *icon;
  GtkInscription *direction;
  GtkInscription *name;
  GtkInscription *target;
  GtkInscription *detail;
  GtkInscription *state;
  GtkButton      *button;
  GtkProgressBar *progress;
  GtkLabel       *problem;

  TlTransfer     *transfer;
  gulong          notify_id;
  guint           tick;
  guint           countdown;
  gboolean        narrow;
  const char     *css_class;
  const char     *button_label;
};

enum {
  CANCEL,
  RETRY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlTransferRow, tl_transfer_row, GTK_TYPE_WIDGET)

static void
show_button (TlTransferRow *self)
{
  gboolean active = tl_transfer_is_active (self->transfer);
  gboolean paused = tl_transfer_get_state (self->transfer) == TL_TRANSFER_PAUSED;
  const char *label = active ? _("Cancel this transfer") : paused ? _("Go on with this transfer") : _("Try again");
  gboolean shown = active || tl_transfer_get_state (self->transfer) != TL_TRANSFER_DONE;

  gtk_widget_set_opacity (GTK_WIDGET (self->button), shown ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), shown);
  if (self->button_label == label)
    return;
  self->button_label = label;
  gtk_button_set_icon_name (self->button, active ? "process-stop-symbolic" : paused ? "media-playback-start-symbolic" : "view-refresh-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Asked for, not set: gtk_widget_set_tooltip_text() waits for the X server, in each of 200 rows. */
static gboolean
button_tip_cb (TlTransferRow *self,
               int            x,
               int            y,
               gboolean       keyboard,
               GtkTooltip    *tooltip)
{
  gtk_tooltip_set_text (tooltip, self->button_label);
  return self->button_label != NULL;
}

/* To the next try. */
static gboolean
countdown_cb (gpointer data)
{
  TlTransferRow *self = data;
  g_autofree char *problem = tl_transfer_words_problem (self->transfer);
  guint number, seconds;

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  if (tl_transfer_get_retry (self->transfer, &number, &seconds))
    return G_SOURCE_CONTINUE;
  self->countdown = 0;
  return G_SOURCE_REMOVE;
}

static void
show_state (TlTransferRow *self)
{
  TlTransferState state = tl_transfer_get_state (self->transfer);
  const char *css_class = tl_transfer_state_css_class (state);
  const char *error = tl_transfer_get_error (self->transfer);
  g_autofree char *problem = tl_transfer_words_problem (self->transfer);
  guint number, seconds;

  gtk_inscription_set_text (self->state, tl_transfer_state_get_label (state));
  if (css_class != self->css_class)
    {
      if (self->css_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->css_class);
      gtk_widget_add_css_class (GTK_WIDGET (self->state), css_class);
      self->css_class = css_class;
    }
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->problem), "error");
  if (self->countdown == 0 && tl_transfer_get_retry (self->transfer, &number, &seconds))
    self->countdown = g_timeout_add_seconds (1, countdown_cb, self);
}

static void
show_progress (TlTransferRow *self)
{
  g_autofree char *detail = self->narrow ? tl_transfer_words_short (self->transfer) : tl_transfer_words_detail (self->transfer);
  double fraction = tl_transfer_get_fraction (self->transfer);
  gboolean running = tl_transfer_get_state (self->transfer) == TL_TRANSFER_RUNNING;

  gtk_inscription_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  if (running && fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else if (running)
    gtk_progress_bar_pulse (self->progress);
}

static void
show (TlTransferRow *self)
{
  gboolean upload = tl_transfer_is_upload (self->transfer);
  g_autofree char *target = tl_transfer_words_target (self->transfer);
  const char *word = upload ? C_("direction", "Upload") : C_("direction", "Download");
  g_autofree char *label = g_strdup_printf ("%s %s, %s", word, tl_transfer_get_name (self->transfer),
                                            tl_transfer_state_get_label (tl_transfer_get_state (self->transfer)));

  gtk_image_set_from_icon_name (self->icon, tl_transfer_is_folder (self->transfer) ? "folder-symbolic" :
                                            upload ? "go-up-symbolic" : "go-down-symbolic");
  gtk_inscription_set_text (self->direction, word);
  gtk_inscription_set_text (self->name, tl_transfer_get_name (self->transfer));
  gtk_inscription_set_text (self->target, target);
  gtk_widget_set_visible (GTK_WIDGET (self->target), !self->narrow);
  show_state (self);
  show_progress (self);
  show_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TlTransferRow *self = TL_TRANSFER_ROW (widget);

  self->tick = 0;
  if (self->transfer != NULL)
    show (self);
  return G_SOURCE_REMOVE;
}

/* Several properties change at once: one redraw serves them all. */
static void
notify_cb (TlTransferRow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
tl_transfer_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
tl_transfer_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What is hidden then is hidden in the next frame: not within the allocation, which that would make void. */
static void
tl_transfer_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  TlTransferRow *self = TL_TRANSFER_ROW (widget);
  gboolean narrow = width < WIDTH_FOR_TARGET;

  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  notify_cb (self);
}

static void
clicked_cb (TlTransferRow *self)
{
  if (self->transfer != NULL)
    g_signal_emit (self, signals[tl_transfer_is_active (self->transfer) ? CANCEL : RETRY], 0);
}

static gboolean
tl_transfer_row_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  TlTransferRow *self = TL_TRANSFER_ROW (widget);
  g_autofree char *target = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  if (self->transfer == NULL)
    return FALSE;
  target = tl_transfer_words_target (self->transfer);
  more = tl_transfer_words_problem (self->transfer);
  detail = tl_transfer_words_detail (self->transfer);
  if (more != NULL && strstr (detail, more) != NULL)
    g_clear_pointer (&more, g_free);
  text = g_strjoin ("\n", tl_transfer_get_name (self->transfer), target, detail, more, NULL);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
tl_transfer_row_dispose (GObject *object)
{
  TlTransferRow *self = TL_TRANSFER_ROW (object);

  tl_transfer_row_set_transfer (self, NULL);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  tl_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (tl_transfer_row_parent_class)->dispose (object);
}

static void
tl_transfer_row_class_init (TlTransferRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_transfer_row_dispose;
  widget_class->get_request_mode = tl_transfer_row_get_request_mode;
  widget_class->measure = tl_transfer_row_measure;
  widget_class->size_allocate = tl_transfer_row_size_allocate;
  widget_class->query_tooltip = tl_transfer_row_query_tooltip;

  signals[CANCEL] = g_signal_new ("cancel", TL_TYPE_TRANSFER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RETRY] = g_signal_new ("retry", TL_TYPE_TRANSFER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-transfer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, direction);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, name);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, target);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, detail);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, state);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, button);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, progress);
  gtk_widget_class_bind_template_child (widget_class, TlTransferRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, button_tip_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "transferrow");
}

static void
tl_transfer_row_init (TlTransferRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
tl_transfer_row_new (void)
{
  return g_object_new (TL_TYPE_TRANSFER_ROW, NULL);
}

TlTransfer *
tl_transfer_row_get_transfer (TlTransferRow *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER_ROW (self), NULL);

  return self->transfer;
}

void
tl_transfer_row_set_transfer (TlTransferRow *self,
                              TlTransfer    *transfer)
{
  g_return_if_fail (TL_IS_TRANSFER_ROW (self));

  if (self->transfer == transfer)
    return;

  g_clear_handle_id (&self->countdown, g_source_remove);
  if (self->transfer != NULL)
    g_clear_signal_handler (&self->notify_id, self->transfer);
  g_set_object (&self->transfer, transfer);
  if (transfer == NULL)
    return;
  self->notify_id = g_signal_connect_swapped (transfer, "notify", G_CALLBACK (notify_cb), self);
  show (self);
}
