/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the user about remote files and connections, and what comes of the answers. */

#include "tl-ftp-delete-dialog.h"
#include "tl-ftp-mode.h"
#include "tl-ftp-name-dialog.h"
#include "tl-ftp-permissions-dialog.h"
#include "tl-ftp-properties.h"
#include "tl-ftp-question-dialog.h"
#include "tl-ftp-window-asker.h"

#include "tl-ui-test.h"

#include <string.h>

typedef struct {
  GtkWidget *button;
  GtkWidget *window;
  guint      n_answers;
  guint      n_destroyed;
  GBytes    *name;
  int        mode;
  gboolean   confirmed;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->button = gtk_button_new ();
  self->window = tl_ui_test_window (self->button, 700, 500);
  self->mode = -2;
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_pointer (&self->name, g_bytes_unref);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
destroyed_cb (gpointer data)
{
  ((Fixture *) data)->n_destroyed++;
}

static void
named_cb (GBytes  *name,
          gpointer data)
{
  Fixture *self = data;

  self->n_answers++;
  g_clear_pointer (&self->name, g_bytes_unref);
  self->name = name ? g_bytes_ref (name) : NULL;
}

static void
mode_cb (int      mode,
         gpointer data)
{
  Fixture *self = data;

  self->n_answers++;
  self->mode = mode;
}

static void
confirmed_cb (gboolean confirmed,
              gpointer data)
{
  Fixture *self = data;

  self->n_answers++;
  self->confirmed = confirmed;
}

static gboolean
enabled (GtkWidget  *dialog,
         const char *response)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), response);
}

static void
type (GtkWidget  *dialog,
      const char *text)
{
  GtkWidget *entry = tl_ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_ENTRY);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
answer (GtkWidget  *dialog,
        const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_bytes (GBytes     *bytes,
              const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_new_name (Fixture      *self,
               gconstpointer data)
{
  static const char *const wrong[] = { "", ".", "..", "a/b", "a\nb" };
  GtkWidget *dialog = tl_ftp_name_dialog_ask (self->button, "New", "_Create", NULL, TL_CHARSET_GB18030, TL_CHARSET_GB18030, named_cb, self,
                                              destroyed_cb);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      type (dialog, wrong[i]);
      g_assert_false (enabled (dialog, "accept"));
    }
  type (dialog, "中文");
  g_assert_true (enabled (dialog, "accept"));
  answer (dialog, "accept");
  g_assert_cmpuint (self->n_answers, ==, 1);
  assert_bytes (self->name, "\xd6\xd0\xce\xc4");
  test_wait (self->n_destroyed == 1);
}

/* A character that the server's set does not have is named, and what was typed stays. */
static void
test_not_in_set (Fixture      *self,
                 gconstpointer data)
{
  GtkWidget *dialog = tl_ftp_name_dialog_ask (self->button, "New", "_Create", NULL, TL_CHARSET_ISO_8859_1, TL_CHARSET_ISO_8859_1, named_cb, self,
                                              destroyed_cb);
  GtkWidget *entry = tl_ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_ENTRY);
  GtkWidget *verdict = gtk_widget_get_next_sibling (entry);

  type (dialog, "caf\u00e9");
  g_assert_true (enabled (dialog, "accept"));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (verdict)), ==, "");
  type (dialog, "中");
  g_assert_false (enabled (dialog, "accept"));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (verdict)), "中"));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "中");
  answer (dialog, "cancel");
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_null (self->name);
}

static void
test_rename (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GBytes) old = bytes_of ("photo.tar.gz");
  GtkWidget *dialog = tl_ftp_name_dialog_ask (self->button, "Rename", "_Rename", old, TL_FTP_CHARSET_AUTO, TL_CHARSET_GB18030, named_cb, self,
                                              destroyed_cb);
  GtkWidget *entry = tl_ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_ENTRY);
  int start, end;

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "photo.tar.gz");
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (entry), &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, strlen ("photo.tar"));
  g_assert_false (enabled (dialog, "accept"));
  type (dialog, "picture.tar.gz");
  answer (dialog, "accept");
  assert_bytes (self->name, "picture.tar.gz");
}

