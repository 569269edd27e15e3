/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for files in the folders of a server. */

#include "tl-ftp-search-private.h"

#include "tl-ftp-error.h"
#include "tl-ftp-walk.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>

/* Rows are told of in batches. */
#define PUBLISH_MS 100
#define NO_PARENT G_MAXUINT

/* @listing: kept where something in it was found. */
typedef struct {
  GBytes       *path;
  guint         parent;
  guint         depth;
  guint64       fingerprint;
  TlFtpListing *listing;
  TlCharset     guess;
} Folder;

typedef struct {
  guint32 folder;
  guint32 index;
} Hit;

struct _TlFtpSearch
{
  GObject        parent_instance;

  TlFtpClient   *client;
  TlFtpClient   *own;        /* NULL: over @client */
  TlFtpCriteria *criteria;
  TlFtpCharset   charset;
  GArray        *folders;    /* Folder: in the order in which they are looked into */
  guint          next;
  GArray        *hits;       /* Hit */
  guint          n_told;     /* of those */
  guint          n_seen;
  gboolean       full;
  GPtrArray     *failures;
  guint          n_failed;
  guint          publish_id;
};

enum {
  PROP_0,
  PROP_N_ITEMS,
  PROP_N_FOLDERS,
  PROP_N_WAITING,
  PROP_N_FAILED,
  PROP_FULL,
  PROP_CURRENT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void search_step (GTask *task);
static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSearch, tl_ftp_search, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static Folder *
get_folder (TlFtpSearch *self,
            guint        index)
{
  return &g_array_index (self->folders, Folder, index);
}

static guint64
get_number (const Hit *hit)
{
  return (guint64) hit->folder << 32 | hit->index;
}

static void
folder_clear (gpointer data)
{
  Folder *folder = data;

  g_bytes_unref (folder->path);
  g_clear_pointer (&folder->listing, tl_ftp_listing_unref);
}

static void
failure_free (gpointer data)
{
  TlFtpSearchFailure *failure = data;

  g_bytes_unref (failure->path);
  g_free (failure->message);
  g_free (failure);
}

static void
note_failure (TlFtpSearch *self,
              GBytes      *path,
              const char  *message)
{
  TlFtpSearchFailure *failure;

  self->n_failed++;
  if (self->failures->len >= TL_FTP_SEARCH_MAX_FAILURES)
    return;
  failure = g_new (TlFtpSearchFailure, 1);
  failure->path = g_bytes_ref (path);
  failure->message = g_strdup (message);
  g_ptr_array_add (self->failures, failure);
}

static void
publish (TlFtpSearch *self)
{
  guint n_told = self->n_told;

  g_clear_handle_id (&self->publish_id, g_source_remove);
  self->n_told = self->hits->len;
  if (self->n_told > n_told)
    g_list_model_items_changed (G_LIST_MODEL (self), n_told, 0, self->n_told - n_told);
  for (guint i = PROP_N_ITEMS; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

static void
publish_cb (gpointer data)
{
  TlFtpSearch *self = data;

  self->publish_id = 0;
  publish (self);
}

static void
publish_soon (TlFtpSearch *self)
{
  if (self->publish_id == 0)
    self->publish_id = g_timeout_add_once (PUBLISH_MS, publish_cb, self);
}

/* The folder leads back into itself, whatever the server calls the way. */
static gboolean
is_loop (TlFtpSearch *self,
         guint        index)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = index; i != NO_PARENT; i = get_folder (self, i)->parent)
    g_array_append_val (chain, get_folder (self, i)->fingerprint);

  return tl_ftp_walk_is_loop ((const guint64 *) (void *) chain->data, chain->len);
}

static void
enter_later (TlFtpSearch     *self,
             TlFtpSearchLook *look)
{
  guint depth = get_folder (self, self->next)->depth + 1;

  if (look->folders->len == 0)
    return;
  if (depth > TL_FTP_WALK_MAX_DEPTH || self->n_seen > TL_FTP_WALK_MAX_ITEMS)
    {
      self->full = TRUE;
      return;
    }
  for (guint i = 0; i < look->folders->len; i++)
    {
      Folder folder = { g_bytes_ref (g_ptr_array_index (look->folders, i)), self->next, depth, 0, NULL, 0 };

      g_array_append_val (self->folders, folder);
    }
}

static void
take_look (TlFtpSearch     *self,
           TlFtpSearchLook *look)
{
  Folder *folder = get_folder (self, self->next);

  folder->fingerprint = look->fingerprint;
  folder->guess = look->guess;
  self->n_seen += tl_ftp_listing_get_n_entries (look->listing);
  if (is_loop (self, self->next))
    {
      note_failure (self, folder->path, _("The server shows this folder within itself: it was not looked into any further."));
      return;
    }
  for (guint i = 0; i < look->hits->len && self->hits->len < TL_FTP_SEARCH_MAX_HITS; i++)
    {
      Hit hit = { self->next, g_array_index (look->hits, guint32, i) };

      g_array_append_val (self->hits, hit);
    }
  if (look->hits->len > 0)
    folder->listing = tl_ftp_listing_ref (look->listing);
  for (guint i = 0; i < look->n_unsafe; i++)
    note_failure (self, folder->path, _("A folder in it has a name that cannot be sent to the server: it was not looked into."));
  self->full |= self->hits->len >= TL_FTP_SEARCH_MAX_HITS;
  enter_later (self, look);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  TlFtpSearch *self = g_task_get_source_object (task);

  take_look (self, tl_ftp_search_look_finish (result));
  self->next++;
  search_step (task);
}

/* True when it can be tried over the only connection that the server lets in. */
static gboolean
join_client (TlFtpSearch  *self,
             const GError *error)
{
  if (self->own == NULL || self->next > 0 || !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    return FALSE;
  tl_ftp_client_close (self->own);
  g_clear_object (&self->own);
  return TRUE;
}

static void
end (GTask  *task,
     GError *error)
{
  TlFtpSearch *self = g_task_get_source_object (task);

  if (self->own != NULL)
    tl_ftp_client_close (self->own);
  publish (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  TlFtpSearch *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cut = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  GBytes *path = get_folder (self, self->next)->path;

  if (listing != NULL)
    {
      if (!tl_job_is_whole (listing, &cut))
        note_failure (self, path, cut->message);
      tl_ftp_search_look_async (path, listing, self->criteria, self->charset, g_task_get_cancellable (task), looked_cb, g_object_ref (task));
      return;
    }
  if (join_client (self, error))
    {
      search_step (task);
      return;
    }
  if (!tl_ftp_error_is_refusal (error) || self->next == 0)
    {
      end (task, g_steal_pointer (&error));
      return;
    }
  note_failure (self, path, error->message);
  self->next++;
  search_step (task);
}

static void
search_step (GTask *task)
{
  TlFtpSearch *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error) || self->next == self->folders->len || self->hits->len >= TL_FTP_SEARCH_MAX_HITS)
    {
      end (task, error);
      return;
    }
  publish_soon (self);
  tl_ftp_client_list_async (self->own != NULL ? self->own : self->client, get_folder (self, self->next)->path, cancellable, listed_cb, g_object_ref (task));
}

static GType
tl_ftp_search_get_item_type (GListModel *model)
{
  return TL_TYPE_FTP_HIT;
}

static guint
tl_ftp_search_get_n_items (GListModel *model)
{
  return TL_FTP_SEARCH (model)->n_told;
}

static gpointer
tl_ftp_search_get_item (GListModel *model,
                        guint       position)
{
  TlFtpSearch *self = TL_FTP_SEARCH (model);
  const Hit *hit;
  const Folder *folder;

  if (position >= self->n_told)
    return NULL;
  hit = &g_array_index (self->hits, Hit, position);
  folder = get_folder (self, hit->folder);
  return tl_ftp_hit_new (folder->path, get_number (hit), folder->listing, hit->index, self->charset, folder->guess);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_search_get_item_type;
  iface->get_n_items = tl_ftp_search_get_n_items;
  iface->get_item = tl_ftp_search_get_item;
}

static void
tl_ftp_search_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlFtpSearch *self = TL_FTP_SEARCH (object);

