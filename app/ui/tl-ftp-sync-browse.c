/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two folders that are changed together. */

#include "tl-ftp-sync-browse.h"

#include "tl-local-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlFtpSyncBrowse
{
  GObject parent_instance;

  TlFtpBrowser *browser;
  TlLocalPane  *pane;       /* (nullable) */
  gboolean      active;
  GBytes       *remote;     /* the two that belong together (nullable) */
  GFile        *local;
  GBytes       *seen;       /* the server's folder as of last: a reload is no change (nullable) */
  GFile        *wanted;     /* is looked for: whether it is there */
  gboolean      leading;    /* it is we who change a folder */
};

enum {
  PROP_0,
  PROP_ACTIVE,
  PROP_PANE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpSyncBrowse, tl_ftp_sync_browse, G_TYPE_OBJECT)

/* (transfer full): the parts of an absolute path. */
static GPtrArray *
split (GBytes *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize length, start = 0;
  const char *bytes = g_bytes_get_data (path, &length);

  for (gsize i = 0; i <= length; i++)
    if (i == length || bytes[i] == '/')
      {
        if (i > start)
          g_ptr_array_add (parts, g_bytes_new (bytes + start, i - start));
        start = i + 1;
      }
  return parts;
}

GPtrArray *
tl_ftp_sync_browse_steps (GBytes *from,
                          GBytes *to,
                          guint  *n_up)
{
  g_autoptr (GPtrArray) old = split (from);
  g_autoptr (GPtrArray) parts = split (to);
  guint common = 0;

  while (common < MIN (old->len, parts->len) && g_bytes_equal (old->pdata[common], parts->pdata[common]))
    common++;
  *n_up = old->len - common;
  if (common > 0)
    g_ptr_array_remove_range (parts, 0, common);

  return g_steal_pointer (&parts);
}

static void
set_together (TlFtpSyncBrowse *self)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);

  g_clear_pointer (&self->remote, g_bytes_unref);
  g_clear_object (&self->local);
  if (!self->active || !path || !self->pane)
    return;
  self->remote = g_bytes_ref (path);
  self->local = g_object_ref (tl_local_pane_get_folder (self->pane));
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpSyncBrowse) self = user_data;
  GFile *folder = G_FILE (source);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (folder, result, NULL);

  /* Another is looked for since, or nobody wants it any more. */
  if (!self->active || !self->pane || self->wanted != folder)
    return;
  g_clear_object (&self->wanted);
  if (info && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      self->leading = TRUE;
      tl_local_pane_set_folder (self->pane, folder);
      self->leading = FALSE;
      set_together (self);
    }
  else
    {
      g_autofree char *name = g_file_get_parse_name (folder);
      g_autofree char *text = g_strdup_printf (_("There is no folder “%s” on this computer: its files stay where they are."), name);

      g_signal_emit_by_name (self, "missing", text);
    }
}

/* @name: of a folder of the server, raw */
static GFile *
dup_child (TlFtpSyncBrowse *self,
           GFile           *folder,
           GBytes          *name)
{
  TlCharset guess;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (name, &length);
  g_autofree char *local = NULL;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  local = tl_ftp_name_to_local (bytes, length, tl_ftp_browser_get_charset (self->browser), guess);
  return g_file_get_child (folder, local);
}

/* The server's folder is another one. */
static void
loaded_cb (TlFtpSyncBrowse *self)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  g_autoptr (GPtrArray) down = NULL;
  g_autoptr (GFile) folder = NULL;
  guint n_up;

  if (self->seen && path && g_bytes_equal (self->seen, path))
    return;
  g_clear_pointer (&self->seen, g_bytes_unref);
  self->seen = path ? g_bytes_ref (path) : NULL;
  if (!self->active || !self->pane || !path)
    return;
  if (!self->remote)
    {
      set_together (self);
      return;
    }
  down = tl_ftp_sync_browse_steps (self->remote, path, &n_up);
  folder = g_object_ref (self->local);
  for (; folder && n_up > 0; n_up--)
    {
      g_autoptr (GFile) child = g_steal_pointer (&folder);

      folder = g_file_get_parent (child);
    }
  for (guint i = 0; folder && i < down->len; i++)
    {
      g_autoptr (GFile) parent = g_steal_pointer (&folder);

      folder = dup_child (self, parent, down->pdata[i]);
    }
  if (!folder)
    {
      g_signal_emit_by_name (self, "missing", _("There is no folder above this one on this computer."));
      return;
    }
  if (g_file_equal (folder, tl_local_pane_get_folder (self->pane)))
    {
      set_together (self);
      return;
    }
  g_set_object (&self->wanted, folder);
  g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, queried_cb,
                           g_object_ref (self));
}

/* (transfer full) (nullable): the raw name of the folder of the server that is shown, if it has one of this name. */
static GBytes *
find_remote (TlFtpSyncBrowse *self,
             const char      *name)
{
  TlFtpListing *listing = tl_ftp_directory_get_listing (tl_ftp_browser_get_directory (self->browser));
  guint n = listing ? tl_ftp_listing_get_n_entries (listing) : 0;
  TlFtpCharset charset = tl_ftp_browser_get_charset (self->browser);
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  for (guint i = 0; i < n; i++)
    {
      TlFtpListingItem item;
      g_autofree char *local = NULL;

      tl_ftp_listing_get_entry (listing, i, &item);
      if ((item.kind != TL_FTP_ENTRY_DIRECTORY && item.kind != TL_FTP_ENTRY_LINK) || item.unsafe)
        continue;
      local = tl_ftp_name_to_local (item.name, item.name_length, charset, guess);
      if (strcmp (local, name) == 0)
        return g_bytes_new (item.name, item.name_length);
    }
  return NULL;
}

