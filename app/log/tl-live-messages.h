/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

G_BEGIN_DECLS

/**
 * TlLiveMessages:
 *
 * The objects that exist for rows of a source: a row has one object for as long as somebody holds it, so that all who look at
 * the row hear of it when its stream goes on. For the sources, which make the objects.
 */
typedef struct _TlLiveMessages TlLiveMessages;

TlLiveMessages *tl_live_messages_new  (void);
void            tl_live_messages_free (TlLiveMessages  *self);
/* (transfer full) (nullable): the object of a row of @source, the one that is there or a new one. NULL past the end. */
TlMessage      *tl_live_messages_get  (TlLiveMessages  *self,
                                       TlMessageSource *source,
                                       guint            position);
/* Rows of @source from @position on have become visible: tells the objects of the rows before that they continue. */
void            tl_live_messages_continue (TlLiveMessages  *self,
                                           TlMessageSource *source,
                                           guint            position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLiveMessages, tl_live_messages_free)

G_END_DECLS
