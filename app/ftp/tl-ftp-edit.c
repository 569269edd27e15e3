/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A remote file that is edited in a copy. */

#include "tl-ftp-edit-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlFtpEditState, tl_ftp_edit_state,
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_FETCHING, "fetching"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_CHANGED, "changed"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_CONFLICT, "conflict"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_EDIT_ENDED, "ended"))

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_NOTE,
  PROP_FRACTION,
  PROP_REMOTE,
  PROP_ALWAYS,
  N_PROPS,
};

enum {
  OPENED,
  CHANGED,
  CONFLICT,
  SENT,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpEdit, tl_ftp_edit, G_TYPE_OBJECT)

void
tl_ftp_edit_set_state (TlFtpEdit      *self,
                       TlFtpEditState  state,
                       const char     *error)
{
  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
    }
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_note (TlFtpEdit *self,
          gboolean   size_matches,
          gboolean   unchecked)
{
  g_autoptr (GString) note = g_string_new (size_matches ? _("226 received · size matches") : _("226 received"));

  if (unchecked)
    g_string_append_printf (note, " · %s", _("the server does not tell whether its file had changed"));
  g_free (self->note);
  self->note = g_strdup (note->str);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

static void
set_fraction (TlFtpEdit *self,
              double     fraction)
{
  /* As fine as a bar can show it. */
  if (ABS (self->fraction - fraction) < 0.005)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void
progress_cb (guint64  moved,
             gpointer user_data)
{
  TlFtpEdit *self = user_data;

  set_fraction (self, self->total > 0 ? MIN ((double) moved / (double) self->total, 1) : -1);
}

/* A connection for what is done now; browsing goes on beside it. */
static TlFtpClient *
take_connection (TlFtpEdit *self)
{
  g_clear_object (&self->own);
  self->replaced = FALSE;
  if (self->alone)
    return self->client;
  self->own = tl_ftp_client_new_sibling (self->client);
  return self->own;
}

/* True when the same is to be done over the only connection that the server lets in; or beside another one than before, of which that is not known. */
static gboolean
give_back (TlFtpEdit    *self,
           const GError *error)
{
  if (self->own != NULL)
    tl_ftp_client_close (self->own);
  set_fraction (self, -1);
  if ((self->own == NULL && !self->replaced) || !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY))
    {
      g_clear_object (&self->own);
      return FALSE;
    }
  g_clear_object (&self->own);
  self->alone |= !self->replaced;
  return self->state != TL_FTP_EDIT_ENDED;
}

void
tl_ftp_edit_set_place (TlFtpEdit      *self,
                       TlFtpEditPlace *place)
{
  if (self->place != place)
    {
      g_clear_pointer (&self->place, tl_ftp_edit_place_unref);
      self->place = tl_ftp_edit_place_ref (place);
    }
  g_clear_object (&self->folder);
  g_clear_object (&self->copy);
  self->folder = tl_ftp_edit_place_dup_folder (place);
  self->copy = g_file_get_child (self->folder, self->about->name);
}

static void
set_about (TlFtpEdit            *self,
           const TlFtpEditAbout *about)
{
  gboolean moved = !g_bytes_equal (self->about->remote, about->remote);

  tl_ftp_edit_about_free (self->about);
  self->about = tl_ftp_edit_about_copy (about);
  g_clear_pointer (&self->asked_hash, g_free);
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMOTE]);
}

