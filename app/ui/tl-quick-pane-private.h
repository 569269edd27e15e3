/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files of the pane only. */

#include "tl-quick-pane.h"

G_BEGIN_DECLS

struct _TlQuickPane
{
  GtkWidget             parent_instance;

  GtkStack             *stack;
  GtkBox               *box;         /* of the groups, and the sequences below them */
  GtkBox               *groups;
  GtkWidget            *sequences;
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
/* Shows an editor, in the place of the one that is open. */
void tl_quick_pane_present       (TlQuickPane *self,
                                  GtkWidget   *dialog);
/* Says that @name was deleted; its button calls @undo (AdwToast, @data), and @data is freed with it. */
void tl_quick_pane_offer_undo    (TlQuickPane    *self,
                                  const char     *name,
                                  GCallback       undo,
                                  gpointer        data,
                                  GClosureNotify  data_free);
GtkWidget *tl_quick_pane_make_sequences (TlQuickPane *self);
void tl_quick_pane_add_sequence_action (GtkWidget  *widget,
                                        const char *name,
                                        GVariant   *parameter);
void tl_quick_pane_import_action (GtkWidget   *widget,
                                  const char  *name,
                                  GVariant    *parameter);
void tl_quick_pane_export_action (GtkWidget   *widget,
                                  const char  *name,
                                  GVariant    *parameter);

G_END_DECLS
