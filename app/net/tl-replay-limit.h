/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What one message of a replay may have. */

#include "tl-replay-list.h"
#include "tl-session.h"

G_BEGIN_DECLS

/* In bytes, towards all of @peers or (NULL) of the session's; 0: any length is taken, as on a stream. */
guint tl_replay_limit_get   (TlSession    *session,
                             GPtrArray    *peers);
/* How many of @picked (positions in @list, see tl_replay_list_pick()) are longer. @first: (out): of them, in @picked. */
guint tl_replay_limit_count (TlReplayList *list,
                             GArray       *picked,
                             guint         limit,
                             guint        *first);

G_END_DECLS
