/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlSequenceRun only. */

#include "tl-pattern.h"
#include "tl-session.h"

G_BEGIN_DECLS

/* What came in a session and was not looked for yet. */
typedef struct _TlRunInbox TlRunInbox;

/* @func: something came; not to be used to change the session. */
TlRunInbox *tl_run_inbox_new   (TlSession     *session,
                                gsize          max_bytes,
                                GSourceFunc    func,
                                gpointer       user_data);
void        tl_run_inbox_free  (TlRunInbox    *self);
void        tl_run_inbox_clear (TlRunInbox    *self);
gsize       tl_run_inbox_get_size (TlRunInbox  *self);
/* Whether something had to be thrown away since the last time that this was asked. */
gboolean    tl_run_inbox_take_overflow (TlRunInbox *self);
/* Whether the pattern had too much to try in something that came, and gave up, since the last time that this was asked. */
gboolean    tl_run_inbox_take_gave_up (TlRunInbox *self);
/* (transfer full) (nullable): the first message that matches, taken out. @peers: (nullable): only of those. *@peer: the log's number of who sent it. *@more: some
 * messages were not looked at yet, lest it take too long: to be called again. @pattern lives as long as the inbox, or until tl_run_inbox_clear(). */
GBytes     *tl_run_inbox_find  (TlRunInbox    *self,
                                TlPattern     *pattern,
                                GPtrArray     *peers,
                                guint32       *peer,
                                gboolean      *more);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRunInbox, tl_run_inbox_free)

G_END_DECLS
