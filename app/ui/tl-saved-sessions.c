/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions as values of the settings, and back. */

#include "tl-saved-sessions.h"

#include "tl-link.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

GVariant *
tl_saved_session_pack (TlSession *session)
{
  g_autofree char *link = NULL;
  GVariantDict extras;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  link = tl_session_dup_link (session);
  g_variant_dict_init (&extras, NULL);
  g_variant_dict_insert_value (&extras, "options",
                               tl_socket_options_serialize (tl_session_get_options (session)));
  g_variant_dict_insert_value (&extras, "auto-reply",
                               tl_auto_reply_serialize (tl_session_get_auto_reply (session)));

  if (tl_session_get_private (session))
    g_variant_dict_insert (&extras, "private", "b", TRUE);

  return g_variant_new ("(sb@a{sv})", link, tl_session_is_active (session), g_variant_dict_end (&extras));
}

TlSession *
tl_saved_session_unpack (GVariant *saved,
                         gboolean *was_open,
                         GError **error)
{
  const char *link;
  gboolean open;
  gboolean is_private = FALSE;
  g_autoptr (GVariant) extras = NULL;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GVariant) reply = NULL;
  TlSession *session;

  g_return_val_if_fail (g_variant_is_of_type (saved, G_VARIANT_TYPE (TL_SAVED_SESSION_TYPE)), NULL);

  g_variant_get (saved, "(&sb@a{sv})", &link, &open, &extras);
  session = tl_link_open (link, error);
  if (!session)
    return NULL;

  options = g_variant_lookup_value (extras, "options", G_VARIANT_TYPE_VARDICT);
  if (options)
    tl_socket_options_restore (tl_session_get_options (session), options);
  reply = g_variant_lookup_value (extras, "auto-reply", NULL);
  if (reply)
    tl_auto_reply_restore (tl_session_get_auto_reply (session), reply);
  g_variant_lookup (extras, "private", "b", &is_private);
  tl_session_set_private (session, is_private);
  if (was_open)
    *was_open = open;

  return session;
}

const char *
tl_saved_session_key (TlSession *session)
{
  if (TL_IS_UDP_SESSION (session))
    return "last-udp";

  return TL_IS_TCP_SERVER (session) ? "last-server" : "last-client";
}

static void
state_cb (TlSession *session,
          GParamSpec *pspec,
          gpointer user_data)
{
  TlSessionState state = tl_session_get_state (session);

  if (state == TL_SESSION_OPENING || state == TL_SESSION_OPEN)
    g_settings_set_value (G_SETTINGS (user_data), tl_saved_session_key (session), tl_saved_session_pack (session));
}

void
tl_saved_session_keep_last (TlSession *session,
                            GSettings *settings)
{
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), settings, 0);
}

TlSession *
tl_saved_session_new_last (GSettings *settings,
                           const char *key)
{
  g_autoptr (GVariant) saved = g_settings_get_value (settings, key);
  g_autoptr (GVariant) fresh = NULL;
  TlSession *session = tl_saved_session_unpack (saved, NULL, NULL);

  if (session)
    {
      /* Asked for each time: a history that is missed afterwards cannot be had. */
      tl_session_set_private (session, FALSE);
      return session;
    }

  /* What is kept was written by another version: begin anew. */
  fresh = g_settings_get_default_value (settings, key);

  return tl_saved_session_unpack (fresh, NULL, NULL);
}
