/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for files on a server: what is asked for, and how far it is. */

#include "tl-ftp-search-window-private.h"

#include "tl-ftp-failures.h"
#include "tl-ftp-text.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* Of a page: its window. */
#define PAGE_KEY "tl-search-window"

G_DEFINE_FINAL_TYPE (TlFtpSearchWindow, tl_ftp_search_window, ADW_TYPE_WINDOW)

void
tl_ftp_search_window_set_problem (TlFtpSearchWindow *self,
                                  const char        *problem)
{
  gtk_label_set_label (self->problem, problem ? problem : "");
}

/* What is found is told of while it is looked for. */
static void
refresh (TlFtpSearchWindow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_items, n_folders, n_failed;
  gboolean full;

  g_object_get (self->search, "n-items", &n_items, "n-folders", &n_folders, "n-failed", &n_failed, "full", &full, NULL);
  g_string_append_printf (text, self->cancellable ? _("Searching… found: %u; folders looked into: %u") : _("Found: %u; folders looked into: %u"), n_items, n_folders);
  if (n_failed > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("%u folder could not be looked into.", "%u folders could not be looked into.", n_failed), n_failed);
    }
  if (full)
    g_string_append_printf (text, "\n%s", _("There may be more: no more than these are kept, and folders that are too deep are left out."));
  gtk_label_set_label (self->status, text->str);
  gtk_widget_set_visible (self->why, n_failed > 0 && !self->cancellable);
  if (n_items > 0 || self->cancellable)
    gtk_stack_set_visible_child_name (self->stack, "hits");
  else
    gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
set_running (TlFtpSearchWindow *self,
             gboolean           running)
{
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_sensitive (self->start, !running);
}

static void
over_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (TlFtpSearchWindow) self = data;
  g_autoptr (GError) error = NULL;

  tl_ftp_search_run_finish (TL_FTP_SEARCH (source), result, &error);
  /* Else another one has begun, or the window has gone. */
  if (self->search != TL_FTP_SEARCH (source))
    return;
  g_clear_object (&self->cancellable);
  set_running (self, FALSE);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_search_window_set_problem (self, error->message);
  refresh (self);
}

static void
forget (TlFtpSearchWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
}

/* -1 in *@value for an empty field. */
static gboolean
read_number (TlFtpSearchWindow *self,
             GtkEditable       *entry,
             GtkDropDown       *unit,
             const gint64      *factors,
             gint64            *value)
{
  g_autofree char *text = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (tl_ftp_criteria_read_number (gtk_editable_get_text (entry), factors[gtk_drop_down_get_selected (unit)], value))
    return TRUE;
  text = g_strdup_printf (_("“%s” is not a number that can be used here."), gtk_editable_get_text (entry));
  tl_ftp_search_window_set_problem (self, text);
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return FALSE;
}

/* (nullable): NULL when it cannot be; the problem is shown. */
static TlFtpCriteria *
read_criteria (TlFtpSearchWindow *self)
{
  static const gint64 bytes[] = { 1, 1000, 1000000, 1000000000 };
  static const gint64 seconds[] = { 60, 3600, 86400, 604800 };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 within, not_for;
  g_autoptr (GError) error = NULL;
  TlFtpCriteriaWish wish = {
    .name = gtk_editable_get_text (self->name),
    .is_regex = gtk_drop_down_get_selected (self->how) == 1,
    .fold = !gtk_check_button_get_active (self->match_case),
    .kind = (TlFtpCriteriaKind) gtk_drop_down_get_selected (self->kind),
  };
  TlFtpCriteria *criteria;

  if (!read_number (self, self->min_size, self->min_unit, bytes, &wish.min_size) || !read_number (self, self->max_size, self->max_unit, bytes, &wish.max_size) ||
      !read_number (self, self->newer, self->newer_unit, seconds, &within) || !read_number (self, self->older, self->older_unit, seconds, &not_for))
    return NULL;
  wish.newer = within >= 0 ? MAX (now - within, 0) : -1;
  wish.older = not_for >= 0 ? MAX (now - not_for, 0) : -1;
  criteria = tl_ftp_criteria_new (&wish, &error);
  if (!criteria)
    tl_ftp_search_window_set_problem (self, error->message);
  return criteria;
}

static void
start_cb (TlFtpSearchWindow *self)
{
  g_autoptr (TlFtpCriteria) criteria = NULL;

  if (self->cancellable)
    return;
  tl_ftp_search_window_set_problem (self, NULL);
  criteria = read_criteria (self);
  if (!criteria)
    return;
  forget (self);
  self->cancellable = g_cancellable_new ();
  self->search = tl_ftp_search_new (self->client, self->folder, criteria, tl_ftp_browser_get_charset (self->page->browser));
  g_signal_connect_swapped (self->search, "notify", G_CALLBACK (refresh), self);
  tl_ftp_search_window_show_hits (self);
  set_running (self, TRUE);
  tl_ftp_search_run_async (self->search, self->cancellable, over_cb, g_object_ref (self));
  refresh (self);
}

