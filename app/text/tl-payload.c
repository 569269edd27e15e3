/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How what a person typed becomes the bytes of a message: mode, character set, line ending, checksum. */
#include "tl-payload.h"

#include "tl-payload-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_ENUM_TYPE (TlPayloadMode, tl_payload_mode,
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_HEX, "hex"),
                    G_DEFINE_ENUM_VALUE (TL_PAYLOAD_ESCAPES, "escapes"))

G_DEFINE_ENUM_TYPE (TlLineEnding, tl_line_ending,
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_LF, "lf"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_CRLF, "crlf"),
                    G_DEFINE_ENUM_VALUE (TL_LINE_ENDING_CR, "cr"))

G_DEFINE_BOXED_TYPE (TlPayload, tl_payload, tl_payload_copy, tl_payload_free)

static const char *
enum_nick (GType type,
           int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);

  return found ? found->value_nick : "";
}

static gboolean
enum_from_nick (GType       type,
                const char *nick,
                int        *value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value_by_nick (class, nick);

  if (found)
    *value = found->value;

  return found != NULL;
}

TlPayload *
tl_payload_copy (const TlPayload *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
tl_payload_free (TlPayload *self)
{
  g_free (self);
}

gboolean
tl_payload_equal (const TlPayload *a,
                  const TlPayload *b)
{
  return a->mode == b->mode && a->charset == b->charset && a->line_ending == b->line_ending && a->checksum == b->checksum
         && !a->macros == !b->macros;
}

const char *
tl_payload_mode_get_label (TlPayloadMode mode)
{
  switch (mode)
    {
    case TL_PAYLOAD_TEXT:
      return C_("payload mode", "Text");
    case TL_PAYLOAD_HEX:
      return C_("payload mode", "Hex");
    case TL_PAYLOAD_ESCAPES:
      return C_("payload mode", "Escapes");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
tl_line_ending_get_label (TlLineEnding line_ending)
{
  switch (line_ending)
    {
    case TL_LINE_ENDING_NONE:
      return C_("line ending", "None");
    case TL_LINE_ENDING_LF:
      return "LF";
    case TL_LINE_ENDING_CRLF:
      return "CRLF";
    case TL_LINE_ENDING_CR:
      return "CR";
    default:
      g_return_val_if_reached ("");
    }
}

GBytes *
tl_payload_build (const TlPayload  *self,
                  const char       *text,
                  gsize            *position,
                  GError          **error)
{
  const TlMacroContext context = { .time = g_get_real_time (), .counter = 1 };
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (self, text, NULL, position, error);
  GBytes *bytes;

  if (plan == NULL)
    return NULL;

  bytes = tl_payload_plan_make (plan, &context);
  if (bytes == NULL)
    tl_payload_set_size_error (error);
  return bytes;
}

void
tl_payload_set_size_error (GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("The message would be larger than %d MiB, which is more than one message can be."), TL_PAYLOAD_PLAN_MAX / 1024 / 1024);
}

static char *
summarize (const TlPayload *self,
           gboolean         with_charset)
{
  GString *out = g_string_new (tl_payload_mode_get_label (self->mode));

  if (self->mode != TL_PAYLOAD_HEX)
    {
      if (with_charset)
        g_string_append_printf (out, " · %s", tl_charset_get_name (self->charset));
      if (self->line_ending != TL_LINE_ENDING_NONE)
        g_string_append_printf (out, " · %s", tl_line_ending_get_label (self->line_ending));
    }
  if (self->checksum != TL_CHECKSUM_NONE)
    g_string_append_printf (out, " · %s", tl_checksum_get_label (self->checksum));
  if (self->macros)
    g_string_append_printf (out, " · %s", C_("payload", "Macros"));

  return g_string_free (out, FALSE);
}

char *
tl_payload_dup_summary (const TlPayload *self)
{
  return summarize (self, TRUE);
}

char *
tl_payload_dup_settings (const TlPayload *self)
{
  return summarize (self, FALSE);
}

char *
tl_payload_to_string (const TlPayload *self)
{
  return g_strdup_printf ("%s;%s;%s;%s%s",
                          enum_nick (TL_TYPE_PAYLOAD_MODE, self->mode),
                          tl_charset_get_name (self->charset),
                          enum_nick (TL_TYPE_LINE_ENDING, self->line_ending),
                          tl_checksum_get_word (self->checksum),
                          self->macros ? ";macros" : "");
}

gboolean
tl_payload_from_string (TlPayload  *self,
                        const char *string)
{
  g_auto (GStrv) words = g_strsplit (string, ";", 6);
  const guint n_words = g_strv_length (words);
  gboolean good = n_words == 4 || (n_words == 5 && g_str_equal (words[4], "macros"));
  int value;

  if (!good)
    return FALSE;

  if (enum_from_nick (TL_TYPE_PAYLOAD_MODE, words[0], &value))
    self->mode = value;
  else
    good = FALSE;

  good = tl_charset_from_name (words[1], &self->charset) && good;

  if (enum_from_nick (TL_TYPE_LINE_ENDING, words[2], &value))
    self->line_ending = value;
  else
    good = FALSE;

  self->macros = n_words == 5;

  return tl_checksum_from_word (words[3], &self->checksum) && good;
}
