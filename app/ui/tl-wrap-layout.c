/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of controls that becomes two or three in a narrow window. */

#include "tl-wrap-layout.h"

struct _TlWrapLayout
{
  GtkLayoutManager parent_instance;

  int column_spacing;
  int row_spacing;
};

enum {
  PROP_0,
  PROP_COLUMN_SPACING,
  PROP_ROW_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlWrapLayout, tl_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  GtkWidget *first;
  GtkWidget *end;       /* the first child after the line, or NULL */
  int        width;     /* natural, with the spacing between */
  int        height;
  int        n_expand;
} Line;

/* A child is broken to the next line by its natural width, but is never given more than the line has. */
static int
child_width (GtkWidget *child,
             int        available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (available >= 0 && natural > available)
    return MAX (minimum, available);
  return natural;
}

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
take_line (TlWrapLayout *self,
           GtkWidget    *first,
           int           available,
           Line         *line)
{
  *line = (Line) { .first = first };

  for (GtkWidget *child = first; child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int width = child_width (child, available);
      int wanted = line->width + (child == first ? 0 : self->column_spacing) + width;

      if (child != first && available >= 0 && wanted > available)
        {
          line->end = child;
          return;
        }
      line->width = wanted;
      line->n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
    }
}

/* The height is known only after the widths are: an expanding child with wrapped text gets lower. */
static int
line_child_width (const Line *line,
                  GtkWidget  *child,
                  int         available,
                  int        *extra,
                  int        *n_expand)
{
  int width = child_width (child, available);

  if (*n_expand > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    {
      int share = *extra / *n_expand;

      width += share;
      *extra -= share;
      *n_expand -= 1;
    }
  return width;
}

static int
line_height (const Line *line,
             int         available)
{
  int extra = MAX (0, available - line->width);
  int n_expand = line->n_expand;
  int height = 0;

  for (GtkWidget *child = line->first; child != line->end; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, line_child_width (line, child, available, &extra, &n_expand),
                          &minimum, &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static void
measure_width (TlWrapLayout *self,
               GtkWidget    *widget,
               int          *minimum,
               int          *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->column_spacing : 0);
    }
}

static void
tl_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  TlWrapLayout *self = TL_WRAP_LAYOUT (manager);
  int height = 0;
  int least, most;

  measure_width (self, widget, &least, &most);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = most;
      return;
    }

  if (for_size < 0)
    for_size = most;
  for_size = MAX (for_size, least);
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      Line line;

      take_line (self, child, for_size, &line);
      height += line_height (&line, for_size) + (height > 0 ? self->row_spacing : 0);
      child = line.end;
    }
  *minimum = *natural = height;
}

static void
tl_wrap_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  TlWrapLayout *self = TL_WRAP_LAYOUT (manager);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      Line line;
      int x = 0, extra, n_expand;

      take_line (self, child, width, &line);
      line.height = line_height (&line, width);
      extra = MAX (0, width - line.width);
      n_expand = line.n_expand;
      for (; child != line.end; child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int w = line_child_width (&line, child, width, &extra, &n_expand);

          gtk_widget_size_allocate (child, &(GtkAllocation) { rtl ? width - x - w : x, y, w, line.height }, -1);
          x += w + self->column_spacing;
        }
      y += line.height + self->row_spacing;
    }
}

static GtkSizeRequestMode
tl_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tl_wrap_layout_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlWrapLayout *self = TL_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_COLUMN_SPACING:
      g_value_set_int (value, self->column_spacing);
      break;
    case PROP_ROW_SPACING:
      g_value_set_int (value, self->row_spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_wrap_layout_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlWrapLayout *self = TL_WRAP_LAYOUT (object);
  int *field = prop_id == PROP_COLUMN_SPACING ? &self->column_spacing : &self->row_spacing;

  if (prop_id != PROP_COLUMN_SPACING && prop_id != PROP_ROW_SPACING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
tl_wrap_layout_class_init (TlWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = tl_wrap_layout_get_property;
  object_class->set_property = tl_wrap_layout_set_property;
  layout_class->measure = tl_wrap_layout_measure;
  layout_class->allocate = tl_wrap_layout_allocate;
  layout_class->get_request_mode = tl_wrap_layout_get_request_mode;

  properties[PROP_COLUMN_SPACING] =
    g_param_spec_int ("column-spacing", NULL, NULL, 0, G_MAXINT16, 6,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW_SPACING] =
    g_param_spec_int ("row-spacing", NULL, NULL, 0, G_MAXINT16, 6,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_wrap_layout_init (TlWrapLayout *self)
{
  self->column_spacing = 6;
  self->row_spacing = 6;
}

struct _TlWrapBox
{
  GtkWidget parent_instance;
};

static void
tl_wrap_box_add_child (GtkBuildable *buildable,
                       GtkBuilder   *builder,
                       GObject      *child,
                       const char   *type)
{
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
}

static void
tl_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = tl_wrap_box_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlWrapBox, tl_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, tl_wrap_box_buildable_init))

static void
tl_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tl_wrap_box_parent_class)->dispose (object);
}

static void
tl_wrap_box_class_init (TlWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_wrap_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), TL_TYPE_WRAP_LAYOUT);
}

static void
tl_wrap_box_init (TlWrapBox *self)
{
}

GtkWidget *
tl_wrap_box_new (void)
{
  return g_object_new (TL_TYPE_WRAP_BOX, NULL);
}
