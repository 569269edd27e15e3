/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for something that goes on for a while: a timer, a file. */
#include "tl-job-row.h"

#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define REFRESH_MS 100

typedef struct {
  GtkImage       *icon;
  GtkWidget      *middle;    /* words, and buttons beside them, or below where it is narrow */
  GtkLabel       *title;
  GtkProgressBar *progress;
  GtkLabel       *detail;
  GtkLabel       *problem;
  GtkButton      *button;

  guint           refresh_source;
  gboolean        running;
} TlJobRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlJobRow, tl_job_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_0,
  PROP_RUNNING,
  N_PROPS,
};

enum {
  SIGNAL_DISMISS,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_button (TlJobRow *self)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);
  const char *label = priv->running ? _("Stop") : _("Remove from the list");

  gtk_button_set_icon_name (priv->button, priv->running ? "media-playback-stop-symbolic" : "window-close-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
clicked_cb (TlJobRow *self)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  if (priv->running)
    tl_job_row_stop (self);
  else
    g_signal_emit (self, signals[SIGNAL_DISMISS], 0);
}

static gboolean
refresh_cb (gpointer data)
{
  TlJobRow *self = TL_JOB_ROW (data);
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  priv->refresh_source = 0;
  TL_JOB_ROW_GET_CLASS (self)->refresh (self);

  return G_SOURCE_REMOVE;
}

static void
tl_job_row_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, tl_job_row_get_running (TL_JOB_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_job_row_dispose (GObject *object)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (TL_JOB_ROW (object));

  g_clear_handle_id (&priv->refresh_source, g_source_remove);
  /* gtk_widget_dispose_template() looks for the template of the subclass. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);

  G_OBJECT_CLASS (tl_job_row_parent_class)->dispose (object);
}

static void
tl_job_row_class_init (TlJobRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_job_row_get_property;
  object_class->dispose = tl_job_row_dispose;

  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_DISMISS] = g_signal_new ("dismiss", TL_TYPE_JOB_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-job-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, icon);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, middle);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, title);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, progress);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, detail);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, problem);
  gtk_widget_class_bind_template_child_private (widget_class, TlJobRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
tl_job_row_init (TlJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_button (self);
}

gboolean
tl_job_row_get_running (TlJobRow *self)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  return priv->running;
}

void
tl_job_row_stop (TlJobRow *self)
{
  g_return_if_fail (TL_IS_JOB_ROW (self));

  TL_JOB_ROW_GET_CLASS (self)->stop (self);
}

void
tl_job_row_set_running (TlJobRow *self,
                        gboolean  running)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  if (priv->running == running)
    return;

  priv->running = running;
  show_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

void
tl_job_row_set_title (TlJobRow   *self,
                      const char *icon_name,
                      const char *title)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  gtk_image_set_from_icon_name (priv->icon, icon_name);
  gtk_label_set_label (priv->title, title);
}

void
tl_job_row_set_detail (TlJobRow   *self,
                       const char *detail)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  gtk_label_set_label (priv->detail, detail);
}

void
tl_job_row_add_button (TlJobRow  *self,
                       GtkWidget *button)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  /* In a low window a tall row is cut off below. */
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_insert_before (button, priv->middle, NULL);
}

void
tl_job_row_set_problem (TlJobRow   *self,
                        const char *problem)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  gtk_label_set_label (priv->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), problem && *problem);
}

void
tl_job_row_set_fraction (TlJobRow *self,
                         double    fraction)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  gtk_widget_set_visible (GTK_WIDGET (priv->progress), fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (priv->progress, MIN (fraction, 1));
}

void
tl_job_row_touch (TlJobRow *self)
{
  TlJobRowPrivate *priv = tl_job_row_get_instance_private (self);

  if (priv->refresh_source == 0)
    priv->refresh_source = g_timeout_add (REFRESH_MS, refresh_cb, self);
}
