/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "tl-payload-plan.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLY_MODE (tl_reply_mode_get_type ())
#define TL_TYPE_MATCH_KIND (tl_match_kind_get_type ())

typedef enum {
  TL_REPLY_OFF,
  TL_REPLY_ECHO,
  TL_REPLY_TEXT,      /* fixed, byte for byte */
  TL_REPLY_TEMPLATE,
  TL_REPLY_RULES,
} TlReplyMode;

typedef enum {
  TL_MATCH_CONTAINS,
  TL_MATCH_EQUALS,
  TL_MATCH_STARTS_WITH,
  TL_MATCH_REGEX,       /* over the text in the set; a message that is not valid in it is matched as ISO-8859-1 */
  TL_MATCH_HEX_PREFIX,
  TL_MATCH_ANY,
} TlMatchKind;

GType tl_reply_mode_get_type (void);
GType tl_match_kind_get_type (void);

/* A larger answer is not made: {text}{text} between two programs would grow without end. */
#define TL_AUTO_REPLY_MAX TL_PAYLOAD_PLAN_MAX
#define TL_AUTO_REPLY_MAX_DELAY 60000

/* One rule of the list. The pattern is text with the escapes of tl_escape_parse(), but for REGEX and HEX_PREFIX. Properties: "match" (TlMatchKind), "pattern", "reply" (as it was typed), "payload" (TlPayload: how it becomes bytes; escapes with
 * macros at first; its character set is that of the TlAutoReply), "enabled" (boolean), "hits" (uint64, read-only: answers since the start or the last reset, notified at most
 * ten times a second), "n-undecided" (uint64, read-only, told and reset like the hits: messages on which its expression had too much to try, and gave up), "error" (string, nullable: what is wrong with the pattern or the answer, translated).
 * The answer has all macros, those of templates, and {0} to {99} and {name}: what the groups of a REGEX caught, byte for byte. {counter} counts the hits. */
#define TL_TYPE_REPLY_RULE (tl_reply_rule_get_type ())
G_DECLARE_FINAL_TYPE (TlReplyRule, tl_reply_rule, TL, REPLY_RULE, GObject)

TlReplyRule *tl_reply_rule_new (TlMatchKind match,
                                const char *pattern,
                                const char *reply);
gboolean     tl_reply_rule_get_enabled (TlReplyRule *self);
const TlPayload *tl_reply_rule_get_payload (TlReplyRule *self);
guint64      tl_reply_rule_get_hits (TlReplyRule *self);
void         tl_reply_rule_add_hit (TlReplyRule *self);
guint64      tl_reply_rule_get_n_undecided (TlReplyRule *self);
void         tl_reply_rule_add_undecided (TlReplyRule *self);
void         tl_reply_rule_reset_hits (TlReplyRule *self);

/**
 * TlReplyContext:
 *
 * What a template can speak of.
 */
typedef struct {
  const char *peer;     /* "1.2.3.4:80" */
  const char *host;
  guint16     port;
  gint64      time;     /* µs since 1970 of the message */
  guint64     count;    /* of messages from this peer, from 1 */
} TlReplyContext;

#define TL_TYPE_AUTO_REPLY (tl_auto_reply_get_type ())
G_DECLARE_FINAL_TYPE (TlAutoReply, tl_auto_reply, TL, AUTO_REPLY, GObject)

/**
 * TlAutoReply:
 *
 * What is answered to a message, if anything. Properties: "mode", "text" (of TEXT and TEMPLATE, with the escapes of
 * tl_escape_parse()), "charset", "delay" (uint, ms, at most
 * TL_AUTO_REPLY_MAX_DELAY), "rules" (GListStore of TlReplyRule), "error" (string, nullable).
 *
 * The first rule that is enabled and fits answers. Templates: {text} {hex} {peer} {host} {port} {time} {count} {length}; `{{` and `}}` are braces. {text} is the message's own bytes,
 * byte-exact, {hex} reads "0A 0B", {time} "2026-01-31 12:34:56.789" (local); the macros of TlPayload too. While "error" is set, there is no answer; of the rules, only
 * those with an error are passed over. An empty text answers nothing.
 */
TlAutoReply *tl_auto_reply_new       (void);
/* (transfer full) (nullable): the answer to @message, or NULL for none; a hit of the rule that gives it. */
GBytes      *tl_auto_reply_make      (TlAutoReply          *self,
                                      const guint8         *message,
                                      gsize                 length,
                                      const TlReplyContext *context);
/* The same, to see what it would be: no hit. */
GBytes      *tl_auto_reply_try       (TlAutoReply          *self,
                                      const guint8         *message,
                                      gsize                 length,
                                      const TlReplyContext *context);
/* The first rule, from 1, whose expression gave up on the message that was last tried; 0: none. */
guint        tl_auto_reply_get_undecided (TlAutoReply      *self);
/* The next one of those that gave up on the message that was last answered, or not; 0: none any more. Each rule once, until something is changed. */
guint        tl_auto_reply_take_undecided (TlAutoReply     *self);
guint        tl_auto_reply_get_delay (TlAutoReply          *self);
TlReplyMode  tl_auto_reply_get_mode  (TlAutoReply          *self);
GListStore  *tl_auto_reply_get_rules (TlAutoReply          *self);
/* "@off" or "", "@echo", "@text:…", else a template: the `reply=` of a link. */
void         tl_auto_reply_set_from_link (TlAutoReply      *self,
                                          const char       *reply);
/* (transfer full) (nullable): NULL when off, and for rules, which a link cannot carry. */
char        *tl_auto_reply_to_link   (TlAutoReply          *self);
/* All of it as a GVariant "(…)" and back: for settings and open sessions. (transfer full): not floating. What is of another type is not restored. */
GVariant    *tl_auto_reply_serialize (TlAutoReply          *self);
void         tl_auto_reply_restore   (TlAutoReply          *self,
                                      GVariant             *variant);

/**
 * TlLoopGuard:
 *
 * A token bucket: two programs that answer each other do not melt the machine.
 */
typedef struct {
  double  tokens;
  gint64  last;      /* µs, monotonic */
  gboolean tripped;
} TlLoopGuard;

#define TL_LOOP_GUARD_RATE 200   /* answers a second to one peer */
#define TL_LOOP_GUARD_BURST 400

void     tl_loop_guard_init (TlLoopGuard *self);
/* Whether an answer may go out at @now (µs, monotonic). *@just_tripped: true once each time the guard begins to refuse. */
gboolean tl_loop_guard_take (TlLoopGuard *self,
                             gint64       now,
                             gboolean    *just_tripped);

G_END_DECLS
