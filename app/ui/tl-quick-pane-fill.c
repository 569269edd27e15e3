/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a thousand rows only those that are seen, and those near them, have something in them; some are filled in each frame. */
#include "tl-quick-pane-private.h"

#include "tl-quick-group.h"
#include "tl-quick-item-row.h"

/* Of a frame, µs. */
#define BUDGET 8000

/* What is seen goes before what may be seen next. */
typedef enum {
  FILL_SEEN,
  FILL_NEAR,
  EMPTY_FAR,
  N_PASSES,
} Pass;

typedef struct {
  double   top, bottom;   /* of what is seen, from the top of all */
  gint64   end;
  Pass     pass;
  gboolean more;
} Fill;

/* Whether there is time left. */
static gboolean
fill_row (Fill           *fill,
          TlQuickItemRow *row,
          double          list_top)
{
  const double page = fill->bottom - fill->top;
  const double margin = fill->pass == FILL_SEEN ? 0 : fill->pass == FILL_NEAR ? page / 2 : 2 * page;
  GtkAllocation place;
  gboolean is_inside;

  gtk_widget_get_allocation (GTK_WIDGET (row), &place);
  /* It has just come: after the layout of this frame it is known where it is. */
  if (place.height == 0)
    {
      fill->more = TRUE;
      return TRUE;
    }

  is_inside = list_top + place.y + place.height >= fill->top - margin && list_top + place.y <= fill->bottom + margin;
  if (tl_quick_item_row_is_filled (row) == (fill->pass != EMPTY_FAR) || is_inside == (fill->pass == EMPTY_FAR))
    return TRUE;

  tl_quick_item_row_set_filled (row, fill->pass != EMPTY_FAR);
  if (g_get_monotonic_time () < fill->end)
    return TRUE;

  fill->more = TRUE;
  return FALSE;
}

static gboolean
fill_group (TlQuickPane  *self,
            Fill         *fill,
            TlQuickGroup *group)
{
  GtkListBox *list = tl_quick_group_get_list (group);
  double x, y;

  if (!gtk_widget_get_mapped (GTK_WIDGET (list)) || !gtk_widget_translate_coordinates (GTK_WIDGET (list), GTK_WIDGET (self->box), 0, 0, &x, &y))
    return TRUE;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row; row = gtk_widget_get_next_sibling (row))
    if (TL_IS_QUICK_ITEM_ROW (row) && !fill_row (fill, TL_QUICK_ITEM_ROW (row), y))
      return FALSE;

  return TRUE;
}

static gboolean
fill_all (TlQuickPane *self,
          Fill        *fill)
{
  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->groups)); group; group = gtk_widget_get_next_sibling (group))
    if (!fill_group (self, fill, TL_QUICK_GROUP (group)))
      return FALSE;

  return fill_group (self, fill, TL_QUICK_GROUP (self->sequences));
}

static gboolean
fill_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TlQuickPane *self = TL_QUICK_PANE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  Fill fill = {
    .top = gtk_adjustment_get_value (adjustment),
    .bottom = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment),
    .end = g_get_monotonic_time () + BUDGET,
  };

  while (fill.pass < N_PASSES && fill_all (self, &fill))
    fill.pass++;
  if (fill.more)
    return G_SOURCE_CONTINUE;

  self->fill_tick = 0;
  return G_SOURCE_REMOVE;
}

void
tl_quick_pane_fill_soon (TlQuickPane *self)
{
  if (self->fill_tick == 0 && self->sequences)
    self->fill_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}