static void
take_fetched (TlFtpEdit              *self,
              const TlFtpEditFetched *fetched)
{
  gboolean first = self->copy == NULL;

  set_about (self, fetched->about);
  tl_ftp_edit_set_place (self, fetched->place);
  set_note (self, fetched->size_matches, FALSE);
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_OPEN, NULL);
  tl_ftp_edit_watch (self);
  if (first)
    g_signal_emit (self, signals[OPENED], 0);
  else
    tl_ftp_edit_look_soon (self);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpEdit) self = user_data;
  g_autoptr (GError) error = NULL;
  TlFtpEditFetched *fetched = tl_ftp_edit_fetch_finish (result, &error);

  if (give_back (self, error))
    tl_ftp_edit_fetch (self);
  else if (self->state == TL_FTP_EDIT_ENDED)
    ;
  else if (fetched != NULL)
    take_fetched (self, fetched);
  else
    /* Of a reload the copy stays as it was. */
    tl_ftp_edit_set_state (self, self->copy != NULL ? TL_FTP_EDIT_CHANGED : TL_FTP_EDIT_FAILED, error->message);
  g_clear_pointer (&fetched, tl_ftp_edit_fetched_free);
}

void
tl_ftp_edit_fetch (TlFtpEdit *self)
{
  self->total = self->about->mark.size;
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_FETCHING, NULL);
  tl_ftp_edit_fetch_async (take_connection (self), self->about, self->place, progress_cb, self, self->cancellable, fetched_cb, g_object_ref (self));
}

static void
take_stored (TlFtpEdit             *self,
             const TlFtpEditStored *stored)
{
  set_about (self, stored->about);
  set_note (self, stored->size_matches, stored->unchecked);
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_OPEN, NULL);
  g_signal_emit (self, signals[SENT], 0);
  tl_ftp_edit_look_soon (self);
}

static void
fail_sending (TlFtpEdit             *self,
              const TlFtpEditStored *stored,
              const GError          *error)
{
  g_autofree char *text = g_strdup_printf (_("%s What you saved is kept in %s"), error->message, g_file_peek_path (self->copy));

  self->about->cut_off = stored->about->cut_off;
  /* The next save asks again, be it the same. */
  g_clear_pointer (&self->asked_hash, g_free);
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_CHANGED, text);
  if (self->again)
    tl_ftp_edit_look_soon (self);
}

static void
tell_conflict (TlFtpEdit             *self,
               const TlFtpEditStored *stored)
{
  self->conflict = (TlFtpEditConflict) {
    .known_size = self->about->mark.size,
    .known_time = self->about->mark.time,
    .size = stored->mark.size,
    .time = stored->mark.time,
    .missing = !stored->exists,
    .cut_off = self->about->cut_off,
  };
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_CONFLICT, NULL);
  g_signal_emit (self, signals[CONFLICT], 0);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlFtpEdit) self = user_data;
  g_autoptr (GError) error = NULL;
  const TlFtpEditStored *stored;

  tl_ftp_edit_store_finish (result, &stored, &error);
  if (give_back (self, error))
    tl_ftp_edit_store (self);
  else if (self->state == TL_FTP_EDIT_ENDED)
    return;
  else if (error != NULL)
    fail_sending (self, stored, error);
  else if (stored->outcome == TL_FTP_EDIT_DIFFERS)
    tell_conflict (self, stored);
  else if (stored->outcome == TL_FTP_EDIT_SAME)
    {
      g_clear_pointer (&self->asked_hash, g_free);
      tl_ftp_edit_set_state (self, TL_FTP_EDIT_OPEN, NULL);
      tl_ftp_edit_look_soon (self);
    }
  else
    take_stored (self, stored);
}

void
tl_ftp_edit_store (TlFtpEdit *self)
{
  /* Yes was said to what was shown: a third one is asked about again. */
  TlFtpEditMark shown = { self->conflict.size, self->conflict.time };
  gboolean whatever = self->how == TL_FTP_EDIT_KEEP_BOTH || (self->how == TL_FTP_EDIT_OVERWRITE && self->conflict.missing);

  self->total = -1;
  self->again = FALSE;
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_SENDING, NULL);
  tl_ftp_edit_store_async (take_connection (self), self->about, self->place, self->how,
                           whatever ? NULL : self->how == TL_FTP_EDIT_OVERWRITE ? &shown : &self->about->mark,
                           progress_cb, self, self->cancellable, stored_cb, g_object_ref (self));
}

