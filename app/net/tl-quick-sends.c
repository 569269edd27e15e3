/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept to be sent, in groups. */
#include "tl-quick-sends.h"

#include "tl-pointer-list.h"

#include <glib/gi18n-lib.h>

struct _TlQuickSends
{
  GObject     parent_instance;

  GPtrArray  *sends;       /* those of a group beside each other */
  GListStore *sequences;
  gboolean    moving;      /* its group changes, and not by itself */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

TL_DEFINE_POINTER_LIST (TlQuickSends, tl_quick_sends, sends, TL_TYPE_QUICK_SEND)

static void
changed (TlQuickSends *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static TlQuickSend *
at (TlQuickSends *self,
    guint         i)
{
  return g_ptr_array_index (self->sends, i);
}

static gboolean
is_in (TlQuickSends *self,
       guint         i,
       const char   *group)
{
  return g_str_equal (tl_quick_send_get_group (at (self, i)), group);
}

/* (transfer full) */
static GPtrArray *
dup_members (TlQuickSends *self,
             const char   *group)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->sends->len; i++)
    if (is_in (self, i, group))
      g_ptr_array_add (members, g_object_ref (at (self, i)));

  return members;
}

/* The index of its first one; behind all where it has none. */
static guint
find_group (TlQuickSends *self,
            const char   *group)
{
  guint i = 0;

  while (i < self->sends->len && !is_in (self, i, group))
    i++;

  return i;
}

static void
take_shortcut (TlQuickSends *self,
               TlQuickSend  *send)
{
  const guint shortcut = tl_quick_send_get_shortcut (send);

  for (guint i = 0; shortcut > 0 && i < self->sends->len; i++)
    if (at (self, i) != send && tl_quick_send_get_shortcut (at (self, i)) == shortcut)
      g_object_set (at (self, i), "shortcut", 0, NULL);
}

static void
notify_cb (TlQuickSends *self,
           GParamSpec   *pspec,
           TlQuickSend  *send)
{
  if (g_str_equal (pspec->name, "error") || self->moving)
    return;

  if (g_str_equal (pspec->name, "shortcut"))
    take_shortcut (self, send);
  else if (g_str_equal (pspec->name, "group"))
    tl_quick_sends_move (self, send, tl_quick_send_get_group (send), G_MAXUINT);
  changed (self);
}

static void
put (TlQuickSends *self,
     TlQuickSend  *send,
     guint         place)
{
  const char *group = tl_quick_send_get_group (send);
  const guint index = find_group (self, group) + MIN (place, tl_quick_sends_count (self, group));

  g_ptr_array_insert (self->sends, (int) index, g_object_ref (send));
  g_signal_connect_object (send, "notify", G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 0, 1);
}

