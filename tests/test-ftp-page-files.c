/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of this computer and the FTP page: those beside it, dropped on it, dragged out of it. */

#include "tl-ftp-page-test.h"

#include "tl-local-pane.h"
#include "tl-test-folder.h"

#define CONTENT "hello"

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  test_folder_make ();
  page_open (self, TEST_PAGE_FILES);
  page_connect (self);
  test_wait (page_lists (self, 3));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  page_close (self);
  test_folder_remove ();
}

static GFile *
make_file (const char *name)
{
  g_autofree char *path = g_build_filename (test_folder, name, NULL);

  g_assert_true (g_file_set_contents (path, CONTENT, -1, NULL));
  return g_file_new_for_path (path);
}

static gboolean
is_uploaded (Fixture    *self,
             const char *command)
{
  gboolean same;

  g_mutex_lock (&self->ftp->mutex);
  same = self->ftp->stored->len == strlen (CONTENT) && memcmp (self->ftp->stored->data, CONTENT, strlen (CONTENT)) == 0;
  g_mutex_unlock (&self->ftp->mutex);
  return same && test_ftp_count (self->ftp, command) == 1;
}

static gboolean
has_content (GFile      *folder,
             const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char *text = NULL;

  return g_file_load_contents (file, NULL, &text, NULL, NULL, NULL) && g_str_equal (text, CONTENT);
}

/* Where the connection has no such file yet. */
static void
let_it_be_new (Fixture *self)
{
  test_ftp_answer (self->ftp, "SIZE", "550 no such file\r\n");
  test_ftp_answer (self->ftp, "SIZE", "213 5\r\n");
  test_ftp_answer (self->ftp, "MDTM", "550 no such file\r\n");
}

static void
test_local (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GFile) file = make_file ("up.txt");
  g_autoptr (GFile) folder = g_file_new_for_path (test_folder);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpDrag) drag = NULL;
  TlLocalPane *pane;
  gboolean can_upload;

  g_assert_null (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_LOCAL_PANE));
  page_act (self, "ftp.show-local");
  pane = TL_LOCAL_PANE (tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_LOCAL_PANE));
  g_assert_nonnull (pane);
  test_wait (gtk_widget_get_mapped (GTK_WIDGET (pane)));
  g_object_get (pane, "can-upload", &can_upload, NULL);
  g_assert_true (can_upload);

  test_ftp_content (self->ftp, CONTENT);
  g_ptr_array_add (entries, g_list_model_get_item (G_LIST_MODEL (tl_ftp_page_get_directory (self->page)), 1));
  drag = tl_ftp_drag_new (tl_ftp_page_get_client (self->page), tl_ftp_page_get_path (self->page), entries);
  g_signal_emit_by_name (pane, "download", drag, folder);
  test_wait (has_content (folder, "b.txt"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->page->transfers_bin)));

  test_ftp_content (self->ftp, TEST_PAGE_FILES);
  let_it_be_new (self);
  g_ptr_array_add (files, file);
  g_signal_emit_by_name (pane, "upload", files);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->page->queue)), ==, 2);
  test_wait (is_uploaded (self, "STOR /up.txt"));

  page_act (self, "ftp.show-local");
  test_wait (!gtk_widget_get_mapped (GTK_WIDGET (pane)));
}

/* Without a folder of a server there is nothing to send to. */
static void
test_local_alone (void)
{
  Fixture self = { .page = TL_FTP_PAGE (tl_ftp_page_new (NULL)) };
  TlLocalPane *pane;
  gboolean can_upload;

  self.window = tl_ui_test_window (GTK_WIDGET (self.page), 900, 600);
  page_act (&self, "ftp.show-local");
  pane = TL_LOCAL_PANE (tl_ui_test_find (GTK_WIDGET (self.page), TL_TYPE_LOCAL_PANE));
  g_assert_nonnull (pane);
  g_object_get (pane, "can-upload", &can_upload, NULL);
  g_assert_false (can_upload);
  gtk_window_destroy (GTK_WINDOW (self.window));
}

static void
test_drop (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GFile) file = make_file ("dropped.txt");
  g_autoptr (GSList) files = g_slist_prepend (NULL, file);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  let_it_be_new (self);
  g_assert_true (tl_ftp_page_drop (self->page, &value));
  test_wait (is_uploaded (self, "STOR /dropped.txt"));
}

static GdkContentProvider *
begin_drag (Fixture       *self,
            GOutputStream *stream,
            GCancellable  *cancellable,
            TestCall      *call)
{
  GdkContentProvider *content;

  test_ftp_content (self->ftp, CONTENT);
  page_select_rows (self, 1, 2);
  content = tl_ftp_page_dup_drag (self->page);
  g_assert_nonnull (content);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RETR"), ==, 0);
  gdk_content_provider_write_mime_type_async (content, "text/uri-list", stream, G_PRIORITY_DEFAULT, cancellable, test_call_cb, call);

  return content;
}