static TlFtpEntry *
dup_entry (const char *line)
{
  g_autoptr (GBytes) data = bytes_of (line);
  const TlFtpListingHints hints = { .now = 1700000000, .is_mlsd = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (data, &hints, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
  return tl_ftp_entry_new (listing, 0, TL_FTP_CHARSET_AUTO);
}

static void
test_delete (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *dialog;
  const char *body;

  g_ptr_array_add (entries, dup_entry ("type=dir; <b>folder</b>\r\n"));
  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (entries, dup_entry ("type=file;size=1; file & more\r\n"));
  dialog = tl_ftp_delete_dialog_ask (self->button, "ftp.example.org", entries, 12, 1, confirmed_cb, self, destroyed_cb);
  body = adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog));
  g_assert_nonnull (strstr (body, "12 files and 1 folder with all that is in it"));
  g_assert_nonnull (strstr (body, "ftp.example.org"));
  g_assert_nonnull (strstr (body, "<b>folder</b>"));
  g_assert_nonnull (strstr (body, "and 5 more"));
  answer (dialog, "cancel");
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_false (self->confirmed);

  dialog = tl_ftp_delete_dialog_ask (self->button, "ftp.example.org", entries, 12, 1, confirmed_cb, self, destroyed_cb);
  answer (dialog, "delete");
  g_assert_true (self->confirmed);
}

static void
test_mode (void)
{
  static const struct {
    const char *octal;
    int         mode;
    const char *text;
  } rows[] = {
    { "644", 0644, "rw-r--r--" },
    { "755", 0755, "rwxr-xr-x" },
    { "000", 0, "---------" },
    { "4755", 04755, "rwsr-xr-x" },
    { "2644", 02644, "rw-r-Sr--" },
    { "1777", 01777, "rwxrwxrwt" },
    { "7000", 07000, "--S--S--T" },
    { "７５５", 0755, "rwxr-xr-x" },
    { "", -1, NULL },
    { "64", -1, NULL },
    { "648", -1, NULL },
    { "64a", -1, NULL },
    { "12345", -1, NULL },
    { "-644", -1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (tl_ftp_mode_parse (rows[i].octal), ==, rows[i].mode);
      if (rows[i].text)
        {
          g_autofree char *text = tl_ftp_mode_to_text (rows[i].mode);
          g_autofree char *octal = tl_ftp_mode_to_octal (rows[i].mode);

          g_assert_cmpstr (text, ==, rows[i].text);
          g_assert_cmpint (tl_ftp_mode_parse (octal), ==, rows[i].mode);
        }
    }
}

static GtkCheckButton *
find_box (GtkWidget *grid,
          int        column,
          int        row)
{
  return GTK_CHECK_BUTTON (gtk_grid_get_child_at (GTK_GRID (grid), column, row));
}

static void
test_permissions (Fixture      *self,
                  gconstpointer data)
{
  GtkWidget *dialog = tl_ftp_permissions_dialog_ask (self->button, "a", 1, 04640, mode_cb, self, destroyed_cb);
  GtkWidget *grid = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  GtkWidget *octal = gtk_grid_get_child_at (GTK_GRID (grid), 1, 3);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (octal)), ==, "4640");
  g_assert_true (gtk_check_button_get_active (find_box (grid, 1, 0)));
  g_assert_false (gtk_check_button_get_active (find_box (grid, 3, 0)));
  g_assert_false (gtk_check_button_get_active (find_box (grid, 2, 1)));

  /* The boxes move the number, the number moves the boxes, and the special bit stays. */
  gtk_check_button_set_active (find_box (grid, 3, 0), TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (octal)), ==, "4740");
  gtk_editable_set_text (GTK_EDITABLE (octal), "9");
  g_assert_false (enabled (dialog, "apply"));
  gtk_editable_set_text (GTK_EDITABLE (octal), "775");
  g_assert_true (enabled (dialog, "apply"));
  g_assert_true (gtk_check_button_get_active (find_box (grid, 2, 1)));
  answer (dialog, "apply");
  g_assert_cmpint (self->mode, ==, 0775);

  /* Nothing is chosen before somebody has chosen. */
  dialog = tl_ftp_permissions_dialog_ask (self->button, "a", 3, -1, mode_cb, self, destroyed_cb);
  g_assert_false (enabled (dialog, "apply"));
  answer (dialog, "cancel");
  g_assert_cmpint (self->mode, ==, -1);
}

