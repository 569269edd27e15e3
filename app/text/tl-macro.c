/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One macro of a text: which it is, and what it says this time. */
#include "tl-macro.h"

#include "tl-hex.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FORMAT 200          /* bytes of the format of a time */
#define MAX_DIGITS 20
#define MAX_OFFSET 65536

typedef enum {
  KIND_TIME,
  KIND_UNIXTIME,
  KIND_COUNTER,
  KIND_RANDOM,
  KIND_CHECKSUM,
  KIND_TEXT,              /* this and all below: of the message that is answered */
  KIND_HEX,
  KIND_PEER,
  KIND_HOST,
  KIND_PORT,
  KIND_COUNT,
  KIND_LENGTH,
  KIND_CAPTURE,
} Kind;

struct _TlMacro
{
  Kind       kind;
  TlChecksum checksum;
  guint      number;      /* what stands after the colon; the group of a capture */
  char      *format;
};

static const struct {
  const char *name;
  Kind        kind;
} names[] = {
  { "time", KIND_TIME },
  { "unixtime", KIND_UNIXTIME },
  { "counter", KIND_COUNTER },
  { "random", KIND_RANDOM },
  { "text", KIND_TEXT },
  { "hex", KIND_HEX },
  { "peer", KIND_PEER },
  { "host", KIND_HOST },
  { "port", KIND_PORT },
  { "count", KIND_COUNT },
  { "length", KIND_LENGTH },
};

/* What is being looked at. */
typedef struct {
  const char         *text;
  const char         *brace;
  gsize               length;    /* from brace to brace, both included */
  const char         *argument;  /* behind the colon, or NULL */
  char               *name;
  const TlPayload    *payload;
  const TlMacroScope *scope;
  gsize               position;
  TlMacro            *macro;
} Look;

/* Sets @error, with a sentence that takes the macro and its position, and is false. */
#define FAIL(look, sentence) \
  (g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, sentence, (int) (look)->length, (look)->brace, (look)->position), FALSE)

void
tl_macro_free (TlMacro *self)
{
  if (self == NULL)
    return;

  g_free (self->format);
  g_free (self);
}

static gboolean
fail_unknown (const Look  *look,
              GError     **error)
{
  if (look->scope->message)
    return FAIL (look, _("“%.*s” at position %zu is not a field; use {text}, {hex}, {peer}, {host}, {port}, {time}, {count}, {length}, {unixtime}, {counter}, {random:8} or a checksum such as {crc32}, and write {{ for a brace."));

  return FAIL (look, _("“%.*s” at position %zu is not a macro; use {time}, {unixtime}, {counter}, {random:8} or a checksum such as {crc32}, and write {{ for a brace."));
}

/* The number behind the colon. */
static gboolean
read_number (const Look  *look,
             guint        least,
             guint        most,
             GError     **error)
{
  g_autofree char *digits = NULL;
  guint64 value;

  if (look->argument != NULL)
    {
      digits = g_strndup (look->argument, (gsize) (look->brace + look->length - 1 - look->argument));
      if (g_ascii_string_to_unsigned (digits, 10, least, most, &value, NULL))
        {
          look->macro->number = (guint) value;
          return TRUE;
        }
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("“%.*s” at position %zu needs a number from %u to %u after a colon, as in {%s:%u}."),
               (int) look->length, look->brace, look->position, least, most, look->name, CLAMP (4, least, most));
  return FALSE;
}

