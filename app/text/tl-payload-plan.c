/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed, as pieces that are bytes already and macros that are filled in at each sending. */
#include "tl-payload-plan.h"

#include "tl-escape.h"
#include "tl-hex.h"
#include "tl-macro.h"

#include <string.h>

typedef struct {
  char    *typed;      /* only while the plan is made */
  GBytes  *literal;
  TlMacro *macro;
} Piece;

struct _TlPayloadPlan
{
  TlPayload  payload;
  GArray    *pieces;
  GBytes    *ending;
  gboolean   varies;
};

static const char * const endings[TL_N_LINE_ENDINGS] = { "", "\n", "\r\n", "\r" };

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->typed, g_free);
  g_clear_pointer (&piece->literal, g_bytes_unref);
  g_clear_pointer (&piece->macro, tl_macro_free);
}

/* The first character of @text that the character set does not have, from 1. */
static gsize
find_unencodable (TlCharset   charset,
                  const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize bad = 0;

  tl_charset_append (charset, text, strlen (text), bytes, &bad);

  return (gsize) g_utf8_pointer_to_offset (text, text + bad) + 1;
}

static GBytes *
encode (const TlPayload  *payload,
        const char       *text,
        gsize            *position,
        GError          **error)
{
  GBytes *bytes;

  if (payload->mode == TL_PAYLOAD_HEX)
    return tl_hex_parse (text, position, error);
  if (payload->mode == TL_PAYLOAD_ESCAPES)
    return tl_escape_parse (text, payload->charset, position, error);

  bytes = tl_charset_encode (payload->charset, text, -1, error);
  if (bytes == NULL)
    *position = find_unencodable (payload->charset, text);
  return bytes;
}

/* A line break that was typed becomes the line ending that was chosen. */
static GBytes *
encode_lines (const TlPayload  *payload,
              const char       *text,
              gsize            *position,
              GError          **error)
{
  g_autoptr (GString) broken = NULL;

  if (payload->mode == TL_PAYLOAD_HEX || payload->line_ending <= TL_LINE_ENDING_LF || !strchr (text, '\n'))
    return encode (payload, text, position, error);

  broken = g_string_sized_new (strlen (text) + 16);
  for (const char *p = text; *p; p++)
    {
      if (*p == '\n')
        g_string_append (broken, endings[payload->line_ending]);
      else
        g_string_append_c (broken, *p);
    }

  return encode (payload, broken->str, position, error);
}

/* A text that is being taken apart. */
typedef struct {
  TlPayloadPlan      *plan;
  const char         *text;
  const TlMacroScope *scope;
  GString            *literal;   /* since the last macro */
  GString            *masked;    /* all of it, with what a macro covers as harmless characters: the positions in errors are those that the person sees */
  gsize              *position;
  GError            **error;
} Parser;

static void
end_literal (Parser *parser)
{
  Piece piece = { NULL, NULL, NULL };

  if (parser->literal->len == 0)
    return;

  piece.typed = g_strndup (parser->literal->str, parser->literal->len);
  g_string_truncate (parser->literal, 0);
  g_array_append_val (parser->plan->pieces, piece);
}

static void
take_literal (Parser     *parser,
              const char *p,
              gsize       length)
{
  g_string_append_len (parser->literal, p, (gssize) length);
  g_string_append_len (parser->masked, p, (gssize) length);
}

static void
mask (Parser     *parser,
      const char *p,
      gsize       length)
{
  const gboolean is_hex = parser->plan->payload.mode == TL_PAYLOAD_HEX;

  for (glong n = g_utf8_strlen (p, (gssize) length); n > 0; n--)
    g_string_append_c (parser->masked, is_hex ? ' ' : '_');
}

/* An escape as it stands, for tl_escape_parse(): the braces of \u{…} are not ours. */
static gsize
escape_length (const char *p)
{
  const char *end = p[1] == 'u' ? strchr (p, '}') : NULL;

  if (end != NULL)
    return (gsize) (end - p) + 1;
  return p[1] != '\0' ? 2 : 1;
}

/* At a brace. Returns its bytes, or 0 with an error. */
static gsize
take_brace (Parser     *parser,
            const char *p)
{
  /* In hex a brace means nothing, even a doubled one. */
  const gboolean doubled = p[1] == p[0] && (*p == '{' || parser->scope->strict) && parser->plan->payload.mode != TL_PAYLOAD_HEX;
  Piece piece = { NULL, NULL, NULL };
  gsize length = 0;

  if (doubled)
    {
      g_string_append_c (parser->literal, *p);
      mask (parser, p, 2);
      return 2;
    }
  if (*p == '}' && parser->scope->strict)
    {
      tl_macro_set_closing_error (parser->text, p, parser->position, parser->error);
      return 0;
    }

  if (*p == '{')
    {
      switch (tl_macro_parse (parser->text, p, &parser->plan->payload, parser->scope, &piece.macro, &length,
                              parser->position, parser->error))
        {
        case TL_MACRO_WRONG:
          return 0;
        case TL_MACRO_FOUND:
          mask (parser, p, length);
          end_literal (parser);
          g_array_append_val (parser->plan->pieces, piece);
          parser->plan->varies = TRUE;
          return length;
        case TL_MACRO_NONE:
        default:
          break;
        }
    }

  take_literal (parser, p, 1);
  return 1;
}

