/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends that are there tomorrow. */
#include "tl-quick-store.h"

#include "tl-quick-file.h"

#include <glib/gi18n-lib.h>

#define SAVE_DELAY_MS 300

struct _TlQuickStore
{
  GObject       parent_instance;

  GFile        *file;
  TlQuickSends *sends;
  char         *problem;
  gboolean      loading;
  gboolean      loaded;
  gboolean      kept_away;    /* the file cannot be read, and must not be overwritten */
  gboolean      dirty;
  gboolean      saving;
  guint         source;
};

enum {
  PROP_0,
  PROP_LOADED,
  N_PROPS,
};

enum {
  FAILED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlQuickStore, tl_quick_store, G_TYPE_OBJECT)

static void
fail (TlQuickStore *self,
      const char   *sentence)
{
  if (g_signal_has_handler_pending (self, signals[FAILED], 0, FALSE))
    {
      g_signal_emit (self, signals[FAILED], 0, sentence);
      return;
    }

  g_free (self->problem);
  self->problem = g_strdup (sentence);
}

static void save_soon (TlQuickStore *self);

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TlQuickStore) self = user_data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!tl_quick_file_save_finish (result, &error))
    {
      /* Translators: %s is a whole sentence */
      g_autofree char *sentence = g_strdup_printf (_("What was changed in the quick sends is not kept. %s"), error->message);

      fail (self, sentence);
    }
  if (self->dirty)
    save_soon (self);
}

static gboolean
save_cb (gpointer user_data)
{
  TlQuickStore *self = user_data;
  g_autoptr (GBytes) json = tl_quick_json_write (self->sends);

  self->source = 0;
  self->dirty = FALSE;
  self->saving = TRUE;
  tl_quick_file_save_async (self->file, json, NULL, saved_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* What is being written is not written over: the older would come last. */
static void
save_soon (TlQuickStore *self)
{
  if (self->loaded && !self->kept_away && !self->saving && self->source == 0)
    self->source = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

static void
changed_cb (TlQuickStore *self)
{
  if (self->loading)
    return;

  self->dirty = TRUE;
  save_soon (self);
}

/* A rename; it takes no time. */
static void
set_aside (TlQuickStore *self,
           const GError *error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", name, date);
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autoptr (GFile) target = g_file_get_child (folder, aside);
  g_autofree char *sentence = NULL;

  self->kept_away = !g_file_move (self->file, target, G_FILE_COPY_NO_FALLBACK_FOR_MOVE, NULL, NULL, NULL, NULL);
  if (self->kept_away)
    sentence = g_strdup_printf (_("The quick sends could not be read, and what is changed now will not be kept. %s"), error->message);
  else
    sentence = g_strdup_printf (_("The quick sends could not be read; their file is kept as “%s”. %s"), aside, error->message);
  fail (self, sentence);
}

static void
take (TlQuickStore *self,
      TlQuickBook  *book)
{
  g_autoptr (GError) error = NULL;

  self->loading = TRUE;
  if (!tl_quick_sends_add_all (self->sends, book->sends, book->sequences, NULL, &error))
    {
      self->kept_away = TRUE;
      fail (self, error->message);
    }
  self->loading = FALSE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlQuickStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlQuickBook) book = tl_quick_file_load_finish (result, &error);

  if (book != NULL)
    take (self, book);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    set_aside (self, error);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      self->kept_away = TRUE;
      fail (self, error->message);
    }

  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  /* What was added while it was being read. */
  if (self->dirty)
    save_soon (self);
}

static void
tl_quick_store_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, TL_QUICK_STORE (object)->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_store_dispose (GObject *object)
{
  TlQuickStore *self = TL_QUICK_STORE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->file);
  g_clear_object (&self->sends);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (tl_quick_store_parent_class)->dispose (object);
}

static void
tl_quick_store_class_init (TlQuickStoreClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = tl_quick_store_get_property;
  object_class->dispose = tl_quick_store_dispose;

  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[FAILED] = g_signal_new ("failed", TL_TYPE_QUICK_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_quick_store_init (TlQuickStore *self)
{
}

TlQuickStore *
tl_quick_store_new (GFile        *file,
                    TlQuickSends *sends)
{
  TlQuickStore *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (TL_IS_QUICK_SENDS (sends), NULL);

  self = g_object_new (TL_TYPE_QUICK_STORE, NULL);
  self->file = g_object_ref (file);
  self->sends = g_object_ref (sends);
  g_signal_connect_object (sends, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  tl_quick_file_load_async (file, NULL, loaded_cb, g_object_ref (self));

  return self;
}

gboolean
tl_quick_store_get_loaded (TlQuickStore *self)
{
  g_return_val_if_fail (TL_IS_QUICK_STORE (self), FALSE);

  return self->loaded;
}

char *
tl_quick_store_take_problem (TlQuickStore *self)
{
  g_return_val_if_fail (TL_IS_QUICK_STORE (self), NULL);

  return g_steal_pointer (&self->problem);
}

void
tl_quick_store_close (TlQuickStore *self)
{
  g_return_if_fail (TL_IS_QUICK_STORE (self));

  while (self->saving || (self->dirty && !self->loaded))
    g_main_context_iteration (NULL, TRUE);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->dirty && !self->kept_away)
    {
      g_autoptr (GBytes) json = tl_quick_json_write (self->sends);
      g_autoptr (GError) error = NULL;

      self->dirty = FALSE;
      if (!tl_quick_file_save (self->file, json, &error))
        g_warning ("%s", error->message);
    }
}
