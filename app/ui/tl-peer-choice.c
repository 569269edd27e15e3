/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peers of a session to choose one of. */

#include "tl-peer-choice.h"

#include "tl-set-string.h"

#include <glib/gi18n-lib.h>

struct _TlPeerChoice
{
  GObject parent_instance;

  GListModel    *peers;
  GtkStringList *names;      /* "All peers" first */
  GHashTable    *known;      /* the names in it */
  GPtrArray     *drop_downs; /* weak */
  char          *peer;
  gboolean       updating;
};

enum {
  PROP_0,
  PROP_PEER,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlPeerChoice, tl_peer_choice, G_TYPE_OBJECT)

static void
add_name (TlPeerChoice *self,
          const char   *name)
{
  if (g_hash_table_add (self->known, g_strdup (name)))
    gtk_string_list_append (self->names, name);
}

static void
select_peer (TlPeerChoice *self)
{
  guint n_names = g_list_model_get_n_items (G_LIST_MODEL (self->names));
  guint selected = 0;

  for (guint i = 1; self->peer && i < n_names && selected == 0; i++)
    if (g_str_equal (gtk_string_list_get_string (self->names, i), self->peer))
      selected = i;
  for (guint i = 0; i < self->drop_downs->len; i++)
    gtk_drop_down_set_selected (g_ptr_array_index (self->drop_downs, i), selected);
}

static void
add_peers (TlPeerChoice *self,
           guint         position,
           guint         n_peers)
{
  guint end = position + MIN (n_peers, TL_PEER_CHOICE_MAX);

  for (guint i = position; i < end; i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (self->peers, i);

      add_name (self, tl_peer_get_name (peer));
    }
}

static void
rebuild (TlPeerChoice *self)
{
  self->updating = TRUE;
  gtk_string_list_splice (self->names, 1, g_list_model_get_n_items (G_LIST_MODEL (self->names)) - 1, NULL);
  g_hash_table_remove_all (self->known);
  if (self->peer)
    add_name (self, self->peer);
  if (self->peers)
    add_peers (self, 0, g_list_model_get_n_items (self->peers));
  select_peer (self);
  self->updating = FALSE;
}

static void
peers_changed_cb (TlPeerChoice *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *peers)
{
  if (added == 0)
    return;
  if (g_hash_table_size (self->known) + added > TL_PEER_CHOICE_MAX)
    {
      /* Full of the gone: keep those that are there, if they fit. */
      if (g_list_model_get_n_items (peers) <= TL_PEER_CHOICE_MAX / 2)
        rebuild (self);
      return;
    }
  add_peers (self, position, added);
}

static void
selected_cb (TlPeerChoice *self,
             GParamSpec   *pspec,
             GtkDropDown  *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  tl_peer_choice_set_peer (self, selected == 0 ? NULL : gtk_string_list_get_string (self->names, selected));
}

static void
tl_peer_choice_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PEER:
      g_value_set_string (value, TL_PEER_CHOICE (object)->peer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_peer_choice_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_PEER:
      tl_peer_choice_set_peer (TL_PEER_CHOICE (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
drop_down_gone_cb (gpointer data,
                   GObject *drop_down)
{
  g_ptr_array_remove (TL_PEER_CHOICE (data)->drop_downs, drop_down);
}

static void
tl_peer_choice_dispose (GObject *object)
{
  TlPeerChoice *self = TL_PEER_CHOICE (object);

  for (guint i = 0; i < self->drop_downs->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->drop_downs, i), drop_down_gone_cb, self);
  g_ptr_array_set_size (self->drop_downs, 0);
  g_clear_object (&self->peers);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (tl_peer_choice_parent_class)->dispose (object);
}

static void
tl_peer_choice_finalize (GObject *object)
{
  TlPeerChoice *self = TL_PEER_CHOICE (object);

  g_ptr_array_unref (self->drop_downs);
  g_hash_table_unref (self->known);
  g_free (self->peer);
  G_OBJECT_CLASS (tl_peer_choice_parent_class)->finalize (object);
}

static void
tl_peer_choice_class_init (TlPeerChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_peer_choice_get_property;
  object_class->set_property = tl_peer_choice_set_property;
  object_class->dispose = tl_peer_choice_dispose;
  object_class->finalize = tl_peer_choice_finalize;
  props[PROP_PEER] = g_param_spec_string ("peer", NULL, NULL, NULL,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_peer_choice_init (TlPeerChoice *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->drop_downs = g_ptr_array_new ();
  self->names = gtk_string_list_new (NULL);
  gtk_string_list_append (self->names, _("All peers"));
}

TlPeerChoice *
tl_peer_choice_new (void)
{
  return g_object_new (TL_TYPE_PEER_CHOICE, NULL);
}

void
tl_peer_choice_set_session (TlPeerChoice *self,
                            TlSession    *session)
{
  GListModel *peers = session ? tl_session_get_peers (session) : NULL;

  if (self->peers)
    g_signal_handlers_disconnect_by_data (self->peers, self);
  g_set_object (&self->peers, peers);
  if (peers)
    g_signal_connect_object (peers, "items-changed", G_CALLBACK (peers_changed_cb), self, G_CONNECT_SWAPPED);
  tl_peer_choice_set_peer (self, NULL);
  rebuild (self);
}

void
tl_peer_choice_add_names (TlPeerChoice      *self,
                          const char *const *names)
{
  self->updating = TRUE;
  for (guint i = 0; names[i] != NULL && g_hash_table_size (self->known) < TL_PEER_CHOICE_MAX; i++)
    add_name (self, names[i]);
  select_peer (self);
  self->updating = FALSE;
}

void
tl_peer_choice_attach (TlPeerChoice *self,
                       GtkDropDown  *drop_down)
{
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (self->names));
  g_ptr_array_add (self->drop_downs, drop_down);
  g_object_weak_ref (G_OBJECT (drop_down), drop_down_gone_cb, self);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

const char *
tl_peer_choice_get_peer (TlPeerChoice *self)
{
  return self->peer;
}

void
tl_peer_choice_set_peer (TlPeerChoice *self,
                         const char   *peer)
{
  if (!tl_set_string (&self->peer, peer))
    return;
  self->updating = TRUE;
  if (peer)
    add_name (self, peer);
  select_peer (self);
  self->updating = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PEER]);
}
