/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_DETAILS (tl_message_details_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageDetails, tl_message_details, TL, MESSAGE_DETAILS, GtkWidget)

#define TL_MESSAGE_DETAILS_PAGE (64 * 1024)

/**
 * TlMessageDetails:
 *
 * One message whole, as text that can be selected: a page of it at first, more on demand. Keeps showing it after the log has
 * dropped it.
 *
 * Signal "close": the user has seen enough.
 */
void       tl_message_details_show  (TlMessageDetails *self,
                                     TlLogLook        *look,
                                     guint             position);
/* The text as it stands there. (transfer full) */
char      *tl_message_details_dup_text (TlMessageDetails *self);

G_END_DECLS
