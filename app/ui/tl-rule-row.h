/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ordered-row.h"
#include "tl-auto-reply.h"

G_BEGIN_DECLS

#define TL_TYPE_RULE_ROW (tl_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (TlRuleRow, tl_rule_row, TL, RULE_ROW, TlOrderedRow)

/* One rule of an auto-reply, to be edited, moved and removed. Action of its own: "rule.reset-hits". */
GtkWidget   *tl_rule_row_new      (GListStore  *rules,
                                   TlReplyRule *rule);
TlReplyRule *tl_rule_row_get_rule (TlRuleRow   *self);

G_END_DECLS
