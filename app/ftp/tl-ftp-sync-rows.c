/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which items of a plan are seen, which are switched on, and what all of that comes to. */

#include "tl-ftp-sync-plan-private.h"

#include "tl-local-name.h"

#include <string.h>

static TlFtpSyncItem *
get (TlFtpSyncPlan *self,
     guint          index)
{
  return &g_array_index (self->items, TlFtpSyncItem, index);
}

static const TlFtpSyncFolder *
get_folder (TlFtpSyncPlan *self,
            guint          index)
{
  return &g_array_index (self->folders, TlFtpSyncFolder, index);
}

static gboolean
is_on (TlFtpSyncPlan       *self,
       const TlFtpSyncItem *item)
{
  return item->enabled && item->act != TL_FTP_SYNC_NOTHING && item->act != TL_FTP_SYNC_ALL && self->allowed[item->act];
}

static gint64
get_size (const TlFtpSyncItem *item)
{
  if (item->act == TL_FTP_SYNC_DOWNLOAD || (item->act == TL_FTP_SYNC_DELETE && item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE))
    return MAX (item->remote_size, 0);
  return MAX (item->local_size, 0);
}

/* @by: 1 or -1 */
static void
count (TlFtpSyncPlan       *self,
       const TlFtpSyncItem *item,
       int                  by)
{
  if (!is_on (self, item))
    return;
  self->totals.n_on[TL_FTP_SYNC_ALL] += by;
  self->totals.n_on[item->act] += by;
  self->totals.size[TL_FTP_SYNC_ALL] += by * get_size (item);
  self->totals.size[item->act] += by * get_size (item);
  if (!item->shown)
    self->totals.n_hidden += by;
  if (item->act == TL_FTP_SYNC_DELETE)
    self->totals.n_within += by * (int) item->n_within;
}

void
tl_ftp_sync_plan_count (TlFtpSyncPlan *self)
{
  self->totals = (TlFtpSyncTotals) { 0 };
  for (guint i = 0; i < self->items->len; i++)
    {
      const TlFtpSyncItem *item = get (self, i);

      /* Goes with the folder that it is in, or is the same on both sides. */
      if (item->act == TL_FTP_SYNC_ALL)
        continue;
      self->totals.n[item->act]++;
      self->totals.n[TL_FTP_SYNC_ALL]++;
      count (self, item, 1);
    }
}

char *
tl_ftp_sync_dup_key (const char *name)
{
  g_autofree char *text = tl_local_name_display (name);

  return g_utf8_casefold (text, -1);
}

/* What is looked for, in paths that are a folder and a name. */
typedef struct {
  const char *key;
  gboolean    has_slash;
  char       *above;      /* with a slash: what is before the last one, with which a folder must end */
  const char *below;      /* and what is behind it, with which a name must begin */
  guint8     *folders;    /* of each: FOUND, ENDS; 0: not known yet */
  const char *hit;        /* the next one among the names (nullable) */
} Search;

enum {
  KNOWN = 1 << 0,
  FOUND = 1 << 1,   /* in the path of the folder: in all that is in it */
  ENDS = 1 << 2,
};

static void
search_begin (Search        *self,
              TlFtpSyncPlan *plan)
{
  const char *slash = strrchr (plan->key, '/');

  *self = (Search) { .key = plan->key, .has_slash = slash != NULL, .folders = g_new0 (guint8, plan->folders->len) };
  if (slash != NULL)
    {
      self->above = g_strndup (plan->key, (gsize) (slash - plan->key));
      self->below = slash + 1;
    }
  else
    self->hit = memmem (plan->keys->str, plan->keys->len, self->key, strlen (self->key));
}

static void
search_end (Search *self)
{
  g_free (self->above);
  g_free (self->folders);
}

static guint8
look_at_folder (Search        *self,
                TlFtpSyncPlan *plan,
                guint32        index)
{
  const char *path = get_folder (plan, index)->key;

  if (self->folders[index] != 0)
    return self->folders[index];
  self->folders[index] = KNOWN;
  if (index != 0 && strstr (path, self->key) != NULL)
    self->folders[index] |= FOUND;
  if (index != 0 && self->has_slash && g_str_has_suffix (path, self->above))
    self->folders[index] |= ENDS;
  return self->folders[index];
}

