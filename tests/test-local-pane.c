/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of this machine beside a remote one. */

#include "tl-ftp-drag.h"
#include "tl-local-pane.h"

#include "tl-ui-test.h"

#include <string.h>

typedef struct {
  char        *root;
  GFile       *folder;
  TlLocalPane *pane;
  GtkWidget   *window;
  GPtrArray   *uploaded;
} Fixture;

static void
make_file (Fixture    *self,
           const char *name,
           const char *content)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
upload_cb (TlLocalPane *pane,
           GPtrArray   *files,
           Fixture     *self)
{
  g_clear_pointer (&self->uploaded, g_ptr_array_unref);
  self->uploaded = g_ptr_array_ref (files);
}

static GtkColumnView *
view_of (Fixture *self)
{
  return GTK_COLUMN_VIEW (tl_ui_test_find (GTK_WIDGET (self->pane), GTK_TYPE_COLUMN_VIEW));
}

static guint
n_rows (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view_of (self))));
}

static const char *
row_name (Fixture *self,
          guint    position)
{
  g_autoptr (GFileInfo) info = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view_of (self))), position);

  return info ? g_file_info_get_display_name (info) : NULL;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autofree char *folder = NULL;

  self->root = g_dir_make_tmp ("tonglu-XXXXXX", NULL);
  folder = g_build_filename (self->root, "z folder", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  make_file (self, "a10.txt", "0123456789");
  make_file (self, "a2.txt", "01");
  make_file (self, ".hidden", "");
  self->folder = g_file_new_for_path (self->root);
  self->pane = TL_LOCAL_PANE (tl_local_pane_new (self->folder));
  g_signal_connect (self->pane, "upload", G_CALLBACK (upload_cb), self);
  self->window = tl_ui_test_window (GTK_WIDGET (self->pane), 420, 400);
  test_wait (n_rows (self) == 3 && row_name (self, 2) && g_str_equal (row_name (self, 0), "z folder"));
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  static const char *const names[] = { "z folder", "a10.txt", "a2.txt", ".hidden" };

  gtk_window_destroy (GTK_WINDOW (self->window));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->root, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (self->root);
  g_clear_pointer (&self->uploaded, g_ptr_array_unref);
  g_object_unref (self->folder);
  g_free (self->root);
}

static void
test_list (Fixture      *self,
           gconstpointer data)
{
  /* Folders first, numbers as people count. */
  g_assert_cmpstr (row_name (self, 0), ==, "z folder");
  g_assert_cmpstr (row_name (self, 1), ==, "a2.txt");
  g_assert_cmpstr (row_name (self, 2), ==, "a10.txt");
  g_object_set (self->pane, "show-hidden", TRUE, NULL);
  test_wait (n_rows (self) == 4);
  g_object_set (self->pane, "show-hidden", FALSE, NULL);
  test_wait (n_rows (self) == 3);
  tl_ui_test_screenshot (self->window, "local-pane");
}

