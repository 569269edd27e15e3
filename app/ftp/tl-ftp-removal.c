/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removes folders with all that is in them. */

#include "tl-ftp-removal.h"

#include "tl-ftp-name.h"

#include <glib/gi18n-lib.h>

typedef enum {
  STEP_FILE,         /* DELE; of what was said to be a folder: it may be a link to one */
  STEP_EMPTY,        /* RMD before anything is listed: enough for an empty folder */
  STEP_LIST,
  STEP_LAST,         /* RMD when all that was in it is gone */
} Step;

typedef struct {
  GBytes *path;
  Step    step;
  guint   depth;
  gboolean folder;
} Item;

typedef struct {
  GArray *stack;     /* Item, the next at the end */
  guint   n_removed;
} Removal;

static void removal_step (GTask *task);

static void
item_clear (gpointer data)
{
  g_clear_pointer (&((Item *) data)->path, g_bytes_unref);
}

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_array_unref (removal->stack);
  g_free (removal);
}

static Item *
get_top (Removal *removal)
{
  return &g_array_index (removal->stack, Item, removal->stack->len - 1);
}

static void
push (Removal *removal,
      GBytes  *path,
      gboolean folder,
      guint    depth)
{
  Item item = { path, folder ? STEP_EMPTY : STEP_FILE, depth, folder };

  g_array_append_val (removal->stack, item);
}

/* Whether the server refused the thing itself: another way may go, where the end of the connection leaves none. */
static gboolean
is_refusal (const GError *error)
{
  return tl_ftp_error_get_code (error) >= 500;
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  Item *top = get_top (removal);
  GError *error = NULL;

  if (tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    {
      removal->n_removed++;
      g_array_set_size (removal->stack, removal->stack->len - 1);
      removal_step (task);
    }
  else if (top->folder && top->step != STEP_LAST && is_refusal (error))
    {
      /* Some servers show a link to a folder as that folder: RMD is refused, DELE removes the link. What is refused both is a folder that is not empty. */
      top->step = top->step == STEP_EMPTY ? STEP_FILE : STEP_LIST;
      g_error_free (error);
      removal_step (task);
    }
  else
    g_task_return_error (task, error);
}

static void
push_content (Removal      *removal,
              TlFtpListing *listing)
{
  g_autoptr (GBytes) path = g_bytes_ref (get_top (removal)->path);
  guint depth = get_top (removal)->depth + 1;

  for (guint i = 0; i < tl_ftp_listing_get_n_entries (listing); i++)
    {
      TlFtpListingItem item;
      g_autoptr (GBytes) name = NULL;

      tl_ftp_listing_get_entry (listing, i, &item);
      /* It cannot be sent: the folder will not be empty, and the server says so. */
      if (item.unsafe)
        continue;
      name = g_bytes_new (item.name, item.name_length);
      push (removal, tl_ftp_path_join (path, name), item.kind == TL_FTP_ENTRY_DIRECTORY, depth);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);

  if (!listing)
    {
      g_task_return_error (task, error);
      return;
    }
  get_top (removal)->step = STEP_LAST;
  if (get_top (removal)->depth >= TL_FTP_REMOVAL_MAX_DEPTH
      || removal->stack->len + tl_ftp_listing_get_n_entries (listing) > TL_FTP_REMOVAL_MAX_WAITING)
    {
      g_task_return_new_error (task, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL, _("The folder is too deep or too large to be removed at once."));
      return;
    }
  push_content (removal, listing);
  removal_step (task);
}

static void
removal_step (GTask *task)
{
  TlFtpClient *client = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Item *top;

  if (removal->stack->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  top = get_top (removal);
  switch (top->step)
    {
    case STEP_FILE:
      tl_ftp_client_remove_file_async (client, top->path, cancellable, acted_cb, g_object_ref (task));
      break;
    case STEP_LIST:
      tl_ftp_client_list_async (client, top->path, cancellable, listed_cb, g_object_ref (task));
      break;
    case STEP_EMPTY:
    case STEP_LAST:
    default:
      tl_ftp_client_remove_directory_async (client, top->path, cancellable, acted_cb, g_object_ref (task));
    }
}

void
tl_ftp_removal_async (TlFtpClient         *client,
                      GPtrArray           *paths,
                      const gboolean      *folders,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Removal *removal = g_new0 (Removal, 1);

  g_task_set_source_tag (task, tl_ftp_removal_async);
  removal->stack = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (removal->stack, item_clear);
  for (guint i = paths->len; i > 0; i--)
    push (removal, g_bytes_ref (g_ptr_array_index (paths, i - 1)), folders[i - 1], 0);
  g_task_set_task_data (task, removal, removal_free);
  removal_step (task);
}

gboolean
tl_ftp_removal_finish (TlFtpClient   *client,
                       GAsyncResult  *result,
                       guint         *n_removed,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  if (n_removed)
    *n_removed = ((Removal *) g_task_get_task_data (G_TASK (result)))->n_removed;
  return g_task_propagate_boolean (G_TASK (result), error);
}
