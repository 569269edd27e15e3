/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of the history's sessions, kept up to date. */

#include "tl-history-list.h"

#include "tl-pointer-list.h"
#include "tl-set-string.h"

#define INTERVAL_MS 1000

struct _TlHistoryList
{
  GObject       parent_instance;

  TlHistory    *history;
  GPtrArray    *items;
  char         *text;
  char         *kind;
  char         *error;
  GCancellable *cancellable;  /* of the question; NULL: none */
  guint         timer;        /* not asked again before */
  gboolean      stale;
  gboolean      active;
  gboolean      loaded;
};

enum {
  PROP_0,
  PROP_TEXT,
  PROP_KIND,
  PROP_ACTIVE,
  PROP_N_ITEMS,
  PROP_LOADED,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

TL_DEFINE_POINTER_LIST (TlHistoryList, tl_history_list, items, TL_TYPE_HISTORY_ITEM)

static void
notify (TlHistoryList *self,
        guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_error (TlHistoryList *self,
           const char    *error)
{
  if (tl_set_string (&self->error, error))
    notify (self, PROP_ERROR);
}

/* Where the item of a session stands from @from on; G_MAXUINT: nowhere. */
static guint
find_from (TlHistoryList *self,
           guint          from,
           gint64         id)
{
  for (guint i = from; i < self->items->len; i++)
    if (tl_history_session_get_id (tl_history_item_get_session (self->items->pdata[i])) == id)
      return i;
  return G_MAXUINT;
}

static void
remove_items (TlHistoryList *self,
              guint          position,
              guint          n)
{
  if (n == 0)
    return;
  g_ptr_array_remove_range (self->items, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

/* The new ones of @sessions from @from on, up to one that is listed already, before @position. Returns how many. */
static guint
insert_items (TlHistoryList *self,
              GPtrArray     *sessions,
              guint          from,
              guint          position,
              GHashTable    *known)
{
  guint n = 0;

  for (guint i = from; i < sessions->len; i++, n++)
    {
      const gint64 id = tl_history_session_get_id (sessions->pdata[i]);

      if (g_hash_table_contains (known, &id))
        break;
      g_ptr_array_insert (self->items, (int) (position + n), tl_history_item_new (self->history, sessions->pdata[i]));
    }
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
  return n;
}

/* Both are in the same order, that never changes: the old list is walked along the new one. */
static void
merge (TlHistoryList *self,
       GPtrArray     *sessions)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const guint n_before = self->items->len;
  guint position = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const gint64 id = tl_history_session_get_id (tl_history_item_get_session (self->items->pdata[i]));

      g_hash_table_add (known, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; i < sessions->len;)
    {
      TlHistorySession *session = sessions->pdata[i];
      const gint64 id = tl_history_session_get_id (session);
      guint found;

      if (!g_hash_table_contains (known, &id))
        {
          const guint n = insert_items (self, sessions, i, position, known);

          i += n;
          position += n;
          continue;
        }
      found = find_from (self, position, id);
      g_return_if_fail (found != G_MAXUINT);
      remove_items (self, position, found - position);
      tl_history_item_update (self->items->pdata[position], self->history, session);
      position++;
      i++;
    }
  remove_items (self, position, self->items->len - position);
  if (self->items->len != n_before)
    notify (self, PROP_N_ITEMS);
}

static void ask (TlHistoryList *self);

/* What is wrong now, or was: the sessions of a damaged file are missed. */
static void
show_history_error (TlHistoryList *self)
{
  const char *error = tl_history_get_error (self->history);

  set_error (self, error != NULL ? error : tl_history_get_set_aside (self->history));
}

static gboolean
timer_cb (gpointer user_data)
{
  TlHistoryList *self = user_data;

  self->timer = 0;
  if (self->stale)
    ask (self);
  return G_SOURCE_REMOVE;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlHistoryList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) all = tl_history_list_finish (TL_HISTORY (source), result, &error);
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (g_object_unref);

  /* Another question has been asked since, or none is to be any more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || !self->active)
    return;
  g_clear_object (&self->cancellable);
  self->timer = g_timeout_add (INTERVAL_MS, timer_cb, self);
  if (all != NULL)
    {
      for (guint i = 0; i < g_list_model_get_n_items (all); i++)
        {
          g_autoptr (TlHistorySession) session = g_list_model_get_item (all, i);

          if (self->kind == NULL || g_strcmp0 (tl_history_session_get_about (session)->kind, self->kind) == 0)
            g_ptr_array_add (sessions, g_steal_pointer (&session));
        }
      merge (self, sessions);
    }
  if (error != NULL)
    set_error (self, error->message);
  else
    show_history_error (self);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      notify (self, PROP_LOADED);
    }
}

static void
stop_asking (TlHistoryList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
ask (TlHistoryList *self)
{
  stop_asking (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  tl_history_list_async (self->history, self->text, self->cancellable, listed_cb, g_object_ref (self));
}

static void
changed_cb (TlHistoryList *self)
{
  self->stale = TRUE;
  if (self->active && self->timer == 0 && self->cancellable == NULL)
    ask (self);
}

static void
error_cb (TlHistoryList *self)
{
  if (self->loaded)
    show_history_error (self);
  changed_cb (self);
}

static void
tl_history_list_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlHistoryList *self = TL_HISTORY_LIST (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_list_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlHistoryList *self = TL_HISTORY_LIST (object);

  switch (property_id)
    {
    case PROP_TEXT:
      tl_history_list_set_text (self, g_value_get_string (value));
      break;
    case PROP_KIND:
      tl_history_list_set_kind (self, g_value_get_string (value));
      break;
    case PROP_ACTIVE:
      tl_history_list_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_list_dispose (GObject *object)
{
  TlHistoryList *self = TL_HISTORY_LIST (object);

  self->active = FALSE;
  stop_asking (self);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (tl_history_list_parent_class)->dispose (object);
}

static void
tl_history_list_finalize (GObject *object)
{
  TlHistoryList *self = TL_HISTORY_LIST (object);

  g_ptr_array_unref (self->items);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->error);

  G_OBJECT_CLASS (tl_history_list_parent_class)->finalize (object);
}

static void
tl_history_list_class_init (TlHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags flags = readable | G_PARAM_WRITABLE;

  object_class->get_property = tl_history_list_get_property;
  object_class->set_property = tl_history_list_set_property;
  object_class->dispose = tl_history_list_dispose;
  object_class->finalize = tl_history_list_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, readable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_history_list_init (TlHistoryList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

TlHistoryList *
tl_history_list_new (TlHistory *history)
{
  TlHistoryList *self;

  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);

  self = g_object_new (TL_TYPE_HISTORY_LIST, NULL);
  self->history = g_object_ref (history);
  self->stale = TRUE;
  g_signal_connect_object (history, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* What is asked for has changed: at once. */
static void
set_string (TlHistoryList *self,
            char         **string,
            const char    *value,
            guint          property)
{
  if (value != NULL && *value == '\0')
    value = NULL;
  if (!tl_set_string (string, value))
    return;
  self->stale = TRUE;
  if (self->active)
    ask (self);
  notify (self, property);
}

void
tl_history_list_set_text (TlHistoryList *self,
                          const char    *text)
{
  g_return_if_fail (TL_IS_HISTORY_LIST (self));
  set_string (self, &self->text, text, PROP_TEXT);
}

void
tl_history_list_set_kind (TlHistoryList *self,
                          const char    *kind)
{
  g_return_if_fail (TL_IS_HISTORY_LIST (self));
  set_string (self, &self->kind, kind, PROP_KIND);
}

void
tl_history_list_set_active (TlHistoryList *self,
                            gboolean       active)
{
  g_return_if_fail (TL_IS_HISTORY_LIST (self));

  active = active != FALSE;
  if (self->active == active)
    return;
  self->active = active;
  if (active)
    ask (self);
  else
    {
      self->stale = TRUE;
      stop_asking (self);
    }
  notify (self, PROP_ACTIVE);
}

gboolean
tl_history_list_get_loaded (TlHistoryList *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_LIST (self), FALSE);
  return self->loaded;
}

const char *
tl_history_list_get_error (TlHistoryList *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_LIST (self), NULL);
  return self->error;
}

gboolean
tl_history_list_is_whole (TlHistoryList *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_LIST (self), FALSE);
  return self->text == NULL && self->kind == NULL;
}

guint
tl_history_list_find (TlHistoryList *self,
                      gint64         id)
{
  g_return_val_if_fail (TL_IS_HISTORY_LIST (self), G_MAXUINT);
  return find_from (self, 0, id);
}

GListModel *
tl_history_list_dup_sessions (TlHistoryList *self)
{
  GListStore *sessions;

  g_return_val_if_fail (TL_IS_HISTORY_LIST (self), NULL);

  sessions = g_list_store_new (TL_TYPE_HISTORY_SESSION);
  for (guint i = 0; i < self->items->len; i++)
    g_list_store_append (sessions, tl_history_item_get_session (self->items->pdata[i]));
  return G_LIST_MODEL (sessions);
}
