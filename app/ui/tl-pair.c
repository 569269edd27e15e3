/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two widgets beside each other, or one above the other where there is no room. */

#include "tl-pair.h"

#define BESIDE_MIN_WIDTH 900

struct _TlPair
{
  GtkWidget parent_instance;

  GtkWidget *paned;
  char *title;
};

enum {
  PROP_TITLE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlPair, tl_pair, GTK_TYPE_WIDGET)

/* What is asked for must not depend on the orientation of the moment, or the pair could never become narrow again. */
static void
tl_pair_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  TlPair *self = TL_PAIR (widget);
  GtkWidget *children[] = {
    gtk_paned_get_start_child (GTK_PANED (self->paned)),
    gtk_paned_get_end_child (GTK_PANED (self->paned)),
  };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (children[i], orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural;
    }
}

static void
tl_pair_size_allocate (GtkWidget *widget,
                       int width,
                       int height,
                       int baseline)
{
  TlPair *self = TL_PAIR (widget);
  GtkOrientation orientation = width < BESIDE_MIN_WIDTH ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) != orientation)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), orientation);
      gtk_paned_set_position (GTK_PANED (self->paned), -1);
    }

  gtk_widget_measure (self->paned, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (self->paned, width, height, baseline, NULL);
}

/* The second is the one that writes first. */
static gboolean
tl_pair_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (gtk_paned_get_end_child (GTK_PANED (TL_PAIR (widget)->paned)));
}

static void
tl_pair_get_property (GObject *object,
                      guint prop_id,
                      GValue *value,
                      GParamSpec *pspec)
{
  TlPair *self = TL_PAIR (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_pair_dispose (GObject *object)
{
  TlPair *self = TL_PAIR (object);

  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (tl_pair_parent_class)->dispose (object);
}

static void
tl_pair_class_init (TlPairClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_pair_get_property;
  object_class->dispose = tl_pair_dispose;
  widget_class->grab_focus = tl_pair_grab_focus;
  widget_class->measure = tl_pair_measure;
  widget_class->size_allocate = tl_pair_size_allocate;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_pair_init (TlPair *self)
{
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_wide_handle (GTK_PANED (self->paned), TRUE);
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));
}

GtkWidget *
tl_pair_new (const char *title,
             GtkWidget *first,
             GtkWidget *second)
{
  TlPair *self = g_object_new (TL_TYPE_PAIR, NULL);

  self->title = g_strdup (title);
  gtk_paned_set_start_child (GTK_PANED (self->paned), first);
  gtk_paned_set_end_child (GTK_PANED (self->paned), second);

  return GTK_WIDGET (self);
}

GtkWidget *
tl_pair_get_first (TlPair *self)
{
  g_return_val_if_fail (TL_IS_PAIR (self), NULL);

  return gtk_paned_get_start_child (GTK_PANED (self->paned));
}

GtkWidget *
tl_pair_get_second (TlPair *self)
{
  g_return_val_if_fail (TL_IS_PAIR (self), NULL);

  return gtk_paned_get_end_child (GTK_PANED (self->paned));
}
