/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-application.h"
#include "tl-ftp-page.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_WINDOW (tl_window_get_type ())
G_DECLARE_FINAL_TYPE (TlWindow, tl_window, TL, WINDOW, AdwApplicationWindow)

TlWindow *tl_window_new                  (TlApplication *application);
/* Puts a session into a tab of the page of its kind, shows it, and opens it when @open. */
void      tl_window_add_session          (TlWindow      *self,
                                          TlSession     *session,
                                          gboolean       open);
/* An FTP page that is not connected yet. (transfer none) */
TlFtpPage *tl_window_add_ftp             (TlWindow      *self);
/* Checks a link of any page, without opening it: the errors of tl_link_check() and tl_ftp_uri_parse(). */
gboolean  tl_window_check_link           (const char    *link,
                                          GError       **error);
/* Opens one, in a tab of its own, which is shown. */
gboolean  tl_window_open_link            (TlWindow      *self,
                                          const char    *link,
                                          GError       **error);
/* A sentence at the bottom, for some seconds. */
void      tl_window_toast                (TlWindow      *self,
                                          const char    *text);
/* Offers what was in the windows when they were closed, if anything was. */
void      tl_window_offer_saved_sessions (TlWindow      *self);
/* Of an earlier run: they go on, or a bar asks; a little later. */
void      tl_window_offer_transfers      (TlWindow      *self);
/* Files that were edited and not uploaded in an earlier run are offered. */
void      tl_window_offer_edits          (TlWindow      *self);

G_END_DECLS
