/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-payload.h"

G_BEGIN_DECLS

#define TL_TYPE_FORMAT_OPTIONS (tl_format_options_get_type ())
G_DECLARE_FINAL_TYPE (TlFormatOptions, tl_format_options, TL, FORMAT_OPTIONS, GtkWidget)

/**
 * TlFormatOptions:
 *
 * The controls of a TlPayload: mode, character set, line ending, checksum, macros. Properties: "payload" (TlPayload), "orientation".
 * Signal "insert" (string): a macro was chosen from the list of them, to be put into the text.
 */
const TlPayload *tl_format_options_get_payload (TlFormatOptions *self);
/* Where the character set is chosen for all of a conversation. */
void             tl_format_options_hide_charset (TlFormatOptions *self);
void             tl_format_options_set_payload (TlFormatOptions *self,
                                                const TlPayload *payload);

G_END_DECLS
