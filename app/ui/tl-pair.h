/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_PAIR (tl_pair_get_type ())
G_DECLARE_FINAL_TYPE (TlPair, tl_pair, TL, PAIR, GtkWidget)

/* Two widgets beside each other, or one above the other where there is no room. Property: "title". */
GtkWidget *tl_pair_new       (const char *title,
                              GtkWidget  *first,
                              GtkWidget  *second);
GtkWidget *tl_pair_get_first  (TlPair    *self);
GtkWidget *tl_pair_get_second (TlPair    *self);

G_END_DECLS
