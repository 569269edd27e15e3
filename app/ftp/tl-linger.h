/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * TlLinger:
 *
 * Keeps the application running while something is tidied up after its last window has closed, for a few seconds at the most.
 */
typedef struct _TlLinger TlLinger;

TlLinger *tl_linger_new  (void);
void      tl_linger_free (TlLinger *self);

G_END_DECLS
