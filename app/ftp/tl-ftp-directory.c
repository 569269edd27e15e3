/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder as a list model over a listing: an array of indices in the order of the rows, and objects for those that somebody looks at. */

#include "tl-ftp-directory-private.h"

#include "tl-set-string.h"

/* More than these are sorted on a thread: a few milliseconds of the main loop, also where the language makes sort keys dear. */
#define MAX_AT_ONCE 1500

enum {
  PROP_0,
  PROP_LISTING,
  PROP_CHARSET,
  PROP_SORT,
  PROP_DESCENDING,
  PROP_SHOW_HIDDEN,
  PROP_FILTER,
  PROP_N_ITEMS,
  PROP_N_TOTAL,
  PROP_N_HIDDEN,
  PROP_TOTAL_SIZE,
  PROP_BUSY,
  PROP_GUESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
tl_ftp_directory_get_item_type (GListModel *model)
{
  return TL_TYPE_FTP_ENTRY;
}

static guint
tl_ftp_directory_get_n_items (GListModel *model)
{
  return TL_FTP_DIRECTORY (model)->n_rows;
}

static gpointer
tl_ftp_directory_get_item (GListModel *model,
                           guint       position)
{
  TlFtpDirectory *self = TL_FTP_DIRECTORY (model);

  if (position >= self->n_rows)
    return NULL;
  return tl_ftp_rows_get (self->objects, self->listing, self->rows[position], self->charset, self->guess);
}

static void
tl_ftp_directory_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_directory_get_item_type;
  iface->get_n_items = tl_ftp_directory_get_n_items;
  iface->get_item = tl_ftp_directory_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpDirectory, tl_ftp_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_directory_list_model_init))

static guint
count_total (TlFtpDirectory *self)
{
  return self->listing != NULL ? tl_ftp_listing_get_n_entries (self->listing) : 0;
}

/* The rows become those of @order. @fresh: of another listing, so that no row is what it was. One items-changed, for the part that changed. */
static void
take_order (TlFtpDirectory *self,
            TlFtpOrder     *order,
            gboolean        fresh)
{
  g_autofree guint32 *old = g_steal_pointer (&self->rows);
  guint n_old = self->n_rows;
  gint64 old_size = self->total_size;
  guint n_new = order != NULL ? order->n_rows : 0;
  guint head = 0, tail = 0;

  self->rows = order != NULL ? g_steal_pointer (&order->rows) : NULL;
  self->n_rows = n_new;
  self->total_size = order != NULL ? order->total_size : 0;
  g_clear_pointer (&self->names, tl_ftp_names_unref);
  if (order != NULL)
    self->names = g_steal_pointer (&order->names);

  if (!fresh)
    {
      while (head < MIN (n_old, n_new) && old[head] == self->rows[head])
        head++;
      while (tail < MIN (n_old, n_new) - head && old[n_old - 1 - tail] == self->rows[n_new - 1 - tail])
        tail++;
    }
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
  if (n_old != n_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HIDDEN]);
  if (old_size != self->total_size)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_SIZE]);
}

/* Tells nobody: update_busy() does, when all is in place. */
static void
set_running (TlFtpDirectory *self,
             GCancellable   *running)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_set_object (&self->running, running);
}

