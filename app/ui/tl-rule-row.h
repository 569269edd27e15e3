/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-auto-reply.h"

G_BEGIN_DECLS

#define TL_TYPE_RULE_ROW (tl_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (TlRuleRow, tl_rule_row, TL, RULE_ROW, GtkListBoxRow)

/* One rule of an auto-reply, to be edited, moved and removed. Actions: "rule.up", "rule.down", "rule.remove". */
GtkWidget   *tl_rule_row_new      (GListStore  *rules,
                                   TlReplyRule *rule);
TlReplyRule *tl_rule_row_get_rule (TlRuleRow   *self);

G_END_DECLS