static void
test_url (void)
{
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (GBytes) dir = bytes_of ("/pub/a b");
  g_autoptr (TlFtpEntry) file = dup_entry ("type=file; x#1.txt\r\n");
  g_autoptr (TlFtpEntry) folder = dup_entry ("type=dir; \xd6\xd0\r\n");
  g_autofree char *file_url = NULL;
  g_autofree char *folder_url = NULL;

  g_object_set (site, "host", "::1", "port", 2121, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "me", NULL);
  file_url = tl_ftp_properties_dup_url (site, dir, file);
  folder_url = tl_ftp_properties_dup_url (site, dir, folder);
  g_assert_nonnull (strstr (file_url, "me@[::1]:2121/"));
  g_assert_true (g_str_has_suffix (file_url, "pub/a%20b/x%231.txt"));
  g_assert_true (g_str_has_suffix (folder_url, "pub/a%20b/%D6%D0/"));
}

typedef struct {
  guint    n_done;
  gboolean ok;
  GError  *error;
} Asked;

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Asked *asked = data;

  asked->n_done++;
  asked->ok = tl_ftp_asker_ask_finish (TL_FTP_ASKER (source), result, &asked->error);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

/* The task of the last answer holds it for a turn. */
static void
assert_asker_goes (TlFtpAsker *asker)
{
  gpointer weak = asker;

  g_object_add_weak_pointer (G_OBJECT (asker), &weak);
  g_object_unref (asker);
  test_wait (weak == NULL);
}

/* Two questions at once: the second waits for its turn. A password is written into its question, and nowhere else. */
static void
test_questions (Fixture      *self,
                gconstpointer data)
{
  TlFtpAsker *asker = tl_ftp_window_asker_new (self->button);
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (TlFtpQuestion) password = NULL;
  g_autoptr (TlFtpQuestion) clear = NULL;
  Asked first = { 0 }, second = { 0 };
  GtkWidget *dialog, *row;

  g_object_set (site, "host", "ftp.example.org", "account-kind", TL_FTP_ACCOUNT_GUEST, "user", "guest", NULL);
  password = tl_ftp_question_new (TL_FTP_ASK_PASSWORD, site);
  clear = tl_ftp_question_new (TL_FTP_ASK_CLEAR, site);
  password->user = g_strdup ("guest");
  tl_ftp_asker_ask_async (asker, password, NULL, asked_cb, &first);
  tl_ftp_asker_ask_async (asker, clear, NULL, asked_cb, &second);

  dialog = find_dialog ();
  row = tl_ui_test_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW);
  g_assert_nonnull (row);
  /* A guest's password is never kept, so that nobody is asked. */
  g_assert_null (tl_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON));
  gtk_editable_set_text (GTK_EDITABLE (row), "secret");
  answer (dialog, "ok");
  test_wait (first.n_done == 1);
  g_assert_true (first.ok);
  g_assert_true (password->answered);
  g_assert_cmpstr (password->password, ==, "secret");
  g_assert_cmpuint (second.n_done, ==, 0);

  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  test_wait (second.n_done == 1);
  g_assert_true (second.ok);
  g_assert_false (clear->answered);
  assert_asker_goes (asker);
}

static void
test_cancelled (Fixture      *self,
                gconstpointer data)
{
  TlFtpAsker *asker = tl_ftp_window_asker_new (self->button);
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autoptr (TlFtpQuestion) question = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Asked asked = { 0 };

  g_object_set (site, "host", "ftp.example.org", NULL);
  question = tl_ftp_question_new (TL_FTP_ASK_CLEAR, site);
  tl_ftp_asker_ask_async (asker, question, cancellable, asked_cb, &asked);
  g_assert_nonnull (find_dialog ());
  g_cancellable_cancel (cancellable);
  test_wait (asked.n_done == 1);
  g_assert_error (asked.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&asked.error);
  test_wait (find_dialog () == NULL);

  /* Whose widget is gone hears no. */
  {
    gpointer weak = self->button;

    g_object_add_weak_pointer (G_OBJECT (self->button), &weak);
    adw_window_set_content (ADW_WINDOW (self->window), gtk_button_new ());
    test_wait (weak == NULL);
  }
  asked = (Asked) { 0 };
  tl_ftp_asker_ask_async (asker, question, NULL, asked_cb, &asked);
  test_wait (asked.n_done == 1);
  g_assert_true (asked.ok);
  g_assert_false (question->answered);
  assert_asker_goes (asker);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/ftp-dialogs/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("new-name", test_new_name);
  ADD ("not-in-set", test_not_in_set);
  ADD ("rename", test_rename);
  ADD ("delete", test_delete);
  ADD ("permissions", test_permissions);
  ADD ("questions", test_questions);
  ADD ("cancelled", test_cancelled);
#undef ADD
  g_test_add_func ("/ftp-dialogs/mode", test_mode);
  g_test_add_func ("/ftp-dialogs/url", test_url);
  return g_test_run ();
}