/* The names are looked through once for all items, in whose order they are. */
static gboolean
has_text (Search        *self,
          TlFtpSyncPlan *plan,
          guint          index)
{
  const TlFtpSyncItem *item = get (plan, index);
  const char *name = plan->keys->str + item->key;
  const char *end = plan->keys->str + (index + 1 < plan->items->len ? get (plan, index + 1)->key : plan->keys->len);
  const guint8 folder = look_at_folder (self, plan, item->folder);

  if (folder & FOUND)
    return TRUE;
  if (self->has_slash)
    return (folder & ENDS) && g_str_has_prefix (name, self->below);
  if (self->hit != NULL && self->hit < name)
    self->hit = memmem (name, plan->keys->len - item->key, self->key, strlen (self->key));
  return self->hit != NULL && self->hit < end;
}

void
tl_ftp_sync_plan_make_rows (TlFtpSyncPlan *self)
{
  const guint n_old = self->n_rows;
  Search search = { 0 };

  if (self->key != NULL)
    search_begin (&search, self);
  g_free (self->rows);
  self->rows = g_new (guint32, self->items->len);
  self->n_rows = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      TlFtpSyncItem *item = get (self, i);

      item->shown = item->act != TL_FTP_SYNC_ALL && (self->filter == TL_FTP_SYNC_ALL || self->filter == item->act) &&
                    (self->key == NULL || has_text (&search, self, i));
      if (item->shown)
        self->rows[self->n_rows++] = i;
    }
  search_end (&search);
  if (n_old > 0 || self->n_rows > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->n_rows);
}

gboolean
tl_ftp_sync_plan_is_on (TlFtpSyncPlan *self,
                        guint          index)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self) && index < self->items->len, FALSE);

  return is_on (self, get (self, index));
}

static void
enable (TlFtpSyncPlan *self,
        TlFtpSyncItem *item,
        gboolean       enabled)
{
  if (item->enabled == enabled)
    return;
  count (self, item, -1);
  item->enabled = enabled;
  count (self, item, 1);
}

/* What is in the folder that the item is; folders come before what is in them. */
static void
enable_content (TlFtpSyncPlan *self,
                guint          index,
                gboolean       enabled)
{
  g_autofree gboolean *within = g_new0 (gboolean, self->folders->len);

  for (guint i = 1; i < self->folders->len; i++)
    within[i] = get_folder (self, i)->item == index || within[get_folder (self, i)->parent];
  for (guint i = index + 1; i < self->items->len; i++)
    if (within[get (self, i)->folder])
      enable (self, get (self, i), enabled);
}

/* What comes into a folder needs that folder. */
static void
enable_above (TlFtpSyncPlan *self,
              guint          index)
{
  const guint8 act = get (self, index)->act;

  for (guint32 at = get_folder (self, get (self, index)->folder)->item; at != TL_FTP_SYNC_NO_ITEM;
       at = get_folder (self, get (self, at)->folder)->item)
    if (get (self, at)->act == act)
      enable (self, get (self, at), TRUE);
}

void
tl_ftp_sync_plan_set_enabled (TlFtpSyncPlan *self,
                              guint          index,
                              gboolean       enabled)
{
  g_return_if_fail (TL_IS_FTP_SYNC_PLAN (self) && index < self->items->len);

  if (get (self, index)->enabled == enabled)
    return;
  enable (self, get (self, index), enabled);
  if (get (self, index)->is_folder)
    enable_content (self, index, enabled);
  if (enabled)
    enable_above (self, index);
  g_signal_emit_by_name (self, "changed");
}

void
tl_ftp_sync_plan_enable_rows (TlFtpSyncPlan *self,
                              gboolean       enabled)
{
  g_return_if_fail (TL_IS_FTP_SYNC_PLAN (self));

  for (guint i = 0; i < self->n_rows; i++)
    {
      enable (self, get (self, self->rows[i]), enabled);
      if (enabled)
        enable_above (self, self->rows[i]);
    }
  g_signal_emit_by_name (self, "changed");
}
