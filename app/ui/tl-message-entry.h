/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_ENTRY (tl_message_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageEntry, tl_message_entry, TL, MESSAGE_ENTRY, GtkWidget)

/**
 * TlMessageEntry:
 *
 * Several lines of text that grow to a bound, with the keys of a message: Enter, Ctrl+Enter, Up and Down through what was sent.
 * Properties: "text" (string), "monospace", "enter-sends" (boolean), "history" (strv, newest last), "purpose" (string,
 * nullable: what the text is for, its name and what it says while it is empty; NULL: it is a message, sent from here).
 * A text with lines of more than TL_LONG_TEXT_LINE characters is held whole, but only its beginning is shown, and it cannot be edited.
 * Signals: "changed"; "send": the person asked for it.
 */
/* (transfer full) */
char    *tl_message_entry_dup_text     (TlMessageEntry *self);
void     tl_message_entry_set_text     (TlMessageEntry *self,
                                        const char     *text);
/* At the caret, in the place of what is selected; nothing where the text cannot be edited. */
void     tl_message_entry_insert       (TlMessageEntry *self,
                                        const char     *text);
guint    tl_message_entry_get_length   (TlMessageEntry *self);
/* Marks the character at @position (from 1) as wrong; 0 takes the mark away. */
void     tl_message_entry_mark         (TlMessageEntry *self,
                                        gsize           position);
/* Puts the text into the history and empties the entry. */
void     tl_message_entry_commit       (TlMessageEntry *self);
/* As Up and Down do at the first and the last line. False: there is no further step. */
gboolean tl_message_entry_walk         (TlMessageEntry *self,
                                        gboolean        back);
/* As a key press does. (For tests.) */
gboolean tl_message_entry_press        (TlMessageEntry *self,
                                        guint           keyval,
                                        GdkModifierType state);

G_END_DECLS
