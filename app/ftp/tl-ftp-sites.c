/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks, sorted by title, and what of them the database has: a change that it refuses goes back to that. */

#include "tl-ftp-sites-private.h"

#include "tl-ftp-site-rows.h"

enum {
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void tl_ftp_sites_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSites, tl_ftp_sites, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_sites_list_model_init))

/* Given here and not by the database, so that a site can be changed again before it is written. No two programs give the same. */
static gint64
next_id (TlFtpSites *self)
{
  self->last_id = MAX (self->last_id + 1, g_get_real_time ());
  return self->last_id;
}

void
tl_ftp_sites_fail (TlFtpSites   *self,
                   const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error->message);
}

/* Shows for each id of @changes that site, or none where there is NULL. */
static void
show (TlFtpSites *self,
      GHashTable *changes)
{
  g_autoptr (GPtrArray) before = self->rows;
  guint position, removed, added;

  self->rows = tl_ftp_site_rows_changed (before, changes);
  if (tl_ftp_site_rows_compare (before, self->rows, &position, &removed, &added))
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
add_change (GHashTable *changes,
            gint64      id,
            TlFtpSite  *site)
{
  g_hash_table_insert (changes, g_memdup2 (&id, sizeof id), site);
}

static GHashTable *
changes_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
count_pending (TlFtpSites *self,
               gint64      id,
               int         change)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->pending, &id)) + change;

  if (n > 0)
    g_hash_table_insert (self->pending, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->pending, &id);
}

typedef struct {
  TlFtpSites *self;
  GPtrArray  *sites;     /* as they were handed to the database */
  gboolean    removed;
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->self);
  g_ptr_array_unref (change->sites);
  g_free (change);
}

/* A later change of the same site is still under way: that one decides what is shown. */
static void
settle (TlFtpSites *self,
        TlFtpSite  *site,
        gboolean    removed,
        gboolean    good,
        GHashTable *back)
{
  gint64 id = tl_ftp_site_get_id (site);

  count_pending (self, id, -1);
  if (good && removed)
    g_hash_table_remove (self->kept, &id);
  else if (good)
    g_hash_table_insert (self->kept, g_memdup2 (&id, sizeof id), g_object_ref (site));
  else if (!g_hash_table_contains (self->pending, &id))
    add_change (back, id, g_hash_table_lookup (self->kept, &id));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Change *change = user_data;
  g_autoptr (GHashTable) back = changes_new ();
  g_autoptr (GError) error = NULL;

  tl_database_run_finish (TL_DATABASE (source), result, &error);
  for (guint i = 0; i < change->sites->len; i++)
    settle (change->self, g_ptr_array_index (change->sites, i), change->removed, error == NULL, back);
  if (g_hash_table_size (back) > 0)
    show (change->self, back);
  if (error)
    tl_ftp_sites_fail (change->self, error);
  change_free (change);
}

/* (transfer container) @sites: copies that nobody else has. */
static void
write_change (TlFtpSites *self,
              GPtrArray  *sites,
              gboolean    removed)
{
  Change *change = g_new0 (Change, 1);

  change->self = g_object_ref (self);
  change->sites = sites;
  change->removed = removed;
  for (guint i = 0; i < sites->len; i++)
    count_pending (self, tl_ftp_site_get_id (g_ptr_array_index (sites, i)), 1);

  if (removed)
    tl_database_run_async (self->database, tl_ftp_site_record_remove, g_object_ref (g_ptr_array_index (sites, 0)), g_object_unref, NULL, NULL,
                           written_cb, change);
  else
    tl_database_run_async (self->database, tl_ftp_site_records_save, g_ptr_array_ref (sites), (GDestroyNotify) g_ptr_array_unref, NULL, NULL,
                           written_cb, change);
}

static GType
tl_ftp_sites_get_item_type (GListModel *model)
{
  return TL_TYPE_FTP_SITE;
}

static guint
tl_ftp_sites_get_n_items (GListModel *model)
{
  return TL_FTP_SITES (model)->rows->len;
}

static gpointer
tl_ftp_sites_get_item (GListModel *model,
                       guint       position)
{
  TlFtpSites *self = TL_FTP_SITES (model);

  return position < self->rows->len ? g_object_ref (tl_ftp_site_rows_at (self->rows, position)) : NULL;
}

static void
tl_ftp_sites_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_sites_get_item_type;
  iface->get_n_items = tl_ftp_sites_get_n_items;
  iface->get_item = tl_ftp_sites_get_item;
}

