/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded session, a chunk at a time. */

#include "tl-history-messages.h"

#include "tl-history-pages.h"
#include "tl-history-private.h"
#include "tl-history-reading.h"
#include "tl-live-messages.h"
#include "tl-set-string.h"

/* More than this many places are not waited for: who scrolls fast wants the last ones. */
#define MAX_WANTED 4
#define MAX_SHOWN 1024

struct _TlHistoryMessages
{
  GObject           parent_instance;

  TlHistory        *history;
  TlHistorySession *session;
  guint             n_items;
  guint64           base;       /* of the session's messages, our first row */
  TlHistoryPages   *pages;
  GPtrArray        *peers;      /* number → name; [0] is NULL */
  GHashTable       *numbers;    /* name → number */
  TlLiveMessages   *live;
  GArray           *wanted;     /* rows that were looked at in vain, the newest last */
  GArray           *shown;      /* of those, which were shown as empty rows */
  guint             asked;      /* while reading: the row that is being read */
  gboolean          reading;
  GCancellable     *cancellable;
  char             *error;
};

enum {
  PROP_0,
  PROP_N_ITEMS,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint32
get_number (TlHistoryMessages *self,
            const char        *name)
{
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));

  if (number != 0)
    return number;
  number = self->peers->len;
  g_ptr_array_add (self->peers, g_strdup (name));
  g_hash_table_insert (self->numbers, self->peers->pdata[number], GUINT_TO_POINTER (number));
  return number;
}

