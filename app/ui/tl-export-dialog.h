/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-export.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  TL_EXPORT_SHOWN,
  TL_EXPORT_ALL,
  TL_EXPORT_SELECTED,
} TlExportWhat;

#define TL_TYPE_EXPORT_DIALOG (tl_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlExportDialog, tl_export_dialog, TL, EXPORT_DIALOG, AdwWindow)

/**
 * TlExportDialog:
 *
 * Asks which messages are to be exported and how, then for the file, and closes.
 *
 * Signal "chosen" (GFile *file): that is what is wanted.
 */

/* @n_all, @n_shown, @n_selected: how many messages each choice has; what has none cannot be chosen. */
GtkWidget     *tl_export_dialog_new        (GtkWindow      *parent,
                                            guint           n_all,
                                            guint           n_shown,
                                            guint           n_selected);
TlExportWhat   tl_export_dialog_get_what   (TlExportDialog *self);
TlExportFormat tl_export_dialog_get_format (TlExportDialog *self);
void           tl_export_dialog_set_what   (TlExportDialog *self,
                                            TlExportWhat    what);
void           tl_export_dialog_set_format (TlExportDialog *self,
                                            TlExportFormat  format);
/* A file name of now, with the suffix of the format. (transfer full) */
char          *tl_export_dialog_dup_name   (TlExportDialog *self);

G_END_DECLS
