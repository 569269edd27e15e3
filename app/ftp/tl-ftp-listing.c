/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listing in memory: a record of fixed size for each entry, and one block with the bytes of all names. Owners, groups and permissions are much the same
 * from line to line and are kept once. */

#include "tl-ftp-listing.h"

#include <string.h>

#include "tl-ftp-listing-build.h"

/* Both numbers are what an offset can say. */
#define MAX_BYTES (G_MAXUINT32 - 4 * (gsize) TL_FTP_LISTING_MAX_NAME)
#define N_RECENT 256

typedef struct {
  guint32 offset;
  guint16 length;
} Text;

typedef struct {
  gint64 size;
  gint64 time;
  guint32 name;             /* the target follows the name */
  guint32 permissions, owner, group;
  guint16 name_length, target_length, permissions_length, owner_length, group_length;
  gint16 mode;
  guint kind : 3;
  guint precision : 3;
  guint unsafe : 1;
  guint seems_link : 1;
} Record;

struct _TlFtpListing
{
  gatomicrefcount ref_count;
  TlFtpListingFormat format;
  gboolean is_cut;
  gboolean is_said;
  int      clock_offset;

  Record *records;
  guint n_records, n_room;
  guint8 *bytes;
  gsize n_bytes, n_bytes_room;
  GArray *unparsed;         /* of Line */
  Text recent[N_RECENT];    /* words that may come again, by their hash */
};

typedef struct {
  guint32 offset, length;
} Line;

G_DEFINE_BOXED_TYPE (TlFtpListing, tl_ftp_listing, tl_ftp_listing_ref, tl_ftp_listing_unref)

G_DEFINE_ENUM_TYPE (TlFtpListingFormat, tl_ftp_listing_format,
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_MLSD, "mlsd"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_UNIX, "unix"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_DOS, "dos"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_EPLF, "eplf"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_VMS, "vms"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_MVS, "mvs"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_OS400, "os400"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_OS2, "os2"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_NETWARE, "netware"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LISTING_VXWORKS, "vxworks"))

G_DEFINE_ENUM_TYPE (TlFtpEntryKind, tl_ftp_entry_kind,
                    G_DEFINE_ENUM_VALUE (TL_FTP_ENTRY_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_ENTRY_DIRECTORY, "directory"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_ENTRY_LINK, "link"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_ENTRY_OTHER, "other"))

G_DEFINE_ENUM_TYPE (TlFtpTimePrecision, tl_ftp_time_precision,
                    G_DEFINE_ENUM_VALUE (TL_FTP_TIME_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_TIME_DAY, "day"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_TIME_MINUTE, "minute"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_TIME_SECOND, "second"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_TIME_GUESSED_YEAR, "guessed-year"))

