/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removes folders with all that is in them. */

#include "tl-ftp-removal-private.h"

#include "tl-ftp-error.h"
#include "tl-ftp-name.h"
#include "tl-ftp-walk.h"

#include <glib/gi18n-lib.h>

typedef enum {
  STEP_FILE,         /* DELE; of what was said to be a folder: it may be a link to one */
  STEP_EMPTY,        /* RMD before anything is listed: enough for an empty folder */
  STEP_LIST,
  STEP_LAST,         /* RMD when all that was in it is gone */
} Step;

typedef TlFtpRemovalItem Item;

enum {
  PROP_0,
  PROP_N_FOUND,
  PROP_N_OVER,
  PROP_N_REMOVED,
  PROP_N_FAILED,
  PROP_CURRENT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpRemoval, tl_ftp_removal, G_TYPE_OBJECT)

static void removal_step (GTask *task);

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->path, g_bytes_unref);
  g_clear_pointer (&item->listing, tl_ftp_listing_unref);
  g_clear_pointer (&item->indices, g_array_unref);
  g_clear_pointer (&item->paths, g_ptr_array_unref);
  g_clear_pointer (&item->are_folders, g_array_unref);
}

static void
failure_free (gpointer data)
{
  TlFtpRemovalFailure *failure = data;

  g_bytes_unref (failure->path);
  g_free (failure->message);
  g_free (failure);
}

static Item *
get_top (TlFtpRemoval *self)
{
  return &g_array_index (self->stack, Item, self->stack->len - 1);
}

static guint
count (const Item *item)
{
  return item->indices ? item->indices->len : item->listing ? tl_ftp_listing_get_n_entries (item->listing) : 0;
}

static void
get_entry (const Item       *item,
           guint             number,
           TlFtpListingItem *entry)
{
  tl_ftp_listing_get_entry (item->listing, item->indices ? g_array_index (item->indices, guint32, number) : number, entry);
}

/* What is in the top and comes next becomes the top. Names that cannot be sent are left out. */
static gboolean
push_next (TlFtpRemoval *self)
{
  Item *top = get_top (self);

  if (top->paths && top->next < top->paths->len)
    {
      Item item = { .path = g_bytes_ref (g_ptr_array_index (top->paths, top->next)) };

      item.folder = g_array_index (top->are_folders, gboolean, top->next++);
      item.step = item.folder ? STEP_EMPTY : STEP_FILE;
      g_array_append_val (self->stack, item);
      return TRUE;
    }
  while (top->next < count (top))
    {
      TlFtpListingItem entry;
      g_autoptr (GBytes) name = NULL;
      Item item = { NULL };

      get_entry (top, top->next++, &entry);
      if (entry.unsafe)
        continue;
      name = g_bytes_new (entry.name, entry.name_length);
      item.path = tl_ftp_path_join (top->path, name);
      item.folder = entry.kind == TL_FTP_ENTRY_DIRECTORY;
      item.step = item.folder ? STEP_EMPTY : STEP_FILE;
      g_array_append_val (self->stack, item);
      return TRUE;
    }

  return FALSE;
}

/* The top is over. */
static void
pop (TlFtpRemoval *self,
     gboolean      removed)
{
  g_array_set_size (self->stack, self->stack->len - 1);
  if (!removed)
    get_top (self)->stays = TRUE;
  self->n_over++;
  self->n_removed += removed ? 1 : 0;
}

static void
note_failure (TlFtpRemoval *self,
              GBytes       *path,
              const char   *message)
{
  TlFtpRemovalFailure *failure;

  self->n_failed++;
  if (self->failures->len >= TL_FTP_REMOVAL_MAX_FAILURES)
    return;
  failure = g_new (TlFtpRemovalFailure, 1);
  failure->path = g_bytes_ref (path);
  failure->message = g_strdup (message);
  g_ptr_array_add (self->failures, failure);
}

