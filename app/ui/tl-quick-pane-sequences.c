/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequences below the quick sends. */
#include "tl-quick-pane-private.h"

#include "tl-quick-group.h"
#include "tl-sequence-dialog.h"
#include "tl-sequence-row.h"

#include <glib/gi18n-lib.h>

static void
edit (TlQuickPane *self,
      TlSequence  *sequence)
{
  tl_quick_pane_present (self, tl_sequence_dialog_new (self->sends, sequence));
}

static void
edit_cb (TlQuickPane   *self,
         TlSequenceRow *row)
{
  edit (self, tl_sequence_row_get_sequence (row));
}

typedef struct {
  GListStore *sequences;
  TlSequence *sequence;
  guint       position;
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->sequences);
  g_object_unref (removal->sequence);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Removal *removal = user_data;
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (removal->sequences));

  if (!g_list_store_find (removal->sequences, removal->sequence, NULL) && n < TL_QUICK_SENDS_MAX_SEQUENCES)
    g_list_store_insert (removal->sequences, MIN (removal->position, n), removal->sequence);
}

static void
remove_cb (TlQuickPane   *self,
           TlSequenceRow *row)
{
  GListStore *sequences = tl_quick_sends_get_sequences (self->sends);
  TlSequence *sequence = tl_sequence_row_get_sequence (row);
  TlSequenceRun *run = tl_quick_runner_get_run (self->runner, sequence);
  Removal *removal;
  guint position;

  if (!g_list_store_find (sequences, sequence, &position))
    return;
  if (run)
    tl_sequence_run_stop (run);

  removal = g_new0 (Removal, 1);
  removal->sequences = g_object_ref (sequences);
  removal->sequence = g_object_ref (sequence);
  removal->position = position;
  g_list_store_remove (sequences, position);
  tl_quick_pane_offer_undo (self, tl_sequence_get_name (removal->sequence), G_CALLBACK (undo_cb), removal, removal_free);
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  TlQuickPane *self = user_data;
  GtkWidget *row = tl_sequence_row_new (tl_quick_sends_get_sequences (self->sends), self->runner, item);

  g_signal_connect_object (row, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "problem", G_CALLBACK (tl_quick_pane_say), self, G_CONNECT_SWAPPED);

  return row;
}

/* A click runs it, or stops it. */
static void
activated_cb (TlQuickPane   *self,
              GtkListBoxRow *row)
{
  tl_quick_pane_say (self, "");
  gtk_widget_activate_action (GTK_WIDGET (row), "row.run", NULL);
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  return tl_quick_pane_is_wanted (user_data, tl_sequence_get_name (item));
}

GtkWidget *
tl_quick_pane_make_sequences (TlQuickPane *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  GListModel *sequences = G_LIST_MODEL (tl_quick_sends_get_sequences (self->sends));
  g_autoptr (GtkFilterListModel) items = gtk_filter_list_model_new (g_object_ref (sequences), filter);
  GtkWidget *group = tl_quick_group_new ("", _("Sequences"), G_LIST_MODEL (items), make_row_cb, self);

  g_signal_connect_object (group, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  return group;
}

void
tl_quick_pane_add_sequence_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  edit (TL_QUICK_PANE (widget), NULL);
}
