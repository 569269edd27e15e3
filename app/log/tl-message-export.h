/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-capture.h"
#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_EXPORT_FORMAT (tl_export_format_get_type ())

typedef enum {
  TL_EXPORT_TEXT,
  TL_EXPORT_CSV,
  TL_EXPORT_JSON_LINES,
  TL_EXPORT_RECEIVED_BYTES,
  TL_EXPORT_SENT_BYTES,
  TL_EXPORT_C_ARRAY,
  TL_EXPORT_CAPTURE,
} TlExportFormat;

GType tl_export_format_get_type (void);

/* What stands before the first row, or "". (transfer full) */
char    *tl_message_export_header (TlExportFormat   format);
/* One row as it stands in the file, with its line end. Text is one line a row, in local time, with visible control characters. CSV is RFC 4180 with
 * the byte order mark of UTF-8 and a header, time in ISO 8601 with µs and zone, the payload as text and as hex; a text that a spreadsheet would run as a formula
 * has an apostrophe before it, the hex has not. JSON Lines has time, kind, peer, length, text and base64. The bytes of one direction stand one after the other,
 * with nothing between them. A C array has a row of its initializer for each message that is data, with its time, kind and peer in a comment; the rest of the file is for
 * whoever uses it. TL_EXPORT_CAPTURE is for tl_message_export_capture_async() alone.
 * @is_datagram as in tl_message_source_decode(). (transfer full) (nullable): NULL past the end. */
char    *tl_message_export_row    (TlMessageSource *source,
                                   guint            position,
                                   TlExportFormat   format,
                                   TlCharset        charset,
                                   gboolean         is_datagram);
/* Writes the rows that the source has now to @file, in slices, off the main loop where it blocks;
 * rows that have to be read from disk first are waited for. Replaces the file only when all of it is
 * written. Rows that leave the log before their turn are counted in a last row, a warning. Errors: G_IO_ERROR. */
void     tl_message_export_async  (TlMessageSource     *source,
                                   GFile               *file,
                                   TlExportFormat       format,
                                   TlCharset            charset,
                                   gboolean             is_datagram,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* The same for the rows with these @ids (of guint64; nullable: all), in that order. */
void     tl_message_export_some_async (TlMessageSource     *source,
                                       GArray              *ids,
                                       GFile               *file,
                                       TlExportFormat       format,
                                       TlCharset            charset,
                                       gboolean             is_datagram,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* As a capture file (#TlCapture). @about is needed until it returns; the numbers count rows, data or not. */
void     tl_message_export_capture_async (TlMessageSource      *source,
                                          GArray               *ids,
                                          GFile                *file,
                                          const TlCaptureAbout *about,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* The number of rows written (without that warning), or -1. */
gint64   tl_message_export_finish (TlMessageSource     *source,
                                   GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS
