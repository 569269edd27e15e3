/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlTransferPanel share; for them alone. */

#include "tl-growing-list.h"
#include "tl-transfer-panel.h"

G_BEGIN_DECLS

struct _TlTransferPanel
{
  GtkWidget          parent_instance;

  GtkInscription    *totals;
  GtkWidget         *failed_button;
  GtkProgressBar    *progress;
  GtkStack          *stack;
  GtkListView       *view;
  GtkPopover        *menu;

  TlTransferQueue   *queue;
  TlGrowingList     *rows;
  GtkMultiSelection *selection;
  GSignalGroup      *signals;
  guint              tick;
};

void       tl_transfer_panel_install_actions (GtkWidgetClass  *widget_class);
/* Which of them make sense with what is selected. */
void       tl_transfer_panel_update_actions  (TlTransferPanel *self);
/* (nullable) */
GtkWindow *tl_transfer_panel_get_window      (TlTransferPanel *self);
/* The secondary button, on the list: its menu. */
void       tl_transfer_panel_pressed_cb      (TlTransferPanel *self,
                                              int              n_press,
                                              double           x,
                                              double           y,
                                              GtkGestureClick *gesture);

G_END_DECLS