static void
set_error (TlHistoryMessages *self,
           const char        *error)
{
  if (tl_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* FALSE: it does not hold what was asked for. */
static gboolean
add_page (TlHistoryMessages *self,
          TlHistoryReading           *reading)
{
  GPtrArray *names = tl_history_chunk_get_names (reading->chunk);
  guint32 *peers;

  if (reading->first < (gint64) self->base || reading->n_rows != tl_history_chunk_get_n_rows (reading->chunk) ||
      reading->position - reading->first >= reading->n_rows || (guint64) (reading->first + reading->n_rows) - self->base > self->n_items)
    return FALSE;

  peers = g_new0 (guint32, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    peers[i + 1] = get_number (self, names->pdata[i]);
  tl_history_pages_add (self->pages, (guint) (reading->first - self->base), g_steal_pointer (&reading->chunk), peers);
  return TRUE;
}

static void read_next (TlHistoryMessages *self);

/* Rows that were shown empty are replaced. */
static void
tell (TlHistoryMessages *self,
      const TlHistoryPage        *page)
{
  const guint first = page->first, n_rows = page->n_rows;
  gboolean shown = FALSE;
  guint before = 0, after = 0;

  for (guint i = self->shown->len; i-- > 0;)
    {
      const guint position = g_array_index (self->shown, guint, i);

      if (position < first || position - first >= n_rows)
        continue;
      shown = TRUE;
      g_array_remove_index_fast (self->shown, i);
    }
  /* In a stream the text of a row depends on its neighbours, which may be in other chunks. */
  if (!tl_history_session_get_about (self->session)->is_datagram)
    {
      before = MIN (first, TL_MESSAGE_SOURCE_LOOKBACK_ROWS);
      after = MIN (self->n_items - first - n_rows, TL_MESSAGE_SOURCE_LOOKBACK_ROWS);
    }
  if (shown)
    g_list_model_items_changed (G_LIST_MODEL (self), first - before, before + n_rows + after, before + n_rows + after);
  tl_message_source_tell_ready (TL_MESSAGE_SOURCE (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TlHistoryMessages) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlHistoryReading) reading = tl_database_run_finish (TL_DATABASE (source), result, &error);
  const guint position = self->asked;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    set_error (self, error->message);
  /* A row that cannot be read is not asked for again and again. */
  if ((reading == NULL || !add_page (self, reading)) && tl_history_pages_find (self->pages, position) == NULL)
    tl_history_pages_add (self->pages, position, NULL, NULL);
  tell (self, tl_history_pages_find (self->pages, position));
  read_next (self);
}

static void
read_next (TlHistoryMessages *self)
{
  TlHistoryReading *reading;

  if (self->reading)
    return;
  while (self->wanted->len > 0 && tl_history_pages_find (self->pages, g_array_index (self->wanted, guint, self->wanted->len - 1)) != NULL)
    g_array_set_size (self->wanted, self->wanted->len - 1);
  if (self->wanted->len == 0)
    return;

  self->reading = TRUE;
  self->asked = g_array_index (self->wanted, guint, self->wanted->len - 1);
  g_array_set_size (self->wanted, self->wanted->len - 1);
  reading = g_new0 (TlHistoryReading, 1);
  reading->session = tl_history_session_get_id (self->session);
  reading->position = (gint64) (self->base + self->asked);
  tl_database_run_async (tl_history_get_database (self->history), tl_history_reading_run, reading, (GDestroyNotify) tl_history_reading_free,
                         (GDestroyNotify) tl_history_reading_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
want (TlHistoryMessages *self,
      guint              position)
{
  if (self->reading && self->asked == position)
    return;
  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index (self->wanted, guint, i) == position)
      {
        g_array_remove_index (self->wanted, i);
        break;
      }
  if (self->wanted->len == MAX_WANTED)
    g_array_remove_index (self->wanted, 0);
  g_array_append_val (self->wanted, position);
  read_next (self);
}

/* It will be told of as replaced. */
static void
note_shown (TlHistoryMessages *self,
            guint              position)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_array_index (self->shown, guint, i) == position)
      return;
  if (self->shown->len == MAX_SHOWN)
    g_array_remove_index (self->shown, 0);
  g_array_append_val (self->shown, position);
}

static gboolean
tl_history_messages_peek (TlMessageSource *source,
                          guint            position,
                          TlMessageInfo   *info)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (source);
  TlHistoryPage *page;

  if (position >= self->n_items)
    return FALSE;
  page = tl_history_pages_find (self->pages, position);
  if (page != NULL && page->chunk != NULL)
    {
      tl_history_chunk_peek (page->chunk, position - page->first, info);
      info->peer = page->peers[info->peer];
    }
  else
    *info = (TlMessageInfo) { .kind = TL_MESSAGE_EVENT };
  info->id = (guint64) position + 1;
  if (page == NULL)
    {
      note_shown (self, position);
      want (self, position);
    }
  return TRUE;
}

static GBytes *
tl_history_messages_dup_bytes (TlMessageSource *source,
                               guint            position)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (source);
  TlHistoryPage *page = position < self->n_items ? tl_history_pages_find (self->pages, position) : NULL;

  if (position >= self->n_items)
    return NULL;
  if (page == NULL || page->chunk == NULL)
    return g_bytes_new (NULL, 0);
  return tl_history_chunk_dup_bytes (page->chunk, position - page->first);
}

static const char *
tl_history_messages_peer_name (TlMessageSource *source,
                               guint32          peer)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (source);

  return peer < self->peers->len ? self->peers->pdata[peer] : NULL;
}

static gboolean
tl_history_messages_find_id (TlMessageSource *source,
                             guint64          id,
                             guint           *position)
{
  if (id > TL_HISTORY_MESSAGES (source)->n_items)
    return FALSE;
  *position = id > 0 ? (guint) (id - 1) : 0;
  return TL_HISTORY_MESSAGES (source)->n_items > 0;
}

static gboolean
tl_history_messages_is_ready (TlMessageSource *source,
                              guint            position)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (source);

  if (position >= self->n_items || tl_history_pages_find (self->pages, position) != NULL)
    return TRUE;
  want (self, position);
  return FALSE;
}

static guint64
tl_history_messages_get_id (TlMessageSource *source,
                            guint            position)
{
  return position < TL_HISTORY_MESSAGES (source)->n_items ? (guint64) position + 1 : 0;
}

