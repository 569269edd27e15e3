/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_LOCAL_END (tl_local_end_get_type ())
G_DECLARE_FINAL_TYPE (TlLocalEnd, tl_local_end, TL, LOCAL_END, GObject)

/**
 * TlLocalEnd:
 *
 * The two rows with a TCP client's own address and port. The session is told of what can be used; a text that cannot stays in its field.
 * Property "problem" (string, nullable, read-only): which of the two is wrong and why, a sentence for a place where the field is not seen.
 */
/* Appends its rows to @rows, not owned, for whom they are sensitive or not. (transfer full) */
TlLocalEnd *tl_local_end_new         (TlSession           *session,
                                      AdwPreferencesGroup *group,
                                      GPtrArray           *rows);
const char *tl_local_end_get_problem (TlLocalEnd          *self);

G_END_DECLS
