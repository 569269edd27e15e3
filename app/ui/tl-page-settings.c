/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new session takes from the settings, and what of it is kept for the next. */
#include "tl-page-settings.h"

#include "tl-history-home.h"
#include "tl-session-history.h"

static void
use_charset (GSettings  *settings,
             TlComposer *composer,
             TlLogView  *log)
{
  g_autofree char *name = g_settings_get_string (settings, "charset");
  g_autoptr (GVariant) preferred = g_settings_get_user_value (settings, "charset");
  TlPayload payload = *tl_composer_get_payload (composer);
  TlCharset charset;

  if (!tl_charset_from_name (name, &charset))
    return;

  g_object_set (log, "charset", charset, NULL);
  /* A preference is for what is written as well; without one, the last format counts. */
  if (preferred != NULL && payload.charset != charset)
    {
      payload.charset = charset;
      tl_composer_set_payload (composer, &payload);
    }
}

/* What is typed in a private session can be called up again there, and is written nowhere: it is forgotten when the session is private no longer. */
static void
private_cb (TlSession  *session,
            GParamSpec *pspec,
            TlComposer *composer)
{
  GSettings *settings = g_object_get_data (G_OBJECT (composer), "tl-settings");

  if (tl_session_get_private (session))
    g_settings_unbind (composer, "history");
  else
    g_settings_bind (settings, "sent-history", composer, "history", G_SETTINGS_BIND_DEFAULT);
}

void
tl_page_settings_use (GSettings  *settings,
                      TlComposer *composer,
                      TlLogView  *log,
                      TlSidePane *pane,
                      TlQuickSide *quick)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  /* What is changed in one session is what the next begins with; those that are there keep theirs. */
  g_settings_bind (settings, "composer-format", composer, "format",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_SET | G_SETTINGS_BIND_GET_NO_CHANGES);
  g_settings_bind (settings, "collapse", log, "collapse", G_SETTINGS_BIND_GET | G_SETTINGS_BIND_SET | G_SETTINGS_BIND_GET_NO_CHANGES);
  g_settings_bind (settings, "enter-sends", composer, "enter-sends", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "peers-width", pane, "width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quick-sends", quick, "shown",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_SET | G_SETTINGS_BIND_GET_NO_CHANGES);
  use_charset (settings, composer, log);
}

void
tl_page_settings_use_history (GSettings  *settings,
                              GtkWidget  *page,
                              TlSession  *session,
                              TlComposer *composer)
{
  TlSessionHistory *recording;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) action = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));

  recording = tl_session_history_new (session, tl_history_home_get ());
  g_settings_bind (settings, "history", recording, "enabled", G_SETTINGS_BIND_GET);
  action = g_property_action_new ("private", session, "private");
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (page, "history", G_ACTION_GROUP (actions));
  g_object_set_data_full (G_OBJECT (composer), "tl-settings", g_object_ref (settings), g_object_unref);
  g_settings_bind (settings, "sent-history", composer, "history", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (session, "notify::private", G_CALLBACK (private_cb), composer, 0);
  if (tl_session_get_private (session))
    private_cb (session, NULL, composer);
  g_object_set_data_full (G_OBJECT (page), "tl-session-history", recording, g_object_unref);
}
