/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FILE_POPOVER (tl_file_popover_get_type ())
G_DECLARE_FINAL_TYPE (TlFilePopover, tl_file_popover, TL, FILE_POPOVER, GtkPopover)

/**
 * TlFilePopover:
 *
 * In which pieces a file is sent. Properties: "is-datagram" (boolean: pieces are datagrams), "can-start" (boolean).
 * Signal "chosen" (GFile): for each file that the person chose.
 */
/* Lets the person choose files. */
void  tl_file_popover_choose          (TlFilePopover *self);
void  tl_file_popover_set_is_datagram (TlFilePopover *self,
                                       gboolean       is_datagram);
/* Bytes. */
guint tl_file_popover_get_piece       (TlFilePopover *self);
/* Milliseconds between pieces. */
guint tl_file_popover_get_gap         (TlFilePopover *self);

G_END_DECLS