static void
fail_top (TlFtpRemoval *self,
          const char   *message)
{
  note_failure (self, get_top (self)->path, message);
  pop (self, FALSE);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  TlFtpRemoval *self = g_task_get_source_object (task);
  Item *top = get_top (self);
  g_autoptr (GError) error = NULL;

  if (tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    pop (self, TRUE);
  else if (!tl_ftp_error_is_refusal (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else if (top->folder && top->step != STEP_LAST && tl_ftp_error_get_code (error) >= 500)
    /* Some servers show a link to a folder as that folder: RMD is refused, DELE removes the link. What is refused both is a folder that is not empty. */
    top->step = top->step == STEP_EMPTY ? STEP_FILE : STEP_LIST;
  else
    fail_top (self, error->message);
  removal_step (task);
}

/* The folder at the top leads back into itself, whatever the server calls the way. */
static gboolean
is_loop (TlFtpRemoval *self)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = self->stack->len; i > 1; i--)
    g_array_append_val (chain, g_array_index (self->stack, Item, i - 1).fingerprint);

  return tl_ftp_walk_is_loop ((const guint64 *) (void *) chain->data, chain->len);
}

/* What is in the top is known. */
static void
take_content (TlFtpRemoval *self,
              TlFtpListing *listing)
{
  Item *top = get_top (self);
  guint n_entries = tl_ftp_listing_get_n_entries (listing);

  top->listing = tl_ftp_listing_ref (listing);
  self->n_found += n_entries;
  for (guint i = 0; i < n_entries; i++)
    {
      TlFtpListingItem entry;
      g_autoptr (GBytes) name = NULL;

      tl_ftp_listing_get_entry (listing, i, &entry);
      if (!entry.unsafe)
        continue;
      name = g_bytes_new (entry.name, entry.name_length);
      note_failure (self, name, _("This name cannot be sent to the server: nothing can be done with it."));
      self->n_over++;
      top->stays = TRUE;
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  TlFtpRemoval *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  Item *top = get_top (self);

  if (!listing && !tl_ftp_error_is_refusal (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (listing)
    {
      top->step = STEP_LAST;
      top->fingerprint = tl_ftp_walk_fingerprint (listing);
    }
  if (!listing)
    fail_top (self, error->message);
  else if (self->stack->len > TL_FTP_WALK_MAX_DEPTH + 1 || (gsize) self->n_found + tl_ftp_listing_get_n_entries (listing) > TL_FTP_WALK_MAX_ITEMS)
    fail_top (self, _("The folder is too deep or too large to be removed at once."));
  else if (is_loop (self))
    fail_top (self, _("The server shows this folder within itself: it is a link, and the server does not remove it."));
  else
    take_content (self, listing);
  removal_step (task);
}

static void
tell (TlFtpRemoval *self)
{
  for (guint i = PROP_N_FOUND; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

static void
removal_step (GTask *task)
{
  TlFtpRemoval *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Item *top;

  while (!push_next (self) && self->stack->len > 1 && get_top (self)->step == STEP_LAST && get_top (self)->stays)
    pop (self, FALSE);
  tell (self);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->stack->len == 1)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  top = get_top (self);
  switch ((Step) top->step)
    {
    case STEP_FILE:
      tl_ftp_client_remove_file_async (self->client, top->path, cancellable, acted_cb, g_object_ref (task));
      break;
    case STEP_LIST:
      tl_ftp_client_list_async (self->client, top->path, cancellable, listed_cb, g_object_ref (task));
      break;
    case STEP_EMPTY:
    case STEP_LAST:
    default:
      tl_ftp_client_remove_directory_async (self->client, top->path, cancellable, acted_cb, g_object_ref (task));
    }
}

static void
tl_ftp_removal_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFtpRemoval *self = TL_FTP_REMOVAL (object);

  switch (prop_id)
    {
    case PROP_N_FOUND:
      g_value_set_uint (value, self->n_found);
      break;
    case PROP_N_OVER:
      g_value_set_uint (value, self->n_over);
      break;
    case PROP_N_REMOVED:
      g_value_set_uint (value, self->n_removed);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_CURRENT:
      g_value_set_boxed (value, tl_ftp_removal_get_current (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_removal_finalize (GObject *object)
{
  TlFtpRemoval *self = TL_FTP_REMOVAL (object);

  g_object_unref (self->client);
  g_array_unref (self->stack);
  g_ptr_array_unref (self->failures);

  G_OBJECT_CLASS (tl_ftp_removal_parent_class)->finalize (object);
}

static void
tl_ftp_removal_class_init (TlFtpRemovalClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_removal_get_property;
  object_class->finalize = tl_ftp_removal_finalize;

  props[PROP_N_FOUND] = g_param_spec_uint ("n-found", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_OVER] = g_param_spec_uint ("n-over", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_REMOVED] = g_param_spec_uint ("n-removed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CURRENT] = g_param_spec_boxed ("current", NULL, NULL, G_TYPE_BYTES, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_removal_init (TlFtpRemoval *self)
{
  self->stack = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->stack, item_clear);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
}

TlFtpRemoval *
tl_ftp_removal_new (TlFtpClient  *client,
                    GBytes       *dir,
                    TlFtpListing *listing,
                    GArray       *indices)
{
  TlFtpRemoval *self;
  Item root = { NULL };

  g_return_val_if_fail (TL_IS_FTP_CLIENT (client), NULL);

  self = g_object_new (TL_TYPE_FTP_REMOVAL, NULL);
  self->client = g_object_ref (client);
  root.path = g_bytes_ref (dir);
  root.step = STEP_LAST;
  root.listing = tl_ftp_listing_ref (listing);
  root.indices = g_array_ref (indices);
  for (guint i = 0; i < indices->len; i++)
    {
      TlFtpListingItem entry;

      get_entry (&root, i, &entry);
      self->n_found += !entry.unsafe;
    }
  g_array_append_val (self->stack, root);

  return self;
}

TlFtpRemoval *
tl_ftp_removal_new_for_paths (TlFtpClient *client,
                              GPtrArray   *paths,
                              GArray      *are_folders)
{
  TlFtpRemoval *self;
  Item root = { NULL };

  g_return_val_if_fail (TL_IS_FTP_CLIENT (client), NULL);
  g_return_val_if_fail (paths->len == are_folders->len, NULL);

  self = g_object_new (TL_TYPE_FTP_REMOVAL, NULL);
  self->client = g_object_ref (client);
  root.path = g_bytes_new_static ("/", 1);
  root.step = STEP_LAST;
  root.paths = g_ptr_array_ref (paths);
  root.are_folders = g_array_ref (are_folders);
  self->n_found = paths->len;
  g_array_append_val (self->stack, root);

  return self;
}

void
tl_ftp_removal_run_async (TlFtpRemoval        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TL_IS_FTP_REMOVAL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_ftp_removal_run_async);
  removal_step (task);
}

gboolean
tl_ftp_removal_run_finish (TlFtpRemoval  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
