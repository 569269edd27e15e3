/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where and as whom to connect. */

#include "tl-ftp-site.h"

#include "tl-set-string.h"

#include <string.h>

#define ANONYMOUS "anonymous"
#define ANONYMOUS_PASSWORD "anonymous@example.com"

struct _TlFtpSite
{
  GObject           parent_instance;

  gint64            id;
  char             *name;
  char             *host;
  guint             port;
  TlFtpSecurity     security;
  TlFtpAccountKind  account_kind;
  char             *user;
  char             *anonymous_password;
  gboolean          keep_password;
  TlFtpCharset      charset;
  GBytes           *start_dir;
  gboolean          active_mode;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_HOST,
  PROP_PORT,
  PROP_SECURITY,
  PROP_ACCOUNT_KIND,
  PROP_USER,
  PROP_ANONYMOUS_PASSWORD,
  PROP_KEEP_PASSWORD,
  PROP_CHARSET,
  PROP_START_DIR,
  PROP_ACTIVE_MODE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpSite, tl_ftp_site, G_TYPE_OBJECT)

static gboolean
same_bytes (GBytes *a,
            GBytes *b)
{
  return a == b || (a && b && g_bytes_equal (a, b));
}

static gboolean
set_string (char       **field,
            const char  *value)
{
  return tl_set_string (field, value ? value : "");
}

static gboolean
set_start_dir (TlFtpSite *self,
               GBytes    *start_dir)
{
  if (start_dir && g_bytes_get_size (start_dir) == 0)
    start_dir = NULL;
  if (same_bytes (self->start_dir, start_dir))
    return FALSE;

  g_clear_pointer (&self->start_dir, g_bytes_unref);
  self->start_dir = start_dir ? g_bytes_ref (start_dir) : NULL;
  return TRUE;
}

/* Whether the number is another one now. */
#define SET(field, value) ((field) != (value) ? ((field) = (value), TRUE) : FALSE)

