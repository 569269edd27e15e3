/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make two folders the same. */

#include "tl-ftp-sync-plan-private.h"

#include "tl-set-string.h"

struct _TlFtpSyncRow
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (TlFtpSyncRow, tl_ftp_sync_row, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlFtpSyncMode, tl_ftp_sync_mode,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_TO_LOCAL, "to-local"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_TO_REMOTE, "to-remote"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_BOTH, "both"))

G_DEFINE_ENUM_TYPE (TlFtpSyncFilter, tl_ftp_sync_filter,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_DOWNLOAD, "download"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_UPLOAD, "upload"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_DELETE, "delete"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SYNC_NOTHING, "nothing"))

enum {
  PROP_0,
  PROP_MODE,
  PROP_DOWNLOAD,
  PROP_UPLOAD,
  PROP_DELETE,
  PROP_FILTER,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
tl_ftp_sync_row_class_init (TlFtpSyncRowClass *klass)
{
  /* Nothing to be freed. */
}

static void
tl_ftp_sync_row_init (TlFtpSyncRow *self)
{
  /* Zeroed already. */
}

guint
tl_ftp_sync_row_get_index (TlFtpSyncRow *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_ROW (self), 0);

  return self->index;
}

static GType
tl_ftp_sync_plan_get_item_type (GListModel *model)
{
  return TL_TYPE_FTP_SYNC_ROW;
}

static guint
tl_ftp_sync_plan_get_n_rows (GListModel *model)
{
  return TL_FTP_SYNC_PLAN (model)->n_rows;
}

static gpointer
tl_ftp_sync_plan_get_row (GListModel *model,
                          guint       position)
{
  TlFtpSyncPlan *self = TL_FTP_SYNC_PLAN (model);
  TlFtpSyncRow *row;

  if (position >= self->n_rows)
    return NULL;
  row = g_object_new (TL_TYPE_FTP_SYNC_ROW, NULL);
  row->index = self->rows[position];
  return row;
}

static void
tl_ftp_sync_plan_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_sync_plan_get_item_type;
  iface->get_n_items = tl_ftp_sync_plan_get_n_rows;
  iface->get_item = tl_ftp_sync_plan_get_row;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSyncPlan, tl_ftp_sync_plan, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_sync_plan_list_model_init))

static void
folder_clear (gpointer data)
{
  TlFtpSyncFolder *folder = data;

  g_bytes_unref (folder->remote);
  g_free (folder->local);
  g_free (folder->key);
}

static void
item_clear (gpointer data)
{
  TlFtpSyncItem *item = data;

  g_free (item->local_name);
  g_clear_pointer (&item->remote_name, g_bytes_unref);
}

TlFtpSyncFailure *
tl_ftp_sync_failure_new (const char *path,
                         const char *message)
{
  TlFtpSyncFailure *self = g_new (TlFtpSyncFailure, 1);

  self->path = g_strdup (path);
  self->message = g_strdup (message);
  return self;
}

void
tl_ftp_sync_failure_free (TlFtpSyncFailure *self)
{
  g_free (self->path);
  g_free (self->message);
  g_free (self);
}

TlFtpSyncFilter
tl_ftp_sync_decide (TlFtpDifference  difference,
                    TlFtpSyncMode    mode,
                    gboolean        *enabled)
{
  const gboolean to_local = mode == TL_FTP_SYNC_TO_LOCAL;

  *enabled = TRUE;
  switch (difference)
    {
    case TL_FTP_DIFFERENCE_ONLY_LOCAL:
      return to_local ? TL_FTP_SYNC_DELETE : TL_FTP_SYNC_UPLOAD;
    case TL_FTP_DIFFERENCE_ONLY_REMOTE:
      return mode == TL_FTP_SYNC_TO_REMOTE ? TL_FTP_SYNC_DELETE : TL_FTP_SYNC_DOWNLOAD;
    case TL_FTP_DIFFERENCE_LOCAL_NEWER:
      /* A newer one is not written over, unless somebody says so. */
      *enabled = !to_local;
      return to_local ? TL_FTP_SYNC_DOWNLOAD : TL_FTP_SYNC_UPLOAD;
    case TL_FTP_DIFFERENCE_REMOTE_NEWER:
      *enabled = mode != TL_FTP_SYNC_TO_REMOTE;
      return mode == TL_FTP_SYNC_TO_REMOTE ? TL_FTP_SYNC_UPLOAD : TL_FTP_SYNC_DOWNLOAD;
    case TL_FTP_DIFFERENCE_SIZE:
      if (mode == TL_FTP_SYNC_BOTH)
        return TL_FTP_SYNC_NOTHING;
      return to_local ? TL_FTP_SYNC_DOWNLOAD : TL_FTP_SYNC_UPLOAD;
    case TL_FTP_DIFFERENCE_EQUAL:
    case TL_FTP_DIFFERENCE_FOLDER:
    case TL_FTP_DIFFERENCE_KIND:
    case TL_FTP_DIFFERENCE_UNKNOWN:
    default:
      return TL_FTP_SYNC_NOTHING;
    }
}

