/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel of transfers, a row, the words in them, and the overwrite question. */

#include "tl-overwrite-dialog.h"
#include "tl-transfer-panel.h"
#include "tl-transfer-queue-private.h"
#include "tl-transfer-row.h"
#include "tl-transfer-words.h"
#include "tl-ui-test.h"

static TlTransfer *
new_transfer (gboolean        upload,
              gboolean        folder,
              const char     *name,
              gint64          size,
              guint64         moved,
              TlTransferState state,
              const char     *error)
{
  g_autofree char *path = g_strconcat ("/pub/", name, NULL);
  g_autoptr (GBytes) remote = g_bytes_new (path, strlen (path));
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  TlTransfer *transfer;

  g_object_set (site, "host", "ftp.example.org", NULL);
  transfer = tl_transfer_new (site, upload, folder, remote, g_get_home_dir (), name);
  transfer->size = size;
  transfer->moved = moved;
  transfer->state = state;
  transfer->error = g_strdup (error);
  return transfer;
}

static TlTransferQueue *
new_queue (void)
{
  TlTransferQueue *queue = tl_transfer_queue_new ();
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  TlTransfer *running = new_transfer (FALSE, FALSE, "系统镜像 2026.iso", 10000000, 3200000, TL_TRANSFER_WAITING, NULL);

  g_ptr_array_add (transfers, running);
  g_ptr_array_add (transfers, new_transfer (TRUE, FALSE, "报告.pdf", 812345, 0, TL_TRANSFER_WAITING, NULL));
  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "已有.txt", 2048, 0, TL_TRANSFER_WAITING, NULL));
  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "photo.jpg", 2345678, 2345678, TL_TRANSFER_DONE, NULL));
  g_ptr_array_add (transfers, new_transfer (TRUE, FALSE, "secret.doc", 1000, 0, TL_TRANSFER_FAILED,
                                            "服务器拒绝了这个操作，请检查权限（550 Permission denied）"));
  g_ptr_array_add (transfers, new_transfer (TRUE, TRUE, "照片", 0, 0, TL_TRANSFER_CANCELLED, NULL));
  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "same.txt", 10, 0, TL_TRANSFER_SKIPPED, NULL));
  tl_transfer_queue_add (queue, transfers);
  tl_transfer_queue_set_state (queue, running, TL_TRANSFER_RUNNING, NULL, NULL);
  return queue;
}

/* As if that much had come in the last second. */
static void
move (TlTransfer *transfer,
      guint64     from,
      guint64     to)
{
  transfer->moved = from;
  tl_transfer_tick (transfer, 1000000);
  transfer->moved = to;
  tl_transfer_tick (transfer, 2000000);
}