static char *
dup_text (GOutputStream *stream)
{
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* Fetched only once they are wanted; told only when all are there. */
static void
test_drag (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) uris = NULL;
  TestCall call = { 0 };

  content = begin_drag (self, stream, NULL, &call);
  test_wait (call.n_calls == 1);
  g_assert_true (gdk_content_provider_write_mime_type_finish (content, call.result, &error));
  g_assert_no_error (error);
  g_clear_object (&call.result);
  text = dup_text (stream);
  uris = g_uri_list_extract_uris (text);
  g_assert_cmpuint (g_strv_length (uris), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      static const char *const names[] = { "b.txt", "c.txt" };
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);

      g_clear_object (&folder);
      folder = g_file_get_parent (file);
      g_assert_true (has_content (folder, names[i]));
      g_assert_true (g_file_delete (file, NULL, NULL));
    }
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* A file manager asks at every step of the pointer: each file is fetched once; and not again for the next drag of the same. */
static void
test_drag_asked_often (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GdkContentProvider) again = NULL;
  g_autofree char *text = NULL;
  TestCall call = { 0 };

  content = begin_drag (self, stream, NULL, &call);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GOutputStream) other = g_memory_output_stream_new_resizable ();
      g_autofree char *other_text = NULL;
      TestCall other_call = { 0 };

      if (i == 4)
        again = tl_ftp_page_dup_drag (self->page);
      gdk_content_provider_write_mime_type_async (again ? again : content, "text/uri-list", other, G_PRIORITY_DEFAULT, NULL, test_call_cb, &other_call);
      test_wait (other_call.n_calls == 1);
      g_assert_true (gdk_content_provider_write_mime_type_finish (again ? again : content, other_call.result, NULL));
      g_clear_object (&other_call.result);
      test_wait (call.n_calls == 1);
      g_clear_pointer (&text, g_free);
      text = dup_text (stream);
      other_text = dup_text (other);
      g_assert_cmpstr (other_text, ==, text);
    }
  g_clear_object (&call.result);
  g_assert_cmpuint (test_ftp_count (self->ftp, "RETR"), ==, 2);
}

/* When the other program does not wait, the files come all the same, for the next drag; but not when it was given up. */
static void
test_drag_left (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GdkContentProvider) again = NULL;
  TestCall call = { 0 };
  guint n_active;

  test_ftp_answer (self->ftp, "RETR", "150 file\r\n{accept}{hang}");
  content = begin_drag (self, stream, NULL, &call);
  test_wait (test_ftp_count (self->ftp, "RETR") > 0);
  tl_ftp_page_end_drag (self->page, content, FALSE);
  again = tl_ftp_page_dup_drag (self->page);
  g_object_get (self->page->queue, "n-active", &n_active, NULL);
  g_assert_cmpuint (n_active, ==, 2);
  g_assert_cmpuint (call.n_calls, ==, 0);

  tl_ftp_page_end_drag (self->page, again, TRUE);
  test_wait (call.n_calls == 1);
  g_assert_false (gdk_content_provider_write_mime_type_finish (content, call.result, NULL));
  g_clear_object (&call.result);
  test_wait ((g_object_get (self->page->queue, "n-active", &n_active, NULL), n_active == 0));
}

/* Where one of them does not come, none is told; who waits is told why. */
static void
test_drag_failed (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GError) error = NULL;
  TestCall call = { 0 };

  test_ftp_answer (self->ftp, "RETR", "550 Not for you.\r\n");
  content = begin_drag (self, stream, NULL, &call);
  test_wait (call.n_calls == 1);
  g_assert_false (gdk_content_provider_write_mime_type_finish (content, call.result, &error));
  g_assert_nonnull (strstr (error->message, "Not for you."));
  g_clear_object (&call.result);
}

/* Who does not wait any longer ends the transfers too. */
static void
test_drag_cancelled (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GError) error = NULL;
  TestCall call = { 0 };
  guint n_active;

  test_ftp_answer (self->ftp, "RETR", "150 file\r\n{accept}{hang}");
  content = begin_drag (self, stream, cancellable, &call);
  test_wait (test_ftp_count (self->ftp, "RETR") > 0);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls == 1);
  g_assert_false (gdk_content_provider_write_mime_type_finish (content, call.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&call.result);
  test_wait ((g_object_get (self->page->queue, "n-active", &n_active, NULL), n_active == 0));
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page-files/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("local", test_local);
  g_test_add_func ("/ftp-page-files/local-alone", test_local_alone);
  ADD ("drop", test_drop);
  ADD ("drag", test_drag);
  ADD ("drag-asked-often", test_drag_asked_often);
  ADD ("drag-left", test_drag_left);
  ADD ("drag-failed", test_drag_failed);
  ADD ("drag-cancelled", test_drag_cancelled);
  return g_test_run ();
}
