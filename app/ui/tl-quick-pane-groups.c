/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of the quick sends: shown, filtered, renamed, moved, deleted. */
#include "tl-quick-pane-private.h"

#include "tl-closures.h"
#include "tl-quick-group.h"

#include <glib/gi18n-lib.h>

/* Making groups, of one turn of the main loop, µs. */
#define BUDGET 10000

/* Fewer are seen at once. */
#define FILTER_FROM 12

gboolean
tl_quick_pane_is_wanted (TlQuickPane *self,
                         const char  *text)
{
  return tl_name_matches (text, self->needle);
}

typedef struct {
  TlQuickPane *pane;
  char        *name;
} Membership;

static void
membership_free (gpointer data)
{
  g_free (((Membership *) data)->name);
  g_free (data);
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  const Membership *membership = user_data;

  return g_str_equal (tl_quick_send_get_group (item), membership->name)
         && (tl_quick_pane_is_wanted (membership->pane, tl_quick_send_get_name (item))
             || tl_quick_pane_is_wanted (membership->pane, tl_quick_send_get_text (item)));
}

static void
rename_to (TlQuickPane *self,
           const char  *group,
           const char  *name);

static void
arrange_soon (TlQuickPane *self);

/* What is asked about a group. */
typedef struct {
  TlQuickPane *pane;
  char        *group;
  GtkEntry    *entry;
  GtkLabel    *verdict;
} Renaming;

static void
renaming_free (gpointer  data,
               GClosure *closure)
{
  Renaming *renaming = data;

  g_object_unref (renaming->pane);
  g_free (renaming->group);
  g_free (renaming);
}

/* (transfer full) */
static char *
dup_typed_name (Renaming *renaming)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (renaming->entry))));

  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), TL_QUICK_SEND_MAX_NAME));
}

static void
typed_cb (GtkEditable *entry,
          Renaming    *renaming)
{
  g_autofree char *name = dup_typed_name (renaming);
  const gboolean is_other = !g_str_equal (name, renaming->group);
  const guint n = is_other ? tl_quick_sends_count (renaming->pane->sends, name) : 0;
  g_autofree char *sentence = n > 0 ? g_strdup_printf (ngettext ("There is such a group with %u quick send; these will stand behind it.",
                                                                 "There is such a group with %u quick sends; these will stand behind them.", n), n)
                            : *name == '\0' ? g_strdup (_("Without a name they are in no group."))
                            : NULL;

  gtk_label_set_label (renaming->verdict, sentence ? sentence : "");
}

static void
renamed_cb (AdwMessageDialog *dialog,
            const char       *response,
            Renaming         *renaming)
{
  g_autofree char *name = dup_typed_name (renaming);

  if (g_str_equal (response, "rename"))
    rename_to (renaming->pane, renaming->group, name);
}

static void
rename_cb (TlQuickPane  *self,
           TlQuickGroup *group)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Rename Group"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Renaming *renaming = g_new0 (Renaming, 1);

  renaming->pane = g_object_ref (self);
  renaming->group = g_strdup (tl_quick_group_get_name (group));
  renaming->entry = GTK_ENTRY (gtk_entry_new ());
  renaming->verdict = GTK_LABEL (gtk_label_new (NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (renaming->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the group"), -1);
  gtk_entry_set_activates_default (renaming->entry, TRUE);
  gtk_label_set_wrap (renaming->verdict, TRUE);
  gtk_label_set_xalign (renaming->verdict, 0);
  gtk_label_set_max_width_chars (renaming->verdict, 30);
  gtk_widget_add_css_class (GTK_WIDGET (renaming->verdict), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (renaming->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (renaming->verdict));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  g_signal_connect_data (dialog, "response", G_CALLBACK (renamed_cb), renaming, renaming_free, 0);
  gtk_editable_set_text (GTK_EDITABLE (renaming->entry), renaming->group);
  g_signal_connect (renaming->entry, "changed", G_CALLBACK (typed_cb), renaming);
  tl_quick_pane_present (self, dialog);
  gtk_widget_grab_focus (GTK_WIDGET (renaming->entry));
}

static guint
place_of (TlQuickPane *self,
          const char  *group)
{
  g_auto (GStrv) names = tl_quick_sends_dup_groups (self->sends);
  guint place = 0;

  while (names[place] && !g_str_equal (names[place], group))
    place++;

  return place;
}

static TlQuickGroup *
find_group (TlQuickPane *self,
            const char  *name)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups));

  while (child && !g_str_equal (tl_quick_group_get_name (TL_QUICK_GROUP (child)), name))
    child = gtk_widget_get_next_sibling (child);

  return child ? TL_QUICK_GROUP (child) : NULL;
}