static void
take_out (TlQuickSends *self,
          guint         index)
{
  g_signal_handlers_disconnect_by_func (at (self, index), notify_cb, self);
  g_ptr_array_remove_index (self->sends, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
}

static void
tl_quick_sends_finalize (GObject *object)
{
  TlQuickSends *self = TL_QUICK_SENDS (object);

  g_ptr_array_unref (self->sends);
  g_object_unref (self->sequences);

  G_OBJECT_CLASS (tl_quick_sends_parent_class)->finalize (object);
}

static void
tl_quick_sends_class_init (TlQuickSendsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_quick_sends_finalize;

  signals[CHANGED] = g_signal_new ("changed", TL_TYPE_QUICK_SENDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_quick_sends_init (TlQuickSends *self)
{
  self->sends = g_ptr_array_new_with_free_func (g_object_unref);
  self->sequences = g_list_store_new (TL_TYPE_SEQUENCE);
  g_signal_connect_object (self->sequences, "items-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

TlQuickSends *
tl_quick_sends_new (void)
{
  return g_object_new (TL_TYPE_QUICK_SENDS, NULL);
}

gboolean
tl_quick_sends_add (TlQuickSends *self,
                    TlQuickSend  *send)
{
  return tl_quick_sends_insert (self, send, G_MAXUINT);
}

guint
tl_quick_sends_remove (TlQuickSends *self,
                       TlQuickSend  *send)
{
  g_autoptr (TlQuickSend) kept = NULL;
  guint index, place;

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), 0);
  g_return_val_if_fail (g_ptr_array_find (self->sends, send, &index), 0);

  kept = g_object_ref (send);
  place = tl_quick_sends_get_place (self, send);
  take_out (self, index);
  changed (self);

  return place;
}

gboolean
tl_quick_sends_insert (TlQuickSends *self,
                       TlQuickSend  *send,
                       guint         place)
{
  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), FALSE);
  g_return_val_if_fail (TL_IS_QUICK_SEND (send), FALSE);
  g_return_val_if_fail (!g_ptr_array_find (self->sends, send, NULL), FALSE);

  if (self->sends->len >= TL_QUICK_SENDS_MAX)
    return FALSE;

  take_shortcut (self, send);
  put (self, send, place);
  changed (self);

  return TRUE;
}

void
tl_quick_sends_move (TlQuickSends *self,
                     TlQuickSend  *send,
                     const char   *group,
                     guint         place)
{
  g_autoptr (TlQuickSend) kept = NULL;
  g_autofree char *name = NULL;
  guint index, before;

  g_return_if_fail (TL_IS_QUICK_SENDS (self));
  g_return_if_fail (group != NULL);
  g_return_if_fail (g_ptr_array_find (self->sends, send, &index));

  before = tl_quick_sends_get_place (self, send);
  if (is_in (self, index, group) && place != G_MAXUINT)
    {
      /* Its own place is one of those before it. */
      if (place > before)
        place--;
      if (place == before)
        return;
    }

  kept = g_object_ref (send);
  name = g_strdup (group);
  take_out (self, index);
  g_object_set (send, "group", name, NULL);
  put (self, send, place);
  changed (self);
}

guint
tl_quick_sends_get_place (TlQuickSends *self,
                          TlQuickSend  *send)
{
  guint place = 0;

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), 0);

  for (guint i = 0; i < self->sends->len && at (self, i) != send; i++)
    place += is_in (self, i, tl_quick_send_get_group (send));

  return place;
}

gboolean
tl_quick_sends_has (TlQuickSends *self,
                    TlQuickSend  *send)
{
  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), FALSE);

  return g_ptr_array_find (self->sends, send, NULL);
}

guint
tl_quick_sends_count (TlQuickSends *self,
                      const char   *group)
{
  guint count = 0;

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), 0);

  for (guint i = 0; i < self->sends->len; i++)
    count += is_in (self, i, group);

  return count;
}

void
tl_quick_sends_rename_group (TlQuickSends *self,
                             const char   *group,
                             const char   *name)
{
  g_autoptr (GPtrArray) found = NULL;
  guint first;

  g_return_if_fail (TL_IS_QUICK_SENDS (self));

  first = find_group (self, group);
  if (g_str_equal (group, name) || first == self->sends->len)
    return;

  found = dup_members (self, group);
  if (tl_quick_sends_count (self, name) > 0)
    {
      for (guint i = 0; i < found->len; i++)
        tl_quick_sends_move (self, found->pdata[i], name, G_MAXUINT);
      return;
    }

  /* A new name: the group stays where it is. */
  self->moving = TRUE;
  for (guint i = 0; i < found->len; i++)
    g_object_set (found->pdata[i], "group", name, NULL);
  self->moving = FALSE;
  g_list_model_items_changed (G_LIST_MODEL (self), first, found->len, found->len);
  changed (self);
}

/* The index of the first one of the group at @place; behind all where there is none. */
static guint
find_place (TlQuickSends *self,
            guint         place)
{
  guint i = 0;

  for (guint n = 0; i < self->sends->len; i++)
    if (i > 0 && !is_in (self, i - 1, tl_quick_send_get_group (at (self, i))) && ++n == place)
      break;

  return place == 0 ? 0 : i;
}