static void
tl_history_messages_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_history_messages_peek;
  iface->dup_bytes = tl_history_messages_dup_bytes;
  iface->peer_name = tl_history_messages_peer_name;
  iface->find_id = tl_history_messages_find_id;
  iface->is_ready = tl_history_messages_is_ready;
  iface->get_id = tl_history_messages_get_id;
}

static GType
tl_history_messages_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_history_messages_get_n_items (GListModel *model)
{
  return TL_HISTORY_MESSAGES (model)->n_items;
}

static gpointer
tl_history_messages_get_item (GListModel *model,
                              guint       position)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (model);
  g_autoptr (GBytes) nothing = NULL;
  TlMessageInfo info;

  if (position >= self->n_items)
    return NULL;
  if (tl_history_pages_find (self->pages, position) != NULL)
    return tl_live_messages_get (self->live, TL_MESSAGE_SOURCE (self), position);
  /* An object of its own, that is not found again when the row has come. */
  nothing = g_bytes_new (NULL, 0);
  tl_history_messages_peek (TL_MESSAGE_SOURCE (self), position, &info);
  return tl_message_new (&info, NULL, nothing);
}

static void
tl_history_messages_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_history_messages_get_item_type;
  iface->get_n_items = tl_history_messages_get_n_items;
  iface->get_item = tl_history_messages_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlHistoryMessages, tl_history_messages, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_history_messages_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_history_messages_source_init))

static void
tl_history_messages_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (object);

  switch (property_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_history_messages_dispose (GObject *object)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (object);

  g_cancellable_cancel (self->cancellable);
  self->n_items = 0;
  tl_history_pages_clear (self->pages);
  g_clear_object (&self->history);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tl_history_messages_parent_class)->dispose (object);
}

static void
tl_history_messages_finalize (GObject *object)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (object);

  tl_history_pages_free (self->pages);
  g_ptr_array_unref (self->peers);
  g_hash_table_unref (self->numbers);
  g_array_unref (self->wanted);
  g_array_unref (self->shown);
  tl_live_messages_free (self->live);
  g_object_unref (self->cancellable);
  g_free (self->error);

  G_OBJECT_CLASS (tl_history_messages_parent_class)->finalize (object);
}

static void
tl_history_messages_class_init (TlHistoryMessagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_history_messages_get_property;
  object_class->dispose = tl_history_messages_dispose;
  object_class->finalize = tl_history_messages_finalize;

  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

}

static void
tl_history_messages_init (TlHistoryMessages *self)
{
  self->pages = tl_history_pages_new ();
  self->peers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->peers, NULL);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->live = tl_live_messages_new ();
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cancellable = g_cancellable_new ();
}

TlHistoryMessages *
tl_history_messages_new (TlHistory        *history,
                         TlHistorySession *session)
{
  TlHistoryMessages *self;
  guint64 n;

  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);
  g_return_val_if_fail (TL_IS_HISTORY_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_HISTORY_MESSAGES, NULL);
  self->history = g_object_ref (history);
  self->session = g_object_ref (session);
  self->base = tl_history_session_get_n_gone (session);
  n = tl_history_session_get_n_messages (session) - self->base;
  self->n_items = (guint) MIN (n, G_MAXINT);
  return self;
}

TlHistorySession *
tl_history_messages_get_session (TlHistoryMessages *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_MESSAGES (self), NULL);
  return self->session;
}

TlHistory *
tl_history_messages_get_history (TlHistoryMessages *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_MESSAGES (self), NULL);
  return self->history;
}

const char *
tl_history_messages_get_error (TlHistoryMessages *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_MESSAGES (self), NULL);
  return self->error;
}

gsize
tl_history_messages_get_memory (TlHistoryMessages *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_MESSAGES (self), 0);
  return tl_history_pages_get_memory (self->pages);
}
