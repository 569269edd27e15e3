/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_ERROR_STRIP (tl_error_strip_get_type ())
G_DECLARE_FINAL_TYPE (TlErrorStrip, tl_error_strip, TL, ERROR_STRIP, GtkWidget)

/**
 * TlErrorStrip:
 *
 * Why a session failed, in a strip that comes and can be sent away, with a button that tries again ("bar.toggle").
 */
void tl_error_strip_set_session (TlErrorStrip *self,
                                 TlSession    *session);

G_END_DECLS