static gboolean
read_format (const Look  *look,
             GError     **error)
{
  g_autoptr (GDateTime) sample = g_date_time_new_from_unix_utc (0);
  g_autoptr (GByteArray) encoded = g_byte_array_new ();
  g_autofree char *made = NULL;
  const char *format;
  gsize bad;

  if (look->argument == NULL)
    return TRUE;

  look->macro->format = g_strndup (look->argument, (gsize) (look->brace + look->length - 1 - look->argument));
  if (strlen (look->macro->format) <= MAX_FORMAT)
    made = g_date_time_format (sample, look->macro->format);
  if (made == NULL || *made == '\0')
    return FAIL (look, _("“%.*s” at position %zu has no format of a time after the colon; write it as in {time:%%H:%%M:%%S}."));

  format = look->macro->format;
  if (look->payload->mode == TL_PAYLOAD_HEX || tl_charset_append (look->payload->charset, format, strlen (format), encoded, &bad))
    return TRUE;
  tl_charset_set_error (look->payload->charset, format + bad,
                        (gsize) g_utf8_pointer_to_offset (look->text, look->argument + bad) + 1, error);
  return FALSE;
}

static gboolean
read_capture (const Look  *look,
              GError     **error)
{
  GRegex *regex = look->scope->regex;
  guint64 group = 0;
  int named;

  if (!look->scope->message)
    return FAIL (look, _("“%.*s” at position %zu is what a group of a regular expression caught; only the answer of a rule can use it. Write {{ for a brace."));
  if (regex == NULL)
    return FAIL (look, _("“%.*s” at position %zu is what a group of a regular expression caught; the rule has none. Write {{ for a brace."));

  if (g_ascii_isdigit (*look->name))
    {
      if (!g_ascii_string_to_unsigned (look->name, 10, 0, (guint64) g_regex_get_capture_count (regex), &group, NULL))
        return FAIL (look, _("“%.*s” at position %zu: the regular expression has fewer groups; the first one in parentheses is {1}."));
      look->macro->number = (guint) group;
      return TRUE;
    }

  named = g_regex_get_string_number (regex, look->name);
  if (named < 0)
    return fail_unknown (look, error);
  look->macro->number = (guint) named;
  return TRUE;
}

/* What may stand behind the colon, for each kind. */
static gboolean
read_argument (const Look  *look,
               GError     **error)
{
  switch (look->macro->kind)
    {
    case KIND_TIME:
      return read_format (look, error);
    case KIND_RANDOM:
      return read_number (look, 1, TL_MACRO_MAX_RANDOM, error);
    case KIND_COUNTER:
      return look->argument == NULL
             || read_number (look, 1, look->payload->mode == TL_PAYLOAD_HEX ? sizeof (guint64) : MAX_DIGITS, error);
    case KIND_CHECKSUM:
      return look->argument == NULL || read_number (look, 0, MAX_OFFSET, error);
    case KIND_UNIXTIME:
    case KIND_TEXT:
    case KIND_HEX:
    case KIND_PEER:
    case KIND_HOST:
    case KIND_PORT:
    case KIND_COUNT:
    case KIND_LENGTH:
    case KIND_CAPTURE:
    default:
      return look->argument == NULL || FAIL (look, _("“%.*s” at position %zu takes nothing after a colon."));
    }
}

static gboolean
identify (const Look  *look,
          GError     **error)
{
  TlMacro *macro = look->macro;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, look->name))
      {
        macro->kind = names[i].kind;
        if (macro->kind >= KIND_TEXT && !look->scope->message)
          return FAIL (look, _("“%.*s” at position %zu speaks of a message that is answered; only an automatic answer can use it. Write {{ for a brace."));
        return read_argument (look, error);
      }

  if (tl_checksum_from_word (look->name, &macro->checksum) && macro->checksum != TL_CHECKSUM_NONE)
    {
      macro->kind = KIND_CHECKSUM;
      return read_argument (look, error);
    }

  macro->kind = KIND_CAPTURE;
  if (!g_ascii_isdigit (*look->name) && (look->scope->regex == NULL || !look->scope->message))
    return fail_unknown (look, error);

  return read_capture (look, error) && read_argument (look, error);
}

