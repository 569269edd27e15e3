/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is played again, to whom and how. */

#include "tl-replay-dialog.h"

#include "tl-replay-limit.h"
#include "tl-replay-load.h"
#include "tl-replay-words.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* A list to choose one peer from; who has more plays to all of them, or chooses in the page. */
#define MAX_PEERS 1000

enum {
  PACE_ORIGINAL,
  PACE_SCALED,
  PACE_FAST,
};

struct _TlReplayDialog
{
  AdwWindow       parent_instance;

  AdwActionRow   *source_row;
  GtkSpinner     *spinner;
  GtkWidget      *choose_button;
  AdwComboRow    *flow_row;
  GtkLabel       *note;
  AdwComboRow    *page_row;
  AdwComboRow    *target_row;
  AdwActionRow   *skip_row;
  GtkSwitch      *skip;
  AdwComboRow    *pace_row;
  GtkWidget      *speed_row;
  GtkSpinButton  *speed;
  GtkWidget      *gap_row;
  GtkSpinButton  *gap;
  GtkSpinButton  *rounds;
  GtkWidget      *play_button;

  GPtrArray      *pages;
  GPtrArray      *peers;        /* of the session that plays, as they were when it was chosen; the first is NULL: all */
  GCancellable   *cancellable;  /* of what is being read; NULL: nothing is */
  TlReplayList   *list;         /* NULL: nothing has been read */
  GArray         *choices;
  char           *name;
  gboolean        nothing_fits;
};

G_DEFINE_FINAL_TYPE (TlReplayDialog, tl_replay_dialog, ADW_TYPE_WINDOW)

static TlSessionPage *
get_page (TlReplayDialog *self)
{
  const guint selected = adw_combo_row_get_selected (self->page_row);

  return selected < self->pages->len ? self->pages->pdata[selected] : NULL;
}

static const TlReplayChoice *
get_choice (TlReplayDialog *self)
{
  const guint selected = adw_combo_row_get_selected (self->flow_row);

  return self->choices != NULL && selected < self->choices->len ? &g_array_index (self->choices, TlReplayChoice, selected) : NULL;
}

static void
get_options (TlReplayDialog  *self,
             TlReplayOptions *options)
{
  const guint pace = adw_combo_row_get_selected (self->pace_row);

  *options = (TlReplayOptions) {
    .speed = pace == PACE_FAST ? 0 : pace == PACE_SCALED ? gtk_spin_button_get_value (self->speed) : 1,
    .max_gap = (gint64) gtk_spin_button_get_value_as_int (self->gap) * G_USEC_PER_SEC,
    .rounds = (guint) gtk_spin_button_get_value_as_int (self->rounds),
    .skips = gtk_switch_get_active (self->skip),
  };
}

static void
show_note (TlReplayDialog *self,
           const char     *text,
           gboolean        is_error)
{
  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
}

static void
update (TlReplayDialog *self)
{
  const guint pace = adw_combo_row_get_selected (self->pace_row);

  gtk_widget_set_sensitive (self->speed_row, pace == PACE_SCALED);
  gtk_widget_set_sensitive (self->gap_row, pace != PACE_FAST);
  gtk_widget_set_sensitive (GTK_WIDGET (self->flow_row), self->choices != NULL && self->choices->len > 0);
  gtk_widget_set_sensitive (self->play_button, get_choice (self) != NULL && get_page (self) != NULL && !self->nothing_fits);
}

/* (transfer full): whom it is played to; NULL: all. */
static GPtrArray *
dup_target (TlReplayDialog *self)
{
  const guint target = adw_combo_row_get_selected (self->target_row);
  GPtrArray *peers;

  if (target == 0 || target >= self->peers->len)
    return NULL;
  peers = g_ptr_array_new ();
  g_ptr_array_add (peers, self->peers->pdata[target]);
  return peers;
}

