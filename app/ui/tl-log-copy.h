/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  TL_LOG_COPY_TEXT,
  TL_LOG_COPY_HEX,
  TL_LOG_COPY_ROWS, /* with time, direction and peer, as the plain text export writes them */
} TlLogCopyKind;

/* About as much as other programs still take from a clipboard; the export is for more. */
#define TL_LOG_COPY_MAX_BYTES (4 * 1024 * 1024)

/**
 * TlLogCopy:
 *
 * Rows on their way to the clipboard: at once where they are at hand, as soon as they have been read where they are on disk.
 */
typedef struct _TlLogCopy TlLogCopy;

/* @text: the payloads, one a line, of the first @n_copied rows: it stops after so many bytes. The callee may free @self. */
typedef void (*TlLogCopyDone) (TlLogCopy  *self,
                               const char *text,
                               guint       n_copied,
                               gpointer    user_data);

TlLogCopy *tl_log_copy_new   (TlMessageSource *source,
                              GtkBitset       *rows,
                              TlLogCopyKind    kind,
                              TlCharset        charset,
                              gboolean         is_datagram,
                              gsize            max_bytes,
                              TlLogCopyDone    done,
                              gpointer         user_data);
/* May call @done before it returns. */
void       tl_log_copy_start (TlLogCopy       *self);
/* How many rows there were to copy. */
guint      tl_log_copy_get_n_rows (TlLogCopy  *self);
/* Before @done was called it never will be. */
void       tl_log_copy_free  (TlLogCopy       *self);

G_END_DECLS