static void
tl_ftp_sites_finalize (GObject *object)
{
  TlFtpSites *self = TL_FTP_SITES (object);

  g_clear_object (&self->database);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->trusted);

  G_OBJECT_CLASS (tl_ftp_sites_parent_class)->finalize (object);
}

static void
tl_ftp_sites_class_init (TlFtpSitesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_ftp_sites_finalize;

  signals[FAILED] = g_signal_new ("failed", TL_TYPE_FTP_SITES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_sites_init (TlFtpSites *self)
{
  self->rows = tl_ftp_site_rows_new ();
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->pending = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->trusted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tl_ftp_trust_free);
}

TlFtpSites *
tl_ftp_sites_new (TlDatabase *database)
{
  TlFtpSites *self;

  g_return_val_if_fail (TL_IS_DATABASE (database), NULL);

  self = g_object_new (TL_TYPE_FTP_SITES, NULL);
  self->database = g_object_ref (database);

  return self;
}

/* What was changed while the file was being read is newer than what was read. */
static void
take_loaded (TlFtpSites       *self,
             TlFtpSiteRecords *records)
{
  g_autoptr (GHashTable) changes = changes_new ();

  for (guint i = 0; i < records->sites->len; i++)
    {
      TlFtpSite *site = g_ptr_array_index (records->sites, i);
      gint64 id = tl_ftp_site_get_id (site);

      self->last_id = MAX (self->last_id, id);
      if (g_hash_table_contains (self->pending, &id) || g_hash_table_contains (self->kept, &id))
        continue;
      g_hash_table_insert (self->kept, g_memdup2 (&id, sizeof id), g_object_ref (site));
      add_change (changes, id, site);
    }
  show (self, changes);

  for (guint i = 0; i < records->trusted->len; i++)
    {
      TlFtpTrust *trust = g_ptr_array_index (records->trusted, i);

      if (!tl_ftp_sites_get_trusted (self, trust->host, trust->port))
        tl_ftp_sites_take_trust (self, tl_ftp_trust_new (trust->host, trust->port, trust->fingerprint));
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TlFtpSiteRecords *records = tl_database_run_finish (TL_DATABASE (source), result, &error);

  if (!records)
    {
      g_task_return_error (task, error);
      return;
    }
  take_loaded (g_task_get_source_object (task), records);
  tl_ftp_site_records_free (records);
  g_task_return_boolean (task, TRUE);
}

void
tl_ftp_sites_load_async (TlFtpSites          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TL_IS_FTP_SITES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_ftp_sites_load_async);
  g_task_set_check_cancellable (task, FALSE);
  tl_database_run_async (self->database, tl_ftp_site_records_load, NULL, NULL, (GDestroyNotify) tl_ftp_site_records_free, cancellable,
                         loaded_cb, task);
}

gboolean
tl_ftp_sites_load_finish (TlFtpSites    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_sites_save (TlFtpSites *self,
                   TlFtpSite  *site)
{
  g_autoptr (GPtrArray) sites = NULL;

  g_return_if_fail (TL_IS_FTP_SITES (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  sites = g_ptr_array_new ();
  g_ptr_array_add (sites, site);
  tl_ftp_sites_save_all (self, sites);
}

void
tl_ftp_sites_save_all (TlFtpSites *self,
                       GPtrArray  *sites)
{
  g_autoptr (GHashTable) changes = NULL;
  GPtrArray *copies;

  g_return_if_fail (TL_IS_FTP_SITES (self));
  g_return_if_fail (sites);

  if (sites->len == 0)
    return;

  changes = changes_new ();
  copies = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < sites->len; i++)
    {
      TlFtpSite *site = g_ptr_array_index (sites, i);
      TlFtpSite *copy;

      if (tl_ftp_site_get_id (site) == 0)
        g_object_set (site, "id", next_id (self), NULL);
      copy = tl_ftp_site_copy (site);
      g_ptr_array_add (copies, copy);
      add_change (changes, tl_ftp_site_get_id (copy), copy);
    }
  show (self, changes);
  write_change (self, copies, FALSE);
}

void
tl_ftp_sites_remove (TlFtpSites *self,
                     TlFtpSite  *site)
{
  g_autoptr (GHashTable) changes = NULL;
  GPtrArray *copies;

  g_return_if_fail (TL_IS_FTP_SITES (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));
  g_return_if_fail (tl_ftp_site_get_id (site) > 0);

  changes = changes_new ();
  add_change (changes, tl_ftp_site_get_id (site), NULL);
  show (self, changes);
  copies = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (copies, tl_ftp_site_copy (site));
  write_change (self, copies, TRUE);
}
