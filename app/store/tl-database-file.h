/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-database.h"

G_BEGIN_DECLS

/* For the database's thread only. Opens @path, making it and its folder, and brings it to the version of @migrations. NULL with TL_DATABASE_ERROR; a
 * damaged file has then been set aside. */
sqlite3  *tl_database_file_open      (const char         *path,
                                      const char *const  *migrations,
                                      guint               patience,
                                      GError            **error);
/* Closes @db and sets the file aside; *@error, of the damage, gets the sentence that says where it is. */
void      tl_database_file_set_aside (const char         *path,
                                      sqlite3            *db,
                                      GError            **error);

G_END_DECLS
