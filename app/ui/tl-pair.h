/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-session-page.h"

G_BEGIN_DECLS

#define TL_TYPE_PAIR (tl_pair_get_type ())
G_DECLARE_FINAL_TYPE (TlPair, tl_pair, TL, PAIR, GtkWidget)

/* Two sessions beside each other; where there is no room, one of them, with buttons to choose which.
 * Properties as those of TlSessionPage: "title", "icon", "busy", "needs-attention" (what either of them has). */
GtkWidget     *tl_pair_new         (const char    *title,
                                    TlSessionPage *first,
                                    TlSessionPage *second);
/* The one that is shown or that had the focus last: what keys are for. */
TlSessionPage *tl_pair_get_current (TlPair        *self);

G_END_DECLS
