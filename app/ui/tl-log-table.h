/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-list.h"

G_BEGIN_DECLS

/* The table look of a message log: time, direction, peer, length, text. Columns that there is no room for are left out. */
#define TL_TYPE_LOG_TABLE (tl_log_table_get_type ())
G_DECLARE_FINAL_TYPE (TlLogTable, tl_log_table, TL, LOG_TABLE, TlLogList)

G_END_DECLS
