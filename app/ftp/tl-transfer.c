/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file or folder that moves between this machine and a server: what is known of it. */

#include "tl-local-name.h"
#include "tl-set-string.h"
#include "tl-transfer-private.h"

G_DEFINE_ENUM_TYPE (TlTransferState, tl_transfer_state,
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_ASKING, "asking"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_SKIPPED, "skipped"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TL_TRANSFER_PAUSED, "paused"))

enum {
  PROP_SITE = 1,
  PROP_UPLOAD,
  PROP_FOLDER,
  PROP_REMOTE,
  PROP_LOCAL,
  PROP_NAME,
  PROP_STATE,
  PROP_ERROR,
  PROP_SIZE,
  PROP_MOVED,
  PROP_FRACTION,
  PROP_SPEED,
  PROP_REMAINING,
  PROP_NOTE,
  PROP_N_FILES,
  PROP_N_ENDED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTransfer, tl_transfer, G_TYPE_OBJECT)

static void
notify_progress (TlTransfer *self)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, props[PROP_MOVED]);
  g_object_notify_by_pspec (object, props[PROP_FRACTION]);
  g_object_notify_by_pspec (object, props[PROP_SPEED]);
  g_object_notify_by_pspec (object, props[PROP_REMAINING]);
  if (self->folder)
    {
      g_object_notify_by_pspec (object, props[PROP_N_FILES]);
      g_object_notify_by_pspec (object, props[PROP_N_ENDED]);
    }
  g_object_thaw_notify (object);
}

static void
tl_transfer_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlTransfer *self = TL_TRANSFER (object);

  switch (id)
    {
    case PROP_SITE:
      g_value_set_object (value, self->site);
      break;
    case PROP_UPLOAD:
      g_value_set_boolean (value, self->upload);
      break;
    case PROP_FOLDER:
      g_value_set_boolean (value, self->folder);
      break;
    case PROP_REMOTE:
      g_value_set_boxed (value, self->remote);
      break;
    case PROP_LOCAL:
      g_value_set_object (value, tl_transfer_get_local (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, tl_transfer_get_size (self));
      break;
    case PROP_MOVED:
      g_value_set_uint64 (value, self->moved);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, tl_transfer_get_fraction (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, tl_transfer_get_speed (self));
      break;
    case PROP_REMAINING:
      g_value_set_int64 (value, tl_transfer_get_remaining (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_N_FILES:
      g_value_set_uint (value, self->n_files + self->rest_files);
      break;
    case PROP_N_ENDED:
      g_value_set_uint (value, self->n_ended);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_finalize (GObject *object)
{
  TlTransfer *self = TL_TRANSFER (object);

  g_clear_object (&self->site);
  g_bytes_unref (self->remote);
  g_free (self->root);
  g_free (self->path);
  g_free (self->part);
  g_free (self->error);
  g_free (self->note);
  g_free (self->name);
  g_clear_object (&self->local);
  g_clear_object (&self->top);
  g_clear_object (&self->parent);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rate, tl_ftp_rate_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  G_OBJECT_CLASS (tl_transfer_parent_class)->finalize (object);
}

static void
tl_transfer_class_init (TlTransferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_transfer_get_property;
  object_class->finalize = tl_transfer_finalize;

  props[PROP_SITE] = g_param_spec_object ("site", NULL, NULL, TL_TYPE_FTP_SITE, flags);
  props[PROP_UPLOAD] = g_param_spec_boolean ("upload", NULL, NULL, FALSE, flags);
  props[PROP_FOLDER] = g_param_spec_boolean ("folder", NULL, NULL, FALSE, flags);
  props[PROP_REMOTE] = g_param_spec_boxed ("remote", NULL, NULL, G_TYPE_BYTES, flags);
  props[PROP_LOCAL] = g_param_spec_object ("local", NULL, NULL, G_TYPE_FILE, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_TRANSFER_STATE, TL_TRANSFER_WAITING, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  props[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_MOVED] = g_param_spec_uint64 ("moved", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  props[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  props[PROP_REMAINING] = g_param_spec_int64 ("remaining", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  props[PROP_N_FILES] = g_param_spec_uint ("n-files", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_ENDED] = g_param_spec_uint ("n-ended", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_transfer_init (TlTransfer *self)
{
  self->size = -1;
  self->time = -1;
  self->asked_size = -1;
  self->asked_time = -1;
  self->part_size = -1;
  self->part_time = -1;
}

TlTransfer *
tl_transfer_new_plain (TlFtpSite  *site,
                       gboolean    upload,
                       gboolean    folder,
                       GBytes     *remote,
                       const char *root,
                       const char *path)
{
  TlTransfer *self = g_object_new (TL_TYPE_TRANSFER, NULL);

  g_set_object (&self->site, site);
  self->upload = upload;
  self->folder = folder;
  self->remote = g_bytes_ref (remote);
  self->root = g_strdup (root);
  self->path = g_strdup (path);
  return self;
}

TlTransfer *
tl_transfer_new (TlFtpSite  *site,
                 gboolean    upload,
                 gboolean    folder,
                 GBytes     *remote,
                 const char *root,
                 const char *path)
{
  TlTransfer *self = tl_transfer_new_plain (site, upload, folder, remote, root, path);
  g_autofree char *base = g_path_get_basename (path);

  self->name = tl_local_name_display (base);
  return self;
}

void
tl_transfer_set_state (TlTransfer      *self,
                       TlTransferState  state,
                       const char      *error,
                       const char      *note)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (tl_set_string (&self->error, error))
    g_object_notify_by_pspec (object, props[PROP_ERROR]);
  if (tl_set_string (&self->note, note))
    g_object_notify_by_pspec (object, props[PROP_NOTE]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (object, props[PROP_STATE]);
      if (state != TL_TRANSFER_RUNNING)
        self->speed = (TlTransferSpeed) { 0 };
      notify_progress (self);
    }
  g_object_thaw_notify (object);
}

void
tl_transfer_set_size (TlTransfer *self,
                      gint64      size)
{
  if (self->size == size)
    return;

  self->size = size;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

void
tl_transfer_set_local_name (TlTransfer *self,
                            const char *name)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_free (self->path);
  self->path = g_str_equal (folder, ".") ? g_strdup (name) : g_build_filename (folder, name, NULL);
  g_free (self->name);
  self->name = tl_local_name_display (name);
  g_clear_object (&self->local);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCAL]);
}

void
tl_transfer_set_folder (TlTransfer *self)
{
  self->folder = TRUE;
  self->size = -1;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDER]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE]);
}

void
tl_transfer_set_priority (TlTransfer *self,
                          int         priority)
{
  self->priority = priority;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

int
tl_transfer_get_priority (TlTransfer *self)
{
  return self->priority;
}

guint
tl_transfer_get_limit (TlTransfer *self)
{
  return self->limit;
}

gboolean
tl_transfer_is_within (TlTransfer *self,
                       TlTransfer *folder)
{
  for (TlTransfer *at = self; at != NULL; at = at->parent)
    if (at == folder)
      return TRUE;
  return FALSE;
}

void
tl_transfer_tick (TlTransfer *self,
                  gint64      now)
{
  tl_transfer_speed_add (&self->speed, now, self->moved);
  notify_progress (self);
}

gboolean
tl_transfer_is_upload (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), FALSE);

  return self->upload;
}

gboolean
tl_transfer_is_folder (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), FALSE);

  return self->folder;
}

TlTransferState
tl_transfer_get_state (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), TL_TRANSFER_FAILED);

  return self->state;
}

