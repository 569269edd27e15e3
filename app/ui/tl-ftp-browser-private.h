/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the browser and its loading share. */

#include "tl-ftp-browser.h"
#include "tl-ftp-history.h"

G_BEGIN_DECLS

struct _TlFtpBrowser
{
  GObject parent_instance;

  TlFtpClient    *client;
  TlFtpDirectory *directory;
  TlFtpListing   *listing;
  TlFtpAsker     *asker;
  GBytes         *path;
  TlFtpHistory    history;
  GCancellable   *cancellable;  /* of the load that runs */
  char           *error;
  gboolean        needs_login;
  TlFtpCharset    charset;

  gboolean        failed_connect;
  GBytes         *failed_target;
  TlFtpMove       failed_move;
};

/* NULL: none. */
void tl_ftp_browser_set_error    (TlFtpBrowser *self,
                                  const GError *error);
void tl_ftp_browser_notify_place (TlFtpBrowser *self);

/* tl-ftp-browser-load.c: instead of what is being loaded. @target: (nullable): NULL where the client is. */
void tl_ftp_browser_start        (TlFtpBrowser *self,
                                  gboolean      connect,
                                  TlFtpMove     move,
                                  GBytes       *target);

G_END_DECLS
