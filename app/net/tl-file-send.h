/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_FILE_SEND_MAX_PIECE (1024 * 1024)
#define TL_FILE_SEND_MAX_GAP 60000

#define TL_TYPE_FILE_SEND (tl_file_send_get_type ())
G_DECLARE_FINAL_TYPE (TlFileSend, tl_file_send, TL, FILE_SEND, GObject)

/**
 * TlFileSend:
 *
 * Sends a file in pieces, reading it asynchronously, at the pace of the slowest peer. Read-only properties, notified at most ten times a
 * second: "name", "size", "done" (uint64: bytes that every peer's queue took), "fraction" (double), "running", "error" (string, nullable).
 * A peer that fails or leaves is left out, the others get the whole file; the first such refusal is the error at the end.
 */
TlFileSend  *tl_file_send_new    (TlSession  *session,
                                  GPtrArray  *peers,     /* (nullable): all that can be sent to when it begins */
                                  GFile      *file,
                                  guint       piece,     /* bytes, 1–65527 for UDP, up to 1 MiB for TCP */
                                  guint       gap_ms);   /* between pieces, 0–60000 */
/* Errors: G_IO_ERROR, TL_SESSION_ERROR; G_IO_ERROR_PENDING while it runs. It can be run again. */
void         tl_file_send_run_async (TlFileSend *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer    user_data);
gboolean     tl_file_send_run_finish (TlFileSend *self,
                                  GAsyncResult *result,
                                  GError    **error);

G_END_DECLS
