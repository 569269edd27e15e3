/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of a listing, as what a row of a list shows. */

#include "tl-ftp-entry.h"

#include "tl-ftp-scan.h"

struct _TlFtpEntry
{
  GObject parent_instance;

  TlFtpListing *listing;
  guint index;
  TlFtpCharset charset;
  TlCharset guess;
  char *name;
  gboolean valid;
  GBytes *raw_name;    /* NULL until asked for */
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_KIND,
  PROP_SIZE,
  PROP_TIME,
  PROP_PRECISION,
  PROP_PERMISSIONS,
  PROP_OWNER,
  PROP_GROUP,
  PROP_TARGET,
  PROP_BADGE,
  PROP_UNSAFE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpEntry, tl_ftp_entry, G_TYPE_OBJECT)

static char *
display (TlFtpEntry   *self,
         const guint8 *bytes,
         gsize         length)
{
  return length > 0 ? tl_ftp_name_display (bytes, length, self->charset, self->guess, NULL) : NULL;
}

static char *
format_mode (int mode)
{
  static const char letters[] = "rwxrwxrwx";
  char text[10];

  for (int i = 0; i < 9; i++)
    text[i] = (mode & 1 << (8 - i)) != 0 ? letters[i] : '-';
  text[9] = '\0';
  if ((mode & 04000) != 0)
    text[2] = (mode & 0100) != 0 ? 's' : 'S';
  if ((mode & 02000) != 0)
    text[5] = (mode & 0010) != 0 ? 's' : 'S';
  if ((mode & 01000) != 0)
    text[8] = (mode & 0001) != 0 ? 't' : 'T';
  return g_strdup (text);
}

/* MLSD tells the mode in digits; people read letters. */
static char *
dup_permissions (TlFtpEntry             *self,
                 const TlFtpListingItem *item)
{
  gboolean has_letters = item->permissions_length > 0 && !tl_scan_is_digit (*item->permissions);

  return item->mode >= 0 && !has_letters ? format_mode (item->mode) : display (self, item->permissions, item->permissions_length);
}

/* Not before somebody asks: a list that looks for one row among 100,000 makes an object of each, and drops it. */
static void
read_name (TlFtpEntry *self)
{
  gsize length;
  const guint8 *name = tl_ftp_listing_get_name (self->listing, self->index, &length);

  g_free (self->name);
  self->name = tl_ftp_name_display (name, length, self->charset, self->guess, &self->valid);
}

static void
need_name (TlFtpEntry *self)
{
  if (self->name == NULL)
    read_name (self);
}

static void
tl_ftp_entry_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlFtpEntry *self = TL_FTP_ENTRY (object);
  TlFtpListingItem item;

  tl_ftp_listing_get_entry (self->listing, self->index, &item);
  switch (property_id)
    {
    case PROP_NAME:
      need_name (self);
      g_value_set_string (value, self->name);
      break;
    case PROP_KIND:
      g_value_set_enum (value, item.kind);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, item.size);
      break;
    case PROP_TIME:
      g_value_set_int64 (value, item.time);
      break;
    case PROP_PRECISION:
      g_value_set_enum (value, item.precision);
      break;
    case PROP_PERMISSIONS:
      g_value_take_string (value, dup_permissions (self, &item));
      break;
    case PROP_OWNER:
      g_value_take_string (value, display (self, item.owner, item.owner_length));
      break;
    case PROP_GROUP:
      g_value_take_string (value, display (self, item.group, item.group_length));
      break;
    case PROP_TARGET:
      g_value_take_string (value, display (self, item.target, item.target_length));
      break;
    case PROP_BADGE:
      need_name (self);
      g_value_set_boolean (value, !self->valid);
      break;
    case PROP_UNSAFE:
      g_value_set_boolean (value, item.unsafe);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_ftp_entry_finalize (GObject *object)
{
  TlFtpEntry *self = TL_FTP_ENTRY (object);

  g_clear_pointer (&self->raw_name, g_bytes_unref);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_free (self->name);

  G_OBJECT_CLASS (tl_ftp_entry_parent_class)->finalize (object);
}

