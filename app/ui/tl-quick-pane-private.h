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
  GtkWidget            *sequences;   /* NULL until the pane is seen first */
  GtkScrolledWindow    *scrolled;
  GtkSearchEntry       *filter;
  GtkWidget            *stop_all;
  GtkLabel             *said;
  GtkWidget            *dialog;      /* while it is open */

  TlQuickSends         *sends;
  TlQuickRunner        *runner;
  GtkFileChooserNative *chooser;     /* while it is open */
  gboolean              is_export;
  guint                 show_source; /* the groups are to be looked at */
  guint                 fill_tick;   /* rows are being filled */
  char                 *needle;      /* (nullable): what is looked for */
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
/* The row of a TlQuickSend. */
GtkWidget *tl_quick_pane_make_row      (gpointer       item,
                                        gpointer       user_data);
void tl_quick_pane_activated           (TlQuickPane   *self,
                                        GtkListBoxRow *row);
/* Makes the groups and the sequences, at the first time, or as they are now. */
void tl_quick_pane_show_groups         (TlQuickPane   *self);
void tl_quick_pane_filter_changed      (TlQuickPane   *self);
/* Whether @text has what is looked for. */
gboolean tl_quick_pane_is_wanted       (TlQuickPane   *self,
                                        const char    *text);
/* The rows that are seen are filled, some in each frame. */
void tl_quick_pane_fill_soon           (TlQuickPane   *self);
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
