/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real window with an FTP page that bench-ftp-window.py drives: one command a line on standard input, one answer a line on standard output,
 * "ok WORD=NUMBER…". Times in ms, from the act to the end of the frame that shows what came of it. Texts are hexadecimal.
 *
 *   connect PORT USER PASSWORD COUNT | memory
 *   open NAME COUNT            a folder of so many entries, from the one that is shown; "shown": all are in the view, "done": in their order
 *   up COUNT | table | icons | hidden COUNT | sort COLUMN DESCENDING
 *   filter TEXT                typed, letter by letter; a time for the slowest, and how many are left
 *   scroll STEP FRAMES         pixels a frame; STEP 0: through the whole list in so many frames, and the last entry is looked for
 *   select | unselect | choose NAME | ask-delete | delete COUNT (what is left)
 *   download COUNT             what is selected; until so many are in the queue
 *   fetch                      what is selected; until nothing is active any more
 *   transfers | cancel-all | clear    until nothing is active
 */

#include "bench-ftp-window.h"

#include <libintl.h>

static void
connect_command (Bench *self,
                 char **words)
{
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autofree char *user = from_hex (words[2]);
  g_autofree char *password = from_hex (words[3]);

  g_object_set (site, "host", "127.0.0.1", "port", atoi (words[1]), "account-kind", TL_FTP_ACCOUNT_REGISTERED, "security", TL_FTP_SECURITY_NONE, "user", user, NULL);
  self->path = g_strdup ("/");
  self->count = (guint) atoi (words[4]);
  begin (self);
  tl_ftp_page_connect (self->page, site, password);
  answer (self, "done=%.1f", wait (self, is_in_order, "the first folder"));
}

static guint
choose (Bench      *self,
        const char *name)
{
  g_autoptr (GBytes) raw = g_bytes_new (name, strlen (name));
  guint position = tl_ftp_directory_find (tl_ftp_page_get_directory (self->page), raw);

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  gtk_selection_model_select_item (tl_ftp_file_view_get_selection (self->files), position, TRUE);
  begin (self);
  wait_frames (self, 5);
  return position;
}

static void
open_command (Bench *self,
              char **words)
{
  g_autofree char *name = from_hex (words[1]);
  double done;

  choose (self, name);
  g_free (self->path);
  self->path = g_strconcat ("/", name, NULL);
  self->count = (guint) atoi (words[2]);
  begin (self);
  self->shown = is_shown;
  act (self, "ftp.open");
  done = wait (self, is_in_order, "the folder");
  answer (self, "shown=%.1f done=%.1f", (double) (self->shown_at - self->began) / 1000, done);
}

static void
up_command (Bench *self,
            char **words)
{
  g_free (self->path);
  self->path = g_strdup ("/");
  self->count = (guint) atoi (words[1]);
  begin (self);
  act (self, "ftp.up");
  answer (self, "done=%.1f", wait (self, is_in_order, "the folder above"));
}

static void
look_command (Bench *self,
              char **words)
{
  begin (self);
  act (self, g_str_equal (words[0], "icons") ? "ftp.as-grid" : "ftp.as-list");
  answer (self, "done=%.1f", wait (self, is_in_order, "the other look"));
}

static void
hidden_command (Bench *self,
                char **words)
{
  self->count = (guint) atoi (words[1]);
  begin (self);
  act (self, "ftp.show-hidden");
  answer (self, "done=%.1f", wait (self, is_in_order, "hidden files"));
}

static gboolean
is_sorted (Bench *self)
{
  TlFtpSort sort;
  gboolean descending;

  g_object_get (tl_ftp_page_get_directory (self->page), "sort", &sort, "descending", &descending, NULL);
  return sort == self->sort && descending == self->descending && is_in_order (self);
}

static void
sort_command (Bench *self,
              char **words)
{
  GtkColumnView *table = get_table (self);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (table), (guint) atoi (words[1]));

  self->sort = (TlFtpSort) atoi (words[1]);
  self->descending = atoi (words[2]) != 0;
  begin (self);
  gtk_column_view_sort_by_column (table, column, self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  answer (self, "done=%.1f", wait (self, is_sorted, "the order"));
}

static gboolean
is_filtered (Bench *self)
{
  g_autofree char *filter = NULL;

  g_object_get (tl_ftp_page_get_directory (self->page), "filter", &filter, NULL);
  return g_strcmp0 (filter, *self->filter ? self->filter : NULL) == 0 && !is_busy (self);
}