static void
tl_ftp_entry_class_init (TlFtpEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_ftp_entry_get_property;
  object_class->finalize = tl_ftp_entry_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_FTP_ENTRY_KIND, TL_FTP_ENTRY_FILE, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_PRECISION] = g_param_spec_enum ("precision", NULL, NULL, TL_TYPE_FTP_TIME_PRECISION, TL_FTP_TIME_NONE, flags);
  properties[PROP_PERMISSIONS] = g_param_spec_string ("permissions", NULL, NULL, NULL, flags);
  properties[PROP_OWNER] = g_param_spec_string ("owner", NULL, NULL, NULL, flags);
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, NULL, flags);
  properties[PROP_TARGET] = g_param_spec_string ("target", NULL, NULL, NULL, flags);
  properties[PROP_BADGE] = g_param_spec_boolean ("badge", NULL, NULL, FALSE, flags);
  properties[PROP_UNSAFE] = g_param_spec_boolean ("unsafe", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_ftp_entry_init (TlFtpEntry *self)
{
}

/**
 * tl_ftp_entry_new:
 * @index: below the number of entries of @listing
 *
 * What AUTO takes for a name that is not UTF-8 is guessed from that name alone; whoever has the whole folder sets a better guess.
 */
TlFtpEntry *
tl_ftp_entry_new (TlFtpListing *listing,
                  guint         index,
                  TlFtpCharset  charset)
{
  const guint8 *name;
  gsize length;
  TlCharset guess = TL_CHARSET_UTF_8;

  g_return_val_if_fail (listing != NULL && index < tl_ftp_listing_get_n_entries (listing), NULL);

  name = tl_ftp_listing_get_name (listing, index, &length);
  if (charset == TL_FTP_CHARSET_AUTO && !g_utf8_validate_len ((const char *) name, length, NULL))
    guess = tl_ftp_name_guess (name, length);
  return tl_ftp_entry_new_guessed (listing, index, charset, guess);
}

TlFtpEntry *
tl_ftp_entry_new_guessed (TlFtpListing *listing,
                          guint         index,
                          TlFtpCharset  charset,
                          TlCharset     guess)
{
  TlFtpEntry *self;

  g_return_val_if_fail (listing != NULL && index < tl_ftp_listing_get_n_entries (listing), NULL);

  self = g_object_new (TL_TYPE_FTP_ENTRY, NULL);
  self->listing = tl_ftp_listing_ref (listing);
  self->index = index;
  self->charset = charset;
  self->guess = guess;
  return self;
}

void
tl_ftp_entry_set_charset (TlFtpEntry   *self,
                          TlFtpCharset  charset,
                          TlCharset     guess)
{
  g_autofree char *old_name = NULL;
  gboolean old_valid;

  g_return_if_fail (TL_IS_FTP_ENTRY (self));

  if (self->charset == charset && self->guess == guess)
    return;
  need_name (self);
  old_name = g_strdup (self->name);
  old_valid = self->valid;
  self->charset = charset;
  self->guess = guess;
  read_name (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (old_name, self->name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (old_valid != self->valid)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
  for (guint i = PROP_OWNER; i <= PROP_TARGET; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

TlFtpListing *
tl_ftp_entry_get_listing (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), NULL);

  return self->listing;
}

guint
tl_ftp_entry_get_index (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), 0);

  return self->index;
}

GBytes *
tl_ftp_entry_get_raw_name (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), NULL);

  if (self->raw_name == NULL)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (self->listing, self->index, &length);

      self->raw_name = g_bytes_new_with_free_func (name, length, (GDestroyNotify) tl_ftp_listing_unref, tl_ftp_listing_ref (self->listing));
    }
  return self->raw_name;
}

const char *
tl_ftp_entry_get_name (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), NULL);
  need_name (self);
  return self->name;
}

static TlFtpListingItem
get_item (TlFtpEntry *self)
{
  TlFtpListingItem item;

  tl_ftp_listing_get_entry (self->listing, self->index, &item);
  return item;
}

TlFtpEntryKind
tl_ftp_entry_get_kind (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), TL_FTP_ENTRY_OTHER);
  return get_item (self).kind;
}

gint64
tl_ftp_entry_get_size (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), -1);
  return get_item (self).size;
}

gint64
tl_ftp_entry_get_time (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), 0);
  return get_item (self).time;
}

TlFtpTimePrecision
tl_ftp_entry_get_precision (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), TL_FTP_TIME_NONE);
  return get_item (self).precision;
}

int
tl_ftp_entry_get_mode (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), -1);
  return get_item (self).mode;
}

gboolean
tl_ftp_entry_is_unsafe (TlFtpEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ENTRY (self), TRUE);
  return get_item (self).unsafe;
}
