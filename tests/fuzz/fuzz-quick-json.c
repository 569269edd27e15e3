/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of quick sends: a sentence, or sends and sequences that come back the same from what is written of them. */
#include "fuzz.h"

#include "tl-quick-json.h"

static GBytes *
rewrite (TlQuickBook *book)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();

  g_assert_true (tl_quick_sends_add_all (sends, book->sends, book->sequences, NULL, NULL));
  return tl_quick_json_write (sends);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlQuickBook) book = tl_quick_json_read (json, &error);
  g_autoptr (TlQuickBook) again = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  if (book == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  first = rewrite (book);
  again = tl_quick_json_read (first, &error);
  g_assert_no_error (error);
  second = rewrite (again);
  g_assert_true (g_bytes_equal (first, second));

  return 0;
}
