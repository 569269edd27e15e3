/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sync-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of a plan: what is done, with what, why, and a check button that switches it off. (transfer full) */
GtkListItemFactory *tl_ftp_sync_cells_new      (TlFtpSyncPlan   *plan);
/* Translated: "Download". (transfer none) */
const char         *tl_ftp_sync_cells_get_word (TlFtpSyncFilter  act);

G_END_DECLS
