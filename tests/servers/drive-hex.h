/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What scripts say to driven programs: hexadecimal, "-" is none. (transfer full) (nullable) */
GBytes *drive_from_hex      (const char *hex);
char   *drive_text_from_hex (const char *hex);