static void
tl_ftp_site_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlFtpSite *self = TL_FTP_SITE (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_SECURITY:
      g_value_set_enum (value, self->security);
      break;
    case PROP_ACCOUNT_KIND:
      g_value_set_enum (value, self->account_kind);
      break;
    case PROP_USER:
      g_value_set_string (value, self->user);
      break;
    case PROP_ANONYMOUS_PASSWORD:
      g_value_set_string (value, self->anonymous_password);
      break;
    case PROP_KEEP_PASSWORD:
      g_value_set_boolean (value, self->keep_password);
      break;
    case PROP_CHARSET:
      g_value_set_int (value, self->charset);
      break;
    case PROP_START_DIR:
      g_value_set_boxed (value, self->start_dir);
      break;
    case PROP_ACTIVE_MODE:
      g_value_set_boolean (value, self->active_mode);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_site_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlFtpSite *self = TL_FTP_SITE (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_ID:
      changed = SET (self->id, g_value_get_int64 (value));
      break;
    case PROP_NAME:
      changed = set_string (&self->name, g_value_get_string (value));
      break;
    case PROP_HOST:
      changed = set_string (&self->host, g_value_get_string (value));
      break;
    case PROP_PORT:
      changed = SET (self->port, g_value_get_uint (value));
      break;
    case PROP_SECURITY:
      changed = SET (self->security, (TlFtpSecurity) g_value_get_enum (value));
      break;
    case PROP_ACCOUNT_KIND:
      changed = SET (self->account_kind, (TlFtpAccountKind) g_value_get_enum (value));
      break;
    case PROP_USER:
      changed = set_string (&self->user, g_value_get_string (value));
      break;
    case PROP_ANONYMOUS_PASSWORD:
      changed = set_string (&self->anonymous_password, g_value_get_string (value));
      break;
    case PROP_KEEP_PASSWORD:
      changed = SET (self->keep_password, g_value_get_boolean (value));
      break;
    case PROP_CHARSET:
      changed = SET (self->charset, g_value_get_int (value));
      break;
    case PROP_START_DIR:
      changed = set_start_dir (self, g_value_get_boxed (value));
      break;
    case PROP_ACTIVE_MODE:
      changed = SET (self->active_mode, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
tl_ftp_site_finalize (GObject *object)
{
  TlFtpSite *self = TL_FTP_SITE (object);

  g_free (self->name);
  g_free (self->host);
  g_free (self->user);
  g_free (self->anonymous_password);
  g_clear_pointer (&self->start_dir, g_bytes_unref);

  G_OBJECT_CLASS (tl_ftp_site_parent_class)->finalize (object);
}

static void
tl_ftp_site_class_init (TlFtpSiteClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = tl_ftp_site_get_property;
  object_class->set_property = tl_ftp_site_set_property;
  object_class->finalize = tl_ftp_site_finalize;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", flags);
  props[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  props[PROP_SECURITY] = g_param_spec_enum ("security", NULL, NULL, TL_TYPE_FTP_SECURITY, TL_FTP_SECURITY_AUTO, flags);
  props[PROP_ACCOUNT_KIND] = g_param_spec_enum ("account-kind", NULL, NULL, TL_TYPE_FTP_ACCOUNT_KIND, TL_FTP_ACCOUNT_ANONYMOUS, flags);
  props[PROP_USER] = g_param_spec_string ("user", NULL, NULL, "", flags);
  props[PROP_ANONYMOUS_PASSWORD] = g_param_spec_string ("anonymous-password", NULL, NULL, ANONYMOUS_PASSWORD, flags);
  props[PROP_KEEP_PASSWORD] = g_param_spec_boolean ("keep-password", NULL, NULL, FALSE, flags);
  props[PROP_CHARSET] = g_param_spec_int ("charset", NULL, NULL, TL_FTP_CHARSET_AUTO, TL_N_CHARSETS - 1, TL_FTP_CHARSET_AUTO, flags);
  props[PROP_START_DIR] = g_param_spec_boxed ("start-dir", NULL, NULL, G_TYPE_BYTES, flags);
  props[PROP_ACTIVE_MODE] = g_param_spec_boolean ("active-mode", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_site_init (TlFtpSite *self)
{
  self->name = g_strdup ("");
  self->host = g_strdup ("");
  self->user = g_strdup ("");
  self->anonymous_password = g_strdup (ANONYMOUS_PASSWORD);
  self->charset = TL_FTP_CHARSET_AUTO;
}

TlFtpSite *
tl_ftp_site_new (void)
{
  return g_object_new (TL_TYPE_FTP_SITE, NULL);
}

/* “ftp” is the other name that servers take for a visitor (RFC 1635). */
static gboolean
is_anonymous (const char *user)
{
  return !user || !*user || g_ascii_strcasecmp (user, ANONYMOUS) == 0 || g_ascii_strcasecmp (user, "ftp") == 0;
}

TlFtpSite *
tl_ftp_site_new_from_uri (const TlFtpUri  *uri,
                          char           **password)
{
  TlFtpSite *self;
  gboolean anonymous;

  g_return_val_if_fail (uri, NULL);

  anonymous = is_anonymous (uri->user);
  self = g_object_new (TL_TYPE_FTP_SITE,
                       "host", uri->host,
                       "port", (guint) uri->port,
                       "security", uri->security,
                       "account-kind", anonymous ? TL_FTP_ACCOUNT_ANONYMOUS : TL_FTP_ACCOUNT_REGISTERED,
                       "user", anonymous ? "" : uri->user,
                       "start-dir", uri->dir,
                       NULL);
  if (anonymous && uri->password && *uri->password)
    g_object_set (self, "anonymous-password", uri->password, NULL);
  if (password)
    *password = anonymous ? NULL : g_strdup (uri->password);

  return self;
}

TlFtpSite *
tl_ftp_site_copy (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  return g_object_new (TL_TYPE_FTP_SITE,
                       "id", self->id,
                       "name", self->name,
                       "host", self->host,
                       "port", self->port,
                       "security", self->security,
                       "account-kind", self->account_kind,
                       "user", self->user,
                       "anonymous-password", self->anonymous_password,
                       "keep-password", self->keep_password,
                       "charset", self->charset,
                       "start-dir", self->start_dir,
                       "active-mode", self->active_mode,
                       NULL);
}

gboolean
tl_ftp_site_equal (TlFtpSite *self,
                   TlFtpSite *other)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self) && TL_IS_FTP_SITE (other), FALSE);

  for (guint i = 1; i < N_PROPS; i++)
    {
      g_auto (GValue) a = G_VALUE_INIT;
      g_auto (GValue) b = G_VALUE_INIT;

      if (i == PROP_START_DIR)
        continue;
      g_object_get_property (G_OBJECT (self), props[i]->name, &a);
      g_object_get_property (G_OBJECT (other), props[i]->name, &b);
      if (g_param_values_cmp (props[i], &a, &b) != 0)
        return FALSE;
    }

  return same_bytes (self->start_dir, other->start_dir);
}

gboolean
tl_ftp_site_same_account (TlFtpSite *self,
                          TlFtpSite *other)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self) && TL_IS_FTP_SITE (other), FALSE);

  return g_ascii_strcasecmp (tl_ftp_site_get_host (self), tl_ftp_site_get_host (other)) == 0 &&
         tl_ftp_site_get_port (self) == tl_ftp_site_get_port (other) &&
         g_strcmp0 (tl_ftp_site_get_user (self), tl_ftp_site_get_user (other)) == 0;
}

