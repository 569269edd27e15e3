/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captions under the fields that they belong to. */

#include "tl-caption-layout.h"

#include <math.h>

struct _TlCaptionLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (TlCaptionLayout, tl_caption_layout, GTK_TYPE_LAYOUT_MANAGER)

#define MAX_CAPTIONS 4
#define SPACING 12
#define FIELD_KEY "tl-caption-field"

typedef struct {
  GtkWidget *widget;
  int        minimum;
  int        natural;
  int        x;
  int        width;
} Caption;

/* Those that have something to say. */
static guint
collect (GtkWidget *widget,
         Caption   *captions)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && n < MAX_CAPTIONS; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && *gtk_label_get_label (GTK_LABEL (child)) != '\0')
      {
        captions[n].widget = child;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &captions[n].minimum, &captions[n].natural, NULL, NULL);
        n++;
      }
  return n;
}

/* FALSE when there is no room for that. What a person reads as a sentence needs some width: a column of single words is none. */
static gboolean
put_under_fields (GtkWidget *widget,
                  Caption   *captions,
                  guint      n,
                  int        available)
{
  float line = 0;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *field = g_object_get_data (G_OBJECT (captions[i].widget), FIELD_KEY);
      graphene_rect_t bounds;

      /* Of no field: it follows. */
      if (field == NULL && i > 0)
        {
          captions[i].x = captions[i - 1].x + captions[i - 1].natural + SPACING;
          continue;
        }
      if (field == NULL || !gtk_widget_compute_bounds (field, widget, &bounds) || bounds.size.width <= 0)
        return FALSE;
      if (i > 0 && bounds.origin.y != line)
        return FALSE;
      line = bounds.origin.y;
      captions[i].x = MAX (0, (int) floorf (bounds.origin.x + 0.5f));
    }
  for (guint i = 0; i < n; i++)
    {
      int end = i + 1 < n ? captions[i + 1].x - SPACING : available;
      int needed = i + 1 < n ? captions[i].natural : MIN (captions[i].natural, available / 2);

      captions[i].width = MIN (end - captions[i].x, captions[i].natural);
      if (captions[i].width < MAX (needed, captions[i].minimum))
        return FALSE;
    }
  return TRUE;
}

/* Short ones get what they need, long ones share the rest. */
static void
put_in_a_row (Caption *captions,
              guint    n,
              int      available)
{
  int rest = available - SPACING * ((int) n - 1);
  gboolean settled[MAX_CAPTIONS] = { FALSE };
  guint open = n;
  int x = 0;

  for (guint round = 0; round < n && open > 0; round++)
    {
      int share = rest / (int) open;

      for (guint i = 0; i < n; i++)
        if (!settled[i] && captions[i].natural <= share)
          {
            settled[i] = TRUE;
            captions[i].width = captions[i].natural;
            rest -= captions[i].natural;
            open--;
          }
    }
  for (guint i = 0; i < n; i++)
    {
      if (!settled[i])
        captions[i].width = MAX (captions[i].minimum, rest / (int) open);
      captions[i].x = x;
      x += captions[i].width + SPACING;
    }
}

static guint
arrange (GtkWidget *widget,
         Caption   *captions,
         int        available)
{
  guint n = collect (widget, captions);

  if (n > 0 && !put_under_fields (widget, captions, n, available))
    put_in_a_row (captions, n, available);
  return n;
}

static GtkSizeRequestMode
tl_caption_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  Caption captions[MAX_CAPTIONS];
  guint n = collect (widget, captions);

  *minimum = *natural = n > 0 ? SPACING * ((int) n - 1) : 0;
  for (guint i = 0; i < n; i++)
    {
      *minimum += captions[i].minimum;
      *natural += captions[i].natural;
    }
}

static int
measure_height (GtkWidget *widget,
                int        available)
{
  Caption captions[MAX_CAPTIONS];
  guint n = arrange (widget, captions, available >= 0 ? available : G_MAXINT16);
  int height = 0;

  for (guint i = 0; i < n; i++)
    {
      int one;

      gtk_widget_measure (captions[i].widget, GTK_ORIENTATION_VERTICAL, captions[i].width, NULL, &one, NULL, NULL);
      height = MAX (height, one);
    }
  /* A label without a text is as high as one with a row of it. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && *gtk_label_get_label (GTK_LABEL (child)) == '\0')
      {
        int one;

        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &one, NULL, NULL);
        height = MAX (height, one);
      }
  return height;
}

static void
tl_caption_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = measure_height (widget, for_size);
}

static void
tl_caption_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Caption captions[MAX_CAPTIONS];
  guint n;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && *gtk_label_get_label (GTK_LABEL (child)) == '\0')
      {
        int minimum;

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        gtk_widget_size_allocate (child, &(GtkAllocation) { 0, 0, minimum, height }, -1);
      }
  n = arrange (widget, captions, width);
  for (guint i = 0; i < n; i++)
    gtk_widget_size_allocate (captions[i].widget,
                              &(GtkAllocation) { rtl ? width - captions[i].x - captions[i].width : captions[i].x, 0,
                                                 captions[i].width, height }, -1);
}

static void
tl_caption_layout_class_init (TlCaptionLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = tl_caption_layout_get_request_mode;
  layout_class->measure = tl_caption_layout_measure;
  layout_class->allocate = tl_caption_layout_allocate;
}

static void
tl_caption_layout_init (TlCaptionLayout *self)
{
}

void
tl_caption_layout_set_field (GtkLabel  *caption,
                             GtkWidget *field)
{
  g_return_if_fail (GTK_IS_LABEL (caption));
  g_return_if_fail (GTK_IS_WIDGET (field));

  /* Not owned: the field owns its caption. */
  g_object_set_data (G_OBJECT (caption), FIELD_KEY, field);
}
