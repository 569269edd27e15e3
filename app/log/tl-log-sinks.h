/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-peers.h"
#include "tl-message.h"

#include <sys/uio.h>

G_BEGIN_DECLS

/**
 * TlLogSinks:
 *
 * Who wants every message of a log at the moment it is appended, before any bound can push it out: the history, a recording to a file.
 */
typedef struct _TlLogSinks TlLogSinks;

/* @peer: the name, or NULL. @data: info->length bytes; both are valid during the call only. A sink may append to the log, and is then called again:
 * it must see to it that this ends. It must not close the session that the message came from: others that came with it are told of next. */
typedef void (*TlLogSink) (const TlMessageInfo *info,
                           const char          *peer,
                           const guint8        *data,
                           gpointer             user_data);

TlLogSinks *tl_log_sinks_new    (void);
void        tl_log_sinks_free   (TlLogSinks          *self);
/* Returns a number that is never 0, for taking it out again, which it may do itself. */
guint       tl_log_sinks_add    (TlLogSinks          *self,
                                 TlLogSink            sink,
                                 gpointer             user_data);
void        tl_log_sinks_remove (TlLogSinks          *self,
                                 guint                number);
gboolean    tl_log_sinks_is_empty (TlLogSinks        *self);
/* Tells of messages that came together; @info: of the first, without its length, and written over. */
void        tl_log_sinks_tell_many (TlLogSinks       *self,
                                 TlLogPeers          *peers,
                                 TlMessageInfo       *info,
                                 const struct iovec  *payloads,
                                 guint                n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLogSinks, tl_log_sinks_free)

G_END_DECLS
