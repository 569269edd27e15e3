/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-payload-maker.h"

G_BEGIN_DECLS

#define TL_TYPE_DRAFT (tl_draft_get_type ())
G_DECLARE_FINAL_TYPE (TlDraft, tl_draft, TL, DRAFT, GtkWidget)

/**
 * TlDraft:
 *
 * The message that is being written: the entry with its button, and a line that says whom it goes to and how long it will be, or what is wrong with it.
 * Properties: "payload" (TlPayload), "text" (string), "target-label" (string), "enter-sends" (boolean), "history" (strv), "length" (uint64, read-only:
 * bytes that will be sent, 0 while something is wrong).
 * Signal "send": the person asked for it. The button is the action "composer.send".
 */
void             tl_draft_set_payload      (TlDraft         *self,
                                            const TlPayload *payload);
void             tl_draft_set_target_label (TlDraft         *self,
                                            const char      *label);
/* (transfer full) */
char            *tl_draft_dup_text         (TlDraft         *self);
void             tl_draft_set_text         (TlDraft         *self,
                                            const char      *text);
gsize            tl_draft_get_length       (TlDraft         *self);
/* (transfer full) (nullable): the bytes to send; NULL, with the reason shown, when something is wrong, or when there are none. */
GBytes          *tl_draft_build            (TlDraft         *self);
/* (transfer full): to send what was built again and again, counting from 1. */
TlPayloadMaker  *tl_draft_dup_maker        (TlDraft         *self);
/* The {counter} of what is sent from here begins at 1 again. */
void             tl_draft_reset_counter    (TlDraft         *self);
/* At the caret. */
void             tl_draft_insert           (TlDraft         *self,
                                            const char      *text);
/* Shows a sentence until the text changes; NULL takes it away. */
void             tl_draft_show_error       (TlDraft         *self,
                                            const char      *message);
void             tl_draft_set_send_tip     (TlDraft         *self,
                                            const char      *tip);
/* Puts the text into the history and empties the entry. */
void             tl_draft_commit           (TlDraft         *self);

G_END_DECLS
