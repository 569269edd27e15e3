/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_FRAMING_PAGE (tl_framing_page_get_type ())
G_DECLARE_FINAL_TYPE (TlFramingPage, tl_framing_page, TL, FRAMING_PAGE, AdwPreferencesPage)

/* How the stream of a session is cut into messages. What is not right yet is not given to the session. */
GtkWidget *tl_framing_page_new (TlSession *session);

G_END_DECLS
