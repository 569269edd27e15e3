/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_LOCAL_MAX_NAME 255

/* Names of files beside a file. Pure; bytes, not more than TL_LOCAL_MAX_NAME of them, no UTF-8 character cut. (transfer full) */

/* "name.part", then "name.1.part", "name.2.part", … */
char     *tl_local_name_part     (const char *name,
                                  guint       n);
/* "a.txt" → "a (2).txt", ".bashrc" → ".bashrc (2)", "a.tar.gz" → "a (2).tar.gz". */
char     *tl_local_name_numbered (const char *name,
                                  guint       n);
/* Whether it can be one part of a path: not empty, ".", "..", and without a slash. */
gboolean  tl_local_name_is_safe  (const char *name);
/* For display: one line of text, with what cannot be seen made visible. */
char     *tl_local_name_display  (const char *name);

G_END_DECLS
