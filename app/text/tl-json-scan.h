/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be wrong with a string. */
typedef enum {
  TL_JSON_STRING_GOOD,
  TL_JSON_STRING_CONTROL,     /* a control character stands in it, a line's end among them */
  TL_JSON_STRING_ESCAPE,      /* an escape is none, or half a surrogate pair */
  TL_JSON_STRING_ENDLESS,     /* the closing quote is missing */
} TlJsonStringFlaw;

/**
 * TlJsonScan:
 *
 * The words of JSON (RFC 8259), one after the other: what those who read a whole text and those who read one line of many have in common. The bytes are not
 * held and need no NUL behind them. A string is not looked through for valid UTF-8: that is for whoever has not done so before.
 */
typedef struct {
  const char *next;
  const char *end;
  guint       line;     /* counts the ends of lines that were passed over between words */
} TlJsonScan;

void     tl_json_scan_skip_blanks (TlJsonScan        *self);
/* Passes over blanks and then @letter; where there is another one, over the blanks alone. */
gboolean tl_json_scan_take        (TlJsonScan        *self,
                                   char               letter);
/* What is behind the opening quote, up to and with the closing one: (transfer full) (nullable), without its escapes; \u0000 is a NUL in it. Where it is wrong,
 * @flaw says what, and next is behind the opening quote or behind the last character that is right. */
GString *tl_json_scan_take_string (TlJsonScan        *self,
                                   TlJsonStringFlaw  *flaw);

G_END_DECLS
