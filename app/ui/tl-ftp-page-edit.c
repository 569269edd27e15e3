/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the server that are edited: a row each, below the files. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-edit-row.h"
#include "tl-ftp-load.h"
#include "tl-ftp-text.h"

static TlFtpEditRow *
get_row (TlFtpPage *self,
         int        index)
{
  return self->edits ? TL_FTP_EDIT_ROW (gtk_list_box_get_row_at_index (self->edits, index)) : NULL;
}

static void
take_row (TlFtpPage *self,
          GtkWidget *row)
{
  gtk_list_box_remove (self->edits, row);
  gtk_widget_set_visible (GTK_WIDGET (self->edits), get_row (self, 0) != NULL);
}

static void
open_cb (TlFtpPage    *self,
         TlFtpEditRow *row)
{
  tl_ftp_page_launch_file (self, tl_ftp_edit_get_copy (tl_ftp_edit_row_get_edit (row)));
}

static char *
dup_place (TlFtpPage *self,
           TlFtpEdit *edit)
{
  g_autofree char *path = NULL;
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  path = tl_ftp_text_path (tl_ftp_edit_get_remote (edit), tl_ftp_browser_get_charset (self->browser), guess);
  return g_strconcat (tl_ftp_site_get_host (tl_ftp_client_get_site (tl_ftp_edit_get_client (edit))), ":", path, NULL);
}

/* Whether a connection like that of the page leads where the edit wants it. */
static gboolean
is_of_page (TlFtpPage *self,
            TlFtpEdit *edit)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  return client && tl_ftp_load_same_site (tl_ftp_client_get_site (tl_ftp_edit_get_client (edit)), tl_ftp_client_get_site (client));
}

/* It is seen in its folder. */
static void
sent_cb (TlFtpPage *self,
         TlFtpEdit *edit)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  g_autoptr (GBytes) parent = tl_ftp_path_parent (tl_ftp_edit_get_remote (edit));

  if (path && g_bytes_equal (parent, path) && is_of_page (self, edit) && !tl_ftp_browser_is_loading (self->browser))
    tl_ftp_page_reload_soon (self);
}

/* It has another name. */
static void
remote_cb (TlFtpPage  *self,
           GParamSpec *pspec,
           TlFtpEdit  *edit)
{
  TlFtpEditRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    if (tl_ftp_edit_row_get_edit (row) == edit)
      {
        g_autofree char *place = dup_place (self, edit);

        tl_ftp_edit_row_set_place (row, place);
      }
}

/* (nullable): the row of this file. */
static TlFtpEditRow *
find_row (TlFtpPage   *self,
          TlFtpClient *client,
          GBytes      *remote)
{
  TlFtpEditRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    {
      TlFtpEdit *edit = tl_ftp_edit_row_get_edit (row);

      if (tl_ftp_site_same_account (tl_ftp_client_get_site (tl_ftp_edit_get_client (edit)), tl_ftp_client_get_site (client)) &&
          g_bytes_equal (tl_ftp_edit_get_remote (edit), remote))
        return row;
    }
  return NULL;
}

static void
add_row (TlFtpPage *self,
         TlFtpEdit *edit)
{
  g_autofree char *place = dup_place (self, edit);
  GtkWidget *row = tl_ftp_edit_row_new (edit, place);

  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dismiss", G_CALLBACK (take_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edit, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edit, "notify::remote", G_CALLBACK (remote_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->edits, row);
  gtk_widget_set_visible (GTK_WIDGET (self->edits), TRUE);
}

void
tl_ftp_page_edit_entry (TlFtpPage   *self,
                        TlFtpClient *client,
                        GBytes      *dir,
                        TlFtpEntry  *entry)
{
  g_autoptr (GBytes) remote = tl_ftp_path_join (dir, tl_ftp_entry_get_raw_name (entry));
  g_autofree char *name = tl_ftp_page_dup_local_name (self, entry);
  TlFtpEditRow *there = find_row (self, client, remote);
  g_autoptr (TlFtpEdit) edit = NULL;

  if (there && tl_ftp_edit_get_copy (tl_ftp_edit_row_get_edit (there)))
    open_cb (self, there);
  else if (there && tl_ftp_edit_get_state (tl_ftp_edit_row_get_edit (there)) == TL_FTP_EDIT_FAILED)
    tl_ftp_edit_begin (tl_ftp_edit_row_get_edit (there));
  if (there)
    return;
  edit = tl_ftp_edit_new (client, remote, name);
  add_row (self, edit);
}

void
tl_ftp_page_edit (TlFtpPage *self)
{
  g_autoptr (GPtrArray) entries = tl_ftp_file_view_dup_first_selected (self->files, 2);

  if (entries->len == 1)
    tl_ftp_page_edit_entry (self, tl_ftp_browser_get_client (self->browser), tl_ftp_browser_get_path (self->browser), g_ptr_array_index (entries, 0));
}

guint
tl_ftp_page_count_unsaved (TlFtpPage *self)
{
  guint n = 0;
  TlFtpEditRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    n += tl_ftp_edit_is_unsaved (tl_ftp_edit_row_get_edit (row));

  return n;
}

void
tl_ftp_page_end_edits (TlFtpPage *self)
{
  TlFtpEditRow *row;

  while ((row = get_row (self, 0)))
    take_row (self, GTK_WIDGET (row));
}

/* Over a connection like that of the page, or over its own, which asks what it must know. */
static void
take_waiting (TlFtpPage *self,
              TlFtpEdit *edit)
{
  if (is_of_page (self, edit))
    tl_ftp_edit_set_client (edit, tl_ftp_browser_get_client (self->browser));
  else
    g_object_set (tl_ftp_edit_get_client (edit), "asker", self->keyring, NULL);
  add_row (self, edit);
}

static void
waiting_taken_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (TlFtpPage) self = data;
  g_autoptr (GPtrArray) edits = tl_ftp_edit_take_waiting_finish (result, NULL);

  /* A page that has gone meanwhile leaves them to the next. */
  for (guint i = 0; self->edits && gtk_widget_get_root (GTK_WIDGET (self)) && i < edits->len; i++)
    take_waiting (self, g_ptr_array_index (edits, i));
  if (edits->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.review-edits", NULL);
}

/* What was begun or offered before there was this connection goes over it from now on. */
static void
join_client (TlFtpPage *self)
{
  TlFtpEditRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    if (is_of_page (self, tl_ftp_edit_row_get_edit (row)))
      tl_ftp_edit_set_client (tl_ftp_edit_row_get_edit (row), tl_ftp_browser_get_client (self->browser));
}

void
tl_ftp_page_take_edits (TlFtpPage *self,
                        TlFtpSite *site)
{
  join_client (self);
  tl_ftp_edit_take_waiting_async (site, NULL, waiting_taken_cb, g_object_ref (self));
}

void
tl_ftp_page_show_edits (TlFtpPage *self,
                        TlFtpSite *site)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  tl_ftp_location_bar_set_site (self->location, site, NULL);
  tl_ftp_page_take_edits (self, site);
}