void
tl_quick_sends_move_group (TlQuickSends *self,
                           const char   *group,
                           guint         place)
{
  g_autoptr (GPtrArray) members = NULL;
  guint from, to, first, n;

  g_return_if_fail (TL_IS_QUICK_SENDS (self));

  from = find_group (self, group);
  to = find_place (self, place);
  members = dup_members (self, group);
  if (members->len == 0 || (to >= from && to <= from + members->len))
    return;

  first = MIN (from, to);
  n = MAX (from + members->len, to) - first;
  g_ptr_array_remove_range (self->sends, from, members->len);
  if (to > from)
    to -= members->len;
  for (guint i = 0; i < members->len; i++)
    g_ptr_array_insert (self->sends, (int) (to + i), g_object_ref (members->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
  changed (self);
}

GPtrArray *
tl_quick_sends_remove_group (TlQuickSends *self,
                             const char   *group)
{
  GPtrArray *members;
  guint first;

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), NULL);

  first = find_group (self, group);
  members = dup_members (self, group);
  if (members->len == 0)
    return members;

  for (guint i = 0; i < members->len; i++)
    g_signal_handlers_disconnect_by_func (members->pdata[i], notify_cb, self);
  g_ptr_array_remove_range (self->sends, first, members->len);
  g_list_model_items_changed (G_LIST_MODEL (self), first, members->len, 0);
  changed (self);

  return members;
}

char **
tl_quick_sends_dup_groups (TlQuickSends *self)
{
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new ();

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), NULL);

  for (guint i = 0; i < self->sends->len; i++)
    if (i == 0 || !is_in (self, i - 1, tl_quick_send_get_group (at (self, i))))
      g_strv_builder_add (groups, tl_quick_send_get_group (at (self, i)));

  return g_strv_builder_end (groups);
}

TlQuickSend *
tl_quick_sends_find_shortcut (TlQuickSends *self,
                              guint         digit)
{
  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), NULL);

  for (guint i = 0; i < self->sends->len; i++)
    if (digit > 0 && tl_quick_send_get_shortcut (at (self, i)) == digit)
      return at (self, i);

  return NULL;
}

GListStore *
tl_quick_sends_get_sequences (TlQuickSends *self)
{
  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), NULL);

  return self->sequences;
}

gboolean
tl_quick_sends_add_all (TlQuickSends  *self,
                        GPtrArray     *sends,
                        GPtrArray     *sequences,
                        guint         *n_shortcuts,
                        GError       **error)
{
  guint taken = 0;

  g_return_val_if_fail (TL_IS_QUICK_SENDS (self), FALSE);

  if (self->sends->len + sends->len > TL_QUICK_SENDS_MAX
      || g_list_model_get_n_items (G_LIST_MODEL (self->sequences)) + sequences->len > TL_QUICK_SENDS_MAX_SEQUENCES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("That would be more than %d quick sends or %d sequences. Delete some first."),
                   TL_QUICK_SENDS_MAX, TL_QUICK_SENDS_MAX_SEQUENCES);
      return FALSE;
    }

  for (guint i = 0; i < sends->len; i++)
    {
      TlQuickSend *send = sends->pdata[i];

      if (tl_quick_sends_find_shortcut (self, tl_quick_send_get_shortcut (send)))
        {
          g_object_set (send, "shortcut", 0, NULL);
          taken++;
        }
      put (self, send, G_MAXUINT);
    }
  if (sequences->len > 0)
    g_list_store_splice (self->sequences, g_list_model_get_n_items (G_LIST_MODEL (self->sequences)), 0, sequences->pdata, sequences->len);

  if (n_shortcuts)
    *n_shortcuts = taken;
  changed (self);

  return TRUE;
}
