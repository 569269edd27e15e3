/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-search.h"
#include "tl-message-text.h"

G_BEGIN_DECLS

#define TL_TYPE_LOG_LOOK (tl_log_look_get_type ())
G_DECLARE_FINAL_TYPE (TlLogLook, tl_log_look, TL, LOG_LOOK, GObject)

/**
 * TlLogLook:
 *
 * How the rows of a log view are to look, shared by its table, bubbles and details: one place that knows the source and how its bytes
 * become text.
 *
 * Signals: "changed" (every row reads differently now), "marks-changed" (only which rows are marked as found).
 */
TlLogLook       *tl_log_look_new         (void);
/* @source, @search: (nullable). The rows that are shown, and what is looked for in them. */
void             tl_log_look_set_source  (TlLogLook       *self,
                                          TlMessageSource *source,
                                          TlMessageSearch *search,
                                          gboolean         is_datagram);
TlMessageSource *tl_log_look_get_source  (TlLogLook       *self);
TlLogMode        tl_log_look_get_mode    (TlLogLook       *self);
gboolean         tl_log_look_set_mode    (TlLogLook       *self,
                                          TlLogMode        mode);
TlCharset        tl_log_look_get_charset (TlLogLook       *self);
gboolean         tl_log_look_set_charset (TlLogLook       *self,
                                          TlCharset        charset);
gboolean         tl_log_look_get_wrap    (TlLogLook       *self);
gboolean         tl_log_look_set_wrap    (TlLogLook       *self,
                                          gboolean         wrap);
/* Whether rows may stand for several messages. */
gboolean         tl_log_look_get_collapse (TlLogLook      *self);
void             tl_log_look_set_collapse (TlLogLook      *self,
                                          gboolean         collapse);
/* How many messages a row stands for. */
guint            tl_log_look_get_count   (TlLogLook       *self,
                                          guint            position);
gboolean         tl_log_look_get_is_datagram (TlLogLook   *self);
/* What is looked for, to be marked in the rows. (nullable) */
void             tl_log_look_set_pattern (TlLogLook       *self,
                                          TlPattern       *pattern);

/* Whether control characters are spelled because the font has no pictures of them. */
void             tl_log_look_set_spell_controls (TlLogLook *self,
                                          gboolean         spell);
/* @text or what is to be shown for it. Takes @text. (transfer full) */
char            *tl_log_look_finish_text (TlLogLook       *self,
                                          char            *text);

/* See tl_message_text_preview(). Bounded, whatever was received: see TL_MESSAGE_LINES_CHARS. @is_cut: (out) (optional): whether there is more
 * than what it shows. */
char            *tl_log_look_preview     (TlLogLook       *self,
                                          guint            position,
                                          TlMessageShape   shape,
                                          gboolean        *is_cut);
/* (transfer full): what a row's text, its tl_log_look_preview(), is to be drawn with; what was found is marked. */
PangoAttrList   *tl_log_look_get_attributes (TlLogLook    *self,
                                          guint            position,
                                          TlMessageShape   shape,
                                          const char      *text);
gboolean         tl_log_look_is_match    (TlLogLook       *self,
                                          guint64          id);

G_END_DECLS