gboolean
tl_transfer_is_active (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), FALSE);

  return self->state == TL_TRANSFER_WAITING || self->state == TL_TRANSFER_RUNNING || self->state == TL_TRANSFER_ASKING;
}

gboolean
tl_transfer_is_over (TlTransfer *self)
{
  return !tl_transfer_is_active (self) && self->state != TL_TRANSFER_PAUSED;
}

TlFtpSite *
tl_transfer_get_site (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  return self->site;
}

GBytes *
tl_transfer_get_remote (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  return self->remote;
}

GFile *
tl_transfer_get_local (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  /* Made when somebody asks: most of ten thousand are never looked at. */
  if (self->local == NULL)
    {
      g_autofree char *path = g_build_filename (self->root, self->path, NULL);

      self->local = g_file_new_for_path (path);
    }
  return self->local;
}

const char *
tl_transfer_get_name (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  return self->name;
}

gint64
tl_transfer_get_size (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), -1);

  return self->rest_size > 0 ? MAX (self->size, 0) + self->rest_size : self->size;
}

guint64
tl_transfer_get_moved (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), 0);

  return self->moved;
}

const char *
tl_transfer_get_error (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  return self->error;
}

const char *
tl_transfer_get_note (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), NULL);

  return self->note;
}

double
tl_transfer_get_speed (TlTransfer *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER (self), 0);

  return tl_transfer_speed_get (&self->speed);
}

gboolean
tl_transfer_is_known (TlTransfer *self)
{
  if (self->folder)
    return self->rest_folders == 0 && self->n_folders <= self->n_open && (self->state != TL_TRANSFER_WAITING || self->walked);
  return self->size >= 0;
}

double
tl_transfer_get_fraction (TlTransfer *self)
{
  gint64 size;
  guint n_files;

  g_return_val_if_fail (TL_IS_TRANSFER (self), -1);

  if (self->state == TL_TRANSFER_DONE)
    return 1;
  if (!tl_transfer_is_known (self))
    return -1;
  size = tl_transfer_get_size (self);
  n_files = self->n_files + self->rest_files;
  /* A folder of empty files. */
  if (self->folder && size <= 0)
    return n_files > 0 ? (double) self->n_ended / n_files : -1;
  return size > 0 ? MIN (1.0, (double) self->moved / (double) size) : 0;
}

gint64
tl_transfer_get_remaining (TlTransfer *self)
{
  gint64 size;

  g_return_val_if_fail (TL_IS_TRANSFER (self), -1);

  size = tl_transfer_get_size (self);
  if (size < 0 || !tl_transfer_is_known (self))
    return -1;
  return tl_transfer_speed_get_remaining (&self->speed, self->moved < (guint64) size ? (guint64) size - self->moved : 0);
}