TlFtpUri *
tl_ftp_site_to_uri (TlFtpSite *self)
{
  TlFtpUri *uri;

  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  uri = g_new0 (TlFtpUri, 1);
  /* There is no scheme for “not encrypted, and no question about it”. */
  uri->security = self->security == TL_FTP_SECURITY_NONE ? TL_FTP_SECURITY_AUTO : self->security;
  uri->host = g_strdup (self->host);
  uri->port = self->port;
  uri->user = self->account_kind == TL_FTP_ACCOUNT_ANONYMOUS || !*self->user ? NULL : g_strdup (self->user);
  uri->dir = self->start_dir ? g_bytes_ref (self->start_dir) : g_bytes_new_static ("", 0);
  uri->file = g_bytes_new_static ("", 0);

  return uri;
}

guint16
tl_ftp_site_get_port (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), 0);

  if (self->port)
    return self->port;
  return self->security == TL_FTP_SECURITY_IMPLICIT ? TL_FTPS_PORT : TL_FTP_PORT;
}

gint64
tl_ftp_site_get_id (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), 0);

  return self->id;
}

const char *
tl_ftp_site_get_host (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  return self->host;
}

const char *
tl_ftp_site_get_user (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  return self->account_kind == TL_FTP_ACCOUNT_ANONYMOUS ? ANONYMOUS : self->user;
}

char *
tl_ftp_site_dup_address (TlFtpSite *self)
{
  g_autofree char *bracketed = NULL;
  guint16 port;

  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  port = tl_ftp_site_get_port (self);
  bracketed = strchr (self->host, ':') ? g_strdup_printf ("[%s]", self->host) : g_strdup (self->host);
  if (port == (self->security == TL_FTP_SECURITY_IMPLICIT ? TL_FTPS_PORT : TL_FTP_PORT))
    return g_steal_pointer (&bracketed);

  return g_strdup_printf ("%s:%u", bracketed, port);
}

char *
tl_ftp_site_dup_title (TlFtpSite *self)
{
  g_return_val_if_fail (TL_IS_FTP_SITE (self), NULL);

  return *self->name ? g_strdup (self->name) : tl_ftp_site_dup_address (self);
}