/* What was one message on a stream may be no datagram. */
static void
choice_changed_cb (TlReplayDialog *self)
{
  const TlReplayChoice *choice = get_choice (self);
  TlSessionPage *page = get_page (self);
  g_autoptr (GPtrArray) peers = dup_target (self);
  const guint limit = choice != NULL && page != NULL ? tl_replay_limit_get (tl_session_page_get_session (page), peers) : 0;
  g_autoptr (GArray) picked = limit > 0 ? tl_replay_list_pick (self->list, choice->flow, choice->origin) : NULL;
  guint first = 0;
  const guint n = picked != NULL ? tl_replay_limit_count (self->list, picked, limit, &first) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->skip_row), n > 0);
  self->nothing_fits = n > 0 && n == picked->len;
  gtk_widget_set_sensitive (GTK_WIDGET (self->skip), !self->nothing_fits);
  if (n > 0)
    {
      const guint length = tl_replay_list_get_item (self->list, g_array_index (picked, guint, first))->length;
      g_autofree char *text = tl_replay_large_text (n, picked->len, limit, first + 1, length);

      adw_action_row_set_subtitle (self->skip_row, text);
    }
  update (self);
}

/* All, and each peer that there is. */
static void
page_changed_cb (TlReplayDialog *self)
{
  TlSessionPage *page = get_page (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *peers = page != NULL ? tl_session_get_peers (tl_session_page_get_session (page)) : NULL;
  const guint n = peers != NULL ? g_list_model_get_n_items (peers) : 0;
  g_autofree char *all = g_strdup_printf (ngettext ("All peers (%u)", "All peers (%u)", n), n);

  g_ptr_array_set_size (self->peers, 0);
  g_ptr_array_add (self->peers, NULL);
  gtk_string_list_append (names, all);
  for (guint i = 0; i < MIN (n, MAX_PEERS); i++)
    {
      TlPeer *peer = g_list_model_get_item (peers, i);

      g_ptr_array_add (self->peers, peer);
      gtk_string_list_append (names, tl_peer_get_name (peer));
    }
  adw_combo_row_set_model (self->target_row, G_LIST_MODEL (names));
  choice_changed_cb (self);
}

static void
show_list (TlReplayDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *said = tl_replay_list_describe (self->list);

  self->choices = tl_replay_choices (self->list);
  for (guint i = 0; i < self->choices->len; i++)
    {
      g_autofree char *label = tl_replay_choice_label (self->list, &g_array_index (self->choices, TlReplayChoice, i));

      gtk_string_list_append (labels, label);
    }
  adw_combo_row_set_model (self->flow_row, G_LIST_MODEL (labels));
  if (self->choices->len > 0)
    show_note (self, said, FALSE);
  else
    {
      g_autofree char *text = g_strjoin ("\n", _("There is no message in it that could be played."), said, NULL);

      show_note (self, text, TRUE);
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlReplayDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlReplayList) list = tl_replay_load_finish (result, &error);

  /* Another one is being read, or the dialog is closed. */
  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  if (list == NULL)
    show_note (self, error->message, TRUE);
  else
    {
      self->list = g_steal_pointer (&list);
      show_list (self);
    }
  choice_changed_cb (self);
  if (gtk_widget_get_sensitive (self->play_button))
    gtk_widget_grab_focus (self->play_button);
}

/* Nothing is read, and nothing has been. */
static void
clear_source (TlReplayDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->list, tl_replay_list_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->name, g_free);
}

static void
begin_source (TlReplayDialog *self,
              const char     *name)
{
  g_autoptr (GtkStringList) none = gtk_string_list_new (NULL);

  clear_source (self);
  self->cancellable = g_cancellable_new ();
  self->name = g_strdup (name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->source_row), FALSE);
  adw_action_row_set_subtitle (self->source_row, name);
  adw_combo_row_set_model (self->flow_row, G_LIST_MODEL (none));
  gtk_spinner_start (self->spinner);
  show_note (self, NULL, FALSE);
  choice_changed_cb (self);
}

void
tl_replay_dialog_set_file (TlReplayDialog *self,
                           GFile          *file)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (TL_IS_REPLAY_DIALOG (self));

  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  begin_source (self, name);
  tl_replay_load_file_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}

void
tl_replay_dialog_set_recorded (TlReplayDialog   *self,
                               TlHistory        *history,
                               TlHistorySession *session)
{
  g_return_if_fail (TL_IS_REPLAY_DIALOG (self));

  gtk_widget_set_visible (self->choose_button, FALSE);
  begin_source (self, tl_history_session_get_about (session)->title);
  tl_replay_load_session_async (history, session, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             TlReplayDialog  *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL)
    tl_replay_dialog_set_file (self, file);
  g_object_unref (dialog);
}

