/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-compare.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a file differs from that on the other side: a sign, a word and a colour. */

/* Translated; "" for a folder, of which nothing is known. @local: of the file of this machine. (transfer none) */
const char          *tl_ftp_compare_mark_text       (TlFtpDifference         difference,
                                                     gboolean                local);
/* Translated: the same as a sentence, for a tooltip. (transfer none) (nullable) */
const char          *tl_ftp_compare_mark_sentence   (TlFtpDifference         difference);
GtkWidget           *tl_ftp_compare_mark_new        (void);
/* In a cell of a table, whose row is coloured too. @row (nullable): nothing is known. */
void                 tl_ftp_compare_mark_show       (GtkWidget              *mark,
                                                     const TlFtpComparedRow *row,
                                                     gboolean                local);
/* (transfer full): takes @factory. */
GtkColumnViewColumn *tl_ftp_compare_mark_new_column (GtkListItemFactory     *factory);

G_END_DECLS
