/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message.h"

G_BEGIN_DECLS

/**
 * TlJsonLine:
 *
 * One row of a JSON Lines export, read again.
 */
typedef struct {
  gint64         time;     /* µs since 1970; 0: it has none */
  TlMessageKind  kind;
  char          *peer;     /* (nullable) */
  GBytes        *bytes;    /* from "base64", or from "text" in UTF-8 where there is none */
} TlJsonLine;

void     tl_json_line_clear (TlJsonLine  *self);
/* One object on one line, of any members in any order (RFC 8259), of which "kind" and "base64" or "text" are needed. G_IO_ERROR_INVALID_DATA, a sentence. */
gboolean tl_json_line_parse (const char  *line,
                             gsize        length,
                             TlJsonLine  *self,
                             GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlJsonLine, tl_json_line_clear)

G_END_DECLS