static void
update_busy (TlFtpDirectory *self)
{
  gboolean busy = self->running != NULL;

  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static TlFtpOrder *
ask (TlFtpDirectory *self)
{
  TlFtpOrder *order = tl_ftp_order_new (self->listing);

  order->charset = self->charset;
  order->guess = self->guess;
  order->sort = self->sort;
  order->descending = self->descending;
  order->show_hidden = self->show_hidden;
  order->filter = self->filter != NULL ? tl_ftp_names_fold (self->filter) : NULL;
  order->comparison = self->comparison != NULL ? tl_ftp_comparison_ref (self->comparison) : NULL;
  order->differences = self->differences;
  order->names = self->names != NULL ? tl_ftp_names_ref (self->names) : NULL;
  return order;
}

static void
weak_ref_free (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

static void
ordered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = G_TASK (result);
  GWeakRef *ref = user_data;
  g_autoptr (TlFtpDirectory) self = g_weak_ref_get (ref);

  weak_ref_free (ref);
  if (!g_task_propagate_boolean (task, NULL) || self == NULL || self->running != g_task_get_cancellable (task))
    return;
  /* First, as what hears of the new order may ask for another one. */
  g_clear_object (&self->running);
  take_order (self, g_task_get_task_data (task), FALSE);
  update_busy (self);
}

/* The task holds no directory: one that is dropped goes at once, and what is worked out for it is thrown away. */
static void
order_async (TlFtpDirectory *self,
             TlFtpOrder     *order)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = NULL;
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  task = g_task_new (NULL, cancellable, ordered_cb, ref);
  g_task_set_source_tag (task, order_async);
  g_task_set_task_data (task, order, (GDestroyNotify) tl_ftp_order_free);
  set_running (self, cancellable);
  g_task_run_in_thread (task, tl_ftp_order_thread);
}

void
tl_ftp_directory_reorder (TlFtpDirectory *self,
                          gboolean        fresh)
{
  g_autoptr (TlFtpDirectory) alive = g_object_ref (self);
  g_autoptr (TlFtpOrder) order = self->listing != NULL ? ask (self) : NULL;
  g_autoptr (TlFtpOrder) prepared = fresh ? g_steal_pointer (&self->prepared) : NULL;

  set_running (self, NULL);
  if (prepared != NULL && order != NULL && tl_ftp_order_is_same (prepared, order))
    take_order (self, prepared, TRUE);
  else if (count_total (self) > MAX_AT_ONCE)
    {
      order_async (self, ask (self));
      /* Of another folder the old rows must not stay: somebody would open one of them. */
      if (fresh)
        tl_ftp_order_run_raw (order);
      if (fresh)
        take_order (self, order, TRUE);
    }
  else
    {
      if (order != NULL)
        tl_ftp_order_run (order, NULL);
      take_order (self, order, fresh);
    }
  update_busy (self);
}

static void
set_charset (TlFtpDirectory *self,
             TlFtpCharset    charset)
{
  if (self->charset == charset)
    return;
  self->charset = charset;
  g_clear_pointer (&self->names, tl_ftp_names_unref);

  /* At once for what is looked at; where that belongs in the order may take a moment. */
  tl_ftp_rows_set_charset (self->objects, self->charset, self->guess);
  tl_ftp_directory_reorder (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHARSET]);
}

