/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-payload.h"
#include "tl-replay.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_COMPOSER (tl_composer_get_type ())
G_DECLARE_FINAL_TYPE (TlComposer, tl_composer, TL, COMPOSER, GtkWidget)

/**
 * TlComposer:
 *
 * Where messages are written: text, hex or escapes; once, again and again, or a file. Properties:
 * "session" (TlSession, nullable), "targets" (GPtrArray of TlPeer, boxed, nullable: all), "target-label" (string, nullable: whom it goes to, a sentence made by the page),
 * "payload" (TlPayload), "format" (string: the payload as tl_payload_to_string(), for settings), "text" (string),
 * "enter-sends" (boolean, default true; else Ctrl+Enter alone does), "history" (strv, newest last: what was sent, for settings; bounded).
 * Actions: "composer.send", "composer.send-file", "composer.timed-send", "composer.reset-counter" (of {counter}, which counts what is
 * sent from here; a timer counts by itself).
 */
GtkWidget       *tl_composer_new         (void);
void             tl_composer_set_session (TlComposer      *self,
                                          TlSession       *session);
/* (nullable) (transfer none): of TlPeer; NULL: all. The array is not changed afterwards by the caller. */
void             tl_composer_set_targets (TlComposer      *self,
                                          GPtrArray       *targets);
void             tl_composer_set_target_label (TlComposer *self,
                                          const char      *label);
const TlPayload *tl_composer_get_payload (TlComposer      *self);
void             tl_composer_set_payload (TlComposer      *self,
                                          const TlPayload *payload);
/* (transfer full) */
char            *tl_composer_dup_text    (TlComposer      *self);
void             tl_composer_set_text    (TlComposer      *self,
                                          const char      *text);
/* Sends what is in the entry; false, with the reason shown, when it stays there. */
gboolean         tl_composer_send        (TlComposer      *self);
/* Sends a file as if it had been chosen. */
void             tl_composer_send_file   (TlComposer      *self,
                                          GFile           *file);
/* Begins, with a row below the text. FALSE: too much is under way. @title: what is played. @is_timed: not as fast as possible. */
gboolean         tl_composer_replay      (TlComposer      *self,
                                          TlReplay        *replay,
                                          const char      *title,
                                          gboolean         is_timed);
/* Timers and files under way: what a closing window asks about. */
guint            tl_composer_get_n_running (TlComposer    *self);

G_END_DECLS
