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

/* The payloads of @rows, one a line. Stops after @max_bytes; @n_copied gets how many rows it is. (transfer full) */
char *tl_log_copy (TlMessageSource *source,
                   GtkBitset       *rows,
                   TlLogCopyKind    kind,
                   TlCharset        charset,
                   gboolean         is_datagram,
                   gsize            max_bytes,
                   guint           *n_copied);

G_END_DECLS
