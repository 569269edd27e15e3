/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_FTP_LISTING_MAX_ENTRIES 1000000
#define TL_FTP_LISTING_MAX_NAME 65535

#define TL_TYPE_FTP_LISTING_FORMAT (tl_ftp_listing_format_get_type ())

typedef enum {
  TL_FTP_LISTING_EMPTY,      /* no line that tells */
  TL_FTP_LISTING_MLSD,       /* RFC 3659 */
  TL_FTP_LISTING_UNIX,       /* ls -l with its variants, NetWare and VxWorks's ll among them have names of their own */
  TL_FTP_LISTING_DOS,        /* DOS and IIS */
  TL_FTP_LISTING_EPLF,
  TL_FTP_LISTING_VMS,
  TL_FTP_LISTING_MVS,
  TL_FTP_LISTING_OS400,
  TL_FTP_LISTING_OS2,
  TL_FTP_LISTING_NETWARE,
  TL_FTP_LISTING_VXWORKS,
} TlFtpListingFormat;

GType tl_ftp_listing_format_get_type (void);

#define TL_TYPE_FTP_ENTRY_KIND (tl_ftp_entry_kind_get_type ())

typedef enum {
  TL_FTP_ENTRY_FILE,
  TL_FTP_ENTRY_DIRECTORY,
  TL_FTP_ENTRY_LINK,         /* to what, is not known */
  TL_FTP_ENTRY_OTHER,        /* device, pipe, socket */
} TlFtpEntryKind;

GType tl_ftp_entry_kind_get_type (void);

#define TL_TYPE_FTP_TIME_PRECISION (tl_ftp_time_precision_get_type ())

typedef enum {
  TL_FTP_TIME_NONE,
  TL_FTP_TIME_DAY,           /* only the date is known */
  TL_FTP_TIME_MINUTE,
  TL_FTP_TIME_SECOND,
  TL_FTP_TIME_GUESSED_YEAR,  /* day and minute, the year is the last in which that day was not more than a day ahead */
} TlFtpTimePrecision;

GType tl_ftp_time_precision_get_type (void);

/**
 * TlFtpListingHints:
 * @now: the reference time for dates without a year, seconds since 1970 UTC
 * @syst: (nullable): what SYST answered, e.g. "UNIX Type: L8"
 * @is_mlsd: the answer to MLSD, not to LIST
 * @utc_offset: seconds that the times of LIST are ahead of UTC; MLSD is always UTC
 * @clock_offset: how much of that is because the server's clock is another one than it says
 * @is_cut: the data ended in a way that does not tell whether they are all
 * @is_said: there were no data: the server refused to send any, in words that may mean that there is nothing
 */
typedef struct {
  gint64      now;
  const char *syst;
  gboolean    is_mlsd;
  int         utc_offset;
  int         clock_offset;
  gboolean    is_cut;
  gboolean    is_said;
} TlFtpListingHints;

/**
 * TlFtpListingItem:
 *
 * One entry, pointing into the listing: valid as long as the listing. Byte strings are not NUL-terminated and may be of length 0.
 * @size: bytes, or -1
 * @time: seconds since 1970 UTC, meaningful unless @precision is TL_FTP_TIME_NONE
 * @permissions: as the server wrote it: "rwxr-xr-x" (without the type letter), or a VMS or MVS text
 * @mode: the nine bits and setuid, setgid, sticky, or -1
 * @unsafe: the name holds '/', NUL, CR or LF: it is shown, and cannot be operated on
 * @seems_link: a folder by its type, of which the same line says that what can be done with folders cannot be done with it, and what can be done with files can: a link to one, as
 * ProFTPD shows it with "ShowSymlinks off"
 */
typedef struct {
  const guint8      *name, *target, *permissions, *owner, *group;
  guint16            name_length, target_length, permissions_length, owner_length, group_length;
  gint64             size;
  gint64             time;
  TlFtpTimePrecision precision;
  TlFtpEntryKind     kind;
  int                mode;
  gboolean           unsafe;
  gboolean           seems_link;
} TlFtpListingItem;

#define TL_TYPE_FTP_LISTING (tl_ftp_listing_get_type ())

/**
 * TlFtpListing:
 *
 * What a server answered to MLSD or LIST, taken apart. Immutable, reference counted, may be made and read on any thread.
 * Less than 150 bytes an entry beside its name. "." and ".." are left out; so is "total N".
 */
typedef struct _TlFtpListing TlFtpListing;

GType               tl_ftp_listing_get_type (void);
/* TL_FTP_ERROR_PROTOCOL when there are more than TL_FTP_LISTING_MAX_ENTRIES; a line that no parser takes is no error. */
TlFtpListing       *tl_ftp_listing_parse    (GBytes                  *data,
                                             const TlFtpListingHints *hints,
                                             GError                 **error);
TlFtpListing       *tl_ftp_listing_ref      (TlFtpListing            *self);
void                tl_ftp_listing_unref    (TlFtpListing            *self);
TlFtpListingFormat  tl_ftp_listing_get_format (const TlFtpListing    *self);
guint               tl_ftp_listing_get_n_entries (const TlFtpListing *self);
void                tl_ftp_listing_get_entry (const TlFtpListing     *self,
                                             guint                    index,
                                             TlFtpListingItem        *item);
/* The name alone, quickly: as in the entry. */
const guint8       *tl_ftp_listing_get_name (const TlFtpListing      *self,
                                             guint                    index,
                                             gsize                   *length);
/* Lines that no parser took: shown as such, never dropped. */
guint               tl_ftp_listing_get_n_unparsed (const TlFtpListing *self);
/* (transfer full) */
GBytes             *tl_ftp_listing_dup_unparsed (const TlFtpListing  *self,
                                             guint                    index);

/* There may be more in the folder than these entries: the data were cut off. */
gboolean            tl_ftp_listing_is_cut   (const TlFtpListing      *self);
/* It is empty, which the server has only said, in an answer that refuses: no proof that nothing is in the folder. */
gboolean            tl_ftp_listing_is_said  (const TlFtpListing      *self);
/* Seconds by which its times were corrected because of the server's clock; not those of MLSD. */
int                 tl_ftp_listing_get_clock_offset (const TlFtpListing *self);
/* Bytes that the listing keeps. */
gsize               tl_ftp_listing_get_memory (const TlFtpListing    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpListing, tl_ftp_listing_unref)

G_END_DECLS
