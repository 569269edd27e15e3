/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of the test's own. (G_TEST_OPTION_ISOLATE_DIRS leaks in GLib 2.74, and the leak checker minds.) */
#pragma once

#include <glib/gstdio.h>

static char *test_folder;

static inline void
test_folder_make (void)
{
  test_folder = g_dir_make_tmp ("tonglu-test-XXXXXX", NULL);
  g_assert_nonnull (test_folder);
}

/* With all that is in it. */
static inline void
test_folder_remove (void)
{
  const char *command[] = { "rm", "-rf", test_folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_clear_pointer (&test_folder, g_free);
}
