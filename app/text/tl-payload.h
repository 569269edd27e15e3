/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-charset.h"
#include "tl-checksum.h"

G_BEGIN_DECLS

#define TL_TYPE_PAYLOAD_MODE (tl_payload_mode_get_type ())
#define TL_TYPE_LINE_ENDING (tl_line_ending_get_type ())
#define TL_TYPE_PAYLOAD (tl_payload_get_type ())

typedef enum {
  TL_PAYLOAD_TEXT,
  TL_PAYLOAD_HEX,
  TL_PAYLOAD_ESCAPES,
} TlPayloadMode;

#define TL_N_PAYLOAD_MODES (TL_PAYLOAD_ESCAPES + 1)

typedef enum {
  TL_LINE_ENDING_NONE,
  TL_LINE_ENDING_LF,
  TL_LINE_ENDING_CRLF,
  TL_LINE_ENDING_CR,
} TlLineEnding;

#define TL_N_LINE_ENDINGS (TL_LINE_ENDING_CR + 1)

GType       tl_payload_mode_get_type (void);
GType       tl_line_ending_get_type  (void);

/**
 * TlPayload:
 * @mode: how what was typed is read
 * @charset: of text and of escapes
 * @line_ending: what stands at the end, and what a line break that was typed becomes (none: LF); not for hex
 * @checksum: over the bytes before it; it stands before the line ending that closes the message, as NMEA and Modbus ASCII have it
 * @macros: what stands in braces is filled in at each sending
 *
 * How what a person typed becomes the bytes of a message.
 *
 * Macros: a `{` that a letter or a digit follows begins one; any other brace is itself (JSON stays as it is), and `{{` is a brace that a letter may follow.
 * {time} is "2026-01-31 12:34:56.789" (local), {time:%H:%M} as g_date_time_format() has it; {unixtime} seconds since 1970; {counter} counts the sendings
 * from 1, {counter:5} with so many digits; {random:8} so many letters and digits; {crc32} (and the other words of TlChecksum) the checksum of all bytes
 * before it as hex digits, {xor:1} without the first byte. With escapes {random} and the checksums give bytes instead. In hex all numbers are bytes too,
 * the high one first: {unixtime} and {counter} 4 of them, {counter:2} so many; {time} is text in UTF-8.
 */
typedef struct {
  TlPayloadMode mode;
  TlCharset     charset;
  TlLineEnding  line_ending;
  TlChecksum    checksum;
  gboolean      macros;
} TlPayload;

GType       tl_payload_get_type      (void);
TlPayload  *tl_payload_copy          (const TlPayload  *self);
void        tl_payload_free          (TlPayload        *self);
gboolean    tl_payload_equal         (const TlPayload  *a,
                                      const TlPayload  *b);
/* Translated: "Text", "Hex", "Escapes"; "None", "LF", … */
const char *tl_payload_mode_get_label (TlPayloadMode    mode);
const char *tl_line_ending_get_label (TlLineEnding      line_ending);

/* @text as the bytes to send, the first time and now. @position, unless NULL, gets the character (from 1) that is wrong, 0 where it is none in particular.
 * G_IO_ERROR_INVALID_DATA: the sentence names what is wrong and where. Empty text gives what the line ending and checksum make of it. */
GBytes     *tl_payload_build         (const TlPayload  *self,
                                      const char       *text,
                                      gsize            *position,
                                      GError          **error);
/* The error of a message that is too large to be made. */
void        tl_payload_set_size_error (GError          **error);
/* For people, translated: "Text · UTF-8 · CRLF · CRC-16/MODBUS"; what adds nothing is left out. */
char       *tl_payload_dup_summary   (const TlPayload  *self);
/* The same without the character set, where that is chosen elsewhere. */
char       *tl_payload_dup_settings  (const TlPayload  *self);
/* "text;UTF-8;crlf;crc16-modbus", with ";macros" behind it where they are on, and back: for settings. Unknown words leave what @self has; false when there was one. */
char       *tl_payload_to_string     (const TlPayload  *self);
gboolean    tl_payload_from_string   (TlPayload        *self,
                                      const char       *string);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPayload, tl_payload_free)

G_END_DECLS
