/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_SEND_HISTORY_MAX_ENTRIES 100
#define TL_SEND_HISTORY_MAX_LENGTH (64 * 1024)

/**
 * TlSendHistory:
 *
 * What was sent, and where in it a person is who walks through it with Up and Down. What stood in the entry before the walk is kept as its last stop.
 */
typedef struct _TlSendHistory TlSendHistory;

TlSendHistory *tl_send_history_new      (void);
void           tl_send_history_free     (TlSendHistory       *self);
/* Newest last. Ends a walk, unless it is what is there already; too long and too many entries are left out. False: nothing changed. */
gboolean       tl_send_history_set      (TlSendHistory       *self,
                                         const char * const  *entries);
/* (transfer full) */
char         **tl_send_history_dup      (TlSendHistory       *self);
/* Ends a walk. What is there already moves to the end. False: nothing changed. */
gboolean       tl_send_history_add      (TlSendHistory       *self,
                                         const char          *text);
/* One step back or forward from @current, which is what stands in the entry. (transfer none) (nullable): NULL: there is no further step. */
const char    *tl_send_history_step     (TlSendHistory       *self,
                                         gboolean             back,
                                         const char          *current);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSendHistory, tl_send_history_free)

G_END_DECLS
