/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-recording.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_RECORD_DIALOG (tl_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlRecordDialog, tl_record_dialog, TL, RECORD_DIALOG, AdwWindow)

/**
 * TlRecordDialog:
 *
 * Asks how a session is to be recorded, then for the file, and closes. The next begins with what was chosen the last time.
 *
 * Signal "chosen" (GFile *file): that is what is wanted.
 */
/* @settings: (nullable): of org.tonglu.Tonglu. */
GtkWidget *tl_record_dialog_new         (GtkWindow          *parent,
                                         GSettings          *settings);
/* What is chosen now; its charset and is_datagram are not touched. */
void       tl_record_dialog_get_options (TlRecordDialog     *self,
                                         TlRecordingOptions *options);
/* That file is chosen. */
void       tl_record_dialog_choose      (TlRecordDialog     *self,
                                         GFile              *file);
/* A file name of now, with the suffix of the format. (transfer full) */
char      *tl_record_dialog_dup_name    (TlRecordDialog     *self);

G_END_DECLS
