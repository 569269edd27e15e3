/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_BUBBLE (tl_log_bubble_get_type ())
G_DECLARE_FINAL_TYPE (TlLogBubble, tl_log_bubble, TL, LOG_BUBBLE, GtkWidget)

/* One row of the chat look. Its style class is that of the message's kind (see tl_message_text_css_class()).
 * Signals "show-all": what is left out of a long message is asked for; "unfold": so are all messages that it stands for. */
GtkWidget  *tl_log_bubble_new      (void);
/* @is_cut: @text is only the beginning of the message; a line below it says so and can be clicked. */
void        tl_log_bubble_show     (TlLogBubble   *self,
                                    TlMessage     *message,
                                    const char    *text,
                                    PangoAttrList *attributes,
                                    gboolean       monospace,
                                    gboolean       is_cut);
/* Returns whether that is new. */
gboolean    tl_log_bubble_set_found (TlLogBubble  *self,
                                     gboolean      found);
/* Below the bubble: that it stands for so many equal messages. */
void        tl_log_bubble_set_count (TlLogBubble  *self,
                                     guint         count);
/* (transfer none): what holds the text. */
GtkWidget  *tl_log_bubble_get_body (TlLogBubble   *self);
const char *tl_log_bubble_get_head (TlLogBubble   *self);

G_END_DECLS
