/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-directory.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_BROWSER (tl_ftp_browser_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpBrowser, tl_ftp_browser, TL, FTP_BROWSER, GObject)

/**
 * TlFtpBrowser:
 *
 * Where a person is on a server: the connection, the folder with its entries, and where they were before. What was listed last stays until something else has been.
 *
 * Properties, read-only: "client" (TlFtpClient, nullable; another one after connecting to another site), "directory" (TlFtpDirectory, always the same), "path"
 * (GBytes, nullable: of the folder that was listed), "listing" (TlFtpListing, nullable), "loading" (boolean), "error" (string, nullable: the sentence, until the next attempt), "needs-login"
 * (boolean: the error is about account or password), "can-go-back", "can-go-forward", "can-go-up" (boolean), "n-unparsed" (uint: lines that no parser took).
 * Writable: "asker" (TlFtpAsker, nullable), "charset" (int: TlFtpCharset).
 * Signals "replacing" (GBytes): what is shown will be the folder of that path at once; "loaded": the entries are those of "path" now.
 */
TlFtpBrowser   *tl_ftp_browser_new           (void);
TlFtpClient    *tl_ftp_browser_get_client    (TlFtpBrowser *self);
TlFtpDirectory *tl_ftp_browser_get_directory (TlFtpBrowser *self);
GBytes         *tl_ftp_browser_get_path      (TlFtpBrowser *self);

/* The same site keeps its client, and with it the transcript, and comes back to the folder that was shown. @password: (nullable). */
void            tl_ftp_browser_connect       (TlFtpBrowser *self,
                                              TlFtpSite    *site,
                                              const char   *password);
/* A bookmark: always at its start. */
void            tl_ftp_browser_open          (TlFtpBrowser *self,
                                              TlFtpSite    *site);
void            tl_ftp_browser_disconnect    (TlFtpBrowser *self);
/* @path: raw, absolute, or relative to the folder that is shown. */
void            tl_ftp_browser_go            (TlFtpBrowser *self,
                                              GBytes       *path);
void            tl_ftp_browser_back          (TlFtpBrowser *self);
void            tl_ftp_browser_forward       (TlFtpBrowser *self);
void            tl_ftp_browser_up            (TlFtpBrowser *self);
void            tl_ftp_browser_reload        (TlFtpBrowser *self);
/* What failed last, once more. */
void            tl_ftp_browser_retry         (TlFtpBrowser *self);
void            tl_ftp_browser_stop          (TlFtpBrowser *self);

/* Of properties, for those who ask often. */
static inline TlFtpCharset
tl_ftp_browser_get_charset (TlFtpBrowser *self)
{
  int charset;

  g_object_get (self, "charset", &charset, NULL);
  return charset;
}

static inline gboolean
tl_ftp_browser_is_loading (TlFtpBrowser *self)
{
  gboolean loading;

  g_object_get (self, "loading", &loading, NULL);
  return loading;
}

/* (transfer full) (nullable) */
static inline char *
tl_ftp_browser_dup_error (TlFtpBrowser *self)
{
  char *error;

  g_object_get (self, "error", &error, NULL);
  return error;
}

G_END_DECLS
