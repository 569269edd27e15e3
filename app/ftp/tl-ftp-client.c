/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user asks of an FTP server: the client's properties. Its acts are in the files beside this one. */

#include "tl-ftp-client-private.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_0,
  PROP_SITE,
  PROP_LOG,
  PROP_STATE,
  PROP_ERROR,
  PROP_ENCRYPTED,
  PROP_SECURITY_TEXT,
  PROP_CERTIFICATE,
  PROP_DIRECTORY,
  PROP_FEATURES,
  PROP_SYST,
  PROP_WELCOME,
  PROP_ASKER,
  PROP_CHARSET,
  PROP_PASSWORD,
  PROP_IDLE_INTERVAL,
  PROP_TIMEOUT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (TlFtpState, tl_ftp_state,
                    G_DEFINE_ENUM_VALUE (TL_FTP_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_RESOLVING, "resolving"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SECURING, "securing"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_LOGGING_IN, "logging-in"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_TRANSFERRING, "transferring"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_FAILED, "failed"))

/* TlFtpFeatures comes without a boxed type of its own. */
G_DEFINE_BOXED_TYPE (TlFtpFeatures, tl_ftp_client_features, tl_ftp_features_ref, tl_ftp_features_unref)

G_DEFINE_FINAL_TYPE (TlFtpClient, tl_ftp_client, G_TYPE_OBJECT)

const char *
tl_ftp_state_get_label (TlFtpState state)
{
  switch (state)
    {
    case TL_FTP_CLOSED:
      return _("Not connected");
    case TL_FTP_RESOLVING:
      return _("Looking up");
    case TL_FTP_CONNECTING:
      return _("Connecting");
    case TL_FTP_SECURING:
      return _("Encrypting");
    case TL_FTP_LOGGING_IN:
      return _("Logging in");
    case TL_FTP_READY:
      return _("Connected");
    case TL_FTP_TRANSFERRING:
      return _("Transferring");
    case TL_FTP_FAILED:
      return _("Failed");
    default:
      g_return_val_if_reached (NULL);
    }
}

