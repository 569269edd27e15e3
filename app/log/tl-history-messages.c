/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded session, a chunk at a time. */

#include "tl-history-messages.h"

#include "tl-history-private.h"
#include "tl-live-messages.h"

#include <glib/gi18n-lib.h>

/* What is kept of what was read: whichever of the two is reached first, but always what is on screen. */
#define MAX_PAGES 4096
#define MAX_MEMORY (48 * 1024 * 1024)
#define MIN_PAGES 4
/* More than this many places are not waited for: who scrolls fast wants the last ones. */
#define MAX_WANTED 4
#define MAX_SHOWN 1024

/* One chunk, placed. */
typedef struct {
  guint           first;    /* row of ours */
  guint           n_rows;
  TlHistoryChunk *chunk;    /* NULL: it could not be read */
  guint32        *peers;    /* number there → number here; [0] is 0 */
  guint64         used;     /* when, by our count */
} Page;

struct _TlHistoryMessages
{
  GObject           parent_instance;

  TlHistory        *history;
  TlHistorySession *session;
  guint             n_items;
  guint64           base;       /* of the session's messages, our first row */
  GPtrArray        *pages;      /* of Page, by `first` */
  Page             *last;       /* looked at last: mostly it is the next one too */
  guint64           clock;
  gsize             memory;
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

enum {
  READY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
page_free (Page *page)
{
  g_clear_pointer (&page->chunk, tl_history_chunk_unref);
  g_free (page->peers);
  g_free (page);
}

/* The place of the page that holds @position, or where it would stand. */
static guint
find_place (TlHistoryMessages *self,
            guint              position)
{
  guint low = 0, high = self->pages->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const Page *page = self->pages->pdata[middle];

      if (page->first + page->n_rows <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* NULL: not there. */
static Page *
find_page (TlHistoryMessages *self,
           guint              position)
{
  Page *page = self->last;
  guint place;

  if (page == NULL || position < page->first || position - page->first >= page->n_rows)
    {
      place = find_place (self, position);
      page = place < self->pages->len ? self->pages->pdata[place] : NULL;
      if (page == NULL || position < page->first)
        return NULL;
    }
  self->last = page;
  page->used = ++self->clock;
  return page;
}

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
drop_page (TlHistoryMessages *self,
           guint              place)
{
  Page *page = self->pages->pdata[place];

  if (page->chunk != NULL)
    self->memory -= tl_history_chunk_get_size (page->chunk);
  if (self->last == page)
    self->last = NULL;
  g_ptr_array_remove_index (self->pages, place);
}

/* Forgets what was not looked at for the longest time. */
static void
trim (TlHistoryMessages *self)
{
  while (self->pages->len > MIN_PAGES && (self->pages->len > MAX_PAGES || self->memory > MAX_MEMORY))
    {
      guint oldest = 0;

      for (guint i = 1; i < self->pages->len; i++)
        if (((Page *) self->pages->pdata[i])->used < ((Page *) self->pages->pdata[oldest])->used)
          oldest = i;
      drop_page (self, oldest);
    }
}

/* What a job reads: one chunk, or the place that there is none for. */
typedef struct {
  gint64          session;
  gint64          position;   /* of the session's messages */
  gint64          first;
  gint64          n_rows;
  TlHistoryChunk *chunk;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->chunk, tl_history_chunk_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static GBytes *
column_bytes (sqlite3_stmt *statement,
              int           column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

static gpointer
read_chunk (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  static const char sql[] =
    "SELECT first, n, records, names, payload FROM chunks WHERE session = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1";
  const Reading *asked = data;
  g_autoptr (Reading) reading = g_memdup2 (asked, sizeof *asked);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, asked->session);
      sqlite3_bind_int64 (statement, 2, asked->position);
      result = sqlite3_step (statement);
    }
  if (result == SQLITE_ROW)
    {
      g_autoptr (GBytes) records = column_bytes (statement, 2);
      g_autoptr (GBytes) names = column_bytes (statement, 3);
      g_autoptr (GBytes) payload = column_bytes (statement, 4);

      reading->first = sqlite3_column_int64 (statement, 0);
      reading->n_rows = sqlite3_column_int64 (statement, 1);
      reading->chunk = tl_history_chunk_new (records, names, payload, error);
    }
  else if (result == SQLITE_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("These messages are no longer in the history."));
  else
    tl_database_set_error (db, error);
  sqlite3_finalize (statement);
  return reading->chunk != NULL ? g_steal_pointer (&reading) : NULL;
}

static void
set_error (TlHistoryMessages *self,
           const char        *error)
{
  if (g_strcmp0 (self->error, error) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Of our own making: a row that cannot be read is not asked for again and again. */
static void
add_gap (TlHistoryMessages *self,
         guint              position)
{
  const guint place = find_place (self, position);
  Page *page;

  if (find_page (self, position) != NULL)
    return;
  page = g_new0 (Page, 1);
  page->first = position;
  page->n_rows = 1;
  page->used = ++self->clock;
  g_ptr_array_insert (self->pages, place, page);
}

/* FALSE: it does not hold what was asked for. */
static gboolean
add_page (TlHistoryMessages *self,
          Reading           *reading,
          guint              position)
{
  GPtrArray *names = tl_history_chunk_get_names (reading->chunk);
  Page *page;

  if (reading->first < (gint64) self->base || reading->n_rows != tl_history_chunk_get_n_rows (reading->chunk) ||
      reading->position - reading->first >= reading->n_rows || (guint64) (reading->first + reading->n_rows) - self->base > self->n_items)
    return FALSE;

  page = g_new0 (Page, 1);
  page->first = (guint) (reading->first - self->base);
  page->n_rows = (guint) reading->n_rows;
  page->chunk = g_steal_pointer (&reading->chunk);
  page->peers = g_new0 (guint32, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    page->peers[i + 1] = get_number (self, names->pdata[i]);
  page->used = ++self->clock;
  g_ptr_array_insert (self->pages, find_place (self, position), page);
  self->memory += tl_history_chunk_get_size (page->chunk);
  self->last = page;
  return TRUE;
}

static void read_next (TlHistoryMessages *self);

/* Rows that were shown empty are replaced. */
static void
tell (TlHistoryMessages *self,
      const Page        *page)
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
  g_signal_emit (self, signals[READY], 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TlHistoryMessages) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reading) reading = tl_database_run_finish (TL_DATABASE (source), result, &error);
  const guint position = self->asked;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    set_error (self, error->message);
  if (reading == NULL || !add_page (self, reading, position))
    add_gap (self, position);
  trim (self);
  tell (self, find_page (self, position));
  read_next (self);
}

static void
read_next (TlHistoryMessages *self)
{
  Reading *reading;

  if (self->reading)
    return;
  while (self->wanted->len > 0 && find_page (self, g_array_index (self->wanted, guint, self->wanted->len - 1)) != NULL)
    g_array_set_size (self->wanted, self->wanted->len - 1);
  if (self->wanted->len == 0)
    return;

  self->reading = TRUE;
  self->asked = g_array_index (self->wanted, guint, self->wanted->len - 1);
  g_array_set_size (self->wanted, self->wanted->len - 1);
  reading = g_new0 (Reading, 1);
  reading->session = tl_history_session_get_id (self->session);
  reading->position = (gint64) (self->base + self->asked);
  tl_database_run_async (tl_history_get_database (self->history), read_chunk, reading, (GDestroyNotify) reading_free,
                         (GDestroyNotify) reading_free, self->cancellable, read_cb, g_object_ref (self));
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
  Page *page;

  if (position >= self->n_items)
    return FALSE;
  page = find_page (self, position);
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
  Page *page = position < self->n_items ? find_page (self, position) : NULL;

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

  if (position >= self->n_items || find_page (self, position) != NULL)
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
  if (find_page (self, position) != NULL)
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
  self->last = NULL;
  g_ptr_array_set_size (self->pages, 0);
  g_clear_object (&self->history);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tl_history_messages_parent_class)->dispose (object);
}

static void
tl_history_messages_finalize (GObject *object)
{
  TlHistoryMessages *self = TL_HISTORY_MESSAGES (object);

  g_ptr_array_unref (self->pages);
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

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_history_messages_init (TlHistoryMessages *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
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
  return self->memory;
}
