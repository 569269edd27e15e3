/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"

G_BEGIN_DECLS

/* The user's history, once for the program; made with the first use. (transfer none) */
TlHistory *tl_history_home_get   (void);
/* Keeps it within the bounds of the keys "history-days" and "history-megabytes" of @settings from now on. */
void       tl_history_home_start (GSettings *settings);
/* For the end of the program: waits until everything is written. */
void       tl_history_home_close (void);

G_END_DECLS
