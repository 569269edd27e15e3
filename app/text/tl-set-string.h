/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * tl_set_string:
 * @field: where the struct keeps a string of its own
 * @value: (nullable): what it is to be
 *
 * What g_set_str() of GLib 2.76 does.
 *
 * Returns: whether it was another one before
 */
static inline gboolean
tl_set_string (char      **field,
               const char *value)
{
  char *copy;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;
  copy = g_strdup (value);
  g_free (*field);
  *field = copy;
  return TRUE;
}