static void
shift_cb (TlQuickPane  *self,
          gboolean      up,
          TlQuickGroup *group)
{
  const guint place = place_of (self, tl_quick_group_get_name (group));

  if (!up || place > 0)
    tl_quick_sends_move_group (self->sends, tl_quick_group_get_name (group), up ? place - 1 : place + 2);
}

typedef struct {
  TlQuickSends *sends;
  GPtrArray    *members;
  char         *group;
  guint         place;
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->sends);
  g_ptr_array_unref (removal->members);
  g_free (removal->group);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Removal *removal = user_data;

  for (guint i = 0; i < removal->members->len; i++)
    if (!tl_quick_sends_has (removal->sends, removal->members->pdata[i]))
      tl_quick_sends_add (removal->sends, removal->members->pdata[i]);
  tl_quick_sends_move_group (removal->sends, removal->group, removal->place);
}

static void
remove_cb (TlQuickPane  *self,
           TlQuickGroup *group)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->sends = g_object_ref (self->sends);
  removal->group = g_strdup (tl_quick_group_get_name (group));
  removal->place = place_of (self, removal->group);
  removal->members = tl_quick_sends_remove_group (self->sends, removal->group);
  for (guint i = 0; i < removal->members->len; i++)
    tl_quick_runner_stop (self->runner, removal->members->pdata[i]);
  tl_quick_pane_offer_undo (self, *removal->group ? removal->group : _("Without a Group"), G_CALLBACK (undo_cb), removal, removal_free);
}

/* A send goes to the end of the group, a group before or behind it. */
static void
dropped_cb (TlQuickPane  *self,
            GObject      *dropped,
            gboolean      below,
            TlQuickGroup *group)
{
  const char *name = tl_quick_group_get_name (group);

  if (TL_IS_QUICK_GROUP (dropped))
    tl_quick_sends_move_group (self->sends, tl_quick_group_get_name (TL_QUICK_GROUP (dropped)), place_of (self, name) + below);
  else if (tl_quick_sends_has (self->sends, TL_QUICK_SEND (dropped)))
    tl_quick_sends_move (self->sends, TL_QUICK_SEND (dropped), name, G_MAXUINT);
}

static TlQuickGroup *
make_group (TlQuickPane *self,
            const char  *name)
{
  Membership *membership = g_new0 (Membership, 1);
  g_autoptr (GtkFilterListModel) items = NULL;
  GtkWidget *group;

  /* The pane outlives the groups that are in it. */
  membership->pane = self;
  membership->name = g_strdup (name);
  items = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->sends)), GTK_FILTER (gtk_custom_filter_new (is_shown, membership, membership_free)));
  group = tl_quick_group_new (name, *name ? name : _("Without a Group"), G_LIST_MODEL (items), tl_quick_pane_make_row, self);
  tl_quick_group_add_verbs (TL_QUICK_GROUP (group), TL_TYPE_QUICK_SEND);
  g_signal_connect_object (group, "activated", G_CALLBACK (tl_quick_pane_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "rename", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "shift", G_CALLBACK (shift_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "notify::expanded", G_CALLBACK (tl_quick_pane_fill_soon), self, G_CONNECT_SWAPPED);

  return TL_QUICK_GROUP (group);
}

static void
show_empty (TlQuickPane *self)
{
  const guint n_sends = g_list_model_get_n_items (G_LIST_MODEL (self->sends));
  const gboolean has_sequences = gtk_list_box_get_row_at_index (tl_quick_group_get_list (TL_QUICK_GROUP (self->sequences)), 0) != NULL;
  gboolean has_shown = has_sequences;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups)); child; child = gtk_widget_get_next_sibling (child))
    {
      const gboolean is_empty = gtk_list_box_get_row_at_index (tl_quick_group_get_list (TL_QUICK_GROUP (child)), 0) == NULL;

      gtk_widget_set_visible (child, !is_empty);
      has_shown |= !is_empty;
    }
  gtk_widget_set_visible (self->sequences, has_sequences);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), n_sends >= FILTER_FROM || self->needle);
  gtk_stack_set_visible_child_name (self->stack, has_shown ? "groups" : self->needle ? "nothing" : "empty");
}