static TlFtpSyncItem *
get (TlFtpSyncPlan *self,
     guint          index)
{
  return &g_array_index (self->items, TlFtpSyncItem, index);
}

/* A folder that is deleted takes along what is in it. */
static gboolean
goes_with_folder (TlFtpSyncPlan       *self,
                  const TlFtpSyncItem *item)
{
  guint32 parent = g_array_index (self->folders, TlFtpSyncFolder, item->folder).item;

  return parent != TL_FTP_SYNC_NO_ITEM && (get (self, parent)->act == TL_FTP_SYNC_DELETE || get (self, parent)->act == TL_FTP_SYNC_ALL);
}

static void
show_all (TlFtpSyncPlan *self)
{
  tl_ftp_sync_plan_make_rows (self);
  tl_ftp_sync_plan_count (self);
  g_signal_emit (self, changed_signal, 0);
}

void
tl_ftp_sync_plan_decide_all (TlFtpSyncPlan *self)
{
  /* Folders come before what is in them. */
  for (guint i = 0; i < self->items->len; i++)
    {
      TlFtpSyncItem *item = get (self, i);

      item->act = tl_ftp_sync_decide (item->difference, self->mode, &item->enabled);
      /* What nobody has seen is not deleted with the rest. */
      if (item->act == TL_FTP_SYNC_DELETE && (item->unread || g_array_index (self->folders, TlFtpSyncFolder, item->folder).is_said))
        item->act = TL_FTP_SYNC_NOTHING;
      if (goes_with_folder (self, item) || item->difference == TL_FTP_DIFFERENCE_EQUAL)
        item->act = TL_FTP_SYNC_ALL;
    }
  show_all (self);
}

