/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-list.h"

G_BEGIN_DECLS

/* The chat look of a message log: what was sent at the right, what came at the left, events small between them. */
#define TL_TYPE_LOG_BUBBLES (tl_log_bubbles_get_type ())
G_DECLARE_FINAL_TYPE (TlLogBubbles, tl_log_bubbles, TL, LOG_BUBBLES, TlLogList)

G_END_DECLS
