/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-view.h"
#include "tl-status-line.h"

G_BEGIN_DECLS

/* Gives @page the verbs that record its session to a file: "recording.start" (asks how and where), "recording.stop", "recording.toggle"; shows in @status
 * that it is being done. Text in the file has the character set of @log. The recording ends with the page. And "replay.open", which asks what is to be played. */
void tl_page_files_use (GtkWidget    *page,
                        TlSession    *session,
                        TlLogView    *log,
                        TlStatusLine *status);

G_END_DECLS