static void
test_words (void)
{
  g_autoptr (TlTransfer) transfer = new_transfer (FALSE, FALSE, "a", 10000000, 3200000, TL_TRANSFER_RUNNING, NULL);
  g_autofree char *detail = NULL;
  g_autofree char *few = NULL;
  g_autofree char *target = tl_transfer_words_target (transfer);
  g_autofree char *totals = tl_transfer_words_totals (2, 1, 0, 0.455, 1100000, 130);
  g_autofree char *nothing = tl_transfer_words_totals (0, 0, 0, -1, 0, -1);

  move (transfer, 2200000, 3200000);
  detail = tl_transfer_words_detail (transfer);
  few = tl_transfer_words_short (transfer);
  g_assert_true (g_str_has_prefix (few, "32% · 1.0"));
  g_assert_null (strstr (few, "left"));
  g_assert_nonnull (strstr (detail, "3.2"));
  g_assert_nonnull (strstr (detail, "10.0"));
  g_assert_nonnull (strstr (detail, "1.0"));
  g_assert_nonnull (strstr (detail, "7 seconds left"));
  g_assert_cmpstr (target, ==, "→ ~");
  g_assert_nonnull (strstr (totals, "2 active · 1 failed · 45%"));
  g_assert_nonnull (strstr (totals, "2 minutes left"));
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_target_of_upload (void)
{
  g_autoptr (TlTransfer) transfer = new_transfer (TRUE, FALSE, "a", 1, 0, TL_TRANSFER_WAITING, NULL);
  g_autofree char *target = tl_transfer_words_target (transfer);

  g_assert_cmpstr (target, ==, "→ ftp.example.org:/pub");
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_panel (void)
{
  g_autoptr (TlTransferQueue) queue = new_queue ();
  TlTransferPanel *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, "queue", queue, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (panel), 900, 330);
  g_autoptr (TlTransfer) first = g_list_model_get_item (G_LIST_MODEL (queue), 0);

  move (first, 2200000, 3200000);
  tl_ui_test_frames (window, 4);
  g_assert_nonnull (tl_ui_test_find (GTK_WIDGET (panel), TL_TYPE_TRANSFER_ROW));
  g_assert_true (gtk_widget_get_sensitive (find_button (GTK_WIDGET (panel), "transfers.cancel-all")));
  g_assert_true (gtk_widget_get_sensitive (find_button (GTK_WIDGET (panel), "transfers.clear")));
  tl_ui_test_screenshot (window, "transfers-light");
  tl_ui_test_set_dark (TRUE);
  tl_ui_test_frames (window, 4);
  tl_ui_test_screenshot (window, "transfers-dark");
  tl_ui_test_set_dark (FALSE);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.clear", NULL));
  tl_ui_test_frames (window, 3);
  /* What failed stays: its part of the file, and why. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 4);
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (panel), "transfers.clear")));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The newest window beside @window. */
static GtkWidget *
find_window (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != window && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

/* Each that failed is named, wherever in the list it is; a folder that only tells of them is not. */
static void
test_failed (void)
{
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failed = NULL;
  TlTransferPanel *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, "queue", queue, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (panel), 360, 330);
  TlTransfer *folder = new_transfer (FALSE, TRUE, "照片", -1, 0, TL_TRANSFER_FAILED, "1 of 1 could not be transferred");
  TlTransfer *child = new_transfer (FALSE, FALSE, "照片/一月/a.jpg", 10, 0, TL_TRANSFER_FAILED, "550 Denied");
  GtkWidget *list;
  guint n_more = 0;

  tl_ui_test_frames (window, 3);
  g_assert_false (gtk_widget_get_visible (find_button (GTK_WIDGET (panel), "transfers.show-failed")));
  for (guint i = 0; i < 2000; i++)
    g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "done.txt", 10, 10, TL_TRANSFER_DONE, NULL));
  child->parent = g_object_ref (folder);
  child->top = g_object_ref (folder);
  g_ptr_array_add (transfers, folder);
  g_ptr_array_add (transfers, child);
  g_ptr_array_add (transfers, new_transfer (TRUE, FALSE, "b.txt", 10, 0, TL_TRANSFER_FAILED, "553 Not that name"));
  tl_transfer_queue_add (queue, transfers);
  tl_ui_test_frames (window, 3);
  g_assert_true (gtk_widget_get_visible (find_button (GTK_WIDGET (panel), "transfers.show-failed")));
  tl_ui_test_screenshot (window, "transfers-failed-narrow");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.show-failed", NULL));
  list = find_window (window);
  g_assert_nonnull (list);
  tl_ui_test_frames (list, 3);
  tl_ui_test_screenshot (list, "transfers-failed-list");
  g_assert_true (tl_ui_test_shows (list, "照片/一月/a.jpg") && tl_ui_test_shows (list, "550 Denied"));
  g_assert_true (tl_ui_test_shows (list, "b.txt") && tl_ui_test_shows (list, "553 Not that name"));
  g_assert_false (tl_ui_test_shows (list, "1 of 1"));
  gtk_window_destroy (GTK_WINDOW (list));

  failed = tl_transfer_queue_list_failed (queue, 1, &n_more);
  g_assert_cmpuint (failed->len, ==, 1);
  g_assert_true (failed->pdata[0] == child);
  g_assert_cmpuint (n_more, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
remove_one (TlTransferQueue *queue,
            TlTransfer      *transfer)
{
  g_autoptr (GPtrArray) transfers = g_ptr_array_new ();

  g_ptr_array_add (transfers, transfer);
  tl_transfer_queue_remove (queue, transfers);
}

/* What is over can be taken out of the list one by one, and its folder does not speak of it any more. */
static void
test_remove (void)
{
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  TlTransfer *folder = new_transfer (FALSE, TRUE, "d", -1, 0, TL_TRANSFER_FAILED, "2 of 3 could not be transferred: a.txt, b.txt");
  TlTransfer *children[] = { new_transfer (FALSE, FALSE, "a.txt", 10, 0, TL_TRANSFER_FAILED, "550 a"),
                             new_transfer (FALSE, FALSE, "b.txt", 10, 0, TL_TRANSFER_FAILED, "550 b"),
                             new_transfer (FALSE, FALSE, "c.txt", 10, 10, TL_TRANSFER_DONE, NULL) };
  TlTransfer *waiting = new_transfer (FALSE, FALSE, "w.txt", 10, 0, TL_TRANSFER_WAITING, NULL);
  guint n_failed;

  folder->walked = TRUE;
  g_ptr_array_add (transfers, folder);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i]->parent = g_object_ref (folder);
      children[i]->top = g_object_ref (folder);
      g_ptr_array_add (transfers, children[i]);
    }
  g_ptr_array_add (transfers, waiting);
  tl_transfer_queue_add (queue, transfers);

  remove_one (queue, waiting);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 5);
  remove_one (queue, children[0]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 4);
  g_assert_cmpint (tl_transfer_get_state (folder), ==, TL_TRANSFER_FAILED);
  g_assert_cmpstr (tl_transfer_get_error (folder), ==, "1 of 2 could not be transferred: b.txt");
  remove_one (queue, children[1]);
  g_assert_cmpint (tl_transfer_get_state (folder), ==, TL_TRANSFER_DONE);
  g_object_get (queue, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 0);
  remove_one (queue, folder);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
}

