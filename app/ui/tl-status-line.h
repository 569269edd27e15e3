/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-session-recording.h"

G_BEGIN_DECLS

#define TL_TYPE_STATUS_LINE (tl_status_line_get_type ())
G_DECLARE_FINAL_TYPE (TlStatusLine, tl_status_line, TL, STATUS_LINE, GtkWidget)

/**
 * TlStatusLine:
 *
 * The counters of a session in a line: received, sent, rates with a graph, what the kernel dropped, what waits. Follows its "tick".
 * Property: "session" (TlSession, nullable). Action: "counters.clear".
 */
GtkWidget *tl_status_line_new         (void);
void       tl_status_line_set_session (TlStatusLine *self,
                                       TlSession    *session);
/* Shows whether the session is being recorded to a file. Once. */
void       tl_status_line_set_recording (TlStatusLine *self,
                                       TlSessionRecording *recording);

G_END_DECLS
