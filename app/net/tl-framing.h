/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_FRAMING_KIND (tl_framing_kind_get_type ())
#define TL_TYPE_FRAMING (tl_framing_get_type ())

typedef enum {
  TL_FRAMING_NONE,           /* as received */
  TL_FRAMING_LINES,          /* up to LF, CRLF or CR LF split over two reads; the line end belongs to the frame */
  TL_FRAMING_DELIMITER,
  TL_FRAMING_FIXED,
  TL_FRAMING_LENGTH_PREFIX,  /* the prefix belongs to the frame */
  TL_FRAMING_IDLE_GAP,       /* bytes that follow each other within the gap */
} TlFramingKind;

#define TL_FRAME_MAX (16 * 1024 * 1024)
#define TL_FRAMING_MAX_DELIMITER 64

/**
 * TlFraming:
 *
 * How a byte stream is cut into messages; immutable, boxed by copy. A frame that would grow past TL_FRAME_MAX is ended there.
 */
typedef struct {
  TlFramingKind kind;
  GBytes       *delimiter;      /* TL_FRAMING_DELIMITER: 1–64 bytes */
  guint         fixed_length;   /* TL_FRAMING_FIXED: 1–TL_FRAME_MAX */
  guint         prefix_size;    /* 1, 2 or 4 bytes */
  gboolean      little_endian;
  gboolean      prefix_counts_itself;
  guint         gap_ms;         /* 1–60000 */
} TlFraming;

GType      tl_framing_kind_get_type (void);
GType      tl_framing_get_type (void);
TlFraming *tl_framing_new   (TlFramingKind    kind);
TlFraming *tl_framing_copy  (const TlFraming *self);
void       tl_framing_free  (TlFraming       *self);
gboolean   tl_framing_equal (const TlFraming *a, const TlFraming *b);
/* "lines", "delimiter:0D0A", "fixed:8", "prefix:2:be", "prefix:4:le:self", "gap:20", "none": for settings. */
char      *tl_framing_to_string   (const TlFraming *self);
TlFraming *tl_framing_from_string (const char *text, GError **error);

/**
 * TlFramer:
 *
 * The state of one stream's cutting. It keeps no bytes: it is told what came, and tells where frames end.
 */
typedef struct _TlFramer TlFramer;

TlFramer *tl_framer_new  (const TlFraming *framing);
void      tl_framer_free (TlFramer        *self);
/* Looks at the next @length bytes, which came at @time µs, from their beginning, and returns how many of them end the current frame, with
 * *@complete true; or @length with *@complete false when the frame goes on. Call again with the rest. For TL_FRAMING_IDLE_GAP ask
 * tl_framer_gap_passed() first. */
gsize     tl_framer_feed (TlFramer        *self,
                          const guint8    *data,
                          gsize            length,
                          gint64           time,
                          gboolean        *complete);
/* Whether bytes that come at @time begin a new frame because the gap has passed since the last. */
gboolean  tl_framer_gap_passed (TlFramer  *self,
                                gint64     time);
/* When the gap after the last byte has passed, in µs since 1970; 0: nothing waits for one. */
gint64    tl_framer_get_gap_end (TlFramer *self);
/* Ends the frame as it stands. */
void      tl_framer_reset (TlFramer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFraming, tl_framing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFramer, tl_framer_free)

G_END_DECLS
