/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which character set bytes are most likely in. */
#include "tl-charset.h"

#include <uchardet.h>

static const struct {
  const char *name; /* what uchardet calls it */
  TlCharset   charset;
} names[] = {
  { "ASCII", TL_CHARSET_UTF_8 },
  { "UTF-8", TL_CHARSET_UTF_8 },
  { "GB18030", TL_CHARSET_GB18030 },
  { "BIG5", TL_CHARSET_BIG5 },
  { "SHIFT_JIS", TL_CHARSET_SHIFT_JIS },
  { "EUC-KR", TL_CHARSET_EUC_KR },
  { "UHC", TL_CHARSET_EUC_KR },
  { "ISO-8859-1", TL_CHARSET_ISO_8859_1 },
  { "ISO-8859-15", TL_CHARSET_ISO_8859_1 },
  { "WINDOWS-1252", TL_CHARSET_ISO_8859_1 },
};

gboolean
tl_charset_guess (const guint8 *data,
                  gsize         length,
                  TlCharset    *charset)
{
  uchardet_t detector;
  gboolean found = FALSE;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (charset != NULL, FALSE);

  detector = uchardet_new ();
  if (uchardet_handle_data (detector, (const char *) data, length) == 0)
    {
      const char *name;

      uchardet_data_end (detector);
      name = uchardet_get_charset (detector);
      for (guint i = 0; i < G_N_ELEMENTS (names) && !found; i++)
        {
          if (g_ascii_strcasecmp (name, names[i].name) == 0)
            {
              *charset = names[i].charset;
              found = TRUE;
            }
        }
    }
  uchardet_delete (detector);
  return found;
}
