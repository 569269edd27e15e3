/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of this computer, shared over FTP. */

#include "tl-ftp-server-private.h"

enum {
  PROP_0,
  PROP_FOLDER,
  PROP_ADDRESS,
  PROP_CERTIFICATE_FILE,
  PROP_TLS,
  PROP_PORT,
  PROP_PASSIVE_MIN,
  PROP_PASSIVE_MAX,
  PROP_MAX_CONNECTIONS,
  PROP_MAX_PER_ADDRESS,
  PROP_IDLE_SECONDS,
  PROP_LOGIN_SECONDS,
  PROP_STALL_SECONDS,
  PROP_MAX_ENTRIES,
  PROP_MAX_FAILURES,
  PROP_WRITABLE,
  PROP_ANONYMOUS,
  PROP_ANONYMOUS_WRITABLE,
  PROP_STATE,
  PROP_LOCAL_PORT,
  PROP_FINGERPRINT,
  PROP_N_CONNECTED,
  PROP_N_SERVED,
  PROP_N_REFUSED,
  PROP_RECEIVED,
  PROP_SENT,
  PROP_URLS,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpServer, tl_ftp_server, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlFtpServerState, tl_ftp_server_state,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_OPEN, "open"))

G_DEFINE_ENUM_TYPE (TlFtpServerTlsMode, tl_ftp_server_tls_mode,
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_TLS_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_TLS_OFFERED, "offered"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_SERVER_TLS_REQUIRED, "required"))

void
tl_ftp_server_set_state (TlFtpServer      *self,
                         TlFtpServerState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCAL_PORT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FINGERPRINT]);
}

/* Where a number is kept, of those that can be set. */
static guint *
find_number (TlFtpServer *self,
             guint        id)
{
  switch (id)
    {
    case PROP_PORT:
      return &self->port;
    case PROP_PASSIVE_MIN:
      return &self->passive_min;
    case PROP_PASSIVE_MAX:
      return &self->passive_max;
    case PROP_MAX_CONNECTIONS:
      return &self->max_connections;
    case PROP_MAX_PER_ADDRESS:
      return &self->max_per_address;
    case PROP_IDLE_SECONDS:
      return &self->idle_seconds;
    case PROP_LOGIN_SECONDS:
      return &self->login_seconds;
    case PROP_STALL_SECONDS:
      return &self->stall_seconds;
    case PROP_MAX_ENTRIES:
      return &self->max_entries;
    case PROP_MAX_FAILURES:
      return &self->max_failures;
    default:
      return NULL;
    }
}

static gboolean *
find_flag (TlFtpServer *self,
           guint        id)
{
  switch (id)
    {
    case PROP_WRITABLE:
      return &self->writable;
    case PROP_ANONYMOUS:
      return &self->anonymous;
    case PROP_ANONYMOUS_WRITABLE:
      return &self->anonymous_writable;
    default:
      return NULL;
    }
}

static char **
find_text (TlFtpServer *self,
           guint        id)
{
  switch (id)
    {
    case PROP_FOLDER:
      return &self->folder;
    case PROP_ADDRESS:
      return &self->address;
    case PROP_CERTIFICATE_FILE:
      return &self->certificate_file;
    default:
      return NULL;
    }
}

static void
get_result (TlFtpServer *self,
            guint        id,
            GValue      *value,
            GParamSpec  *pspec)
{
  switch (id)
    {
    case PROP_TLS:
      g_value_set_enum (value, (int) self->tls_mode);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_LOCAL_PORT:
      g_value_set_uint (value, self->local_port);
      break;
    case PROP_FINGERPRINT:
      g_value_set_string (value, self->certificate != NULL ? tl_ftp_certificate_get_fingerprint (self->certificate) : NULL);
      break;
    case PROP_N_CONNECTED:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->visitors)));
      break;
    case PROP_N_SERVED:
      g_value_set_uint (value, self->n_served);
      break;
    case PROP_N_REFUSED:
      g_value_set_uint (value, self->n_refused);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    case PROP_URLS:
      g_value_set_boxed (value, self->urls);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, id, pspec);
    }
}

