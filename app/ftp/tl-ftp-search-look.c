/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One folder of a search: what in it matches, and which folders are in it. */

#include "tl-ftp-search-private.h"

#include "tl-ftp-names.h"
#include "tl-ftp-walk.h"

struct _TlFtpHit
{
  GObject     parent_instance;

  GBytes     *folder;
  TlFtpEntry *entry;
  TlCharset   guess;
  guint64     number;
};

G_DEFINE_FINAL_TYPE (TlFtpHit, tl_ftp_hit, G_TYPE_OBJECT)

static void
tl_ftp_hit_finalize (GObject *object)
{
  TlFtpHit *self = TL_FTP_HIT (object);

  g_bytes_unref (self->folder);
  g_object_unref (self->entry);

  G_OBJECT_CLASS (tl_ftp_hit_parent_class)->finalize (object);
}

static void
tl_ftp_hit_class_init (TlFtpHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_hit_finalize;
}

static void
tl_ftp_hit_init (TlFtpHit *self)
{
  /* Zeroed already. */
}

TlFtpHit *
tl_ftp_hit_new (GBytes       *folder,
                guint64       number,
                TlFtpListing *listing,
                guint         index,
                TlFtpCharset  charset,
                TlCharset     guess)
{
  TlFtpHit *self = g_object_new (TL_TYPE_FTP_HIT, NULL);

  self->folder = g_bytes_ref (folder);
  self->entry = tl_ftp_entry_new_guessed (listing, index, charset, guess);
  self->guess = guess;
  self->number = number;
  return self;
}

TlFtpEntry *
tl_ftp_hit_get_entry (TlFtpHit *self)
{
  g_return_val_if_fail (TL_IS_FTP_HIT (self), NULL);

  return self->entry;
}

GBytes *
tl_ftp_hit_get_folder (TlFtpHit *self)
{
  g_return_val_if_fail (TL_IS_FTP_HIT (self), NULL);

  return self->folder;
}

GBytes *
tl_ftp_hit_dup_path (TlFtpHit *self)
{
  g_return_val_if_fail (TL_IS_FTP_HIT (self), NULL);

  return tl_ftp_path_join (self->folder, tl_ftp_entry_get_raw_name (self->entry));
}

guint64
tl_ftp_hit_get_number (TlFtpHit *self)
{
  g_return_val_if_fail (TL_IS_FTP_HIT (self), 0);

  return self->number;
}

TlCharset
tl_ftp_hit_get_guess (TlFtpHit *self)
{
  g_return_val_if_fail (TL_IS_FTP_HIT (self), 0);

  return self->guess;
}

static void
look_free (gpointer data)
{
  TlFtpSearchLook *look = data;

  g_bytes_unref (look->path);
  tl_ftp_listing_unref (look->listing);
  tl_ftp_criteria_unref (look->criteria);
  g_clear_object (&look->cancellable);
  g_array_unref (look->hits);
  g_ptr_array_unref (look->folders);
  g_free (look);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlFtpSearchLook *look = data;
  guint n = tl_ftp_listing_get_n_entries (look->listing);

  look->guess = tl_ftp_names_guess (look->listing);
  look->fingerprint = tl_ftp_walk_fingerprint (look->listing);
  for (guint32 i = 0; i < n && !g_cancellable_is_cancelled (look->cancellable); i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (look->listing, i, &item);
      if (tl_ftp_criteria_matches (look->criteria, &item, look->charset, look->guess))
        g_array_append_val (look->hits, i);
      if (item.kind != TL_FTP_ENTRY_DIRECTORY)
        continue;
      if (item.unsafe)
        look->n_unsafe++;
      else
        {
          g_autoptr (GBytes) name = g_bytes_new (item.name, item.name_length);

          g_ptr_array_add (look->folders, tl_ftp_path_join (look->path, name));
        }
    }
  g_task_return_boolean (task, TRUE);
}

void
tl_ftp_search_look_async (GBytes              *path,
                          TlFtpListing        *listing,
                          TlFtpCriteria       *criteria,
                          TlFtpCharset         charset,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  TlFtpSearchLook *look = g_new0 (TlFtpSearchLook, 1);

  g_task_set_source_tag (task, tl_ftp_search_look_async);
  look->path = g_bytes_ref (path);
  look->listing = tl_ftp_listing_ref (listing);
  look->criteria = tl_ftp_criteria_ref (criteria);
  look->charset = charset;
  look->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  look->hits = g_array_new (FALSE, FALSE, sizeof (guint32));
  look->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

TlFtpSearchLook *
tl_ftp_search_look_finish (GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  return g_task_get_task_data (G_TASK (result));
}
