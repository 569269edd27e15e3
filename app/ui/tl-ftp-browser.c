/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person is on a server, and where they were before. Knows no widget. */

#include "tl-ftp-browser-private.h"

#include "tl-ftp-load.h"

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_DIRECTORY,
  PROP_PATH,
  PROP_LOADING,
  PROP_ERROR,
  PROP_NEEDS_LOGIN,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  PROP_CAN_GO_UP,
  PROP_LISTING,
  PROP_N_UNPARSED,
  PROP_ASKER,
  PROP_CHARSET,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpBrowser, tl_ftp_browser, G_TYPE_OBJECT)

void
tl_ftp_browser_set_error (TlFtpBrowser *self,
                          const GError *error)
{
  gboolean needs_login = error && (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN)
                                   || g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_DECLINED));

  if (g_strcmp0 (self->error, error ? error->message : NULL) == 0 && self->needs_login == needs_login)
    return;
  g_free (self->error);
  self->error = error ? g_strdup (error->message) : NULL;
  self->needs_login = needs_login;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_LOGIN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
tl_ftp_browser_notify_place (TlFtpBrowser *self)
{
  static const int ids[] = { PROP_PATH, PROP_CAN_GO_BACK, PROP_CAN_GO_FORWARD, PROP_CAN_GO_UP, PROP_N_UNPARSED };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[ids[i]]);
}

static void
set_charset (TlFtpBrowser *self,
             TlFtpCharset  charset)
{
  if (self->charset == charset)
    return;
  self->charset = charset;
  g_object_set (self->directory, "charset", charset, NULL);
  if (self->client)
    g_object_set (self->client, "charset", charset, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHARSET]);
}