static void
tl_ftp_edit_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlFtpEdit *self = TL_FTP_EDIT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_REMOTE:
      g_value_set_boxed (value, self->about->remote);
      break;
    case PROP_ALWAYS:
      g_value_set_boolean (value, self->always);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_edit_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlFtpEdit *self = TL_FTP_EDIT (object);

  switch (prop_id)
    {
    case PROP_ALWAYS:
      if (self->always == g_value_get_boolean (value))
        break;
      self->always = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ftp_edit_dispose (GObject *object)
{
  TlFtpEdit *self = TL_FTP_EDIT (object);

  tl_ftp_edit_leave (self);

  G_OBJECT_CLASS (tl_ftp_edit_parent_class)->dispose (object);
}

static void
tl_ftp_edit_finalize (GObject *object)
{
  TlFtpEdit *self = TL_FTP_EDIT (object);

  g_clear_object (&self->own);
  g_clear_object (&self->client);
  g_clear_object (&self->folder);
  g_clear_object (&self->copy);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->about, tl_ftp_edit_about_free);
  g_clear_pointer (&self->place, tl_ftp_edit_place_unref);
  g_free (self->error);
  g_free (self->note);
  g_free (self->asked_hash);

  G_OBJECT_CLASS (tl_ftp_edit_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, TL_TYPE_FTP_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_edit_class_init (TlFtpEditClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_edit_get_property;
  object_class->set_property = tl_ftp_edit_set_property;
  object_class->dispose = tl_ftp_edit_dispose;
  object_class->finalize = tl_ftp_edit_finalize;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TL_TYPE_FTP_EDIT_STATE, TL_FTP_EDIT_FETCHING, readable);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, readable);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, readable);
  props[PROP_REMOTE] = g_param_spec_boxed ("remote", NULL, NULL, G_TYPE_BYTES, readable);
  props[PROP_ALWAYS] = g_param_spec_boolean ("always", NULL, NULL, FALSE, readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[OPENED] = add_signal ("opened");
  signals[CHANGED] = add_signal ("changed");
  signals[CONFLICT] = add_signal ("conflict");
  signals[SENT] = add_signal ("sent");
}

static void
tl_ftp_edit_init (TlFtpEdit *self)
{
  self->cancellable = g_cancellable_new ();
  self->fraction = self->total = -1;
}

static TlFtpEdit *
new_of (TlFtpClient    *client,
        TlFtpEditAbout *about)
{
  TlFtpEdit *self = g_object_new (TL_TYPE_FTP_EDIT, NULL);

  self->client = g_object_ref (client);
  self->about = about;
  return self;
}

TlFtpEdit *
tl_ftp_edit_new (TlFtpClient *client,
                 GBytes      *remote,
                 const char  *name)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (client), NULL);
  g_return_val_if_fail (remote != NULL && name != NULL, NULL);

  return new_of (client, tl_ftp_edit_about_new (tl_ftp_client_get_site (client), remote, name));
}

TlFtpEdit *
tl_ftp_edit_new_left (TlFtpClient         *client,
                      const TlFtpEditLeft *left)
{
  TlFtpEdit *self = new_of (client, tl_ftp_edit_about_copy (left->about));
  g_autoptr (GDateTime) saved = g_date_time_new_from_unix_local (left->saved);
  g_autofree char *when = saved != NULL ? g_date_time_format (saved, "%Y-%m-%d %H:%M") : g_strdup ("?");
  g_autofree char *text = g_strdup_printf (_("Left from an earlier time: saved on %s, and not uploaded."), when);

  /* Nobody else uses this connection. */
  self->alone = self->lonely = TRUE;
  self->asked_hash = g_strdup (left->hash);
  tl_ftp_edit_set_place (self, left->place);
  tl_ftp_edit_set_state (self, TL_FTP_EDIT_CHANGED, text);
  tl_ftp_edit_watch (self);
  return self;
}
