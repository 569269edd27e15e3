/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For tl-message-export.c only. */

#include "tl-message-export.h"

G_BEGIN_DECLS

/* The rows that a source had when it was made (or those with some ids), as text in slices. Belongs to the main loop. */
typedef struct _TlExportRows TlExportRows;

typedef enum {
  TL_EXPORT_NEXT_NOTHING, /* all are written */
  TL_EXPORT_NEXT_ROW,     /* tl_export_rows_fill() */
  TL_EXPORT_NEXT_AWAITED, /* from disk: tl_export_rows_wait_async() */
  TL_EXPORT_NEXT_LARGE,   /* in a thread: tl_export_rows_format_async() */
} TlExportNext;

/* @ids: of guint64 (nullable: all rows). The slice begins with what stands before the first row. (transfer full) */
TlExportRows *tl_export_rows_new           (TlMessageSource      *source,
                                            GArray               *ids,
                                            TlExportFormat        format);
/* Not while it waits or formats. */
void          tl_export_rows_free          (TlExportRows         *self);
/* As in tl_message_source_decode(). */
void          tl_export_rows_set_text      (TlExportRows         *self,
                                            TlCharset             charset,
                                            gboolean              is_datagram);
/* Before the first row; @about is needed until it returns. */
void          tl_export_rows_set_capture   (TlExportRows         *self,
                                            const TlCaptureAbout *about);

TlExportNext  tl_export_rows_get_next      (TlExportRows         *self);
/* What is to be written now; whoever has written it empties it. (transfer none), until a format finishes. */
GString      *tl_export_rows_get_slice     (TlExportRows         *self);
/* Rows in all slices so far. */
gint64        tl_export_rows_get_n_written (TlExportRows         *self);

/* Appends rows to the slice, for some milliseconds, as long as the next is at hand. */
void          tl_export_rows_fill          (TlExportRows         *self);
/* Until rows have come, whichever, or for a while. Not cancellable: it is short. */
void          tl_export_rows_wait_async    (TlExportRows         *self,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void          tl_export_rows_wait_finish   (TlExportRows         *self,
                                            GAsyncResult         *result);
/* The next row becomes the slice, which has to be empty. */
void          tl_export_rows_format_async  (TlExportRows         *self,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
void          tl_export_rows_format_finish (TlExportRows         *self,
                                            GAsyncResult         *result);

G_END_DECLS
