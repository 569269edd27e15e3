/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which items of a plan are seen, which are switched on, and what all of that comes to. */

#include "tl-ftp-sync-plan-private.h"

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

static gboolean
has_key (TlFtpSyncPlan *self,
         const char    *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);

  return strstr (folded, self->key) != NULL;
}

/* Whether what is looked for is in the path of an item; of its folder that is found out once. */
static gboolean
has_text (TlFtpSyncPlan *self,
          guint          index,
          guint8        *of_folder)
{
  const TlFtpSyncItem *item = get (self, index);
  guint8 *known = &of_folder[item->folder];
  g_autofree char *path = NULL;

  if (strchr (self->key, '/') != NULL)
    {
      path = tl_ftp_sync_plan_dup_path (self, index);
      return has_key (self, path);
    }
  if (*known == 0)
    *known = item->folder != 0 && has_key (self, get_folder (self, item->folder)->local + strlen (get_folder (self, 0)->local)) ? 2 : 1;
  return *known == 2 || has_key (self, item->local_name);
}

void
tl_ftp_sync_plan_make_rows (TlFtpSyncPlan *self)
{
  g_autofree guint8 *of_folder = self->key != NULL ? g_new0 (guint8, self->folders->len) : NULL;
  guint n_old = self->n_rows;

  g_free (self->rows);
  self->rows = g_new (guint32, self->items->len);
  self->n_rows = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      TlFtpSyncItem *item = get (self, i);

      item->shown = item->act != TL_FTP_SYNC_ALL && (self->filter == TL_FTP_SYNC_ALL || self->filter == item->act) &&
                    (of_folder == NULL || has_text (self, i, of_folder));
      if (item->shown)
        self->rows[self->n_rows++] = i;
    }
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
