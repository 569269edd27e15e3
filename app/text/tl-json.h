/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_JSON_MAX_DEPTH 64
#define TL_JSON_MAX_VALUES 200000

typedef enum {
  TL_JSON_NULL,
  TL_JSON_BOOLEAN,
  TL_JSON_NUMBER,
  TL_JSON_STRING,
  TL_JSON_ARRAY,
  TL_JSON_OBJECT,
} TlJsonKind;

/**
 * TlJson:
 *
 * A value of a JSON text (RFC 8259) that somebody else may have written, with the line that it stands in. Not a GObject; the values below it belong to it.
 */
typedef struct _TlJson TlJson;

/* (transfer full). Bounded in depth and number of values. A member that stands twice, half a surrogate pair and \u0000 (no text can have it) are refused.
 * G_IO_ERROR_INVALID_DATA: a sentence that names the line. */
TlJson     *tl_json_parse         (GBytes        *bytes,
                                   GError       **error);
void        tl_json_free          (TlJson        *self);
TlJsonKind  tl_json_get_kind      (const TlJson  *self);
/* From 1. */
guint       tl_json_get_line      (const TlJson  *self);
gboolean    tl_json_get_boolean   (const TlJson  *self);
/* (nullable): NULL when it is no string. */
const char *tl_json_get_string    (const TlJson  *self);
/* False when it is no whole number, or outside of the range. */
gboolean    tl_json_get_integer   (const TlJson  *self,
                                   gint64         least,
                                   gint64         most,
                                   gint64        *value);
/* 0 when it is no array. */
guint       tl_json_get_n_elements (const TlJson *self);
const TlJson *tl_json_get_element (const TlJson  *self,
                                   guint          position);
/* (nullable): NULL when it has none of that name. */
const TlJson *tl_json_get_member  (const TlJson  *self,
                                   const char    *name);
/* (nullable): the name of a member that is none of @names. */
const char *tl_json_find_unknown  (const TlJson  *self,
                                   const char * const *names);
/* In quotes, with the escapes that JSON needs; @text is valid UTF-8. */
void        tl_json_append_string (GString       *out,
                                   const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlJson, tl_json_free)

G_END_DECLS
