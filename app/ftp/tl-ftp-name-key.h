/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlFtpNameKeys:
 *
 * Makes the keys of g_utf8_collate_key_for_filename() for the many names of one folder. The language's share of a key is dear, and names of one folder have
 * much in common ("report-2024.txt"): what stands between digits and dots is asked for once as long as it comes again. For one thread at a time.
 */
typedef struct _TlFtpNameKeys TlFtpNameKeys;

TlFtpNameKeys *tl_ftp_name_keys_new    (void);
void           tl_ftp_name_keys_free   (TlFtpNameKeys *self);
/* Appends the key of @text, which is UTF-8, without a NUL. */
void           tl_ftp_name_keys_append (TlFtpNameKeys *self,
                                        const char    *text,
                                        GString       *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpNameKeys, tl_ftp_name_keys_free)

G_END_DECLS