static void
choose_cb (TlReplayDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Replay a File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* From the history it is seen where it plays. */
static void
show_page (TlReplayDialog *self,
           TlSessionPage  *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (GTK_IS_WINDOW (root) && GTK_WINDOW (root) != gtk_window_get_transient_for (GTK_WINDOW (self)))
    gtk_window_present (GTK_WINDOW (root));
}

static void
play_cb (TlReplayDialog *self)
{
  const TlReplayChoice *choice = get_choice (self);
  TlSessionPage *page = get_page (self);
  g_autoptr (GPtrArray) peers = dup_target (self);
  g_autoptr (GArray) picked = NULL;
  g_autoptr (TlReplay) replay = NULL;
  TlReplayOptions options;

  if (choice == NULL || page == NULL)
    return;
  gtk_spin_button_update (self->speed);
  gtk_spin_button_update (self->gap);
  gtk_spin_button_update (self->rounds);
  get_options (self, &options);
  picked = tl_replay_list_pick (self->list, choice->flow, choice->origin);
  replay = tl_replay_new (tl_session_page_get_session (page), peers, self->list, picked, &options);
  if (!tl_composer_replay (tl_session_page_get_composer (page), replay, self->name, options.speed > 0))
    {
      show_note (self, _("Too many timers and files are under way. Stop one of them first."), TRUE);
      return;
    }
  show_page (self, page);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
peer_unref (gpointer peer)
{
  g_clear_object (&peer);
}

static void
tl_replay_dialog_dispose (GObject *object)
{
  TlReplayDialog *self = TL_REPLAY_DIALOG (object);

  clear_source (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_REPLAY_DIALOG);

  G_OBJECT_CLASS (tl_replay_dialog_parent_class)->dispose (object);
}

static void
tl_replay_dialog_finalize (GObject *object)
{
  TlReplayDialog *self = TL_REPLAY_DIALOG (object);

  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->pages);

  G_OBJECT_CLASS (tl_replay_dialog_parent_class)->finalize (object);
}

static void
tl_replay_dialog_class_init (TlReplayDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_replay_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_replay_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-replay-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, source_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, flow_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, note);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, page_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, target_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, skip_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, skip);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, pace_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, speed_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, speed);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, gap_row);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, gap);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, rounds);
  gtk_widget_class_bind_template_child (widget_class, TlReplayDialog, play_button);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
tl_replay_dialog_init (TlReplayDialog *self)
{
  self->pages = g_ptr_array_new_with_free_func (g_object_unref);
  self->peers = g_ptr_array_new_with_free_func (peer_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_replay_dialog_new (GtkWindow *parent,
                      GPtrArray *pages)
{
  TlReplayDialog *self = g_object_new (TL_TYPE_REPLAY_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      g_autofree char *title = tl_session_dup_title (tl_session_page_get_session (pages->pdata[i]));

      g_ptr_array_add (self->pages, g_object_ref (pages->pdata[i]));
      gtk_string_list_append (titles, title);
    }
  tl_widget_fit_window (GTK_WINDOW (self));
  adw_combo_row_set_model (self->page_row, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->page_row), pages->len != 1);
  page_changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->choose_button);
  return GTK_WIDGET (self);
}

static void
find_pages (GtkWidget *widget,
            GPtrArray *pages)
{
  if (TL_IS_SESSION_PAGE (widget))
    {
      g_ptr_array_add (pages, g_object_ref (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_pages (child, pages);
}

GPtrArray *
tl_replay_dialog_find_pages (GtkApplication *application)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    find_pages (l->data, pages);
  return pages;
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       page)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  GtkRoot *root = gtk_widget_get_root (page);

  g_ptr_array_add (pages, page);
  gtk_window_present (GTK_WINDOW (tl_replay_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, pages)));
}

void
tl_replay_dialog_use (GtkWidget *page)
{
  static const GActionEntry entries[] = { { .name = "open", .activate = open_cb } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (page, "replay", G_ACTION_GROUP (actions));
}
