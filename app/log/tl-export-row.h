/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For tl-export-rows.c only. */

#include "tl-message-export.h"

G_BEGIN_DECLS

/* Appends one row with its line end. @text: the payload as valid UTF-8; @bytes: as it is. */
void tl_export_row_append (GString             *out,
                           TlExportFormat       format,
                           const TlMessageInfo *info,
                           const char          *peer,
                           const char          *text,
                           GBytes              *bytes);

/* Whether sentences have a place in it, or only bytes. */
gboolean tl_export_format_has_events (TlExportFormat format);

G_END_DECLS
