/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which names of two folders belong together, and how they differ. */

#include "tl-ftp-compare.h"

#include "tl-ftp-compare-private.h"

#define NONE G_MAXUINT32

struct _TlFtpComparison
{
  TlFtpListing     *remote;       /* (nullable) */
  GPtrArray        *local;        /* (nullable) */
  GHashTable       *local_names;  /* of the strings of @local → index + 1 */
  TlFtpComparedRow *rows;
  guint             n_rows;
  guint32          *remote_rows;  /* the row of each entry */
  guint             counts[TL_N_FTP_DIFFERENCES];
  int               shift;
};

G_DEFINE_BOXED_TYPE (TlFtpComparison, tl_ftp_comparison, tl_ftp_comparison_ref, tl_ftp_comparison_unref)

G_DEFINE_ENUM_TYPE (TlFtpDifference, tl_ftp_difference,
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_EQUAL, "equal"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_FOLDER, "folder"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_ONLY_LOCAL, "only-local"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_ONLY_REMOTE, "only-remote"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_LOCAL_NEWER, "local-newer"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_REMOTE_NEWER, "remote-newer"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_SIZE, "size"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_KIND, "kind"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_DIFFERENCE_UNKNOWN, "unknown"))

static void
comparison_clear (gpointer data)
{
  TlFtpComparison *self = data;

  g_clear_pointer (&self->local_names, g_hash_table_unref);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  g_clear_pointer (&self->remote, tl_ftp_listing_unref);
  g_free (self->rows);
  g_free (self->remote_rows);
}

static TlFtpDifference
compare_pair (const TlFtpListingItem    *item,
              const TlLocalEntry        *entry,
              const TlFtpCompareOptions *options)
{
  gboolean is_folder = item->kind == TL_FTP_ENTRY_DIRECTORY;
  gboolean is_file = item->kind == TL_FTP_ENTRY_FILE;

  if (item->unsafe || !(is_folder || is_file) || !(entry->is_folder || entry->is_file))
    return TL_FTP_DIFFERENCE_UNKNOWN;
  if (is_folder != entry->is_folder)
    return TL_FTP_DIFFERENCE_KIND;
  return is_folder ? TL_FTP_DIFFERENCE_FOLDER : tl_ftp_compare_files (item, entry, options);
}

/* What is not in a listing that is not whole may be on the server all the same. */
static gboolean
is_whole (TlFtpListing *listing)
{
  return listing == NULL || (!tl_ftp_listing_is_cut (listing) && tl_ftp_listing_get_n_unparsed (listing) == 0);
}

static TlFtpDifference
judge_single (TlFtpComparison     *self,
              const TlFtpMatching *matching,
              guint32              remote,
              guint32              local)
{
  TlFtpListingItem item;

  if (local != NONE)
    return matching->local_twice[local] || !is_whole (self->remote) ? TL_FTP_DIFFERENCE_UNKNOWN : TL_FTP_DIFFERENCE_ONLY_LOCAL;
  tl_ftp_listing_get_entry (self->remote, remote, &item);
  return matching->remote_twice[remote] || item.unsafe ? TL_FTP_DIFFERENCE_UNKNOWN : TL_FTP_DIFFERENCE_ONLY_REMOTE;
}

static void
add_row (TlFtpComparison           *self,
         const TlFtpMatching       *matching,
         const TlFtpCompareOptions *options,
         guint32                    remote,
         guint32                    local)
{
  TlFtpComparedRow *row = &self->rows[self->n_rows];
  TlFtpListingItem item;

  row->remote = remote;
  row->local = local;
  if (remote != NONE && local != NONE)
    {
      tl_ftp_listing_get_entry (self->remote, remote, &item);
      row->difference = compare_pair (&item, self->local->pdata[local], options);
    }
  else
    row->difference = judge_single (self, matching, remote, local);
  if (remote != NONE)
    self->remote_rows[remote] = self->n_rows;
  self->counts[row->difference]++;
  self->n_rows++;
}

static void
make_rows (TlFtpComparison           *self,
           const TlFtpMatching       *matching,
           const TlFtpCompareOptions *options)
{
  self->rows = g_new (TlFtpComparedRow, matching->n_local + matching->n_remote);
  self->remote_rows = g_new (guint32, matching->n_remote);
  for (guint i = 0; i < matching->n_local; i++)
    add_row (self, matching, options, matching->remote_of[i], i);
  for (guint i = 0; i < matching->n_remote; i++)
    if (matching->local_of[i] == NONE)
      add_row (self, matching, options, i, NONE);
}

TlFtpComparison *
tl_ftp_comparison_new (TlFtpListing              *remote,
                       GPtrArray                 *local,
                       const TlFtpCompareOptions *options,
                       GCancellable              *cancellable)
{
  g_autoptr (TlFtpComparison) self = g_atomic_rc_box_new0 (TlFtpComparison);
  TlFtpCompareOptions mine = *options;
  TlFtpMatching matching = { 0 };
  gboolean done;

  self->remote = remote != NULL ? tl_ftp_listing_ref (remote) : NULL;
  self->local = local != NULL ? g_ptr_array_ref (local) : NULL;
  self->local_names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; local != NULL && i < local->len; i++)
    g_hash_table_insert (self->local_names, ((TlLocalEntry *) local->pdata[i])->name, GUINT_TO_POINTER (i + 1));

  done = tl_ftp_matching_run (&matching, remote, local, self->local_names, options, cancellable);
  if (done)
    {
      if (mine.shift == TL_FTP_SHIFT_UNKNOWN)
        mine.shift = tl_ftp_matching_guess_shift (&matching, remote, local, options);
      self->shift = mine.shift;
      make_rows (self, &matching, &mine);
    }
  tl_ftp_matching_clear (&matching);
  return done ? g_steal_pointer (&self) : NULL;
}

TlFtpComparison *
tl_ftp_comparison_ref (TlFtpComparison *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tl_ftp_comparison_unref (TlFtpComparison *self)
{
  g_atomic_rc_box_release_full (self, comparison_clear);
}

TlFtpListing *
tl_ftp_comparison_get_remote (TlFtpComparison *self)
{
  return self->remote;
}

GPtrArray *
tl_ftp_comparison_get_local (TlFtpComparison *self)
{
  return self->local;
}

const TlFtpComparedRow *
tl_ftp_comparison_get_rows (TlFtpComparison *self,
                            guint           *n_rows)
{
  *n_rows = self->n_rows;
  return self->rows;
}

const TlFtpComparedRow *
tl_ftp_comparison_find_remote (TlFtpComparison *self,
                               guint            index)
{
  if (self->remote == NULL || index >= tl_ftp_listing_get_n_entries (self->remote))
    return NULL;
  return &self->rows[self->remote_rows[index]];
}

const TlFtpComparedRow *
tl_ftp_comparison_find_local (TlFtpComparison *self,
                              const char      *name)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->local_names, name));

  /* Their rows are the first ones. */
  return found > 0 ? &self->rows[found - 1] : NULL;
}

guint
tl_ftp_comparison_count (TlFtpComparison *self,
                         TlFtpDifference  difference)
{
  return self->counts[difference];
}

int
tl_ftp_comparison_get_shift (TlFtpComparison *self)
{
  return self->shift;
}
