/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLY_CHIP (tl_reply_chip_get_type ())
G_DECLARE_FINAL_TYPE (TlReplyChip, tl_reply_chip, TL, REPLY_CHIP, GtkWidget)

/**
 * TlReplyChip:
 *
 * Says that a session answers by itself, and how; a click goes to where that is set up ("page.auto-reply"). Hidden while it does not.
 * Property: "session" (TlSession, nullable, writable).
 */
void tl_reply_chip_set_session (TlReplyChip *self,
                                TlSession   *session);

G_END_DECLS
