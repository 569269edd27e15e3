/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-store.h"

G_BEGIN_DECLS

/* The quick sends, once for the program, kept in `$XDG_DATA_HOME/tonglu/quick-sends.json`; read when they are asked for first. */
TlQuickSends *tl_quick_home_get_sends (void);
TlQuickStore *tl_quick_home_get_store (void);
/* Writes what is not written yet, and forgets them. */
void          tl_quick_home_close     (void);

G_END_DECLS
