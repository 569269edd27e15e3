/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick sends, once for the program. */
#include "tl-quick-home.h"

static TlQuickSends *sends;
static TlQuickStore *store;

TlQuickStore *
tl_quick_home_get_store (void)
{
  if (!store)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (g_get_user_data_dir (), "tonglu", "quick-sends.json", NULL);

      sends = tl_quick_sends_new ();
      store = tl_quick_store_new (file, sends);
    }

  return store;
}

TlQuickSends *
tl_quick_home_get_sends (void)
{
  tl_quick_home_get_store ();

  return sends;
}

void
tl_quick_home_close (void)
{
  if (store)
    tl_quick_store_close (store);
  g_clear_object (&store);
  g_clear_object (&sends);
}
