/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_LINK_DIALOG (tl_link_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlLinkDialog, tl_link_dialog, TL, LINK_DIALOG, AdwWindow)

/* Asks for a link and checks it while it is typed. Signal "opened" (string): a link that is right. */
GtkWidget *tl_link_dialog_new (GtkWindow *parent);

G_END_DECLS