static void
stop_cb (TlFtpSearchWindow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
why_cb (TlFtpSearchWindow *self)
{
  GPtrArray *failures = tl_ftp_search_get_failures (self->search);
  g_autoptr (GListStore) rows = g_list_store_new (TL_TYPE_FTP_FAILURE);
  TlCharset guess;
  guint n_failed;

  g_object_get (tl_ftp_browser_get_directory (self->page->browser), "guess", &guess, NULL);
  g_object_get (self->search, "n-failed", &n_failed, NULL);
  for (guint i = 0; i < failures->len; i++)
    {
      const TlFtpSearchFailure *failure = g_ptr_array_index (failures, i);
      g_autofree char *name = tl_ftp_text_path (failure->path, tl_ftp_browser_get_charset (self->page->browser), guess);
      g_autoptr (TlFtpFailure) row = tl_ftp_failure_new (name, failure->message);

      g_list_store_append (rows, row);
    }
  tl_ftp_failures_show (GTK_WIDGET (self), _("Not Looked Into"), G_LIST_MODEL (rows), n_failed - failures->len);
}

static void
set_place (TlFtpSearchWindow *self)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  TlCharset guess;

  g_set_object (&self->client, tl_ftp_browser_get_client (self->page->browser));
  g_clear_pointer (&self->folder, g_bytes_unref);
  self->folder = g_bytes_ref (tl_ftp_browser_get_path (self->page->browser));
  g_object_get (tl_ftp_browser_get_directory (self->page->browser), "guess", &guess, NULL);
  path = tl_ftp_text_path (self->folder, tl_ftp_browser_get_charset (self->page->browser), guess);
  /* Translators: where is looked: host and folder */
  text = g_strdup_printf (_("In %s:%s and below"), tl_ftp_site_get_host (tl_ftp_client_get_site (self->client)), path);
  gtk_label_set_label (self->place, text);
}

static void
tl_ftp_search_window_dispose (GObject *object)
{
  TlFtpSearchWindow *self = TL_FTP_SEARCH_WINDOW (object);

  forget (self);
  g_clear_handle_id (&self->relayout_id, g_source_remove);
  if (self->page)
    g_object_set_data (G_OBJECT (self->page), PAGE_KEY, NULL);
  self->page = NULL;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_SEARCH_WINDOW);
  g_clear_object (&self->selection);
  g_clear_object (&self->client);
  g_clear_pointer (&self->folder, g_bytes_unref);

  G_OBJECT_CLASS (tl_ftp_search_window_parent_class)->dispose (object);
}

static void
tl_ftp_search_window_class_init (TlFtpSearchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_search_window_dispose;

  tl_ftp_search_window_install_acts (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-search-window.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TlFtpSearchWindow, child)
  BIND (place);
  BIND (name);
  BIND (how);
  BIND (match_case);
  BIND (kind);
  BIND (min_size);
  BIND (min_unit);
  BIND (max_size);
  BIND (max_unit);
  BIND (newer);
  BIND (newer_unit);
  BIND (older);
  BIND (older_unit);
  BIND (start);
  BIND (stop);
  BIND (problem);
  BIND (stack);
  BIND (results);
  BIND (spinner);
  BIND (status);
  BIND (why);
  BIND (hits_menu);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
}

static void
tl_ftp_search_window_init (TlFtpSearchWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  gtk_drop_down_set_selected (self->min_unit, 2);
  gtk_drop_down_set_selected (self->max_unit, 2);
  gtk_drop_down_set_selected (self->newer_unit, 2);
  gtk_drop_down_set_selected (self->older_unit, 2);
  tl_ftp_search_window_init_list (self);
  tl_ftp_search_window_update_actions (self);
}

GtkWidget *
tl_ftp_search_window_show (TlFtpPage *page)
{
  TlFtpSearchWindow *self = g_object_get_data (G_OBJECT (page), PAGE_KEY);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (!self || !gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      self = g_object_new (TL_TYPE_FTP_SEARCH_WINDOW, NULL);
      self->page = page;
      g_object_set_data (G_OBJECT (page), PAGE_KEY, self);
      g_signal_connect_object (page, "destroy", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
      set_place (self);
    }
  else if (!self->cancellable)
    set_place (self);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return GTK_WIDGET (self);
}