static void
tl_ftp_sync_plan_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlFtpSyncPlan *self = TL_FTP_SYNC_PLAN (object);

  switch (id)
    {
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_DOWNLOAD:
    case PROP_UPLOAD:
    case PROP_DELETE:
      g_value_set_boolean (value, self->allowed[id - PROP_DOWNLOAD + TL_FTP_SYNC_DOWNLOAD]);
      break;
    case PROP_FILTER:
      g_value_set_enum (value, self->filter);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_sync_plan_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlFtpSyncPlan *self = TL_FTP_SYNC_PLAN (object);
  gboolean *allowed = &self->allowed[TL_FTP_SYNC_DOWNLOAD + id - PROP_DOWNLOAD];

  switch (id)
    {
    case PROP_MODE:
      if (self->mode == (TlFtpSyncMode) g_value_get_enum (value))
        return;
      self->mode = g_value_get_enum (value);
      tl_ftp_sync_plan_decide_all (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_DOWNLOAD:
    case PROP_UPLOAD:
    case PROP_DELETE:
      if (*allowed == g_value_get_boolean (value))
        return;
      *allowed = g_value_get_boolean (value);
      tl_ftp_sync_plan_count (self);
      g_object_notify_by_pspec (object, pspec);
      g_signal_emit (self, changed_signal, 0);
      break;
    case PROP_FILTER:
      if (self->filter == (TlFtpSyncFilter) g_value_get_enum (value))
        return;
      self->filter = g_value_get_enum (value);
      show_all (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TEXT:
      if (!tl_set_string (&self->text, g_value_get_string (value)))
        return;
      g_free (self->key);
      self->key = self->text != NULL && *self->text != '\0' ? g_utf8_casefold (self->text, -1) : NULL;
      show_all (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_sync_plan_finalize (GObject *object)
{
  TlFtpSyncPlan *self = TL_FTP_SYNC_PLAN (object);

  g_array_unref (self->folders);
  g_array_unref (self->items);
  g_string_free (self->keys, TRUE);
  g_array_unref (self->waiting);
  g_ptr_array_unref (self->failures);
  g_free (self->rows);
  g_free (self->text);
  g_free (self->key);

  G_OBJECT_CLASS (tl_ftp_sync_plan_parent_class)->finalize (object);
}

static void
tl_ftp_sync_plan_class_init (TlFtpSyncPlanClass *klass)
{
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_sync_plan_get_property;
  object_class->set_property = tl_ftp_sync_plan_set_property;
  object_class->finalize = tl_ftp_sync_plan_finalize;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, TL_TYPE_FTP_SYNC_MODE, TL_FTP_SYNC_TO_LOCAL, both);
  properties[PROP_DOWNLOAD] = g_param_spec_boolean ("download", NULL, NULL, TRUE, both);
  properties[PROP_UPLOAD] = g_param_spec_boolean ("upload", NULL, NULL, TRUE, both);
  properties[PROP_DELETE] = g_param_spec_boolean ("delete", NULL, NULL, FALSE, both);
  properties[PROP_FILTER] = g_param_spec_enum ("filter", NULL, NULL, TL_TYPE_FTP_SYNC_FILTER, TL_FTP_SYNC_ALL, both);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", TL_TYPE_FTP_SYNC_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_sync_plan_init (TlFtpSyncPlan *self)
{
  self->folders = g_array_new (FALSE, FALSE, sizeof (TlFtpSyncFolder));
  self->items = g_array_new (FALSE, FALSE, sizeof (TlFtpSyncItem));
  g_array_set_clear_func (self->folders, folder_clear);
  g_array_set_clear_func (self->items, item_clear);
  self->keys = g_string_new (NULL);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_ftp_sync_failure_free);
  self->allowed[TL_FTP_SYNC_DOWNLOAD] = TRUE;
  self->allowed[TL_FTP_SYNC_UPLOAD] = TRUE;
}

TlFtpSyncPlan *
tl_ftp_sync_plan_new (GBytes                    *remote,
                      GFile                     *local,
                      const TlFtpCompareOptions *options)
{
  TlFtpSyncPlan *self = g_object_new (TL_TYPE_FTP_SYNC_PLAN, NULL);
  TlFtpSyncFolder first = { g_bytes_ref (remote), g_file_get_path (local), g_strdup (""), 0, TL_FTP_SYNC_NO_ITEM, 0, 0, TRUE, TRUE };
  const guint32 top = 0;

  self->options = *options;
  g_array_append_val (self->folders, first);
  g_array_append_val (self->waiting, top);
  return self;
}

const TlFtpSyncItem *
tl_ftp_sync_plan_get_item (TlFtpSyncPlan *self,
                           guint          index)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self) && index < self->items->len, NULL);

  return get (self, index);
}

guint
tl_ftp_sync_plan_get_n_items (TlFtpSyncPlan *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), 0);

  return self->items->len;
}

const TlFtpSyncFolder *
tl_ftp_sync_plan_get_folder (TlFtpSyncPlan *self,
                             guint          index)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self) && index < self->folders->len, NULL);

  return &g_array_index (self->folders, TlFtpSyncFolder, index);
}

guint
tl_ftp_sync_plan_get_n_folders (TlFtpSyncPlan *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), 0);

  return self->folders->len;
}

const TlFtpCompareOptions *
tl_ftp_sync_plan_get_options (TlFtpSyncPlan *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), NULL);

  return &self->options;
}

const TlFtpSyncTotals *
tl_ftp_sync_plan_get_totals (TlFtpSyncPlan *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), NULL);

  return &self->totals;
}

gboolean
tl_ftp_sync_plan_allows (TlFtpSyncPlan   *self,
                         TlFtpSyncFilter  act)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), FALSE);

  return self->allowed[act];
}

void
tl_ftp_sync_plan_get_progress (TlFtpSyncPlan *self,
                               guint         *n_folders,
                               guint         *n_equal)
{
  g_return_if_fail (TL_IS_FTP_SYNC_PLAN (self));

  *n_folders = self->n_walked;
  *n_equal = self->n_equal;
}

GPtrArray *
tl_ftp_sync_plan_get_failures (TlFtpSyncPlan *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_PLAN (self), NULL);

  return self->failures;
}
