/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlFtpRemoval share; for them alone. */

#include "tl-ftp-removal.h"

G_BEGIN_DECLS

/* What is removed: a file, or a folder with what is in it once it is listed. */
typedef struct {
  GBytes       *path;
  int           step;
  gboolean      folder;
  gboolean      stays;        /* something in it could not be removed */
  guint64       fingerprint;  /* of what was in it */
  TlFtpListing *listing;      /* (nullable) */
  GArray       *indices;      /* (nullable) of guint32: only these of @listing */
  GPtrArray    *paths;        /* (nullable): instead of a listing, with @are_folders */
  GArray       *are_folders;
  guint         next;         /* of those, the one whose turn it is */
} TlFtpRemovalItem;

struct _TlFtpRemoval
{
  GObject parent_instance;

  TlFtpClient *client;
  GArray      *stack;     /* Item: the folder of all that was asked for, which stays; one in it; what is in that … */
  GPtrArray   *failures;
  guint        n_found;
  guint        n_over;
  guint        n_removed;
  guint        n_failed;
};

G_END_DECLS
