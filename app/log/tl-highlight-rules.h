/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"
#include "tl-pattern.h"

G_BEGIN_DECLS

#define TL_TYPE_HIGHLIGHT_COLOR (tl_highlight_color_get_type ())
#define TL_TYPE_HIGHLIGHT_DIRECTION (tl_highlight_direction_get_type ())

typedef enum {
  TL_HIGHLIGHT_RED,
  TL_HIGHLIGHT_ORANGE,
  TL_HIGHLIGHT_YELLOW,
  TL_HIGHLIGHT_GREEN,
  TL_HIGHLIGHT_BLUE,
  TL_HIGHLIGHT_PURPLE,
  TL_HIGHLIGHT_BROWN,
  TL_HIGHLIGHT_GREY,
} TlHighlightColor;

#define TL_N_HIGHLIGHT_COLORS (TL_HIGHLIGHT_GREY + 1)

typedef enum {
  TL_HIGHLIGHT_BOTH,
  TL_HIGHLIGHT_RECEIVED,
  TL_HIGHLIGHT_SENT,
} TlHighlightDirection;

GType tl_highlight_color_get_type (void);
GType tl_highlight_direction_get_type (void);

#define TL_TYPE_HIGHLIGHT_RULE (tl_highlight_rule_get_type ())
G_DECLARE_FINAL_TYPE (TlHighlightRule, tl_highlight_rule, TL, HIGHLIGHT_RULE, GObject)

/**
 * TlHighlightRule:
 *
 * Messages with something in them get a colour.
 *
 * Properties: "enabled" (boolean), "kind" (TlPatternKind), "text" (string, never NULL), "match-case" (boolean), "direction" (TlHighlightDirection), "color"
 * (TlHighlightColor), "bold" (boolean), "error" (string, nullable, read-only: why it colours nothing, translated; an empty text has none).
 */
TlHighlightRule *tl_highlight_rule_new       (void);
TlHighlightColor tl_highlight_rule_get_color (TlHighlightRule *self);
gboolean         tl_highlight_rule_get_bold  (TlHighlightRule *self);

/* What of a message is looked at, in bytes. */
#define TL_HIGHLIGHT_BYTES 4096
#define TL_HIGHLIGHT_MAX_RULES 100
/* A rule that takes more than so much of the processor in a second, in µs, is set aside until it is changed. */
#define TL_HIGHLIGHT_MAX_TIME 100000

#define TL_TYPE_HIGHLIGHT_RULES (tl_highlight_rules_get_type ())
G_DECLARE_FINAL_TYPE (TlHighlightRules, tl_highlight_rules, TL, HIGHLIGHT_RULES, GObject)

/**
 * TlHighlightRules:
 *
 * Rules in their order: the first that matches counts. Sent and received messages are looked at, lines of state have their own colours.
 *
 * Signal "changed": other messages are coloured now, or otherwise.
 */
TlHighlightRules *tl_highlight_rules_new       (void);
/* (transfer none): of TlHighlightRule, to be changed by the caller as well. */
GListStore       *tl_highlight_rules_get_list  (TlHighlightRules *self);
/* (transfer none) (nullable): the rule that a row of @source has its colour from. Costs at most a look at TL_HIGHLIGHT_BYTES for each rule. */
TlHighlightRule  *tl_highlight_rules_match     (TlHighlightRules *self,
                                                TlMessageSource  *source,
                                                guint             position,
                                                TlCharset         charset);
/* For the settings: all rules, a(bssbssb). (transfer full) */
GVariant         *tl_highlight_rules_serialize (TlHighlightRules *self);
/* What does not fit, or is of a newer version, is left out. */
void              tl_highlight_rules_restore   (TlHighlightRules *self,
                                                GVariant         *variant);

G_END_DECLS