static void
test_upload (Fixture      *self,
             gconstpointer data)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (view_of (self));
  g_autofree char *name = NULL;

  gtk_selection_model_unselect_all (rows);
  g_object_set (self->pane, "can-upload", TRUE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.upload", NULL);
  g_assert_null (self->uploaded);

  gtk_selection_model_select_item (rows, 1, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.upload", NULL));
  g_assert_nonnull (self->uploaded);
  g_assert_cmpuint (self->uploaded->len, ==, 1);
  name = g_file_get_basename (g_ptr_array_index (self->uploaded, 0));
  g_assert_cmpstr (name, ==, "a2.txt");

  /* Where nothing is connected there is nowhere to send to. */
  g_clear_pointer (&self->uploaded, g_ptr_array_unref);
  g_object_set (self->pane, "can-upload", FALSE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.upload", NULL);
  g_assert_null (self->uploaded);
}

static void
test_go (Fixture      *self,
         gconstpointer data)
{
  GtkColumnView *view = view_of (self);
  GtkWidget *entry = tl_ui_test_find (GTK_WIDGET (self->pane), GTK_TYPE_ENTRY);
  GtkStack *stack = GTK_STACK (tl_ui_test_find (GTK_WIDGET (self->pane), GTK_TYPE_STACK));
  g_autoptr (GFile) missing = g_file_get_child (self->folder, "missing");

  g_signal_emit_by_name (view, "activate", 0u);
  g_assert_true (g_str_has_suffix (gtk_editable_get_text (GTK_EDITABLE (entry)), "z folder"));
  test_wait (g_str_equal (gtk_stack_get_visible_child_name (stack), "message"));
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.up", NULL);
  g_assert_true (g_file_equal (tl_local_pane_get_folder (self->pane), self->folder));
  test_wait (n_rows (self) == 3);

  /* What cannot be read is said, and the way back is there. */
  tl_local_pane_set_folder (self->pane, missing);
  test_wait (g_str_equal (gtk_stack_get_visible_child_name (stack), "message"));
  test_wait (strstr (gtk_label_get_label (GTK_LABEL (tl_ui_test_find (gtk_stack_get_child_by_name (stack, "message"), GTK_TYPE_LABEL))),
                     "cannot be read") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.up", NULL);
  test_wait (n_rows (self) == 3);
}

#define LONG 1200

/* A long folder is shown from its beginning, whatever of it came first; also when it is read anew. */
static void
test_beginning (Fixture      *self,
                gconstpointer data)
{
  GtkColumnView *view = view_of (self);
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  for (guint i = LONG; i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("z folder/b%u.txt", i);

      make_file (self, name, "");
    }
  gtk_widget_grab_focus (GTK_WIDGET (view));
  g_signal_emit_by_name (view, "activate", 0u);
  for (guint turn = 0; turn < 2; turn++)
    {
      g_assert_cmpuint (n_rows (self), ==, 0);
      test_wait_for (n_rows (self) > 0, "the folder");
      /* All of it at once, in its order. */
      g_assert_cmpuint (n_rows (self), ==, LONG);
      g_assert_cmpstr (row_name (self, 0), ==, "b1.txt");
      g_assert_cmpstr (row_name (self, LONG - 1), ==, "b1200.txt");
      test_wait_for (gtk_adjustment_get_upper (place) > LONG, "its height");
      tl_ui_test_frames (self->window, 4);
      g_assert_cmpfloat (gtk_adjustment_get_value (place), <, 1);
      gtk_adjustment_set_value (place, 3000);
      tl_ui_test_frames (self->window, 2);
      g_assert_cmpfloat (gtk_adjustment_get_value (place), >, 1000);
      gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.reload", NULL);
    }
  for (guint i = 1; i <= LONG; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/z folder/b%u.txt", self->root, i);

      g_assert_no_errno (g_remove (path));
    }
}

static gboolean
has_focus (Fixture    *self,
           const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));
  GtkStack *stack = GTK_STACK (tl_ui_test_find (GTK_WIDGET (self->pane), GTK_TYPE_STACK));
  GtkWidget *part = gtk_stack_get_child_by_name (stack, name);

  return focus && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/* Who walks through folders with the keyboard stays among the files, also where there are none: Alt+Up would be the server's else. */
static void
test_focus (Fixture      *self,
            gconstpointer data)
{
  GtkColumnView *view = view_of (self);

  gtk_widget_grab_focus (GTK_WIDGET (view));
  g_assert_true (has_focus (self, "files"));
  g_signal_emit_by_name (view, "activate", 0u);
  test_wait_for (has_focus (self, "message"), "the empty folder to have the keyboard");
  gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (self->window)), "local.up", NULL);
  test_wait_for (n_rows (self) == 3 && has_focus (self, "files"), "the files to have the keyboard");
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.edit-path", NULL);
  g_assert_false (has_focus (self, "files"));
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "local.reload", NULL);
  test_wait (n_rows (self) == 3);
  tl_ui_test_frames (self->window, 2);
  /* What is typed elsewhere goes on. */
  g_assert_false (has_focus (self, "files"));
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add ("/local-pane/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/local-pane/upload", Fixture, NULL, set_up, test_upload, tear_down);
  g_test_add ("/local-pane/go", Fixture, NULL, set_up, test_go, tear_down);
  g_test_add ("/local-pane/beginning", Fixture, NULL, set_up, test_beginning, tear_down);
  g_test_add ("/local-pane/focus", Fixture, NULL, set_up, test_focus, tear_down);
  return g_test_run ();
}
