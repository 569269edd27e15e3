/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"
#include "tl-ftp-name.h"

G_BEGIN_DECLS

typedef enum {
  TL_FTP_CRITERIA_ANY,
  TL_FTP_CRITERIA_FILES,
  TL_FTP_CRITERIA_FOLDERS,
} TlFtpCriteriaKind;

/**
 * TlFtpCriteriaWish:
 * @name: (nullable): NULL or "": any. With `*` (any characters) or `?` (one) it is the whole name, else a part of it; a Perl-compatible regular expression when @is_regex
 * @fold: capital and small letters are the same
 * @min_size, @max_size: bytes, -1: any; what has no size does not match a bound
 * @newer, @older: seconds since 1970 (UTC), -1: any; not before, not after; what has no time does not match a bound
 */
typedef struct {
  const char        *name;
  gboolean           is_regex;
  gboolean           fold;
  gint64             min_size, max_size;
  gint64             newer, older;
  TlFtpCriteriaKind  kind;
} TlFtpCriteriaWish;

/**
 * TlFtpCriteria:
 *
 * Which files of a server are looked for. Names are matched as they are read in a character set; what cannot be read is "\xHH" in it. Never changes, and can be used in any
 * thread. Not a GObject.
 */
typedef struct _TlFtpCriteria TlFtpCriteria;

/* What was typed as a size or a time, in units of @factor, to *@value: rounded up, -1 for an empty text. FALSE: no number, negative or too large. */
gboolean       tl_ftp_criteria_read_number (const char *text,
                                            gint64      factor,
                                            gint64     *value);
/* G_REGEX_ERROR: what is wrong with the expression; G_IO_ERROR_INVALID_ARGUMENT: bounds that nothing can be between; a sentence. */
TlFtpCriteria *tl_ftp_criteria_new     (const TlFtpCriteriaWish *wish,
                                        GError                 **error);
TlFtpCriteria *tl_ftp_criteria_ref     (TlFtpCriteria           *self);
void           tl_ftp_criteria_unref   (TlFtpCriteria           *self);
gboolean       tl_ftp_criteria_matches (TlFtpCriteria           *self,
                                        const TlFtpListingItem  *item,
                                        TlFtpCharset             charset,
                                        TlCharset                guess);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpCriteria, tl_ftp_criteria_unref)

G_END_DECLS
