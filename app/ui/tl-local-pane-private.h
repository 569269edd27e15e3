/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlLocalPane share; the fields are for them alone. */

#include "tl-local-pane.h"

G_BEGIN_DECLS

struct _TlLocalPane
{
  GtkWidget          parent_instance;

  GtkEntry          *path;
  GtkStack          *stack;
  GtkColumnView     *view;
  GtkLabel          *message;
  GtkWidget         *empty;         /* around it; it has the keyboard where the files would have it */
  GtkPopover        *context;

  GFile             *folder;
  GtkDirectoryList  *files;
  GtkFilterListModel *shown;
  GtkSortListModel  *sorted;
  guint              ready_id;      /* looks whether all is in its order */
  GtkMultiSelection *selection;
  gboolean           had_focus;     /* the files that are read anew, before they went from the screen */
  gboolean           show_hidden;
  gboolean           can_upload;
  TlFtpComparison   *comparison;    /* (nullable) */
  guint              differences;   /* those that are shown, of what is in it */
  GtkColumnViewColumn *marks;       /* while there is a comparison (nullable) */
};

/* tl-local-pane-message.c: an empty list says why it is empty. */
void     tl_local_pane_update_message (TlLocalPane *self);
/* Whether the files, or what stands in their place, have the keyboard. */
gboolean tl_local_pane_has_focus (TlLocalPane *self);
/* tl-local-pane-compare.c: whether a file may be seen. */
gboolean tl_local_pane_is_wanted (TlLocalPane *self,
                                  GFileInfo   *info);

G_END_DECLS
