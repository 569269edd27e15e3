/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the FTP page share: a page in a window, a scripted server, and looking at what is shown. */
#pragma once

#include "tl-ftp-page-private.h"

#include "tl-ftp-test.h"
#include "tl-ui-test.h"

/* Three files. */
#define TEST_PAGE_FILES "-rw-r--r-- 1 ann staff 5 Jan  1  2020 a.txt\r\n" \
                        "-rw-r----- 1 ann staff 5 Jan  1  2020 b.txt\r\n" \
                        "-rw-r----- 1 ann staff 5 Jan  1  2020 c.txt\r\n"

typedef struct {
  TestFtp   *ftp;
  TlFtpPage *page;
  GtkWidget *window;
} Fixture;

/* A page that is not connected, and a server with that listing. */
static inline void
page_open (Fixture    *self,
           const char *listing)
{
  self->ftp = test_ftp_new ();
  test_ftp_content (self->ftp, listing);
  self->page = TL_FTP_PAGE (tl_ftp_page_new (NULL));
  self->window = tl_ui_test_window (GTK_WIDGET (self->page), 1000, 700);
}

static inline void
page_connect (Fixture *self)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);

  tl_ftp_page_connect (self->page, site, NULL);
}

static inline void
page_close (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_ftp_free (self->ftp);
}

static inline guint
n_items (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_ftp_page_get_directory (self->page)));
}

/* Whether it is in a folder, and does nothing. */
static inline gboolean
page_is_ready (Fixture *self)
{
  gboolean busy;

  g_object_get (self->page, "busy", &busy, NULL);
  return !busy && tl_ftp_page_get_path (self->page) != NULL;
}

static inline gboolean
page_lists (Fixture *self,
            guint    n)
{
  return page_is_ready (self) && n_items (self) == n;
}

/* (nullable): a window beside that of the page. */
static inline GtkWidget *
find_window (Fixture *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != self->window && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

/* Whether something at or below @widget that is mapped says it. */
static inline gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  const char *said = GTK_IS_LABEL (widget)         ? gtk_label_get_label (GTK_LABEL (widget))
                     : GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                                                   : NULL;

  if (said && gtk_widget_get_mapped (widget) && strstr (said, text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static inline void
page_select_rows (Fixture *self,
                  guint    first,
                  guint    n)
{
  gtk_selection_model_select_range (tl_ftp_file_view_get_selection (self->page->files), first, n, TRUE);
  tl_ui_test_frames (self->window, 3);
}

static inline void
page_act (Fixture    *self,
          const char *action)
{
  tl_ui_test_settle ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL));
}
