/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Framing: the frames are the same however the bytes were cut, and together are all bytes.
 * Up to the first NUL stands the framing as a string, then a byte that says where to cut, then the stream. */
#include "fuzz.h"

#include <string.h>

#include "tl-framing.h"

static void
check_string (const TlFraming *framing)
{
  g_autofree char *text = tl_framing_to_string (framing);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) back = tl_framing_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (tl_framing_equal (framing, back));
}

/* The lengths of the frames; the last one may not be complete. */
static GArray *
cut (const TlFraming *framing,
     const guint8    *data,
     gsize            size,
     guint            step)
{
  g_autoptr (TlFramer) framer = tl_framer_new (framing);
  GArray *lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize current = 0;

  for (gsize done = 0; done < size;)
    {
      gsize n = step == 0 ? size : MIN (size - done, step % 5 + 1);

      step = step * 5;
      while (n > 0)
        {
          gboolean complete = FALSE;
          gsize used = tl_framer_feed (framer, data + done, n, 0, &complete);

          g_assert_cmpuint (used, <=, n);
          g_assert_true (complete || used == n);
          current += used;
          done += used;
          n -= used;
          if (complete)
            {
              g_assert_cmpuint (current, >, 0);
              g_assert_cmpuint (current, <=, TL_FRAME_MAX);
              g_array_append_val (lengths, current);
              current = 0;
            }
        }
    }

  g_array_append_val (lengths, current);
  return lengths;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const guint8 *end = size > 0 ? memchr (data, 0, size) : NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) framing = tl_framing_from_string (text, &error);
  g_autoptr (GArray) whole = NULL;
  g_autoptr (GArray) pieces = NULL;

  if (framing == NULL)
    {
      g_assert_true (error != NULL && error->domain == G_IO_ERROR);
      return 0;
    }

  check_string (framing);
  if (end == NULL || size - (gsize) (end - data) < 2 || framing->kind == TL_FRAMING_NONE)
    return 0;

  size -= (gsize) (end - data) + 2;
  whole = cut (framing, end + 2, size, 0);
  pieces = cut (framing, end + 2, size, end[1] | 1u);
  g_assert_cmpmem (whole->data, whole->len * sizeof (gsize), pieces->data, pieces->len * sizeof (gsize));

  return 0;
}