static void
set_filter (TlFtpDirectory *self,
            const char     *filter)
{
  if (filter != NULL && *filter == '\0')
    filter = NULL;
  if (!tl_set_string (&self->filter, filter))
    return;
  tl_ftp_directory_reorder (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
tl_ftp_directory_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlFtpDirectory *self = TL_FTP_DIRECTORY (object);

  switch (property_id)
    {
    case PROP_LISTING:
      g_value_set_boxed (value, self->listing);
      break;
    case PROP_CHARSET:
      g_value_set_int (value, self->charset);
      break;
    case PROP_SORT:
      g_value_set_enum (value, self->sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    case PROP_SHOW_HIDDEN:
      g_value_set_boolean (value, self->show_hidden);
      break;
    case PROP_FILTER:
      g_value_set_string (value, self->filter);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_rows);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, count_total (self));
      break;
    case PROP_N_HIDDEN:
      g_value_set_uint (value, count_total (self) - self->n_rows);
      break;
    case PROP_TOTAL_SIZE:
      g_value_set_int64 (value, self->total_size);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_GUESS:
      g_value_set_enum (value, self->guess);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_ftp_directory_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlFtpDirectory *self = TL_FTP_DIRECTORY (object);
  gboolean *flag = property_id == PROP_DESCENDING ? &self->descending : &self->show_hidden;

  switch (property_id)
    {
    case PROP_LISTING:
      tl_ftp_directory_set_listing (self, g_value_get_boxed (value));
      break;
    case PROP_CHARSET:
      set_charset (self, g_value_get_int (value));
      break;
    case PROP_SORT:
      if (self->sort == (TlFtpSort) g_value_get_enum (value))
        break;
      self->sort = g_value_get_enum (value);
      tl_ftp_directory_reorder (self, FALSE);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_DESCENDING:
    case PROP_SHOW_HIDDEN:
      if (*flag == g_value_get_boolean (value))
        break;
      *flag = g_value_get_boolean (value);
      tl_ftp_directory_reorder (self, FALSE);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_FILTER:
      set_filter (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_ftp_directory_dispose (GObject *object)
{
  TlFtpDirectory *self = TL_FTP_DIRECTORY (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_pointer (&self->prepared, tl_ftp_order_free);
  tl_ftp_rows_forget (self->objects);
  self->n_rows = 0;

  G_OBJECT_CLASS (tl_ftp_directory_parent_class)->dispose (object);
}

static void
tl_ftp_directory_finalize (GObject *object)
{
  TlFtpDirectory *self = TL_FTP_DIRECTORY (object);

  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->names, tl_ftp_names_unref);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  tl_ftp_rows_free (self->objects);
  g_free (self->rows);
  g_free (self->filter);

  G_OBJECT_CLASS (tl_ftp_directory_parent_class)->finalize (object);
}

static void
tl_ftp_directory_class_init (TlFtpDirectoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = tl_ftp_directory_get_property;
  object_class->set_property = tl_ftp_directory_set_property;
  object_class->dispose = tl_ftp_directory_dispose;
  object_class->finalize = tl_ftp_directory_finalize;

  properties[PROP_LISTING] = g_param_spec_boxed ("listing", NULL, NULL, TL_TYPE_FTP_LISTING, writable);
  properties[PROP_CHARSET] =
    g_param_spec_int ("charset", NULL, NULL, TL_FTP_CHARSET_AUTO, TL_N_CHARSETS - 1, TL_FTP_CHARSET_AUTO, writable);
  properties[PROP_SORT] = g_param_spec_enum ("sort", NULL, NULL, TL_TYPE_FTP_SORT, TL_FTP_SORT_NAME, writable);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, writable);
  properties[PROP_SHOW_HIDDEN] = g_param_spec_boolean ("show-hidden", NULL, NULL, FALSE, writable);
  properties[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL, writable);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_TOTAL_SIZE] = g_param_spec_int64 ("total-size", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_GUESS] = g_param_spec_enum ("guess", NULL, NULL, TL_TYPE_CHARSET, TL_CHARSET_GB18030, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_signal_new ("compared", TL_TYPE_FTP_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_directory_init (TlFtpDirectory *self)
{
  self->charset = TL_FTP_CHARSET_AUTO;
  self->guess = TL_CHARSET_GB18030;
  self->differences = TL_FTP_DIFFERENCES_ALL;
  self->objects = tl_ftp_rows_new ();
}

TlFtpDirectory *
tl_ftp_directory_new (void)
{
  return g_object_new (TL_TYPE_FTP_DIRECTORY, NULL);
}

void
tl_ftp_directory_set_listing (TlFtpDirectory *self,
                              TlFtpListing   *listing)
{
  TlCharset old_guess;

  g_return_if_fail (TL_IS_FTP_DIRECTORY (self));

  if (self->listing == listing)
    return;
  old_guess = self->guess;
  tl_ftp_rows_forget (self->objects);
  g_clear_pointer (&self->names, tl_ftp_names_unref);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  self->listing = listing != NULL ? tl_ftp_listing_ref (listing) : NULL;
  self->guess = self->prepared != NULL && self->prepared->listing == listing ? self->prepared->guess : tl_ftp_names_guess (listing);
  /* Nothing is told before the rows are the new listing's. */
  tl_ftp_directory_reorder (self, TRUE);
  if (self->guess != old_guess)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUESS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOTAL]);
}

void
tl_ftp_directory_take_prepared (TlFtpDirectory *self,
                                TlFtpOrder     *order)
{
  g_return_if_fail (TL_IS_FTP_DIRECTORY (self) && order != NULL);

  g_clear_pointer (&self->prepared, tl_ftp_order_free);
  self->prepared = order;
}