static gboolean
take_apart (Parser *parser)
{
  const gboolean has_escapes = parser->plan->payload.mode == TL_PAYLOAD_ESCAPES;
  const char *special = !parser->plan->payload.macros ? "" : has_escapes ? "\\{}" : "{}";

  for (const char *p = parser->text; *p != '\0';)
    {
      gsize length = *special != '\0' ? strcspn (p, special) : strlen (p);

      take_literal (parser, p, length);
      p += length;
      if (*p == '\\')
        {
          length = escape_length (p);
          take_literal (parser, p, length);
          p += length;
        }
      else if (*p != '\0')
        {
          length = take_brace (parser, p);
          if (length == 0)
            return FALSE;
          p += length;
        }
    }

  return TRUE;
}

static gboolean
encode_pieces (TlPayloadPlan  *self,
               gsize          *position,
               GError        **error)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->typed == NULL)
        continue;
      piece->literal = encode_lines (&self->payload, piece->typed, position, error);
      if (piece->literal == NULL)
        return FALSE;
      g_clear_pointer (&piece->typed, g_free);
    }

  return TRUE;
}

static TlPayloadPlan *
plan_new (const TlPayload  *payload,
          GError          **error)
{
  g_autoptr (TlPayloadPlan) self = g_atomic_rc_box_new0 (TlPayloadPlan);

  self->payload = *payload;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  if (payload->mode == TL_PAYLOAD_HEX)
    return g_steal_pointer (&self);

  self->ending = tl_charset_encode (payload->charset, endings[payload->line_ending], -1, error);
  return self->ending != NULL ? g_steal_pointer (&self) : NULL;
}

TlPayloadPlan *
tl_payload_plan_new (const TlPayload     *payload,
                     const char          *text,
                     const TlMacroScope  *scope,
                     gsize               *position,
                     GError             **error)
{
  static const TlMacroScope nothing = { FALSE, NULL, FALSE };
  g_autoptr (TlPayloadPlan) self = NULL;
  g_autoptr (GString) literal = g_string_new (NULL);
  g_autoptr (GString) masked = g_string_new (NULL);
  g_autoptr (GBytes) checked = NULL;
  gsize ignored;
  Parser parser;

  g_return_val_if_fail (payload != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (position == NULL)
    position = &ignored;
  *position = 0;

  self = plan_new (payload, error);
  if (self == NULL)
    return NULL;

  parser = (Parser) { self, text, scope != NULL ? scope : &nothing, literal, masked, position, error };
  if (g_utf8_validate (text, -1, NULL))
    {
      if (!take_apart (&parser))
        return NULL;
      end_literal (&parser);
    }
  else
    g_string_assign (masked, text);

  /* All of it as it was typed first: the positions in the errors are those of the text. */
  checked = encode (payload, masked->str, position, error);
  if (checked == NULL)
    return NULL;

  return encode_pieces (self, position, error) ? g_steal_pointer (&self) : NULL;
}

TlPayloadPlan *
tl_payload_plan_new_for_bytes (GBytes *bytes)
{
  const TlPayload payload = { TL_PAYLOAD_HEX };
  const Piece piece = { .literal = g_bytes_ref (bytes) };
  TlPayloadPlan *self = plan_new (&payload, NULL);

  g_array_append_val (self->pieces, piece);

  return self;
}

TlPayloadPlan *
tl_payload_plan_ref (TlPayloadPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
plan_clear (gpointer data)
{
  TlPayloadPlan *self = data;

  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->ending, g_bytes_unref);
}

void
tl_payload_plan_unref (TlPayloadPlan *self)
{
  g_atomic_rc_box_release_full (self, plan_clear);
}

gboolean
tl_payload_plan_varies (TlPayloadPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->varies;
}

static gboolean
append_bytes (GByteArray *out,
              GBytes     *bytes)
{
  const gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (length > 0)
    g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint) length);
  return out->len <= TL_PAYLOAD_PLAN_MAX;
}

GBytes *
tl_payload_plan_make (TlPayloadPlan        *self,
                      const TlMacroContext *context)
{
  g_autoptr (GByteArray) out = NULL;
  guint8 sum[TL_CHECKSUM_MAX_SIZE];
  gsize n_sum;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  out = g_byte_array_new ();
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      const gboolean fits = piece->macro != NULL ? tl_macro_append (piece->macro, &self->payload, context, out)
                                                 : append_bytes (out, piece->literal);

      if (!fits)
        return NULL;
    }

  n_sum = tl_checksum_compute (self->payload.checksum, out->data, out->len, sum);
  g_byte_array_append (out, sum, (guint) n_sum);

  return append_bytes (out, self->ending) ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
