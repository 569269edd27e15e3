/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message.h"
#include "tl-charset.h"

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_SOURCE (tl_message_source_get_type ())
G_DECLARE_INTERFACE (TlMessageSource, tl_message_source, TL, MESSAGE_SOURCE, GListModel)

#define TL_MESSAGE_SOURCE_LOOKBACK_ROWS 256
#define TL_MESSAGE_SOURCE_LOOKBACK_BYTES (256 * 1024)

/**
 * TlMessageSource:
 *
 * A `GListModel` of `TlMessage` whose rows can also be read without making objects. The log is one; so is what a filter lets
 * through and what framing makes of the log. Search, export and decoding take any of them.
 *
 * Signal "ready": see tl_message_source_is_ready().
 */
struct _TlMessageSourceInterface
{
  GTypeInterface parent_iface;

  gboolean    (*peek)      (TlMessageSource *self, guint position, TlMessageInfo *info);
  GBytes     *(*dup_bytes) (TlMessageSource *self, guint position);
  const char *(*peer_name) (TlMessageSource *self, guint32 peer);
  gboolean    (*find_id)   (TlMessageSource *self, guint64 id, guint *position);
  gboolean    (*previous)  (TlMessageSource *self, guint position, guint *previous);
  gboolean    (*is_ready)  (TlMessageSource *self, guint position);
  guint64     (*get_id)    (TlMessageSource *self, guint position);
  TlMessageSource *(*origin) (TlMessageSource *self, guint *position);
};

/* False past the end. A row without its payload: no allocation. */
gboolean    tl_message_source_peek      (TlMessageSource *self,
                                         guint            position,
                                         TlMessageInfo   *info);
/* The id of a row, also of one that is not ready; 0 past the end. */
guint64     tl_message_source_get_id    (TlMessageSource *self,
                                         guint            position);
/* (transfer full): the payload, whole. NULL past the end. */
GBytes     *tl_message_source_dup_bytes (TlMessageSource *self,
                                         guint            position);
/* (transfer none) (nullable): the peer's name, valid until a peer is added to the log. */
const char *tl_message_source_peer_name (TlMessageSource *self,
                                         guint32          peer);
/* Whether the row is at hand. A source that reads from disk then begins to read it, and emits "ready" when rows have come; looked at before, it is an
 * empty row. All other sources are always ready. */
gboolean    tl_message_source_is_ready  (TlMessageSource *self,
                                         guint            position);
/* For sources: rows have come. */
void        tl_message_source_tell_ready (TlMessageSource *self);
/* Whether all that tl_message_source_decode() looks at for this row is at hand: in a stream the rows before and behind it as well. Else as
 * tl_message_source_is_ready() of the first that is not. */
gboolean    tl_message_source_is_text_ready (TlMessageSource *self,
                                         guint            position,
                                         TlCharset        charset,
                                         gboolean         is_datagram);
/* The position of the row with that id, or of the first after it; false when there is none. */
gboolean    tl_message_source_find_id   (TlMessageSource *self,
                                         guint64          id,
                                         guint           *position);
/* The nearest row before @position with the same peer and direction, looking back at most TL_MESSAGE_SOURCE_LOOKBACK_ROWS rows. False when there
 * is none or when the row begins a stream (its offset is 0). A source that does not implement it is searched row by row. */
gboolean    tl_message_source_previous  (TlMessageSource *self,
                                         guint            position,
                                         guint           *previous);
/* The nearest row after @position whose tl_message_source_previous() it is. */
gboolean    tl_message_source_next      (TlMessageSource *self,
                                         guint            position,
                                         guint           *next);
/* (transfer none): where all rows are of which this source has some, and which of them @position is there. The source itself when it has all. */
TlMessageSource *tl_message_source_get_origin (TlMessageSource *self,
                                         guint           *position);
/* The text of a row as it reads in its stream, also with what is before and behind it filtered out: a character that began in the row before is completed here, one that ends in the
 * next row is left to it. @is_datagram: each row stands alone. At most @max_bytes of the payload are decoded (0: all).
 * Rows that are not data are UTF-8 and stand alone. Looks back at most TL_MESSAGE_SOURCE_LOOKBACK_ROWS rows or
 * TL_MESSAGE_SOURCE_LOOKBACK_BYTES bytes to find where characters begin.
 * Control characters are left as they are; see tl_escape_visible(). (transfer full): valid UTF-8; "" past the end. */
char       *tl_message_source_decode    (TlMessageSource *self,
                                         guint            position,
                                         TlCharset        charset,
                                         gboolean         is_datagram,
                                         gsize            max_bytes);

/**
 * TlRowDecoder:
 *
 * The decoding of one row, begun where the source is and done wherever there is time for it, in a thread also.
 */
typedef struct _TlRowDecoder TlRowDecoder;

/* As tl_message_source_decode() of all of the row. NULL past the end. */
TlRowDecoder *tl_message_source_begin_decode (TlMessageSource *self,
                                              guint            position,
                                              TlCharset        charset,
                                              gboolean         is_datagram);
/* @bytes: the payload of that row. To be called once. (transfer full) */
char         *tl_row_decoder_run             (TlRowDecoder    *self,
                                              GBytes          *bytes);
/* Appends what the next bytes of the row complete to @text: for who wants to know which bytes became which characters. */
void          tl_row_decoder_feed            (TlRowDecoder    *self,
                                              const guint8    *data,
                                              gsize            length,
                                              GString         *text);
void          tl_row_decoder_free            (TlRowDecoder    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRowDecoder, tl_row_decoder_free)

G_END_DECLS
