/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_PART_STREAM (tl_part_stream_get_type ())
G_DECLARE_FINAL_TYPE (TlPartStream, tl_part_stream, TL, PART_STREAM, GOutputStream)

/**
 * TlPartStream:
 *
 * Writes into the unfinished file of a download from @offset on. The first @overlap bytes are not written, but compared with what is there: what differs is not the file that
 * it was, and fails with TL_FTP_ERROR_CHANGED. Closes its descriptor when it is freed, not before: another thread may be writing.
 */
GOutputStream *tl_part_stream_new    (int           fd,
                                      guint64       offset,
                                      guint64       overlap);

G_END_DECLS
