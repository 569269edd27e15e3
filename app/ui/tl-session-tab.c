/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session's page as what a tab holds. */

#include "tl-session-tab.h"

#include "tl-saved-sessions.h"
#include "tl-session-page.h"

static TlSession *
get_session (TlTabContent *content)
{
  return tl_session_page_get_session (TL_SESSION_PAGE (content));
}

static void
count_running (TlTabContent *content,
               TlRunning    *running)
{
  running->sessions += tl_session_is_active (get_session (content)) ? 1 : 0;
}

static void
close_session (TlTabContent *content)
{
  tl_session_close (get_session (content));
}

static gboolean
press (TlTabContent *content,
       GVariant     *verbs)
{
  const char *verb;

  g_variant_get (verbs, "(&s&s)", &verb, NULL);
  return *verb && tl_session_page_activate (TL_SESSION_PAGE (content), verb);
}

static char *
dup_link (TlTabContent *content)
{
  return tl_session_dup_link (get_session (content));
}

static void
save (TlTabContent    *content,
      GVariantBuilder *builder)
{
  g_variant_builder_add_value (builder, tl_saved_session_pack (get_session (content)));
}

void
tl_session_tab_init (TlTabContentInterface *iface)
{
  iface->count_running = count_running;
  iface->close = close_session;
  iface->press = press;
  iface->dup_link = dup_link;
  iface->save = save;
}
