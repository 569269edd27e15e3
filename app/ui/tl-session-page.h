/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-composer.h"
#include "tl-log-view.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_SESSION_PAGE (tl_session_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSessionPage, tl_session_page, TL, SESSION_PAGE, GtkWidget)

/**
 * TlSessionPage:
 *
 * All of one session: the content of a tab. It does not close its session.
 *
 * Properties, read-only but the last: "session", "title" (for the tab), "icon" (GIcon: the state), "busy" (boolean: opening, closing, reconnecting),
 * "needs-attention" (boolean: something came, or it failed, while it could not be seen), "show-peers" (boolean).
 * Actions: "page.open-close" (F5), "page.show-peers" (F9), "page.options" (Ctrl+Shift+P), "page.auto-reply", "page.framing", "page.copy-link",
 * "page.write" (Ctrl+E: the focus goes to the composer), "page.log-peer" (s: only that peer in the log), "page.toast" (s).
 */

/* @settings: (nullable): of org.tonglu.Tonglu; the composer's history, format and its Enter key, and the character set are kept there. */
GtkWidget  *tl_session_page_new          (TlSession     *session,
                                          GSettings     *settings);
TlSession  *tl_session_page_get_session  (TlSessionPage *self);
TlComposer *tl_session_page_get_composer (TlSessionPage *self);
/* Does a verb of the page, of its log ("log.…") or of its composer ("composer.…"); false when it cannot now. */
gboolean    tl_session_page_activate     (TlSessionPage *self,
                                          const char    *action);
void        tl_session_page_toast        (TlSessionPage *self,
                                          const char    *text);

G_END_DECLS
