/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-compare.h"
#include "tl-ftp-drag.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_LOCAL_PANE (tl_local_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlLocalPane, tl_local_pane, TL, LOCAL_PANE, GtkWidget)

/**
 * TlLocalPane:
 *
 * A folder of this machine beside a remote one: its path, its files, what can be dragged out and dropped in.
 *
 * Writable properties: "folder" (GFile), "show-hidden" (boolean), "can-upload" (boolean: there is a remote folder to send to).
 * Signals: "upload" (GPtrArray of GFile, as a pointer that lives as long as the call): to be sent to the remote folder that is shown;
 * "download" (TlFtpDrag, GFile): remote files were dropped, to go into that folder; "files-changed": files came, went, or are others.
 * Actions: "local.up" (Alt+Up, Backspace), "local.home" (Alt+Home), "local.reload" (F5), "local.upload" (Ctrl+U), "local.edit-path" (Ctrl+L), and the property
 * action "local.show-hidden" (Ctrl+H).
 */
GtkWidget *tl_local_pane_new        (GFile       *folder);
GFile     *tl_local_pane_get_folder (TlLocalPane *self);
void       tl_local_pane_set_folder (TlLocalPane *self,
                                     GFile       *folder);
/* @comparison (nullable): of this folder; each file has its mark then, and only those with one of @differences (1 << TL_FTP_DIFFERENCE_…) are shown. */
void       tl_local_pane_set_comparison (TlLocalPane     *self,
                                     TlFtpComparison *comparison,
                                     guint            differences);

G_END_DECLS
