/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_EXPORT_FORMAT (tl_export_format_get_type ())

typedef enum {
  TL_EXPORT_TEXT,
  TL_EXPORT_CSV,
  TL_EXPORT_JSON_LINES,
} TlExportFormat;

GType tl_export_format_get_type (void);

/* By the suffix of a file name (.csv, .jsonl, .json), else text. */
TlExportFormat tl_export_format_from_name (const char *name);

/* One row as it stands in the file, with its line end. CSV is RFC 4180 with a header (tl_message_export_header()), time in ISO 8601 with µs and
 * zone, the payload as text and as hex; JSON Lines has time, kind, peer, length, text and base64. (transfer full) */
char    *tl_message_export_header (TlExportFormat   format);
char    *tl_message_export_row    (TlMessageSource *source,
                                   guint            position,
                                   TlExportFormat   format,
                                   TlCharset        charset);
/* Writes the rows that the source has now to @file, in slices, off the main loop where it blocks. Replaces the file only when all of it is
 * written. Errors: G_IO_ERROR. */
void     tl_message_export_async  (TlMessageSource     *source,
                                   GFile               *file,
                                   TlExportFormat       format,
                                   TlCharset            charset,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* The number of rows written, or -1. */
gint64   tl_message_export_finish (TlMessageSource     *source,
                                   GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS
