/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-queue.h"

G_BEGIN_DECLS

/* What a row and the header say of transfers. Pure. */

/* "5 s", "2 min", "1 h 20 min" left, translated. (transfer full) */
char       *tl_transfer_words_left    (gint64        seconds);
/* "3.2 MB / 10 MB · 1.1 MB/s · 5 s left"; of a folder also the number of files. (transfer full) */
char       *tl_transfer_words_detail  (TlTransfer   *transfer);
/* The same for little room: "32 % · 1.1 MB/s" of what runs, else the size. (transfer full) */
char       *tl_transfer_words_short   (TlTransfer   *transfer);
/* What is wrong with it, or why it waits: "Retry 2 in 8 s: …". (transfer full) (nullable) */
char       *tl_transfer_words_problem (TlTransfer   *transfer);
/* Where to: "→ ~/Downloads", "→ ftp.example.org:/pub". (transfer full) */
char       *tl_transfer_words_target  (TlTransfer   *transfer);
/* "2 active · 5 paused · 1 failed · 45 % · 1.1 MB/s · 5 s left". @fraction and @left -1: unknown. (transfer full) */
char       *tl_transfer_words_totals  (guint         n_active,
                                       guint         n_failed,
                                       guint         n_paused,
                                       double        fraction,
                                       double        speed,
                                       gint64        left);
/* One of Adwaita's colour classes. */
const char *tl_transfer_state_css_class (TlTransferState state);

G_END_DECLS
