/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-replay-list.h"

#include <stdio.h>

G_BEGIN_DECLS

/* A line of a JSON Lines file that is longer cannot be read. */
#define TL_REPLAY_MAX_LINE (128 * 1024 * 1024)

/* Reads a JSON Lines export, a pcap or a pcapng file, whatever it is, in a thread. What of it cannot be read is counted in the list; G_IO_ERROR, a sentence, when that is
 * all of it. */
void          tl_replay_load_file_async    (GFile               *file,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/* The messages of a session of the history, as far as it had come when it was listed. */
void          tl_replay_load_session_async (TlHistory           *history,
                                            TlHistorySession    *session,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/* Of either. (transfer full). */
TlReplayList *tl_replay_load_finish        (GAsyncResult        *result,
                                            GError             **error);
/* For the reader of lines, and its fuzz target: the lines of @stream into @list. FALSE: cancelled. */
gboolean      tl_replay_load_lines         (TlReplayList        *list,
                                            FILE                *stream,
                                            GCancellable        *cancellable,
                                            GError             **error);

G_END_DECLS