TlFtpListing *
tl_ftp_listing_new (void)
{
  TlFtpListing *self = g_new0 (TlFtpListing, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->unparsed = g_array_new (FALSE, FALSE, sizeof (Line));
  return self;
}

void
tl_ftp_listing_clear (TlFtpListing *self)
{
  self->n_records = 0;
  self->n_bytes = 0;
  self->format = TL_FTP_LISTING_EMPTY;
  g_array_set_size (self->unparsed, 0);
  memset (self->recent, 0, sizeof self->recent);
}

void
tl_ftp_listing_set_format (TlFtpListing       *self,
                           TlFtpListingFormat  format)
{
  self->format = format;
}

void
tl_ftp_listing_set_cut (TlFtpListing *self,
                        gboolean      is_cut)
{
  self->is_cut = is_cut;
}

void
tl_ftp_listing_set_said (TlFtpListing *self,
                         gboolean      is_said)
{
  self->is_said = is_said;
}

void
tl_ftp_listing_set_clock_offset (TlFtpListing *self,
                                 int           seconds)
{
  self->clock_offset = seconds;
}

/* The offset of the copy; there is room, as has_room() was asked. */
static guint32
add_bytes (TlFtpListing *self,
           const guint8 *p,
           gsize         length)
{
  gsize offset = self->n_bytes;

  if (offset + length > self->n_bytes_room)
    {
      self->n_bytes_room = MAX (4096, offset + length + offset / 2);
      self->bytes = g_realloc (self->bytes, self->n_bytes_room);
    }
  if (length > 0)
    memcpy (self->bytes + offset, p, length);
  self->n_bytes += length;
  return (guint32) offset;
}

static guint32
add_recent (TlFtpListing *self,
            const guint8 *p,
            guint16       length)
{
  guint hash = length;
  Text *recent;

  if (length == 0)
    return 0;
  for (guint i = 0; i < length; i++)
    hash = hash * 31 + p[i];
  recent = &self->recent[(hash ^ hash >> 8 ^ hash >> 16) % N_RECENT];
  if (recent->length != length || memcmp (self->bytes + recent->offset, p, length) != 0)
    {
      recent->offset = add_bytes (self, p, length);
      recent->length = length;
    }
  return recent->offset;
}

static gboolean
has_room (const TlFtpListing *self,
          gsize               length)
{
  return self->n_records + self->unparsed->len < TL_FTP_LISTING_MAX_ENTRIES && self->n_bytes + length < MAX_BYTES;
}

static gboolean
is_unsafe (const guint8 *name,
           gsize         length)
{
  return memchr (name, '/', length) != NULL || memchr (name, '\0', length) != NULL || memchr (name, '\r', length) != NULL ||
         memchr (name, '\n', length) != NULL;
}

gboolean
tl_ftp_listing_add_entry (TlFtpListing           *self,
                          const TlFtpListingItem *item)
{
  gsize total = (gsize) item->name_length + item->target_length + item->permissions_length + item->owner_length + item->group_length;
  Record *record;

  if (!has_room (self, total))
    return FALSE;
  if (self->n_records == self->n_room)
    {
      self->n_room = MAX (64, self->n_room + self->n_room / 2);
      self->records = g_renew (Record, self->records, self->n_room);
    }

  record = &self->records[self->n_records++];
  *record = (Record) {
    .size = item->size,
    .time = item->time,
    .name_length = item->name_length,
    .target_length = item->target_length,
    .permissions_length = item->permissions_length,
    .owner_length = item->owner_length,
    .group_length = item->group_length,
    .mode = (gint16) item->mode,
    .kind = item->kind,
    .precision = item->precision,
    .unsafe = is_unsafe (item->name, item->name_length),
    .seems_link = item->seems_link,
  };
  record->name = add_bytes (self, item->name, item->name_length);
  add_bytes (self, item->target, item->target_length);
  record->permissions = add_recent (self, item->permissions, item->permissions_length);
  record->owner = add_recent (self, item->owner, item->owner_length);
  record->group = add_recent (self, item->group, item->group_length);
  return TRUE;
}

gboolean
tl_ftp_listing_add_unparsed (TlFtpListing *self,
                             const guint8 *line,
                             gsize         length)
{
  Line unparsed;

  if (!has_room (self, length))
    return FALSE;
  unparsed.offset = add_bytes (self, line, length);
  unparsed.length = (guint32) length;
  g_array_append_val (self->unparsed, unparsed);
  return TRUE;
}

void
tl_ftp_listing_seal (TlFtpListing *self)
{
  self->n_room = self->n_records;
  self->records = g_renew (Record, self->records, self->n_room);
  self->n_bytes_room = self->n_bytes;
  self->bytes = g_realloc (self->bytes, self->n_bytes_room);
}

TlFtpListing *
tl_ftp_listing_ref (TlFtpListing *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_listing_unref (TlFtpListing *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->records);
  g_free (self->bytes);
  g_array_unref (self->unparsed);
  g_free (self);
}

TlFtpListingFormat
tl_ftp_listing_get_format (const TlFtpListing *self)
{
  return self->format;
}

guint
tl_ftp_listing_get_n_entries (const TlFtpListing *self)
{
  return self->n_records;
}

/* NULL for what is not there, as it came from the parser. */
static const guint8 *
get_bytes (const TlFtpListing *self,
           guint32             offset,
           guint16             length)
{
  return length > 0 ? self->bytes + offset : NULL;
}

void
tl_ftp_listing_get_entry (const TlFtpListing *self,
                          guint               index,
                          TlFtpListingItem   *item)
{
  const Record *record;

  g_return_if_fail (index < self->n_records);

  record = &self->records[index];
  *item = (TlFtpListingItem) {
    .name = get_bytes (self, record->name, record->name_length),
    .target = get_bytes (self, record->name + record->name_length, record->target_length),
    .permissions = get_bytes (self, record->permissions, record->permissions_length),
    .owner = get_bytes (self, record->owner, record->owner_length),
    .group = get_bytes (self, record->group, record->group_length),
    .name_length = record->name_length,
    .target_length = record->target_length,
    .permissions_length = record->permissions_length,
    .owner_length = record->owner_length,
    .group_length = record->group_length,
    .size = record->size,
    .time = record->time,
    .precision = record->precision,
    .kind = record->kind,
    .mode = record->mode,
    .unsafe = record->unsafe,
    .seems_link = record->seems_link,
  };
}

const guint8 *
tl_ftp_listing_get_name (const TlFtpListing *self,
                         guint               index,
                         gsize              *length)
{
  *length = self->records[index].name_length;
  return self->bytes + self->records[index].name;
}

guint
tl_ftp_listing_get_n_unparsed (const TlFtpListing *self)
{
  return self->unparsed->len;
}

GBytes *
tl_ftp_listing_dup_unparsed (const TlFtpListing *self,
                             guint               index)
{
  const Line *line;

  g_return_val_if_fail (index < self->unparsed->len, NULL);

  line = &g_array_index (self->unparsed, Line, index);
  return g_bytes_new (self->bytes + line->offset, line->length);
}

int
tl_ftp_listing_get_clock_offset (const TlFtpListing *self)
{
  return self->clock_offset;
}

gboolean
tl_ftp_listing_is_cut (const TlFtpListing *self)
{
  return self->is_cut;
}

gboolean
tl_ftp_listing_is_said (const TlFtpListing *self)
{
  return self->is_said;
}

gsize
tl_ftp_listing_get_memory (const TlFtpListing *self)
{
  return sizeof *self + self->n_room * sizeof (Record) + self->n_bytes_room + self->unparsed->len * sizeof (Line);
}
