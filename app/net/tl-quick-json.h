/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-sends.h"

G_BEGIN_DECLS

#define TL_QUICK_JSON_MAX (8 * 1024 * 1024)

/**
 * TlQuickBook:
 *
 * What a file of quick sends holds. Not a GObject.
 */
typedef struct {
  GPtrArray *sends;       /* of TlQuickSend */
  GPtrArray *sequences;   /* of TlSequence */
} TlQuickBook;

void         tl_quick_book_free  (TlQuickBook   *self);
/* All of it as JSON, one value a line. Pure. */
GBytes      *tl_quick_json_write (TlQuickSends  *sends);
/* Pure, bounded, for any thread. All or nothing: what is not known is an error and not left out. G_IO_ERROR_INVALID_DATA: a sentence with the line;
 * G_IO_ERROR_NOT_SUPPORTED: of a later version. */
TlQuickBook *tl_quick_json_read  (GBytes        *json,
                                  GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlQuickBook, tl_quick_book_free)

G_END_DECLS
