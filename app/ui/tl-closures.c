/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derived state of the session page: words, style classes, sensitivity. No widget in here, so that each has a test. */

#include "tl-closures.h"

#include "tl-address-check.h"
#include "tl-session-words.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"

#include <glib/gi18n-lib.h>

TlKind
tl_kind_of_session (TlSession *session)
{
  if (TL_IS_TCP_SERVER (session))
    return TL_KIND_SERVER;
  if (TL_IS_TCP_CLIENT (session))
    return TL_KIND_CLIENT;
  return TL_KIND_UDP;
}

gboolean
tl_state_is_active (TlSessionState state)
{
  return state != TL_SESSION_CLOSED && state != TL_SESSION_FAILED;
}

const char *
tl_state_word (TlKind         kind,
               TlSessionState state)
{
  switch (kind)
    {
    case TL_KIND_SERVER: return tl_server_state_label (state);
    case TL_KIND_CLIENT: return tl_client_state_label (state);
    case TL_KIND_UDP:
    default:             return tl_udp_state_label (state);
    }
}

const char *
tl_state_css_class (TlSessionState state,
                    TlOutcome      outcome)
{
  /* Open, and yet nothing more comes: the colour of the word. */
  if (state == TL_SESSION_OPEN && outcome == TL_OUTCOME_HALF_CLOSED_BY_PEER)
    return "warning";
  switch (state)
    {
    case TL_SESSION_OPEN:         return "success";
    case TL_SESSION_OPENING:
    case TL_SESSION_CLOSING:      return "accent";
    case TL_SESSION_RECONNECTING: return "warning";
    case TL_SESSION_FAILED:       return "error";
    case TL_SESSION_CLOSED:
    default:                      return "dim-label";
    }
}

const char *
tl_state_icon_name (TlKind         kind,
                    TlSessionState state)
{
  switch (state)
    {
    case TL_SESSION_OPEN:
      return kind == TL_KIND_SERVER ? "network-server-symbolic" : "network-transmit-receive-symbolic";
    case TL_SESSION_OPENING:
    case TL_SESSION_CLOSING:
    case TL_SESSION_RECONNECTING:
      return "network-wired-acquiring-symbolic";
    case TL_SESSION_FAILED:
      return "network-error-symbolic";
    case TL_SESSION_CLOSED:
    default:
      return "network-offline-symbolic";
    }
}

char *
tl_state_retry_text (gint64 retry_at,
                     gint64 now)
{
  gint64 left = retry_at - now;
  int seconds;

  if (retry_at <= 0 || left <= 0)
    return g_strdup (tl_client_state_label (TL_SESSION_RECONNECTING));

  seconds = (int) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return g_strdup_printf (ngettext ("Reconnecting in %d second", "Reconnecting in %d seconds", seconds), seconds);
}

const char *
tl_open_button_label (TlKind         kind,
                      TlSessionState state)
{
  if (state == TL_SESSION_OPENING || state == TL_SESSION_RECONNECTING)
    return _("_Cancel");

  switch (kind)
    {
    case TL_KIND_SERVER: return tl_state_is_active (state) ? _("_Stop Listening") : _("_Start Listening");
    case TL_KIND_CLIENT: return tl_state_is_active (state) ? _("_Disconnect") : _("C_onnect");
    case TL_KIND_UDP:
    default:             return tl_state_is_active (state) ? _("_Close") : _("_Open");
    }
}

const char *
tl_open_button_tooltip (TlKind         kind,
                        TlSessionState state,
                        gboolean       fields_valid)
{
  if (state == TL_SESSION_CLOSING)
    return _("It is being closed; what was queued is still sent");
  if (tl_state_is_active (state))
    return NULL;
  if (!fields_valid)
    return _("First correct the address or the port");

  switch (kind)
    {
    case TL_KIND_SERVER: return _("Listen on this address and port (Enter in a field)");
    case TL_KIND_CLIENT: return _("Connect to this address and port (Enter in a field)");
    case TL_KIND_UDP:
    default:             return _("Receive and send datagrams on this address and port (Enter in a field)");
    }
}

gboolean
tl_open_button_sensitive (TlSessionState state,
                          gboolean       fields_valid)
{
  if (state == TL_SESSION_CLOSING)
    return FALSE;
  return tl_state_is_active (state) || fields_valid;
}

gboolean
tl_fields_editable (TlSessionState state)
{
  return !tl_state_is_active (state);
}

gboolean
tl_local_endpoint_tells (const char *endpoint,
                         const char *host,
                         int         port)
{
  g_autoptr (TlEndpoint) typed = NULL;

  if (endpoint == NULL || *endpoint == '\0')
    return FALSE;
  if (host == NULL || *host == '\0' || port < 0)
    return TRUE;
  typed = tl_endpoint_new (host, (guint16) port);
  return !g_str_equal (tl_endpoint_get_text (typed), endpoint);
}

static char *
format_time (gint64      time,
             const char *format)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (time <= 0)
    return g_strdup ("");

  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  return local != NULL ? g_date_time_format (local, format) : g_strdup ("");
}

char *
tl_date_and_time (gint64 time)
{
  return format_time (time, "%Y-%m-%d %H:%M:%S");
}

char *
tl_time_of_day (gint64 time)
{
  return format_time (time, "%H:%M:%S");
}

gboolean
tl_name_matches (const char *name,
                 const char *needle)
{
  g_autofree char *plain = NULL;
  g_autofree char *folded_needle = NULL;
  g_autofree char *folded_name = NULL;

  if (needle == NULL || *needle == '\0')
    return TRUE;
  if (name == NULL)
    return FALSE;

  plain = tl_address_normalize (needle);
  folded_needle = g_utf8_casefold (plain, -1);
  folded_name = g_utf8_casefold (name, -1);
  return strstr (folded_name, folded_needle) != NULL;
}

char *
tl_effective_label (const char *effective,
                    gboolean    is_open)
{
  if (!is_open)
    return NULL;
  if (effective == NULL)
    return g_strdup (_("The system does not tell"));
  return g_strdup_printf (_("In effect: %s"), effective);
}

char *
tl_option_value_text (TlSocketOptions *options,
                      const char      *property_name)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (options), property_name);

  g_return_val_if_fail (pspec != NULL, NULL);

  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    {
      gboolean on = FALSE;

      g_object_get (options, property_name, &on, NULL);
      return g_strdup (on ? _("on") : _("off"));
    }

  if (G_IS_PARAM_SPEC_INT (pspec))
    {
      int value = 0;

      g_object_get (options, property_name, &value, NULL);
      if (value < 0)
        return g_strdup (_("off"));
      return g_strdup_printf ("%'d", value);
    }
  else
    {
      guint value = 0;

      g_object_get (options, property_name, &value, NULL);
      return g_strdup_printf ("%'u", value);
    }
}