/* The raw path of the folder of the server that belongs to @folder, by steps from those that belong together. (nullable) */
static GBytes *
dup_remote (TlFtpSyncBrowse *self,
            GFile           *folder)
{
  g_autofree char *old = g_file_get_path (self->local);
  g_autofree char *now = g_file_get_path (folder);
  g_autoptr (GBytes) from = old ? g_bytes_new (old, strlen (old)) : NULL;
  g_autoptr (GBytes) to = now ? g_bytes_new (now, strlen (now)) : NULL;
  g_autoptr (GPtrArray) down = NULL;
  g_autoptr (GBytes) path = NULL;
  guint n_up;

  if (!from || !to)
    return NULL;
  down = tl_ftp_sync_browse_steps (from, to, &n_up);
  path = g_bytes_ref (self->remote);
  for (guint i = 0; i < n_up; i++)
    {
      g_autoptr (GBytes) child = g_steal_pointer (&path);

      if (g_bytes_get_size (child) <= 1)
        return NULL;
      path = tl_ftp_path_parent (child);
    }
  for (guint i = 0; i < down->len; i++)
    {
      g_autoptr (GBytes) parent = g_steal_pointer (&path);
      g_autofree char *name = g_strndup (g_bytes_get_data (down->pdata[i], NULL), g_bytes_get_size (down->pdata[i]));
      g_autofree char *text = g_filename_display_name (name);
      g_autoptr (GBytes) raw = NULL;

      /* Of the folder that is listed it is known what is in it. */
      if (g_bytes_equal (parent, tl_ftp_browser_get_path (self->browser)))
        raw = find_remote (self, name);
      else
        raw = tl_ftp_name_encode (text, tl_ftp_browser_get_charset (self->browser), NULL);
      if (!raw)
        return NULL;
      path = tl_ftp_path_join (parent, raw);
    }
  return g_steal_pointer (&path);
}

/* This machine's folder is another one. */
static void
folder_cb (TlFtpSyncBrowse *self)
{
  GFile *folder = self->pane ? tl_local_pane_get_folder (self->pane) : NULL;
  g_autoptr (GBytes) path = NULL;

  if (!self->active || self->leading || !folder || !self->remote || !tl_ftp_browser_get_path (self->browser))
    return;
  g_clear_object (&self->wanted);
  path = dup_remote (self, folder);
  if (!path)
    {
      g_autofree char *name = g_file_get_basename (folder);
      g_autofree char *shown = tl_local_name_display (name);
      g_autofree char *text = g_strdup_printf (_("There is no folder for “%s” on the server: its files stay where they are."), shown);

      g_signal_emit_by_name (self, "missing", text);
    }
  else if (g_bytes_equal (path, tl_ftp_browser_get_path (self->browser)))
    set_together (self);
  else
    /* It is told above the files when it cannot be entered. */
    tl_ftp_browser_go (self->browser, path);
}

/* Another server. */
static void
client_cb (TlFtpSyncBrowse *self)
{
  g_clear_object (&self->wanted);
  g_clear_pointer (&self->seen, g_bytes_unref);
  g_clear_pointer (&self->remote, g_bytes_unref);
  g_clear_object (&self->local);
}

static void
tl_ftp_sync_browse_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TlFtpSyncBrowse *self = TL_FTP_SYNC_BROWSE (object);

  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_PANE:
      g_value_set_object (value, self->pane);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_sync_browse_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  TlFtpSyncBrowse *self = TL_FTP_SYNC_BROWSE (object);

  switch (id)
    {
    case PROP_ACTIVE:
      if (self->active == g_value_get_boolean (value))
        return;
      self->active = g_value_get_boolean (value);
      g_clear_object (&self->wanted);
      set_together (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PANE:
      if (self->pane == g_value_get_object (value))
        return;
      if (self->pane)
        g_signal_handlers_disconnect_by_data (self->pane, self);
      g_set_object (&self->pane, g_value_get_object (value));
      if (self->pane)
        g_signal_connect_swapped (self->pane, "notify::folder", G_CALLBACK (folder_cb), self);
      set_together (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_sync_browse_dispose (GObject *object)
{
  TlFtpSyncBrowse *self = TL_FTP_SYNC_BROWSE (object);

  self->active = FALSE;
  if (self->pane)
    g_signal_handlers_disconnect_by_data (self->pane, self);
  if (self->browser)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->pane);
  g_clear_object (&self->browser);
  g_clear_object (&self->local);
  g_clear_object (&self->wanted);
  g_clear_pointer (&self->remote, g_bytes_unref);
  g_clear_pointer (&self->seen, g_bytes_unref);

  G_OBJECT_CLASS (tl_ftp_sync_browse_parent_class)->dispose (object);
}

static void
tl_ftp_sync_browse_class_init (TlFtpSyncBrowseClass *klass)
{
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_sync_browse_get_property;
  object_class->set_property = tl_ftp_sync_browse_set_property;
  object_class->dispose = tl_ftp_sync_browse_dispose;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, both);
  properties[PROP_PANE] = g_param_spec_object ("pane", NULL, NULL, TL_TYPE_LOCAL_PANE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_signal_new ("missing", TL_TYPE_FTP_SYNC_BROWSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_sync_browse_init (TlFtpSyncBrowse *self)
{
  /* Zeroed already. */
}

TlFtpSyncBrowse *
tl_ftp_sync_browse_new (TlFtpBrowser *browser)
{
  TlFtpSyncBrowse *self = g_object_new (TL_TYPE_FTP_SYNC_BROWSE, NULL);

  self->browser = g_object_ref (browser);
  g_signal_connect_swapped (browser, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (browser, "notify::client", G_CALLBACK (client_cb), self);

  return self;
}