static void
tl_ftp_server_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlFtpServer *self = TL_FTP_SERVER (object);

  if (find_number (self, id) != NULL)
    g_value_set_uint (value, *find_number (self, id));
  else if (find_flag (self, id) != NULL)
    g_value_set_boolean (value, *find_flag (self, id));
  else if (find_text (self, id) != NULL)
    g_value_set_string (value, *find_text (self, id));
  else
    get_result (self, id, value, pspec);
}

static gboolean
set_text (char       **place,
          const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;
  g_free (*place);
  *place = g_strdup (text);
  return TRUE;
}

static void
tl_ftp_server_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlFtpServer *self = TL_FTP_SERVER (object);
  gboolean changed;

  if (find_number (self, id) != NULL)
    {
      changed = *find_number (self, id) != g_value_get_uint (value);
      *find_number (self, id) = g_value_get_uint (value);
    }
  else if (find_flag (self, id) != NULL)
    {
      changed = *find_flag (self, id) != g_value_get_boolean (value);
      *find_flag (self, id) = g_value_get_boolean (value);
    }
  else if (find_text (self, id) != NULL)
    changed = set_text (find_text (self, id), g_value_get_string (value));
  else
    {
      changed = self->tls_mode != (TlFtpServerTlsMode) g_value_get_enum (value);
      self->tls_mode = (TlFtpServerTlsMode) g_value_get_enum (value);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
tl_ftp_server_dispose (GObject *object)
{
  tl_ftp_server_stop (TL_FTP_SERVER (object));

  G_OBJECT_CLASS (tl_ftp_server_parent_class)->dispose (object);
}

static void
tl_ftp_server_finalize (GObject *object)
{
  TlFtpServer *self = TL_FTP_SERVER (object);

  g_free (self->folder);
  g_free (self->address);
  g_free (self->certificate_file);
  g_free (self->problem);
  g_strfreev (self->urls);
  g_clear_pointer (&self->guard, tl_ftp_server_guard_free);
  g_clear_object (&self->visitors);
  g_clear_object (&self->accounts);
  g_clear_object (&self->anybody);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (tl_ftp_server_parent_class)->finalize (object);
}

static GParamSpec *
number_spec (const char *name,
             guint       max,
             guint       value)
{
  return g_param_spec_uint (name, NULL, NULL, 0, max, value, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
install_results (void)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_FTP_SERVER_STATE, TL_FTP_SERVER_STOPPED, flags);
  props[PROP_LOCAL_PORT] = g_param_spec_uint ("local-port", NULL, NULL, 0, 65535, 0, flags);
  props[PROP_FINGERPRINT] = g_param_spec_string ("fingerprint", NULL, NULL, NULL, flags);
  props[PROP_N_CONNECTED] = g_param_spec_uint ("n-connected", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_SERVED] = g_param_spec_uint ("n-served", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_REFUSED] = g_param_spec_uint ("n-refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_URLS] = g_param_spec_boxed ("urls", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
}

static void
tl_ftp_server_class_init (TlFtpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_ftp_server_get_property;
  object_class->set_property = tl_ftp_server_set_property;
  object_class->dispose = tl_ftp_server_dispose;
  object_class->finalize = tl_ftp_server_finalize;

  props[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "127.0.0.1", flags);
  props[PROP_CERTIFICATE_FILE] = g_param_spec_string ("certificate-file", NULL, NULL, NULL, flags);
  props[PROP_TLS] = g_param_spec_enum ("tls", NULL, NULL, TL_TYPE_FTP_SERVER_TLS_MODE, TL_FTP_SERVER_TLS_OFFERED, flags);
  props[PROP_PORT] = number_spec ("port", 65535, TL_FTP_SERVER_PORT);
  props[PROP_PASSIVE_MIN] = number_spec ("passive-min", 65535, 0);
  props[PROP_PASSIVE_MAX] = number_spec ("passive-max", 65535, 0);
  props[PROP_MAX_CONNECTIONS] = number_spec ("max-connections", 10000, 64);
  props[PROP_MAX_PER_ADDRESS] = number_spec ("max-per-address", 10000, 24);
  props[PROP_IDLE_SECONDS] = number_spec ("idle-seconds", 86400, 300);
  props[PROP_LOGIN_SECONDS] = number_spec ("login-seconds", 86400, 60);
  props[PROP_STALL_SECONDS] = number_spec ("stall-seconds", 86400, 60);
  props[PROP_MAX_ENTRIES] = number_spec ("max-entries", 1000000, 200000);
  props[PROP_MAX_FAILURES] = number_spec ("max-failures", 100, 5);
  props[PROP_WRITABLE] = g_param_spec_boolean ("writable", NULL, NULL, FALSE, flags);
  props[PROP_ANONYMOUS] = g_param_spec_boolean ("anonymous", NULL, NULL, TRUE, flags);
  props[PROP_ANONYMOUS_WRITABLE] = g_param_spec_boolean ("anonymous-writable", NULL, NULL, FALSE, flags);
  install_results ();
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_server_init (TlFtpServer *self)
{
  self->address = g_strdup ("127.0.0.1");
  self->port = TL_FTP_SERVER_PORT;
  self->tls_mode = TL_FTP_SERVER_TLS_OFFERED;
  self->max_connections = 64;
  self->max_per_address = 24;
  self->idle_seconds = 300;
  self->login_seconds = 60;
  self->stall_seconds = 60;
  self->max_entries = 200000;
  self->max_failures = 5;
  self->anonymous = TRUE;
  self->reserve = (TlTcpReserve) TL_TCP_RESERVE_INIT;
  self->log = tl_message_log_new ();
  self->guard = tl_ftp_server_guard_new ();
  self->visitors = g_list_store_new (TL_TYPE_FTP_VISITOR);
  self->accounts = g_list_store_new (TL_TYPE_FTP_ACCOUNT);
  self->anybody = tl_ftp_account_new (TL_FTP_ACCOUNT_ANONYMOUS, "anonymous", NULL, "", FALSE, 0);
}

TlFtpServer *
tl_ftp_server_new (void)
{
  return g_object_new (TL_TYPE_FTP_SERVER, NULL);
}

void
tl_ftp_server_count (TlFtpServer *self,
                     gsize        received,
                     gsize        sent)
{
  self->received += received;
  self->sent += sent;
}

TlFtpAccount *
tl_ftp_server_find_account (TlFtpServer *self,
                            const char  *name)
{
  if (self->anonymous && (g_ascii_strcasecmp (name, "anonymous") == 0 || g_ascii_strcasecmp (name, "ftp") == 0))
    return self->anybody;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (TlFtpAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      /* The store has it. */
      if (g_str_equal (tl_ftp_account_get_name (account), name))
        return account;
    }
  return NULL;
}

gboolean
tl_ftp_server_has_account (TlFtpServer  *self,
                           TlFtpAccount *account)
{
  return account == self->anybody ? self->anonymous : g_list_store_find (self->accounts, account, NULL);
}

TlFtpServerState
tl_ftp_server_get_state (TlFtpServer *self)
{
  g_return_val_if_fail (TL_IS_FTP_SERVER (self), TL_FTP_SERVER_STOPPED);

  return self->state;
}

guint
tl_ftp_server_get_local_port (TlFtpServer *self)
{
  g_return_val_if_fail (TL_IS_FTP_SERVER (self), 0);

  return self->local_port;
}

GListModel *
tl_ftp_server_get_visitors (TlFtpServer *self)
{
  g_return_val_if_fail (TL_IS_FTP_SERVER (self), NULL);

  return G_LIST_MODEL (self->visitors);
}

GListStore *
tl_ftp_server_get_accounts (TlFtpServer *self)
{
  g_return_val_if_fail (TL_IS_FTP_SERVER (self), NULL);

  return self->accounts;
}

TlMessageLog *
tl_ftp_server_get_log (TlFtpServer *self)
{
  g_return_val_if_fail (TL_IS_FTP_SERVER (self), NULL);

  return self->log;
}