/* A folder that runs, with one in it that is done and one that failed, behind one that waits. */
static TlTransferQueue *
new_queue_of_folder (TlTransfer **folder)
{
  TlTransferQueue *queue = tl_transfer_queue_new ();
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpClient) client = NULL;

  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "w.txt", 10, 0, TL_TRANSFER_WAITING, NULL));
  *folder = new_transfer (FALSE, TRUE, "d", -1, 0, TL_TRANSFER_WAITING, NULL);
  g_ptr_array_add (transfers, *folder);
  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "d/a.txt", 10, 10, TL_TRANSFER_DONE, NULL));
  g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, "d/b.txt", 10, 0, TL_TRANSFER_FAILED, "550 b"));
  for (guint i = 2; i < transfers->len; i++)
    {
      ((TlTransfer *) transfers->pdata[i])->parent = g_object_ref (*folder);
      ((TlTransfer *) transfers->pdata[i])->top = g_object_ref (*folder);
    }
  client = tl_ftp_client_new (tl_transfer_get_site (*folder));
  for (guint i = 0; i < transfers->len; i++)
    ((TlTransfer *) transfers->pdata[i])->lane = tl_transfer_queue_get_lane (queue, client);
  tl_transfer_queue_add (queue, transfers);
  tl_transfer_queue_set_state (queue, *folder, TL_TRANSFER_RUNNING, NULL, NULL);
  return queue;
}

/* What is over in a folder that goes on stays, with what was begun of it, when the folder is chosen. */
static void
test_remove_running (void)
{
  TlTransfer *folder;
  g_autoptr (TlTransferQueue) queue = new_queue_of_folder (&folder);
  guint n_failed;

  remove_one (queue, folder);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 4);
  g_object_get (queue, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 1);
}