TlMacroVerdict
tl_macro_parse (const char          *text,
                const char          *brace,
                const TlPayload     *payload,
                const TlMacroScope  *scope,
                TlMacro            **macro,
                gsize               *length,
                gsize               *position,
                GError             **error)
{
  const gsize inside = strcspn (brace + 1, "{}");
  g_autofree char *name = NULL;
  g_autoptr (TlMacro) found = NULL;
  const char *colon;
  Look look;

  if (!scope->strict && !g_ascii_isalnum (brace[1]))
    return TL_MACRO_NONE;

  *position = (gsize) g_utf8_pointer_to_offset (text, brace) + 1;
  if (brace[1 + inside] != '}')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The “{” at position %zu is not closed; write {{ for a brace."), *position);
      return TL_MACRO_WRONG;
    }

  found = g_new0 (TlMacro, 1);
  colon = memchr (brace, ':', inside + 1);
  name = g_strndup (brace + 1, colon != NULL ? (gsize) (colon - brace) - 1 : inside);
  look = (Look) {
    .text = text, .brace = brace, .length = inside + 2, .argument = colon != NULL ? colon + 1 : NULL, .name = name,
    .payload = payload, .scope = scope, .position = *position, .macro = found,
  };
  if (!identify (&look, error))
    return TL_MACRO_WRONG;

  *position = 0;
  *length = inside + 2;
  *macro = g_steal_pointer (&found);
  return TL_MACRO_FOUND;
}

void
tl_macro_set_closing_error (const char  *text,
                            const char  *brace,
                            gsize       *position,
                            GError     **error)
{
  *position = (gsize) g_utf8_pointer_to_offset (text, brace) + 1;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("The “}” at position %zu closes nothing; write }} for a brace."), *position);
}

static gboolean
append_bytes (GByteArray *out,
              const void *data,
              gsize       length)
{
  if (length > TL_PAYLOAD_PLAN_MAX - MIN (out->len, TL_PAYLOAD_PLAN_MAX))
    return FALSE;

  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
  return TRUE;
}

/* What we say is ours, and written in the set of the conversation; in hex, which has none, as UTF-8. */
static gboolean
append_words (const TlPayload *payload,
              GByteArray      *out,
              const char      *words)
{
  const guint start = out->len;
  gsize bad;

  if (payload->mode != TL_PAYLOAD_HEX && tl_charset_append (payload->charset, words, strlen (words), out, &bad))
    return out->len <= TL_PAYLOAD_PLAN_MAX;

  g_byte_array_set_size (out, start);
  return append_bytes (out, words, strlen (words));
}

/* In hex a number is bytes, the high one first. */
static gboolean
append_number (const TlPayload *payload,
               GByteArray      *out,
               guint64          value,
               guint            width)
{
  const guint64 big = GUINT64_TO_BE (value);
  g_autofree char *words = NULL;

  if (payload->mode == TL_PAYLOAD_HEX)
    return append_bytes (out, (const guint8 *) &big + sizeof big - width, width);

  words = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) width, value);
  return append_words (payload, out, words);
}

static gboolean
append_time (const TlMacro   *self,
             const TlPayload *payload,
             gint64           time,
             GByteArray      *out)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) whole = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr (GDateTime) local = whole != NULL ? g_date_time_add (whole, time % G_USEC_PER_SEC) : NULL;
  g_autofree char *words = local != NULL ? g_date_time_format (local, self->format ? self->format : "%Y-%m-%d %H:%M:%S") : NULL;
  g_autofree char *fine = NULL;

  if (self->format != NULL)
    return append_words (payload, out, words != NULL ? words : "");

  /* As the log writes it. */
  fine = g_strdup_printf ("%s.%03d", words != NULL ? words : "", (int) (time % G_USEC_PER_SEC / 1000));
  return append_words (payload, out, fine);
}

static guint32
next_random (const TlMacroContext *context)
{
  return context->random != NULL ? g_rand_int (context->random) : g_random_int ();
}

