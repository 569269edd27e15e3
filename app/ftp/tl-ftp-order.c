/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filtering and sorting of a listing: folders first, then by the column, then by name. */

#include "tl-ftp-order.h"

#include <string.h>

typedef struct {
  gint64 number;        /* of the column, or the first bytes of the name's key */
  guint32 index;
  gboolean folder;
} Row;

G_DEFINE_ENUM_TYPE (TlFtpSort, tl_ftp_sort,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_SIZE, "size"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_TIME, "time"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_KIND, "kind"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_PERMISSIONS, "permissions"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SORT_OWNER, "owner"))

TlFtpOrder *
tl_ftp_order_new (TlFtpListing *listing)
{
  TlFtpOrder *self = g_new0 (TlFtpOrder, 1);

  self->listing = tl_ftp_listing_ref (listing);
  self->differences = TL_FTP_DIFFERENCES_ALL;
  return self;
}

void
tl_ftp_order_free (TlFtpOrder *self)
{
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->names, tl_ftp_names_unref);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  g_free (self->filter);
  g_free (self->rows);
  g_free (self);
}

TlFtpOrder *
tl_ftp_order_new_for (TlFtpDirectory *directory,
                      TlFtpListing   *listing)
{
  TlFtpOrder *self = tl_ftp_order_new (listing);
  g_autofree char *filter = NULL;

  g_object_get (directory, "charset", &self->charset, "sort", &self->sort, "descending", &self->descending, "show-hidden", &self->show_hidden,
                "filter", &filter, NULL);
  self->filter = filter != NULL ? tl_ftp_names_fold (filter) : NULL;
  self->to_guess = TRUE;
  return self;
}

/* What decides which entries pass: nothing, where the comparison is of another listing. */
static TlFtpComparison *
get_deciding (const TlFtpOrder *self)
{
  if (self->comparison == NULL || self->differences == TL_FTP_DIFFERENCES_ALL || tl_ftp_comparison_get_remote (self->comparison) != self->listing)
    return NULL;
  return self->comparison;
}

gboolean
tl_ftp_order_is_same (const TlFtpOrder *self,
                      const TlFtpOrder *other)
{
  return self->listing == other->listing && self->charset == other->charset && self->guess == other->guess && self->sort == other->sort &&
         self->descending == other->descending && self->show_hidden == other->show_hidden && get_deciding (self) == get_deciding (other) &&
         (get_deciding (self) == NULL || self->differences == other->differences) && g_strcmp0 (self->filter, other->filter) == 0;
}

static gboolean
is_hidden (TlFtpOrder *self,
           guint       index)
{
  gsize length;
  const guint8 *name = tl_ftp_listing_get_name (self->listing, index, &length);

  return length > 0 && name[0] == '.';
}

static gboolean
is_wanted (TlFtpOrder *self,
           guint       index)
{
  TlFtpComparison *comparison = get_deciding (self);

  return comparison == NULL || (self->differences & 1u << tl_ftp_comparison_find_remote (comparison, index)->difference) != 0;
}

static gboolean
passes (TlFtpOrder *self,
        guint       index)
{
  return (self->show_hidden || !is_hidden (self, index)) && is_wanted (self, index) &&
         (self->filter == NULL || strstr (tl_ftp_names_get_folded (self->names, index), self->filter) != NULL);
}

/* The first bytes of the key, so that most comparisons end without looking at memory far away. */
static gint64
get_prefix (const char *key)
{
  guint64 prefix = 0;

  for (guint i = 0; i < 8; i++)
    prefix = prefix << 8 | (guint8) (*key != '\0' ? *key++ : 0);
  return (gint64) (prefix ^ G_GUINT64_CONSTANT (0x8000000000000000));
}

static gint64
get_number (TlFtpOrder             *self,
            guint                   index,
            const TlFtpListingItem *item)
{
  switch (self->sort)
    {
    case TL_FTP_SORT_SIZE:
      return item->kind == TL_FTP_ENTRY_DIRECTORY ? -1 : item->size;
    case TL_FTP_SORT_TIME:
      return item->precision == TL_FTP_TIME_NONE ? G_MININT64 : item->time;
    case TL_FTP_SORT_KIND:
      return item->kind;
    case TL_FTP_SORT_PERMISSIONS:
    case TL_FTP_SORT_OWNER:
      return 0;
    case TL_FTP_SORT_NAME:
    default:
      return get_prefix (tl_ftp_names_get_key (self->names, index));
    }
}