/* Groups come, go and change their order; those that stay keep whether they are folded. */
static void
arrange_groups (TlQuickPane *self)
{
  g_auto (GStrv) names = tl_quick_sends_dup_groups (self->sends);
  const gint64 end = g_get_monotonic_time () + BUDGET;
  GtkWidget *previous = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups)); child;)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (!g_strv_contains ((const char *const *) names, tl_quick_group_get_name (TL_QUICK_GROUP (child))))
        gtk_box_remove (self->groups, child);
      child = next;
    }

  for (guint i = 0; names[i]; i++)
    {
      GtkWidget *group = (GtkWidget *) find_group (self, names[i]);

      /* The others follow at once, but other things have their turn. */
      if (!group && previous && g_get_monotonic_time () > end)
        {
          arrange_soon (self);
          break;
        }
      if (!group)
        {
          group = GTK_WIDGET (make_group (self, names[i]));
          gtk_box_append (self->groups, group);
        }
      gtk_box_reorder_child_after (self->groups, group, previous);
      previous = group;
    }

  show_empty (self);
  tl_quick_pane_fill_soon (self);
}

static void
rename_to (TlQuickPane *self,
           const char  *group,
           const char  *name)
{
  TlQuickGroup *old = find_group (self, group);
  gboolean expanded = TRUE;

  if (old)
    g_object_get (old, "expanded", &expanded, NULL);
  tl_quick_sends_rename_group (self->sends, group, name);
  arrange_groups (self);
  if (!expanded && find_group (self, name))
    g_object_set (find_group (self, name), "expanded", FALSE, NULL);
}

static gboolean
show_cb (gpointer user_data)
{
  TlQuickPane *self = user_data;

  self->show_source = 0;
  arrange_groups (self);

  return G_SOURCE_REMOVE;
}

/* A file may bring a thousand of them, one by one. */
static void
arrange_soon (TlQuickPane *self)
{
  if (self->show_source == 0)
    self->show_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, self, NULL);
}

void
tl_quick_pane_show_groups (TlQuickPane *self)
{
  if (!self->sequences)
    {
      self->sequences = tl_quick_pane_make_sequences (self);
      gtk_box_append (self->box, self->sequences);
      g_signal_connect_object (self->sends, "items-changed", G_CALLBACK (arrange_soon), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (tl_quick_sends_get_sequences (self->sends), "items-changed", G_CALLBACK (arrange_soon), self, G_CONNECT_SWAPPED);
    }

  arrange_groups (self);
}

static void
refilter (TlQuickGroup *group)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (tl_quick_group_get_items (group))), GTK_FILTER_CHANGE_DIFFERENT);
}

void
tl_quick_pane_filter_changed (TlQuickPane *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->filter))));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = g_steal_pointer (&text);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups)); child; child = gtk_widget_get_next_sibling (child))
    refilter (TL_QUICK_GROUP (child));
  if (self->sequences)
    refilter (TL_QUICK_GROUP (self->sequences));
  arrange_groups (self);
}