/* The key gives up what goes on, which stays in the list, and takes only out what was over before. */
static void
test_delete (void)
{
  TlTransfer *folder;
  g_autoptr (TlTransferQueue) queue = new_queue_of_folder (&folder);
  TlTransferPanel *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (panel), 900, 330);
  GtkListView *view = GTK_LIST_VIEW (tl_ui_test_find (GTK_WIDGET (panel), GTK_TYPE_LIST_VIEW));
  GtkSelectionModel *rows;
  g_autoptr (TlTransfer) waiting = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  guint n_failed;

  gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.delete", NULL);
  g_object_set (panel, "queue", queue, NULL);
  tl_ui_test_frames (window, 3);
  rows = gtk_list_view_get_model (view);
  gtk_selection_model_unselect_all (rows);
  gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.delete", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 4);

  gtk_selection_model_select_item (rows, 0, TRUE);
  gtk_selection_model_select_item (rows, 1, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.delete", NULL);
  g_assert_cmpint (tl_transfer_get_state (waiting), ==, TL_TRANSFER_CANCELLED);
  g_assert_cmpint (tl_transfer_get_state (folder), ==, TL_TRANSFER_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 4);
  g_object_get (queue, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 1);

  /* Now it is over. */
  gtk_selection_model_select_item (rows, 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (panel), "transfers.delete", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One change of the list for all of them, and rows only for what shows. */
static void
test_ten_thousand (void)
{
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  TlTransferPanel *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, "queue", queue, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (panel), 900, 330);
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 begun;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("file %u", i);

      g_ptr_array_add (transfers, new_transfer (FALSE, FALSE, name, i, 0, TL_TRANSFER_WAITING, NULL));
    }
  begun = g_get_monotonic_time ();
  tl_transfer_queue_add (queue, transfers);
  tl_ui_test_frames (window, 3);
  g_test_message ("10,000 rows shown: %.0f ms", (g_get_monotonic_time () - begun) / 1000.0);
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < transfers->len; i++)
    tl_transfer_queue_set_state (queue, transfers->pdata[i], TL_TRANSFER_DONE, NULL, "226");
  tl_ui_test_frames (window, 3);
  g_test_message ("10,000 rows done: %.0f ms", (g_get_monotonic_time () - begun) / 1000.0);
  begun = g_get_monotonic_time ();
  tl_transfer_queue_clear (queue, TRUE);
  tl_ui_test_frames (window, 3);
  g_test_message ("10,000 rows gone: %.0f ms", (g_get_monotonic_time () - begun) / 1000.0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_question (void)
{
  g_autoptr (TlTransferQueue) queue = new_queue ();
  TlTransferPanel *panel = g_object_new (TL_TYPE_TRANSFER_PANEL, "queue", queue, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (panel), 700, 500);
  g_autoptr (TlTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (queue), 2);
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *dialog = NULL;

  transfer->question = (TlOverwriteQuestion) { transfer, 2048, 1760000000, 1024, 1700000000, TRUE, TRUE };
  tl_transfer_queue_ask (queue, transfer);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) there = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (there))
        dialog = there;
    }
  g_assert_nonnull (dialog);
  /* One at a time. */
  g_assert_null (tl_overwrite_dialog_present (queue, GTK_WINDOW (window)));
  g_assert_true (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), "resume"));
  tl_ui_test_wait (tl_ui_test_is_mapped, dialog, "the question");
  tl_ui_test_frames (GTK_WIDGET (dialog), 4);
  /* No empty room: a label that wraps asks for the height that it has when it is as narrow as can be. */
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (dialog)), <, 360);
  tl_ui_test_screenshot (GTK_WIDGET (dialog), "overwrite-light");
  tl_ui_test_set_dark (TRUE);
  tl_ui_test_frames (GTK_WIDGET (dialog), 4);
  tl_ui_test_screenshot (GTK_WIDGET (dialog), "overwrite-dark");
  tl_ui_test_set_dark (FALSE);
  /* It goes when the transfer is cancelled. */
  tl_transfer_queue_set_state (queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) there = g_list_model_get_item (windows, i);

      g_assert_false (ADW_IS_MESSAGE_DIALOG (there));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/transfer-panel/words", test_words);
  g_test_add_func ("/transfer-panel/remove/running", test_remove_running);
  g_test_add_func ("/transfer-panel/delete", test_delete);
  g_test_add_func ("/transfer-panel/target-of-upload", test_target_of_upload);
  g_test_add_func ("/transfer-panel/panel", test_panel);
  g_test_add_func ("/transfer-panel/failed", test_failed);
  g_test_add_func ("/transfer-panel/remove", test_remove);
  g_test_add_func ("/transfer-panel/ten-thousand", test_ten_thousand);
  g_test_add_func ("/transfer-panel/question", test_question);
  return g_test_run ();
}
