/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting on the server: the question, then a row below the files that tells how far it is. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-delete-dialog.h"
#include "tl-ftp-removal-row.h"
#include "tl-ftp-selection.h"

/* Rows that have ended with something to tell, and that nobody has sent away. */
#define MAX_ENDED 3

/* What is asked about: the connection and the paths are those of the moment when it was asked. */
typedef struct {
  TlFtpPage    *page;
  TlFtpRemoval *removal;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->page);
  g_object_unref (act->removal);
  g_free (act);
}

static TlJobRow *
get_row (TlFtpPage *self,
         int        index)
{
  return TL_JOB_ROW (gtk_list_box_get_row_at_index (self->works, index));
}

static void
take_row (TlFtpPage *self,
          GtkWidget *row)
{
  gtk_list_box_remove (self->works, row);
  gtk_widget_set_visible (GTK_WIDGET (self->works), get_row (self, 0) != NULL);
}

static void
trim (TlFtpPage *self)
{
  guint n_ended = 0;
  TlJobRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    n_ended += !tl_job_row_get_running (row);
  for (int i = 0; n_ended > MAX_ENDED && (row = get_row (self, i));)
    {
      if (tl_job_row_get_running (row))
        i++;
      else
        {
          take_row (self, GTK_WIDGET (row));
          n_ended--;
        }
    }
}

static void
ended_cb (TlFtpPage       *self,
          const char      *sentence,
          TlFtpRemovalRow *row)
{
  TlFtpClient *client = tl_ftp_removal_get_client (tl_ftp_removal_row_get_removal (row));

  if (!tl_ftp_removal_row_has_problem (row))
    {
      tl_ftp_page_toast (self, sentence);
      take_row (self, GTK_WIDGET (row));
    }
  trim (self);
  /* Not when the connection was closed meanwhile: that would open it again. */
  if (client == tl_ftp_browser_get_client (self->browser) && tl_ftp_client_get_state (client) != TL_FTP_CLOSED)
    tl_ftp_page_reload (self);
}

GtkWidget *
tl_ftp_page_start_removal (TlFtpPage    *self,
                           TlFtpRemoval *removal)
{
  GtkWidget *row;

  if (!self->works)
    return NULL;
  row = tl_ftp_removal_row_new (removal, self->browser);
  g_signal_connect_object (row, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dismiss", G_CALLBACK (take_row), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->works, row);
  gtk_widget_set_visible (GTK_WIDGET (self->works), TRUE);
  return row;
}

static void
delete_cb (gboolean confirmed,
           gpointer data)
{
  Act *act = data;

  if (confirmed)
    tl_ftp_page_start_removal (act->page, act->removal);
}

/* A link to a folder goes as the link that it is. */
static guint
count_folders (TlFtpListing *listing,
               GArray       *indices)
{
  guint n = 0;

  for (guint i = 0; i < indices->len; i++)
    {
      TlFtpListingItem entry;

      tl_ftp_listing_get_entry (listing, g_array_index (indices, guint32, i), &entry);
      n += entry.kind == TL_FTP_ENTRY_DIRECTORY;
    }

  return n;
}

void
tl_ftp_page_delete (TlFtpPage *self)
{
  TlFtpListing *listing = tl_ftp_directory_get_listing (tl_ftp_browser_get_directory (self->browser));
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  g_autoptr (GArray) indices = tl_ftp_selection_dup_indices (TL_FTP_SELECTION (tl_ftp_file_view_get_selection (self->files)));
  g_autoptr (GPtrArray) first = tl_ftp_file_view_dup_first_selected (self->files, TL_FTP_DELETE_MAX_NAMES);
  guint n_folders;
  Act *act;

  if (indices->len == 0)
    return;
  n_folders = count_folders (listing, indices);
  act = g_new0 (Act, 1);
  act->page = g_object_ref (self);
  act->removal = tl_ftp_removal_new (client, tl_ftp_browser_get_path (self->browser), listing, indices);
  tl_ftp_delete_dialog_ask (GTK_WIDGET (self), tl_ftp_site_get_host (tl_ftp_client_get_site (client)), first, indices->len - n_folders, n_folders,
                            delete_cb, act, act_free);
}

guint
tl_ftp_page_count_removals (TlFtpPage *self)
{
  guint n = 0;
  TlJobRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    n += TL_IS_FTP_REMOVAL_ROW (row) && tl_job_row_get_running (row);

  return n;
}

void
tl_ftp_page_stop_removals (TlFtpPage *self)
{
  TlJobRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    if (tl_job_row_get_running (row))
      tl_job_row_stop (row);
}