static void
filter_command (Bench *self,
                char **words)
{
  g_autofree char *text = from_hex (words[1]);
  GtkEditable *entry = GTK_EDITABLE (tl_ui_test_find (GTK_WIDGET (self->files), GTK_TYPE_SEARCH_ENTRY));
  double slowest = 0, before = 0;

  g_object_set (self->files, "filtering", TRUE, NULL);
  begin (self);
  for (gsize length = *text ? 1 : 0; length <= strlen (text); length++)
    {
      double now;

      self->filter = g_strndup (text, length);
      gtk_editable_set_text (entry, self->filter);
      now = wait (self, is_filtered, "the filter");
      slowest = MAX (slowest, now - before);
      before = now;
      g_clear_pointer (&self->filter, g_free);
    }
  answer (self, "done=%.1f count=%u", slowest, g_list_model_get_n_items (G_LIST_MODEL (tl_ftp_page_get_directory (self->page))));
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (GTK_IS_INSCRIPTION (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return TRUE;
  if (TL_IS_FTP_ICON_CELL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (tl_ftp_icon_cell_get_name (TL_FTP_ICON_CELL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

/* As a pointer would: once a frame. */
static gboolean
scroll_cb (GtkWidget     *window,
           GdkFrameClock *clock,
           gpointer       data)
{
  Bench *self = data;
  GtkAdjustment *adjustment = self->adjustment;
  double way = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  self->n_stepped++;
  gtk_adjustment_set_value (adjustment, self->step > 0 ? self->step * self->n_stepped : way * self->n_stepped / self->n_steps);
  return self->n_stepped < self->n_steps ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_scrolled (Bench *self)
{
  return self->n_stepped == self->n_steps;
}

static void
scroll_command (Bench *self,
                char **words)
{
  TlFtpFileList *list = get_list (self);
  GListModel *directory = G_LIST_MODEL (tl_ftp_page_get_directory (self->page));
  g_autoptr (TlFtpEntry) last = g_list_model_get_item (directory, g_list_model_get_n_items (directory) - 1);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (tl_ftp_file_list_get_scrolled (list));
  double step = atoi (words[1]);
  guint n_frames = (guint) atoi (words[2]);
  gboolean whole = step == 0;

  gtk_adjustment_set_value (adjustment, 0);
  begin (self);
  wait_frames (self, 5);
  begin (self);
  self->adjustment = adjustment;
  self->step = step;
  self->n_steps = n_frames;
  self->n_stepped = 0;
  gtk_widget_add_tick_callback (self->window, scroll_cb, self, NULL);
  wait (self, is_scrolled, "the end of the way");
  wait_frames (self, 2);
  if (whole && !shows (GTK_WIDGET (list), tl_ftp_entry_get_name (last)))
    g_error ("the last entry is not seen");
  answer (self, "pixels=%.0f", gtk_adjustment_get_value (adjustment));
}

static void
select_command (Bench *self,
                char **words)
{
  begin (self);
  if (g_str_equal (words[0], "select"))
    act (self, "ftp.select-all");
  else
    gtk_selection_model_unselect_all (tl_ftp_file_view_get_selection (self->files));
  answer (self, "done=%.1f", wait_frames (self, 3));
}

static void
choose_command (Bench *self,
                char **words)
{
  g_autofree char *name = from_hex (words[1]);

  answer (self, "position=%u", choose (self, name));
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *l = all; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_asked (Bench *self)
{
  return find_dialog () != NULL;
}

static void
ask_delete_command (Bench *self,
                    char **words)
{
  double done;

  begin (self);
  act (self, "ftp.delete");
  wait (self, is_asked, "the question");
  done = wait_frames (self, 3);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "cancel");
  wait_frames (self, 3);
  answer (self, "done=%.1f", done);
}

static gboolean
is_deleted (Bench *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_ftp_page_get_directory (self->page))) == self->count && !is_busy (self);
}

static void
delete_command (Bench *self,
                char **words)
{
  act (self, "ftp.delete");
  begin (self);
  wait (self, is_asked, "the question");
  self->count = (guint) atoi (words[1]);
  begin (self);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "delete");
  answer (self, "done=%.1f", wait (self, is_deleted, "an empty folder"));
}

/* What has ended goes out of a long queue while others still come. */
static void
queue_changed_cb (Bench *self,
                  guint  position,
                  guint  removed,
                  guint  added)
{
  if (removed == 0)
    self->n_added += added;
}

static gboolean
are_added (Bench *self)
{
  return self->n_added >= self->count;
}

static void
download_command (Bench *self,
                  char **words)
{
  gulong handler = g_signal_connect_swapped (self->queue, "items-changed", G_CALLBACK (queue_changed_cb), self);
  double done;

  self->count = (guint) atoi (words[1]);
  self->n_added = 0;
  begin (self);
  act (self, "ftp.download");
  done = wait (self, are_added, "transfers in the queue");
  g_signal_handler_disconnect (self->queue, handler);
  answer (self, "done=%.1f", done);
}

static gboolean
are_over (Bench *self)
{
  guint n_active;

  g_object_get (self->queue, "n-active", &n_active, NULL);
  return n_active == 0;
}

static void
answer_transfers (Bench *self)
{
  guint n_failed;
  double done = wait (self, are_over, "the end of the transfers");

  g_object_get (self->queue, "n-failed", &n_failed, NULL);
  answer (self, "done=%.1f failed=%u", done, n_failed);
}

static void
transfers_command (Bench *self,
                   char **words)
{
  begin (self);
  answer_transfers (self);
}

/* One file, from the act to its end. */
static void
fetch_command (Bench *self,
               char **words)
{
  begin (self);
  act (self, "ftp.download");
  answer_transfers (self);
}

static void
queue_command (Bench *self,
               char **words)
{
  GtkWidget *panel = tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_TRANSFER_PANEL);

  begin (self);
  gtk_widget_activate_action (panel, g_str_equal (words[0], "clear") ? "transfers.clear" : "transfers.cancel-all", NULL);
  answer_transfers (self);
}

static void
memory_command (Bench *self,
                char **words)
{
  g_autofree char *memory = bench_memory ();

  begin (self);
  answer (self, "%s", memory);
}

static const struct {
  const char *name;
  void (*run) (Bench *self, char **words);
  guint n_words;
} commands[] = {
  { "connect", connect_command, 4 },
  { "memory", memory_command, 0 },
  { "open", open_command, 2 },
  { "up", up_command, 1 },
  { "table", look_command, 0 },
  { "icons", look_command, 0 },
  { "hidden", hidden_command, 1 },
  { "sort", sort_command, 2 },
  { "filter", filter_command, 1 },
  { "scroll", scroll_command, 2 },
  { "select", select_command, 0 },
  { "unselect", select_command, 0 },
  { "choose", choose_command, 1 },
  { "ask-delete", ask_delete_command, 0 },
  { "delete", delete_command, 1 },
  { "download", download_command, 1 },
  { "fetch", fetch_command, 0 },
  { "transfers", transfers_command, 0 },
  { "cancel-all", queue_command, 0 },
  { "clear", queue_command, 0 },
};

static void
run (Bench *self,
     char  *line)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, words[0]) && g_strv_length (words) == commands[i].n_words + 1)
      {
        commands[i].run (self, words);
        return;
      }
  g_error ("no such command: %s", words[0]);
}

static void
set_up_window (Bench *self)
{
  TlApplication *application = g_object_new (TL_TYPE_APPLICATION, "application-id", TL_APPLICATION_ID, "flags", G_APPLICATION_NON_UNIQUE,
                                             "resource-base-path", "/org/tonglu/Tonglu", NULL);
  g_autoptr (GError) error = NULL;
  GdkFrameClock *clock;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  self->window = GTK_WIDGET (tl_window_new (application));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1180, 800);
  self->page = tl_window_add_ftp (TL_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, self->page, "the page");
  self->files = TL_FTP_FILE_VIEW (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_FILE_VIEW));
  self->queue = tl_transfer_panel_get_queue (TL_TRANSFER_PANEL (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_TRANSFER_PANEL)));
  bench_frames_watch (self->window);
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  wait_frames (self, 10);
}

int
main (void)
{
  Bench self = { 0 };
  char line[4096];

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("TONGLU_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gtk_disable_setlocale ();
  gtk_init ();
  adw_init ();
  set_up_window (&self);
  while (fgets (line, sizeof line, stdin))
    run (&self, line);
  return 0;
}
