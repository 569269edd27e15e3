/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files of the pane only. */

#include "tl-quick-pane.h"

G_BEGIN_DECLS

struct _TlQuickPane
{
  GtkWidget             parent_instance;

  GtkStack             *stack;
  GtkBox               *groups;
  GtkWidget            *stop_all;
  GtkLabel             *said;
  GtkWidget            *dialog;      /* while it is open */

  TlQuickSends         *sends;
  TlQuickRunner        *runner;
  GtkFileChooserNative *chooser;     /* while it is open */
  gboolean              is_export;
};

/* A sentence for the person; "" takes the last one away. */
void tl_quick_pane_say           (TlQuickPane *self,
                                  const char  *sentence);
void tl_quick_pane_import_action (GtkWidget   *widget,
                                  const char  *name,
                                  GVariant    *parameter);
void tl_quick_pane_export_action (GtkWidget   *widget,
                                  const char  *name,
                                  GVariant    *parameter);

G_END_DECLS