static int
compare_bytes (const guint8 *a,
               gsize         a_length,
               const guint8 *b,
               gsize         b_length)
{
  gsize common = MIN (a_length, b_length);
  int result = common > 0 ? memcmp (a, b, common) : 0;

  return result != 0 ? result : (a_length > b_length) - (a_length < b_length);
}

static const char *
get_extension (const char *folded)
{
  const char *dot = strrchr (folded, '.');

  return dot != NULL && dot > folded ? dot + 1 : "";
}

/* By what is no number. */
static int
compare_texts (TlFtpOrder *self,
               guint       a,
               guint       b)
{
  TlFtpListingItem x, y;
  int result = 0;

  switch (self->sort)
    {
    case TL_FTP_SORT_KIND:
      return strcmp (get_extension (tl_ftp_names_get_folded (self->names, a)), get_extension (tl_ftp_names_get_folded (self->names, b)));
    case TL_FTP_SORT_PERMISSIONS:
    case TL_FTP_SORT_OWNER:
      tl_ftp_listing_get_entry (self->listing, a, &x);
      tl_ftp_listing_get_entry (self->listing, b, &y);
      if (self->sort == TL_FTP_SORT_PERMISSIONS)
        return compare_bytes (x.permissions, x.permissions_length, y.permissions, y.permissions_length);
      result = compare_bytes (x.owner, x.owner_length, y.owner, y.owner_length);
      return result != 0 ? result : compare_bytes (x.group, x.group_length, y.group, y.group_length);
    case TL_FTP_SORT_NAME:
    case TL_FTP_SORT_SIZE:
    case TL_FTP_SORT_TIME:
    default:
      return 0;
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  TlFtpOrder *self = user_data;
  const Row *x = a, *y = b;
  gboolean by_name = self->sort == TL_FTP_SORT_NAME;
  int result;

  if (x->folder != y->folder)
    return x->folder ? -1 : 1;

  result = (x->number > y->number) - (x->number < y->number);
  if (result == 0)
    result = compare_texts (self, x->index, y->index);
  if (result != 0 && !by_name)
    return self->descending ? -result : result;

  if (result == 0)
    result = strcmp (tl_ftp_names_get_key (self->names, x->index), tl_ftp_names_get_key (self->names, y->index));
  if (result == 0)
    result = (x->index > y->index) - (x->index < y->index);
  return by_name && self->descending ? -result : result;
}

static void
take_rows (TlFtpOrder *self,
           const Row  *rows,
           guint       n_rows)
{
  g_free (self->rows);
  self->rows = g_new (guint32, n_rows);
  self->n_rows = n_rows;
  for (guint i = 0; i < n_rows; i++)
    self->rows[i] = rows[i].index;
}

static void
add_size (TlFtpOrder             *self,
          const TlFtpListingItem *item)
{
  if (item->kind == TL_FTP_ENTRY_FILE && item->size > 0 && self->total_size <= G_MAXINT64 - item->size)
    self->total_size += item->size;
}

gboolean
tl_ftp_order_run (TlFtpOrder   *self,
                  GCancellable *cancellable)
{
  guint n = tl_ftp_listing_get_n_entries (self->listing);
  g_autofree Row *rows = NULL;
  guint n_rows = 0;

  if (self->to_guess)
    self->guess = tl_ftp_names_guess (self->listing);
  if (self->names == NULL)
    self->names = tl_ftp_names_new (self->listing, self->charset, self->guess, cancellable);
  if (self->names == NULL)
    return FALSE;

  rows = g_new (Row, n);
  self->total_size = 0;
  for (guint i = 0; i < n; i++)
    {
      TlFtpListingItem item;

      if (!passes (self, i))
        continue;
      tl_ftp_listing_get_entry (self->listing, i, &item);
      add_size (self, &item);
      rows[n_rows++] = (Row) { .number = get_number (self, i, &item), .index = i, .folder = item.kind == TL_FTP_ENTRY_DIRECTORY };
    }
  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;

  g_qsort_with_data (rows, (int) n_rows, sizeof (Row), compare_rows, self);
  take_rows (self, rows, n_rows);
  return !g_cancellable_is_cancelled (cancellable);
}

void
tl_ftp_order_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  if (tl_ftp_order_run (task_data, cancellable))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error_if_cancelled (task);
}

void
tl_ftp_order_run_raw (TlFtpOrder *self)
{
  guint n = tl_ftp_listing_get_n_entries (self->listing);

  g_free (self->rows);
  self->rows = g_new (guint32, n);
  self->n_rows = 0;
  self->total_size = 0;
  for (guint i = 0; i < n && self->filter == NULL; i++)
    if ((self->show_hidden || !is_hidden (self, i)) && is_wanted (self, i))
      self->rows[self->n_rows++] = i;
}