static void
tl_ftp_browser_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFtpBrowser *self = TL_FTP_BROWSER (object);

  switch (prop_id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_PATH:
      g_value_set_boxed (value, self->path);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_NEEDS_LOGIN:
      g_value_set_boolean (value, self->needs_login);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, tl_ftp_history_peek (&self->history, TL_FTP_MOVE_BACK) != NULL);
      break;
    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, tl_ftp_history_peek (&self->history, TL_FTP_MOVE_FORWARD) != NULL);
      break;
    case PROP_CAN_GO_UP:
      g_value_set_boolean (value, self->path && g_bytes_get_size (self->path) > 1);
      break;
    case PROP_LISTING:
      g_value_set_boxed (value, self->listing);
      break;
    case PROP_N_UNPARSED:
      g_value_set_uint (value, self->listing ? tl_ftp_listing_get_n_unparsed (self->listing) : 0);
      break;
    case PROP_ASKER:
      g_value_set_object (value, self->asker);
      break;
    case PROP_CHARSET:
      g_value_set_int (value, self->charset);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_browser_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlFtpBrowser *self = TL_FTP_BROWSER (object);

  switch (prop_id)
    {
    case PROP_ASKER:
      if (g_set_object (&self->asker, g_value_get_object (value)))
        {
          if (self->client)
            g_object_set (self->client, "asker", self->asker, NULL);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_CHARSET:
      set_charset (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_browser_dispose (GObject *object)
{
  TlFtpBrowser *self = TL_FTP_BROWSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->client)
    tl_ftp_client_close (self->client);
  g_clear_object (&self->client);
  g_clear_object (&self->directory);
  g_clear_object (&self->asker);

  G_OBJECT_CLASS (tl_ftp_browser_parent_class)->dispose (object);
}

static void
tl_ftp_browser_finalize (GObject *object)
{
  TlFtpBrowser *self = TL_FTP_BROWSER (object);

  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->path, g_bytes_unref);
  g_clear_pointer (&self->failed_target, g_bytes_unref);
  tl_ftp_history_destroy (&self->history);
  g_free (self->error);
  G_OBJECT_CLASS (tl_ftp_browser_parent_class)->finalize (object);
}

static void
tl_ftp_browser_class_init (TlFtpBrowserClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_browser_get_property;
  object_class->set_property = tl_ftp_browser_set_property;
  object_class->dispose = tl_ftp_browser_dispose;
  object_class->finalize = tl_ftp_browser_finalize;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, TL_TYPE_FTP_CLIENT, readable);
  properties[PROP_DIRECTORY] = g_param_spec_object ("directory", NULL, NULL, TL_TYPE_FTP_DIRECTORY, readable);
  properties[PROP_PATH] = g_param_spec_boxed ("path", NULL, NULL, G_TYPE_BYTES, readable);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, readable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);
  properties[PROP_NEEDS_LOGIN] = g_param_spec_boolean ("needs-login", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_GO_FORWARD] = g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_GO_UP] = g_param_spec_boolean ("can-go-up", NULL, NULL, FALSE, readable);
  properties[PROP_LISTING] = g_param_spec_boxed ("listing", NULL, NULL, TL_TYPE_FTP_LISTING, readable);
  properties[PROP_N_UNPARSED] = g_param_spec_uint ("n-unparsed", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_ASKER] = g_param_spec_object ("asker", NULL, NULL, TL_TYPE_FTP_ASKER, both);
  properties[PROP_CHARSET] =
    g_param_spec_int ("charset", NULL, NULL, TL_FTP_CHARSET_AUTO, TL_N_CHARSETS - 1, TL_FTP_CHARSET_AUTO, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_signal_new ("replacing", TL_TYPE_FTP_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  g_signal_new ("loaded", TL_TYPE_FTP_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_browser_init (TlFtpBrowser *self)
{
  self->directory = tl_ftp_directory_new ();
  self->charset = TL_FTP_CHARSET_AUTO;
  tl_ftp_history_init (&self->history);
}

TlFtpBrowser *
tl_ftp_browser_new (void)
{
  return g_object_new (TL_TYPE_FTP_BROWSER, NULL);
}

TlFtpClient *
tl_ftp_browser_get_client (TlFtpBrowser *self)
{
  g_return_val_if_fail (TL_IS_FTP_BROWSER (self), NULL);

  return self->client;
}

TlFtpDirectory *
tl_ftp_browser_get_directory (TlFtpBrowser *self)
{
  g_return_val_if_fail (TL_IS_FTP_BROWSER (self), NULL);

  return self->directory;
}

GBytes *
tl_ftp_browser_get_path (TlFtpBrowser *self)
{
  g_return_val_if_fail (TL_IS_FTP_BROWSER (self), NULL);

  return self->path;
}

/* Another server: nothing of the last one is on the screen any more. */
static void
use_client (TlFtpBrowser *self,
            TlFtpClient  *client)
{
  if (self->client)
    tl_ftp_client_close (self->client);
  g_set_object (&self->client, client);
  g_clear_pointer (&self->path, g_bytes_unref);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  tl_ftp_history_clear (&self->history);
  tl_ftp_directory_set_listing (self->directory, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
  tl_ftp_browser_notify_place (self);
}

/* Where @site begins, when it is another place of the server than the one it is connected as. (transfer full) (nullable) */
static GBytes *
dup_other_start (TlFtpBrowser *self,
                 TlFtpSite    *site)
{
  g_autoptr (GBytes) start = NULL;
  g_autoptr (GBytes) last = NULL;

  g_object_get (site, "start-dir", &start, NULL);
  g_object_get (tl_ftp_client_get_site (self->client), "start-dir", &last, NULL);

  return start && (!last || !g_bytes_equal (start, last)) ? g_steal_pointer (&start) : NULL;
}

/* @target: (nullable): within the site that it is connected as already. */
static void
begin (TlFtpBrowser *self,
       TlFtpSite    *site,
       const char   *password,
       gboolean      anew,
       GBytes       *target)
{
  TlFtpMove move = anew || !target || target == self->path ? TL_FTP_MOVE_STAY : TL_FTP_MOVE_GO;
  TlFtpCharset charset;

  if (anew)
    {
      g_autoptr (TlFtpSite) copy = tl_ftp_site_copy (site);
      g_autoptr (TlFtpClient) client = tl_ftp_client_new (copy);

      use_client (self, client);
    }
  g_object_get (site, "charset", &charset, NULL);
  set_charset (self, charset);
  g_object_set (self->client, "asker", self->asker, "charset", charset, NULL);
  if (password)
    g_object_set (self->client, "password", password, NULL);
  tl_ftp_browser_start (self, TRUE, move, anew ? NULL : target);
}

void
tl_ftp_browser_connect (TlFtpBrowser *self,
                        TlFtpSite    *site,
                        const char   *password)
{
  g_autoptr (GBytes) start = NULL;
  gboolean same;

  g_return_if_fail (TL_IS_FTP_BROWSER (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  same = self->client && tl_ftp_load_same_site (site, tl_ftp_client_get_site (self->client));
  start = same ? dup_other_start (self, site) : NULL;
  begin (self, site, password, !same, start ? start : self->path);
}

void
tl_ftp_browser_open (TlFtpBrowser *self,
                     TlFtpSite    *site)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) start = NULL;
  gboolean same;

  g_return_if_fail (TL_IS_FTP_BROWSER (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  g_object_get (site, "start-dir", &start, "name", &name, NULL);
  same = self->client && tl_ftp_load_same_site (site, tl_ftp_client_get_site (self->client));
  if (same)
    g_object_set (tl_ftp_client_get_site (self->client), "name", name, NULL);
  /* Without a folder of its own it begins where a login leads to. */
  begin (self, site, NULL, !same || (!start && self->path), start);
}

void
tl_ftp_browser_disconnect (TlFtpBrowser *self)
{
  g_return_if_fail (TL_IS_FTP_BROWSER (self));

  tl_ftp_browser_stop (self);
  tl_ftp_browser_set_error (self, NULL);
  if (self->client)
    tl_ftp_client_close (self->client);
}

void
tl_ftp_browser_go (TlFtpBrowser *self,
                   GBytes       *path)
{
  g_autoptr (GBytes) whole = NULL;

  g_return_if_fail (TL_IS_FTP_BROWSER (self));
  g_return_if_fail (path);

  if (!self->client)
    return;
  whole = self->path ? tl_ftp_path_join (self->path, path) : g_bytes_ref (path);
  tl_ftp_browser_start (self, FALSE, TL_FTP_MOVE_GO, whole);
}

static void
travel (TlFtpBrowser *self,
        TlFtpMove     move)
{
  GBytes *path;

  g_return_if_fail (TL_IS_FTP_BROWSER (self));

  path = tl_ftp_history_peek (&self->history, move);
  if (self->client && path)
    tl_ftp_browser_start (self, FALSE, move, path);
}

void
tl_ftp_browser_back (TlFtpBrowser *self)
{
  travel (self, TL_FTP_MOVE_BACK);
}

void
tl_ftp_browser_forward (TlFtpBrowser *self)
{
  travel (self, TL_FTP_MOVE_FORWARD);
}

void
tl_ftp_browser_up (TlFtpBrowser *self)
{
  g_return_if_fail (TL_IS_FTP_BROWSER (self));

  if (self->client && self->path && g_bytes_get_size (self->path) > 1)
    {
      g_autoptr (GBytes) parent = tl_ftp_path_parent (self->path);

      tl_ftp_browser_start (self, FALSE, TL_FTP_MOVE_GO, parent);
    }
}

void
tl_ftp_browser_reload (TlFtpBrowser *self)
{
  g_return_if_fail (TL_IS_FTP_BROWSER (self));
  if (self->client)
    tl_ftp_browser_start (self, FALSE, TL_FTP_MOVE_STAY, self->path);
}

void
tl_ftp_browser_retry (TlFtpBrowser *self)
{
  g_return_if_fail (TL_IS_FTP_BROWSER (self));

  if (self->client && self->error)
    tl_ftp_browser_start (self, self->failed_connect, self->failed_move, self->failed_target);
}

void
tl_ftp_browser_stop (TlFtpBrowser *self)
{
  g_return_if_fail (TL_IS_FTP_BROWSER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}