/* As bytes, but in text as letters and digits: bytes at random are no text. */
static gboolean
append_random (const TlMacro        *self,
               const TlPayload      *payload,
               const TlMacroContext *context,
               GByteArray           *out)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  g_autofree char *made = g_malloc0 (self->number + 1);

  for (guint i = 0; i < self->number; i++)
    made[i] = (char) (payload->mode == TL_PAYLOAD_TEXT ? letters[next_random (context) % (sizeof letters - 1)] : next_random (context) >> 24);

  return payload->mode == TL_PAYLOAD_TEXT ? append_words (payload, out, made) : append_bytes (out, made, self->number);
}

/* Over all that stands before it; in text as digits. */
static gboolean
append_checksum (const TlMacro   *self,
                 const TlPayload *payload,
                 GByteArray      *out)
{
  const guint skip = MIN (self->number, out->len);
  guint8 sum[TL_CHECKSUM_MAX_SIZE];
  const gsize n = tl_checksum_compute (self->checksum, out->len > 0 ? out->data + skip : NULL, out->len - skip, sum);
  g_autofree char *digits = NULL;

  if (payload->mode != TL_PAYLOAD_TEXT)
    return append_bytes (out, sum, n);

  digits = tl_hex_format (sum, n, "");
  return append_words (payload, out, digits);
}

static gboolean
append_of_message (const TlMacro        *self,
                   const TlPayload      *payload,
                   const TlMacroMessage *message,
                   GByteArray           *out)
{
  g_autofree char *words = NULL;
  GBytes *caught;

  switch (self->kind)
    {
    case KIND_TEXT:
      return append_bytes (out, message->data, message->length);
    case KIND_HEX:
      if (message->length > TL_PAYLOAD_PLAN_MAX / 3)
        return FALSE;
      words = tl_hex_format (message->data, message->length, " ");
      return append_words (payload, out, words);
    case KIND_PEER:
      return append_words (payload, out, message->peer != NULL ? message->peer : "");
    case KIND_HOST:
      return append_words (payload, out, message->host != NULL ? message->host : "");
    case KIND_PORT:
      return append_number (payload, out, message->port, payload->mode == TL_PAYLOAD_HEX ? 2 : 1);
    case KIND_COUNT:
      return append_number (payload, out, message->count, payload->mode == TL_PAYLOAD_HEX ? 4 : 1);
    case KIND_LENGTH:
      return append_number (payload, out, message->length, payload->mode == TL_PAYLOAD_HEX ? 4 : 1);
    case KIND_CAPTURE:
      caught = message->captures != NULL && self->number < message->captures->len ? message->captures->pdata[self->number] : NULL;
      return caught == NULL || append_bytes (out, g_bytes_get_data (caught, NULL), g_bytes_get_size (caught));
    case KIND_TIME:
    case KIND_UNIXTIME:
    case KIND_COUNTER:
    case KIND_RANDOM:
    case KIND_CHECKSUM:
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
tl_macro_append (const TlMacro        *self,
                 const TlPayload      *payload,
                 const TlMacroContext *context,
                 GByteArray           *out)
{
  const guint width = payload->mode == TL_PAYLOAD_HEX ? 4 : 1;

  switch (self->kind)
    {
    case KIND_TIME:
      return append_time (self, payload, context->time, out);
    case KIND_UNIXTIME:
      return append_number (payload, out, (guint64) (context->time / G_USEC_PER_SEC), width);
    case KIND_COUNTER:
      return append_number (payload, out, context->counter, self->number > 0 ? self->number : width);
    case KIND_RANDOM:
      return append_random (self, payload, context, out);
    case KIND_CHECKSUM:
      return append_checksum (self, payload, out);
    case KIND_TEXT:
    case KIND_HEX:
    case KIND_PEER:
    case KIND_HOST:
    case KIND_PORT:
    case KIND_COUNT:
    case KIND_LENGTH:
    case KIND_CAPTURE:
    default:
      return context->message != NULL && append_of_message (self, payload, context->message, out);
    }
}
