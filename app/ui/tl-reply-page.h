/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-auto-reply.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLY_PAGE (tl_reply_page_get_type ())
G_DECLARE_FINAL_TYPE (TlReplyPage, tl_reply_page, TL, REPLY_PAGE, AdwPreferencesPage)

/**
 * TlReplyPage:
 *
 * What is answered by itself: the way, the words, the rules, and a trial of them. Actions: "reply.add-rule", "reply.insert-word" ("s").
 */
GtkWidget  *tl_reply_page_new         (TlAutoReply *reply);
/* What the trial says: the answer to the sample, made visible, or what is wrong. */
const char *tl_reply_page_get_preview (TlReplyPage *self);

G_END_DECLS
