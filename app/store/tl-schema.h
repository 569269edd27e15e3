/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tables of the user's database, as migrations: see tl_database_new(). A script that has been released is never changed; a new one is added. */
extern const char *const tl_schema[];

G_END_DECLS
