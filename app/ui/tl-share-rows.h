/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows of the page of the shared folder. */

/* Somebody who is connected: who, from where, what they do; a button that ends it. */
GtkWidget *tl_share_visitor_row_new (TlFtpVisitor *visitor);
/* An account, with a button that takes it out of @accounts. */
GtkWidget *tl_share_account_row_new (TlFtpAccount *account,
                                     GListStore   *accounts);

G_END_DECLS
