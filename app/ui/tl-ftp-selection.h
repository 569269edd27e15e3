/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-directory.h"
#include "tl-lazy-selection.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SELECTION (tl_ftp_selection_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSelection, tl_ftp_selection, TL, FTP_SELECTION, TlLazySelection)

/**
 * TlFtpSelection:
 *
 * Any number of selected entries of a folder. What is selected stays so in another order; what leaves the list (filter, hidden names) is not selected any more, as nobody
 * would see it; another listing begins with nothing.
 */
GtkSelectionModel *tl_ftp_selection_new (TlFtpDirectory *directory);
/* (transfer full): guint32 each, which entries of the directory's listing are selected, in the order of the list. */
GArray            *tl_ftp_selection_dup_indices (TlFtpSelection *self);

G_END_DECLS
