/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database in the test's own folder. */
#pragma once

#include "tl-database.h"

#include "tl-test-folder.h"
#include "tl-test-wait.h"

/* One that was let go of closes on its own thread: whoever opens the file again may have to wait for it. (transfer full) */
static inline TlDatabase *
test_database_open (const char         *name,
                    const char *const  *migrations)
{
  g_autoptr (GFile) file = g_file_new_build_filename (test_folder, name, NULL);
  TlDatabase *database = tl_database_new (file, migrations);

  tl_database_set_patience (database, TEST_DEADLINE / G_TIME_SPAN_MILLISECOND);
  return database;
}
