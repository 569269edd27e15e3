/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom one talks to: the selection over a session's peers, and what it means when it gets empty. */

#include "tl-peer-selection.h"

#include "tl-calm-list.h"
#include "tl-closures.h"

struct _TlPeerSelection
{
  GObject             parent_instance;

  TlSession          *session;
  GtkFilterListModel *filter_model;
  GtkFilter          *filter;
  GtkMultiSelection  *model;
  GListModel         *peers;     /* the session's, calmed */
  gulong              peers_handler;
  char               *needle;
  guint               n_selected;
  gboolean            orphaned;
};

enum {
  PROP_0,
  PROP_MODEL,
  PROP_N_PEERS,
  PROP_N_SELECTED,
  PROP_ORPHANED,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlPeerSelection, tl_peer_selection, G_TYPE_OBJECT)

static void
set_orphaned (TlPeerSelection *self,
              gboolean         orphaned)
{
  if (self->orphaned == orphaned)
    return;
  self->orphaned = orphaned;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORPHANED]);
}

/* @by_choice: the selection changed by an act, not because rows went away. */
static void
refresh (TlPeerSelection *self,
         gboolean         by_choice)
{
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  guint n = gtk_bitset_get_size (bits);
  /* A client has one peer at a time: the next one is the same end again. */
  gboolean is_client = self->session != NULL && tl_kind_of_session (self->session) == TL_KIND_CLIENT;

  if (n > 0 || by_choice || is_client || tl_peer_selection_get_n_peers (self) == 0)
    set_orphaned (self, FALSE);
  else if (self->n_selected > 0)
    set_orphaned (self, TRUE);

  if (self->n_selected != n)
    {
      self->n_selected = n;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
selection_changed_cb (TlPeerSelection *self)
{
  refresh (self, TRUE);
}

static void
items_changed_cb (TlPeerSelection *self)
{
  refresh (self, FALSE);
}

static void
peers_changed_cb (TlPeerSelection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PEERS]);
  refresh (self, FALSE);
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  return tl_name_matches (tl_peer_get_name (item), TL_PEER_SELECTION (user_data)->needle);
}

static gboolean
find (TlPeerSelection *self,
      TlPeer          *peer,
      guint           *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlPeer) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (item == peer)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
drop_session (TlPeerSelection *self)
{
  if (self->peers != NULL)
    g_clear_signal_handler (&self->peers_handler, self->peers);
  g_clear_object (&self->peers);
  g_clear_object (&self->session);
}

static void
tl_peer_selection_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlPeerSelection *self = TL_PEER_SELECTION (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_N_PEERS:
      g_value_set_uint (value, tl_peer_selection_get_n_peers (self));
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, self->n_selected);
      break;
    case PROP_ORPHANED:
      g_value_set_boolean (value, self->orphaned);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_peer_selection_dispose (GObject *object)
{
  TlPeerSelection *self = TL_PEER_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  drop_session (self);
  g_clear_object (&self->model);
  g_clear_object (&self->filter_model);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (tl_peer_selection_parent_class)->dispose (object);
}

static void
tl_peer_selection_class_init (TlPeerSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_peer_selection_get_property;
  object_class->dispose = tl_peer_selection_dispose;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, GTK_TYPE_SELECTION_MODEL, flags);
  properties[PROP_N_PEERS] = g_param_spec_uint ("n-peers", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ORPHANED] = g_param_spec_boolean ("orphaned", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
tl_peer_selection_init (TlPeerSelection *self)
{
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  self->filter_model = gtk_filter_list_model_new (NULL, NULL);
  self->model = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->filter_model)));
  g_signal_connect_swapped (self->model, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (items_changed_cb), self);
}

TlPeerSelection *
tl_peer_selection_new (void)
{
  return g_object_new (TL_TYPE_PEER_SELECTION, NULL);
}

void
tl_peer_selection_set_session (TlPeerSelection *self,
                               TlSession       *session)
{
  g_return_if_fail (TL_IS_PEER_SELECTION (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (self->session == session)
    return;

  drop_session (self);
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      self->peers = G_LIST_MODEL (tl_calm_list_new (tl_session_get_peers (session)));
    }
  gtk_filter_list_model_set_model (self->filter_model, self->peers);
  /* After the filter's own handler: what is selected is known by then. */
  if (self->peers != NULL)
    self->peers_handler = g_signal_connect_swapped (self->peers, "items-changed", G_CALLBACK (peers_changed_cb), self);
  tl_peer_selection_clear (self);
  peers_changed_cb (self);
}

void
tl_peer_selection_set_needle (TlPeerSelection *self,
                              const char      *needle)
{
  g_return_if_fail (TL_IS_PEER_SELECTION (self));

  if (g_strcmp0 (self->needle, needle) == 0)
    return;
  g_free (self->needle);
  self->needle = needle != NULL && *needle != '\0' ? g_strdup (needle) : NULL;
  gtk_filter_list_model_set_filter (self->filter_model, self->needle != NULL ? self->filter : NULL);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

GtkSelectionModel *
tl_peer_selection_get_model (TlPeerSelection *self)
{
  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), NULL);

  return GTK_SELECTION_MODEL (self->model);
}

guint
tl_peer_selection_get_n_peers (TlPeerSelection *self)
{
  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), 0);

  return self->peers != NULL ? g_list_model_get_n_items (self->peers) : 0;
}

guint
tl_peer_selection_get_n_selected (TlPeerSelection *self)
{
  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), 0);

  return self->n_selected;
}

gboolean
tl_peer_selection_is_orphaned (TlPeerSelection *self)
{
  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), FALSE);

  return self->orphaned;
}

GPtrArray *
tl_peer_selection_dup_selected (TlPeerSelection *self)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) bits = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), peers);

  bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, bits, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (peers, g_list_model_get_item (G_LIST_MODEL (self->model), position));
  return peers;
}

GPtrArray *
tl_peer_selection_dup_targets (TlPeerSelection *self)
{
  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), NULL);

  if (self->n_selected == 0 && !self->orphaned)
    return NULL;
  return tl_peer_selection_dup_selected (self);
}

gboolean
tl_peer_selection_select (TlPeerSelection *self,
                          TlPeer          *peer,
                          gboolean         keep_if_selected)
{
  guint position;

  g_return_val_if_fail (TL_IS_PEER_SELECTION (self), FALSE);

  if (self->peers != NULL)
    tl_calm_list_settle (TL_CALM_LIST (self->peers));
  if (peer == NULL || !find (self, peer, &position))
    return FALSE;
  if (!keep_if_selected || !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  return TRUE;
}

void
tl_peer_selection_clear (TlPeerSelection *self)
{
  g_return_if_fail (TL_IS_PEER_SELECTION (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->model));
  if (self->orphaned || self->n_selected > 0)
    refresh (self, TRUE);
}