  switch (prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_told);
      break;
    case PROP_N_FOLDERS:
      g_value_set_uint (value, self->next);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->folders->len - self->next);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_FULL:
      g_value_set_boolean (value, self->full);
      break;
    case PROP_CURRENT:
      g_value_set_boxed (value, self->next < self->folders->len ? get_folder (self, self->next)->path : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_search_finalize (GObject *object)
{
  TlFtpSearch *self = TL_FTP_SEARCH (object);

  g_clear_handle_id (&self->publish_id, g_source_remove);
  g_clear_object (&self->own);
  g_clear_object (&self->client);
  g_clear_pointer (&self->criteria, tl_ftp_criteria_unref);
  g_array_unref (self->folders);
  g_array_unref (self->hits);
  g_ptr_array_unref (self->failures);

  G_OBJECT_CLASS (tl_ftp_search_parent_class)->finalize (object);
}

static void
tl_ftp_search_class_init (TlFtpSearchClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_search_get_property;
  object_class->finalize = tl_ftp_search_finalize;

  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FOLDERS] = g_param_spec_uint ("n-folders", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FULL] = g_param_spec_boolean ("full", NULL, NULL, FALSE, flags);
  props[PROP_CURRENT] = g_param_spec_boxed ("current", NULL, NULL, G_TYPE_BYTES, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_search_init (TlFtpSearch *self)
{
  self->folders = g_array_new (FALSE, FALSE, sizeof (Folder));
  g_array_set_clear_func (self->folders, folder_clear);
  self->hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  self->failures = g_ptr_array_new_with_free_func (failure_free);
}

TlFtpSearch *
tl_ftp_search_new (TlFtpClient   *client,
                   GBytes        *folder,
                   TlFtpCriteria *criteria,
                   TlFtpCharset   charset)
{
  TlFtpSearch *self;
  Folder root = { g_bytes_ref (folder), NO_PARENT, 0, 0, NULL, 0 };

  g_return_val_if_fail (TL_IS_FTP_CLIENT (client), NULL);

  self = g_object_new (TL_TYPE_FTP_SEARCH, NULL);
  self->client = g_object_ref (client);
  self->own = tl_ftp_client_new_sibling (client);
  self->criteria = tl_ftp_criteria_ref (criteria);
  self->charset = charset;
  g_array_append_val (self->folders, root);
  return self;
}

void
tl_ftp_search_run_async (TlFtpSearch         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TL_IS_FTP_SEARCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_ftp_search_run_async);
  search_step (task);
}

gboolean
tl_ftp_search_run_finish (TlFtpSearch   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_search_drop (TlFtpSearch *self,
                    GPtrArray   *hits)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n_told, n_left = 0;

  g_return_if_fail (TL_IS_FTP_SEARCH (self));

  publish (self);
  for (guint i = 0; i < hits->len; i++)
    {
      guint64 number = tl_ftp_hit_get_number (g_ptr_array_index (hits, i));

      g_hash_table_add (gone, g_memdup2 (&number, sizeof number));
    }
  n_told = self->n_told;
  for (guint i = 0; i < n_told; i++)
    {
      Hit hit = g_array_index (self->hits, Hit, i);
      guint64 number = get_number (&hit);

      if (!g_hash_table_contains (gone, &number))
        g_array_index (self->hits, Hit, n_left++) = hit;
    }
  if (n_left == n_told)
    return;
  g_array_set_size (self->hits, n_left);
  self->n_told = n_left;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_told, n_left);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

GPtrArray *
tl_ftp_search_get_failures (TlFtpSearch *self)
{
  g_return_val_if_fail (TL_IS_FTP_SEARCH (self), NULL);

  return self->failures;
}
