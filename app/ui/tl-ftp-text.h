/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From what the engine tells to what a widget shows. Pure, but for the icons, which are kept. All (transfer full) unless told. */

/* "1.2 MB"; "" when it is not known. */
char       *tl_ftp_text_size         (gint64              size);
/* In the zone of this machine; a date alone where no more is known; "" where nothing is. */
char       *tl_ftp_text_time         (gint64              time,
                                      TlFtpTimePrecision  precision);
/* What the precision means for the one who reads it; (nullable): NULL for a time that is exact to the second. */
const char *tl_ftp_text_precision    (TlFtpTimePrecision  precision);
/* A path for reading, in the set of the connection. */
char       *tl_ftp_text_path         (GBytes             *path,
                                      TlFtpCharset        charset,
                                      TlCharset           guess);
/* The style class of the pill: one of Adwaita's colour classes. (transfer none) */
const char *tl_ftp_state_css_class   (TlFtpState          state);
/* (transfer none) */
const char *tl_ftp_state_icon_name   (TlFtpState          state);
gboolean    tl_ftp_state_is_busy     (TlFtpState          state);
/* From the first packet to the last. */
gboolean    tl_ftp_state_is_active   (TlFtpState          state);
/* "Automatic", "UTF-8", … (transfer none) */
const char *tl_ftp_charset_get_label (TlFtpCharset        charset);
/* The icon of a file's kind, by its name; few are kept. (transfer none) */
GIcon      *tl_ftp_icon_for          (TlFtpEntryKind      kind,
                                      const char         *name);

G_END_DECLS
