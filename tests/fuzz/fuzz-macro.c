/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Macros: a message within the bound, or a mistake with a position inside the text. Without macros, what was typed.
 * The first byte chooses mode and scope, the second the character set. */
#include "fuzz.h"

#include <string.h>

#include "tl-payload-plan.h"

static void
check (const TlPayload    *payload,
       const char         *text,
       const TlMacroScope *scope)
{
  static const TlMacroMessage message = { (const guint8 *) "a\0b", 3, "1.2.3.4:5", "1.2.3.4", 5, 9, NULL };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const TlMacroContext context = { 1769862896789000, 258, random, &message };
  g_autoptr (GError) error = NULL;
  gsize position = 0;
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (payload, text, scope, &position, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (plan == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (position, <=, strlen (text) + 1);
      return;
    }

  g_assert_no_error (error);
  bytes = tl_payload_plan_make (plan, &context);
  g_assert_true (bytes == NULL || g_bytes_get_size (bytes) <= TL_PAYLOAD_PLAN_MAX);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GRegex) regex = NULL;
  g_autofree char *text = NULL;
  TlPayload payload = { TL_PAYLOAD_TEXT };
  TlMacroScope scope = { FALSE, NULL, FALSE };

  if (size < 2)
    return 0;

  regex = g_regex_new ("(?<name>a)(b)?", 0, 0, NULL);
  payload = (TlPayload) { data[0] % TL_N_PAYLOAD_MODES, data[1] % TL_N_CHARSETS, data[0] / 4 % TL_N_LINE_ENDINGS, data[0] / 16 % TL_N_CHECKSUMS, TRUE };
  text = g_strndup ((const char *) data + 2, size - 2);
  check (&payload, text, NULL);
  scope.message = TRUE;
  scope.regex = regex;
  check (&payload, text, &scope);
  scope.strict = TRUE;
  check (&payload, text, &scope);
  payload.macros = FALSE;
  check (&payload, text, NULL);

  return 0;
}
