/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the page and its parts share. */

#include "tl-ftp-browser.h"
#include "tl-ftp-comparer.h"
#include "tl-ftp-drag-fetch.h"
#include "tl-ftp-file-view.h"
#include "tl-ftp-keyring.h"
#include "tl-ftp-location-bar.h"
#include "tl-ftp-page.h"
#include "tl-ftp-path-bar.h"
#include "tl-ftp-removal.h"
#include "tl-ftp-status-line.h"
#include "tl-ftp-sync-browse.h"
#include "tl-ftp-sync-run.h"
#include "tl-ftp-transcript.h"
#include "tl-tab-content.h"
#include "tl-transfer-queue.h"

G_BEGIN_DECLS

struct _TlFtpPage
{
  GtkWidget parent_instance;

  AdwToastOverlay  *toasts;
  TlFtpLocationBar *location;
  AdwBin           *compare_bin;
  AdwFlap          *sites_flap;
  AdwBin           *sites_bin;
  GtkPaned         *beside;
  AdwBin           *local_bin;
  TlFtpPathBar     *path_bar;
  TlFtpFileView    *files;
  GtkPaned         *above;
  GtkWidget        *lower;
  GtkStack         *lower_stack;
  AdwBin           *transfers_bin;
  TlFtpTranscript  *transcript;
  GtkListBox       *works;
  GtkListBox       *edits;
  TlFtpStatusLine  *status;

  GSettings        *settings;
  TlFtpBrowser     *browser;
  TlTransferQueue  *queue;
  TlFtpClient      *attached;       /* weak: whose transfers of an earlier run are in the queue */
  gint64            busy_since;     /* monotonic; 0: nothing moves */
  gboolean          goes_on;        /* they do at once */
  GSignalGroup     *client_signals;
  TlFtpComparer    *comparer;
  TlFtpSyncBrowse  *browse;
  TlFtpSyncRun     *sync_run;       /* (nullable) */
  TlFtpKeyring     *keyring;
  GBytes           *wanted_file;    /* the last part of an address: a file, or a folder */
  TlFtpEntry       *following;      /* the link that the server was asked about */
  GHashTable       *to_open;        /* transfers whose file is opened when it is there */
  TlFtpDragFetch   *fetch;          /* of the last drag: another one of the same files has them at once */
  gboolean          needs_attention;
  guint             reload_id;
  guint             relayout_id;
};

/* Once for many that ask within a short time. */
void tl_ftp_page_reload_soon     (TlFtpPage      *self);

/* tl-ftp-page-api.c: a bookmark, always at its start. */
void tl_ftp_page_open_site       (TlFtpPage      *self,
                                  TlFtpSite      *site);

/* tl-ftp-page-actions.c */
void tl_ftp_page_install_actions (GtkWidgetClass *widget_class);
void tl_ftp_page_add_early_keys  (TlFtpPage      *self);
void tl_ftp_page_update_actions  (TlFtpPage      *self);

/* tl-ftp-page-open.c: Enter or a double click. */
void tl_ftp_page_activate_entry  (TlFtpPage      *self,
                                  TlFtpEntry     *entry);
/* Opens what it brought with its application. */
void tl_ftp_page_launch          (TlFtpPage      *self,
                                  TlTransfer     *transfer);
/* A file of this computer. */
void tl_ftp_page_launch_file     (TlFtpPage      *self,
                                  GFile          *file);

/* tl-ftp-page-edit.c: what is selected; an entry of @dir. */
void tl_ftp_page_edit            (TlFtpPage      *self);
void tl_ftp_page_edit_entry      (TlFtpPage      *self,
                                  TlFtpClient    *client,
                                  GBytes         *dir,
                                  TlFtpEntry     *entry);
/* Files that were saved here and are not on their server. */
guint tl_ftp_page_count_unsaved  (TlFtpPage      *self);
/* What is not on its server stays for another time. */
void tl_ftp_page_end_edits       (TlFtpPage      *self);
/* What waits of this account is a row here from now on. */
void tl_ftp_page_take_edits      (TlFtpPage      *self,
                                  TlFtpSite      *site);