static TlFtpShared *
shared_new (void)
{
  TlFtpShared *self = g_new0 (TlFtpShared, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

static void
shared_unref (TlFtpShared *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->trusted);
  g_free (self);
}

static void
tl_ftp_client_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlFtpClient *self = TL_FTP_CLIENT (object);

  switch (prop_id)
    {
    case PROP_SITE:
      g_value_set_object (value, self->site);
      break;
    case PROP_LOG:
      g_value_set_object (value, self->log);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_ENCRYPTED:
      g_value_set_boolean (value, self->encrypted);
      break;
    case PROP_SECURITY_TEXT:
      g_value_set_string (value, self->security_text);
      break;
    case PROP_CERTIFICATE:
      g_value_set_object (value, self->certificate);
      break;
    case PROP_DIRECTORY:
      g_value_set_boxed (value, self->directory);
      break;
    case PROP_FEATURES:
      g_value_set_boxed (value, self->features);
      break;
    case PROP_SYST:
      g_value_set_string (value, self->syst);
      break;
    case PROP_WELCOME:
      g_value_set_string (value, self->welcome);
      break;
    case PROP_ASKER:
      g_value_set_object (value, self->asker);
      break;
    case PROP_CHARSET:
      g_value_set_int (value, self->charset);
      break;
    case PROP_IDLE_INTERVAL:
      g_value_set_uint (value, self->idle_interval);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_client_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlFtpClient *self = TL_FTP_CLIENT (object);

  switch (prop_id)
    {
    case PROP_SITE:
      self->site = g_value_dup_object (value);
      break;
    case PROP_LOG:
      self->log = g_value_dup_object (value);
      break;
    case PROP_ASKER:
      if (g_set_object (&self->asker, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CHARSET:
      if (self->charset != g_value_get_int (value))
        {
          self->charset = g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_PASSWORD:
      tl_ftp_client_set_secret (self, g_value_get_string (value));
      break;
    case PROP_IDLE_INTERVAL:
      if (self->idle_interval != g_value_get_uint (value))
        {
          self->idle_interval = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_TIMEOUT:
      if (self->timeout != g_value_get_uint (value))
        {
          self->timeout = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_client_constructed (GObject *object)
{
  TlFtpClient *self = TL_FTP_CLIENT (object);

  G_OBJECT_CLASS (tl_ftp_client_parent_class)->constructed (object);

  if (self->log == NULL)
    self->log = tl_message_log_new ();
  self->shared = shared_new ();
  self->shared->n_clients = 1;
  /* Translators: how the transcript calls the control connection; the next ones are numbered */
  self->name = g_strdup (_("control"));
  if (self->site != NULL)
    g_object_get (self->site, "charset", &self->charset, NULL);
}

static void
tl_ftp_client_dispose (GObject *object)
{
  TlFtpClient *self = TL_FTP_CLIENT (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->control != NULL)
    {
      TlFtpControl *control = g_object_ref (self->control);

      tl_ftp_client_set_control (self, NULL);
      tl_ftp_control_quit (control);
      g_object_unref (control);
    }
  g_clear_object (&self->asker);

  G_OBJECT_CLASS (tl_ftp_client_parent_class)->dispose (object);
}

static void
tl_ftp_client_finalize (GObject *object)
{
  TlFtpClient *self = TL_FTP_CLIENT (object);

  tl_ftp_client_set_secret (self, NULL);
  g_clear_pointer (&self->rates[0], tl_ftp_rate_unref);
  g_clear_pointer (&self->rates[1], tl_ftp_rate_unref);
  g_clear_object (&self->site);
  g_clear_object (&self->log);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->directory, g_bytes_unref);
  g_clear_pointer (&self->server_directory, g_bytes_unref);
  g_clear_pointer (&self->features, tl_ftp_features_unref);
  g_clear_pointer (&self->shared, shared_unref);
  g_clear_error (&self->start_error);
  g_free (self->name);
  g_free (self->user);
  g_free (self->error);
  g_free (self->syst);
  g_free (self->welcome);
  g_free (self->security_text);

  G_OBJECT_CLASS (tl_ftp_client_parent_class)->finalize (object);
}

static void
tl_ftp_client_class_init (TlFtpClientClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;
  const GParamFlags once = readable | G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_client_get_property;
  object_class->set_property = tl_ftp_client_set_property;
  object_class->constructed = tl_ftp_client_constructed;
  object_class->dispose = tl_ftp_client_dispose;
  object_class->finalize = tl_ftp_client_finalize;

  properties[PROP_SITE] = g_param_spec_object ("site", NULL, NULL, TL_TYPE_FTP_SITE, once);
  properties[PROP_LOG] = g_param_spec_object ("log", NULL, NULL, TL_TYPE_MESSAGE_LOG, once);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_FTP_STATE, TL_FTP_CLOSED, readable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);
  properties[PROP_ENCRYPTED] = g_param_spec_boolean ("encrypted", NULL, NULL, FALSE, readable);
  properties[PROP_SECURITY_TEXT] = g_param_spec_string ("security-text", NULL, NULL, NULL, readable);
  properties[PROP_CERTIFICATE] = g_param_spec_object ("certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, readable);
  properties[PROP_DIRECTORY] = g_param_spec_boxed ("directory", NULL, NULL, G_TYPE_BYTES, readable);
  properties[PROP_FEATURES] = g_param_spec_boxed ("features", NULL, NULL, tl_ftp_client_features_get_type (), readable);
  properties[PROP_SYST] = g_param_spec_string ("syst", NULL, NULL, NULL, readable);
  properties[PROP_WELCOME] = g_param_spec_string ("welcome", NULL, NULL, NULL, readable);
  properties[PROP_ASKER] = g_param_spec_object ("asker", NULL, NULL, TL_TYPE_FTP_ASKER, writable);
  properties[PROP_CHARSET] = g_param_spec_int ("charset", NULL, NULL, TL_FTP_CHARSET_AUTO, G_MAXINT, TL_FTP_CHARSET_AUTO, writable);
  properties[PROP_PASSWORD] = g_param_spec_string ("password", NULL, NULL, NULL,
                                                   G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IDLE_INTERVAL] = g_param_spec_uint ("idle-interval", NULL, NULL, 0, G_MAXINT, 60, writable);
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXINT, 30, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_ftp_client_init (TlFtpClient *self)
{
  self->charset = TL_FTP_CHARSET_AUTO;
  self->idle_interval = 60;
  self->timeout = 30;
}

TlFtpClient *
tl_ftp_client_new (TlFtpSite *site)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (site), NULL);

  return g_object_new (TL_TYPE_FTP_CLIENT, "site", site, NULL);
}

TlFtpClient *
tl_ftp_client_new_sibling (TlFtpClient *self)
{
  TlFtpClient *sibling;

  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  sibling = g_object_new (TL_TYPE_FTP_CLIENT, "site", self->site, "log", self->log, "asker", self->asker, "charset", self->charset,
                          "idle-interval", self->idle_interval, "timeout", self->timeout, NULL);
  tl_ftp_client_set_secret (sibling, self->password);
  sibling->user = g_strdup (self->user);
  g_atomic_ref_count_inc (&self->shared->ref_count);
  shared_unref (sibling->shared);
  sibling->shared = self->shared;
  g_free (sibling->name);
  sibling->name = g_strdup_printf (_("control %u"), ++self->shared->n_clients);
  return sibling;
}

GError *
tl_ftp_client_take_start_error (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  return g_steal_pointer (&self->start_error);
}

TlFtpState
tl_ftp_client_get_state (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), TL_FTP_CLOSED);

  return self->state;
}

TlFtpSite *
tl_ftp_client_get_site (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  return self->site;
}

TlMessageLog *
tl_ftp_client_get_log (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  return self->log;
}

GBytes *
tl_ftp_client_get_directory (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  return self->directory;
}

gboolean
tl_ftp_client_is_encrypted (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), FALSE);

  return self->encrypted;
}

TlFtpFeatures *
tl_ftp_client_get_features (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), NULL);

  return self->features;
}
