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
/* The facts of MLSD about what may be done (RFC 3659 §7.5.5: "radfwMT"), in words: "read write"; (nullable): NULL for what are no such facts. */
char       *tl_ftp_text_facts        (const char         *permissions);
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
/* What a person looks at before they trust it: of whom, by whom, when, and the fingerprint in two lines. */
char       *tl_ftp_text_certificate  (GTlsCertificate    *certificate);
/* "AB:CD:…" in two lines of the same length. */
char       *tl_ftp_text_fingerprint  (const char         *fingerprint);
/* What stands on the button that chooses: "Names: Automatic", or "Names: GBK (automatic)" when that was guessed. */
char       *tl_ftp_charset_dup_face  (TlFtpCharset        charset,
                                      TlCharset           guess);
/* The icon of a file's kind, by its name; few are kept. (transfer none) */
GIcon      *tl_ftp_icon_for          (TlFtpEntryKind      kind,
                                      const char         *name);

G_END_DECLS