/* tl-ftp-page-files.c: what is done to files. */
void tl_ftp_page_download        (TlFtpPage      *self,
                                  GFile          *folder);
/* (transfer none) (nullable): NULL for what is no file. */
TlTransfer *tl_ftp_page_download_to (TlFtpPage   *self,
                                  TlFtpClient    *client,
                                  GBytes         *dir,
                                  TlFtpEntry     *entry,
                                  GFile          *folder);
/* A temporary folder of our own. */
void tl_ftp_page_make_folder_async (TlFtpPage    *self,
                                  GAsyncReadyCallback callback,
                                  gpointer        user_data);
GFile *tl_ftp_page_make_folder_finish (TlFtpPage *self,
                                  GAsyncResult   *result,
                                  GError        **error);
void tl_ftp_page_upload          (TlFtpPage      *self,
                                  GListModel     *files);
void tl_ftp_page_transfer_finished_cb (TlFtpPage *self,
                                  TlTransfer     *transfer);
/* (transfer full): what a copy of it is called here. */
char *tl_ftp_page_dup_local_name (TlFtpPage      *self,
                                  TlFtpEntry     *entry);
/* (transfer full): absolute and raw. */
GBytes *tl_ftp_page_dup_path_of  (TlFtpPage      *self,
                                  TlFtpEntry     *entry);

/* tl-ftp-page-acts.c: what changes the folder. */
void tl_ftp_page_new_folder      (TlFtpPage      *self);
void tl_ftp_page_rename          (TlFtpPage      *self);

/* tl-ftp-page-delete.c */
void tl_ftp_page_delete          (TlFtpPage      *self);
/* (transfer none) (nullable): its TlFtpRemovalRow; NULL when the page has gone. */
GtkWidget *tl_ftp_page_start_removal (TlFtpPage  *self,
                                  TlFtpRemoval   *removal);
guint tl_ftp_page_count_removals (TlFtpPage      *self);
void tl_ftp_page_stop_removals   (TlFtpPage      *self);

/* tl-ftp-page-parts.c: the files of this computer too. */
void tl_ftp_page_init_parts      (TlFtpPage      *self);
void tl_ftp_page_permissions     (TlFtpPage      *self);
/* Of these paths (GBytes), with an entry each. */
void tl_ftp_page_ask_permissions (TlFtpPage      *self,
                                  GtkWidget      *parent,
                                  TlFtpClient    *client,
                                  GPtrArray      *paths,
                                  GPtrArray      *entries);
void tl_ftp_page_properties      (TlFtpPage      *self);

/* tl-ftp-page-compare.c: before the panel has the queue; and after the parts. */
void tl_ftp_page_init_answers    (TlFtpPage      *self);
void tl_ftp_page_init_compare    (TlFtpPage      *self);

/* tl-ftp-page-sites.c: the bookmarks. */
void tl_ftp_page_init_sites      (TlFtpPage      *self);
/* Where the page is now becomes one. */
void tl_ftp_page_add_site        (TlFtpPage      *self);
void tl_ftp_page_new_site        (TlFtpPage      *self);
void tl_ftp_page_import_sites    (TlFtpPage      *self);

/* tl-ftp-page-drag.c */
void tl_ftp_page_init_drag       (TlFtpPage      *self);
/* (transfer full) (nullable): what is selected, for a drag; other programs get it from a temporary folder. */
GdkContentProvider *tl_ftp_page_dup_drag (TlFtpPage *self);
/* @given_up: by the user. */
void tl_ftp_page_end_drag        (TlFtpPage      *self,
                                  GdkContentProvider *content,
                                  gboolean        given_up);
/* Uploads a GdkFileList. */
gboolean tl_ftp_page_drop        (TlFtpPage      *self,
                                  const GValue   *value);

/* tl-ftp-page-transfers.c */
void tl_ftp_page_init_transfers  (TlFtpPage      *self);
void tl_ftp_page_attach_transfers (TlFtpPage     *self);

/* tl-ftp-page-tab.c */
void tl_ftp_page_tab_content_init (TlTabContentInterface *iface);

G_END_DECLS
