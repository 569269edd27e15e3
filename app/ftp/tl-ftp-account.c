/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may come into the shared folder. */

#include "tl-ftp-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

#define NAME_MAX_BYTES 64

struct _TlFtpAccount
{
  GObject           parent_instance;

  TlFtpAccountKind  kind;
  char             *name;
  char             *hash;
  char             *folder;
  gboolean          writable;
  gint64            expires;      /* µs since 1970; 0: never */
  gint64            runs_out;     /* the same in µs of get_running_time() */
  char             *address;      /* of a guest: the computer that it serves */
  guint             n_inside;
  gint64            left;         /* µs of get_running_time(): when the last connection ended */
  gint64            back_until;   /* µs since 1970; 0: it is here, or does not come back */
  guint             grace;        /* seconds */
  gboolean          over;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_KIND,
  PROP_WRITABLE,
  PROP_FOLDER,
  PROP_EXPIRES,
  PROP_OVER,
  PROP_ADDRESS,
  PROP_BACK_UNTIL,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpAccount, tl_ftp_account, G_TYPE_OBJECT)

/* µs since the computer was started. Nobody sets this clock, and it goes on while the computer sleeps. */
static gint64
get_running_time (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time ();
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
set_back_until (TlFtpAccount *self,
                gint64        back_until)
{
  if (self->back_until == back_until)
    return;
  self->back_until = back_until;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BACK_UNTIL]);
}

static void
tl_ftp_account_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFtpAccount *self = TL_FTP_ACCOUNT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_KIND:
      g_value_set_int (value, (int) self->kind);
      break;
    case PROP_WRITABLE:
      g_value_set_boolean (value, self->writable);
      break;
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_EXPIRES:
      g_value_set_int64 (value, self->expires);
      break;
    case PROP_OVER:
      g_value_set_boolean (value, self->over);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_BACK_UNTIL:
      g_value_set_int64 (value, self->back_until);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_account_finalize (GObject *object)
{
  TlFtpAccount *self = TL_FTP_ACCOUNT (object);

  g_free (self->name);
  g_free (self->hash);
  g_free (self->folder);
  g_free (self->address);

  G_OBJECT_CLASS (tl_ftp_account_parent_class)->finalize (object);
}

static void
tl_ftp_account_class_init (TlFtpAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_ftp_account_get_property;
  object_class->finalize = tl_ftp_account_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, TL_FTP_ACCOUNT_ANONYMOUS, TL_FTP_ACCOUNT_REGISTERED, TL_FTP_ACCOUNT_ANONYMOUS, flags);
  props[PROP_WRITABLE] = g_param_spec_boolean ("writable", NULL, NULL, FALSE, flags);
  props[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  props[PROP_EXPIRES] = g_param_spec_int64 ("expires", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_OVER] = g_param_spec_boolean ("over", NULL, NULL, FALSE, flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_BACK_UNTIL] = g_param_spec_int64 ("back-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_ftp_account_init (TlFtpAccount *self)
{
  self->grace = TL_FTP_GUEST_GRACE;
}

TlFtpAccount *
tl_ftp_account_new (TlFtpAccountKind  kind,
                    const char       *name,
                    const char       *hash,
                    const char       *folder,
                    gboolean          writable,
                    gint64            lifetime)
{
  TlFtpAccount *self;

  g_return_val_if_fail (name != NULL && folder != NULL, NULL);
  g_return_val_if_fail (kind == TL_FTP_ACCOUNT_ANONYMOUS || hash != NULL, NULL);

  self = g_object_new (TL_TYPE_FTP_ACCOUNT, NULL);
  self->kind = kind;
  self->name = g_strdup (name);
  self->hash = g_strdup (hash);
  self->folder = g_strdup (folder);
  self->writable = writable;
  self->expires = lifetime > 0 ? g_get_real_time () + lifetime * G_USEC_PER_SEC : 0;
  self->runs_out = lifetime > 0 ? get_running_time () + lifetime * G_USEC_PER_SEC : 0;
  return self;
}

TlFtpAccountKind
tl_ftp_account_get_kind (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), TL_FTP_ACCOUNT_ANONYMOUS);

  return self->kind;
}

const char *
tl_ftp_account_get_name (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), NULL);

  return self->name;
}

const char *
tl_ftp_account_get_hash (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), NULL);

  return self->hash;
}

const char *
tl_ftp_account_get_folder (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), NULL);

  return self->folder;
}

gboolean
tl_ftp_account_get_writable (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), FALSE);

  return self->writable;
}

gboolean
tl_ftp_account_has_expired (TlFtpAccount *self)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), TRUE);

  return tl_ftp_account_has_expired_at (self, g_get_real_time (), get_running_time ());
}

gboolean
tl_ftp_account_has_expired_at (TlFtpAccount *self,
                               gint64        real,
                               gint64        running)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), TRUE);

  return self->expires != 0 && (real >= self->expires || running >= self->runs_out);
}

void
tl_ftp_account_set_grace (TlFtpAccount *self,
                          guint         seconds)
{
  g_return_if_fail (TL_IS_FTP_ACCOUNT (self));

  self->grace = seconds;
}

void
tl_ftp_account_tick (TlFtpAccount *self)
{
  gboolean over;

  g_return_if_fail (TL_IS_FTP_ACCOUNT (self));

  over = self->over || tl_ftp_account_has_expired (self)
         || (self->address != NULL && self->n_inside == 0
             && get_running_time () - self->left >= (gint64) self->grace * G_USEC_PER_SEC);
  if (over == self->over)
    return;
  self->over = over;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVER]);
  set_back_until (self, 0);
}

gboolean
tl_ftp_account_admits (TlFtpAccount *self,
                       const char   *address)
{
  g_return_val_if_fail (TL_IS_FTP_ACCOUNT (self), FALSE);

  tl_ftp_account_tick (self);
  return !self->over && (self->address == NULL || g_str_equal (self->address, address));
}

void
tl_ftp_account_enter (TlFtpAccount *self,
                      const char   *address)
{
  g_return_if_fail (TL_IS_FTP_ACCOUNT (self));

  self->n_inside++;
  set_back_until (self, 0);
  if (self->kind != TL_FTP_ACCOUNT_GUEST || self->address != NULL)
    return;
  self->address = g_strdup (address);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ADDRESS]);
}

void
tl_ftp_account_leave (TlFtpAccount *self)
{
  g_return_if_fail (TL_IS_FTP_ACCOUNT (self));
  g_return_if_fail (self->n_inside > 0);

  self->n_inside--;
  self->left = get_running_time ();
  if (self->address != NULL && self->n_inside == 0 && !self->over)
    set_back_until (self, g_get_real_time () + (gint64) self->grace * G_USEC_PER_SEC);
}

GVariant *
tl_ftp_accounts_pack (GListModel *accounts)
{
  GVariantBuilder builder;

  g_return_val_if_fail (G_IS_LIST_MODEL (accounts), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sssb)"));
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TlFtpAccount) account = g_list_model_get_item (accounts, i);

      if (account->kind == TL_FTP_ACCOUNT_REGISTERED)
        g_variant_builder_add (&builder, "(sssb)", account->name, account->hash, account->folder, account->writable);
    }
  return g_variant_builder_end (&builder);
}

void
tl_ftp_accounts_unpack (GListStore *accounts,
                        GVariant   *packed)
{
  GVariantIter iter;
  const char *name, *hash, *folder;
  gboolean writable;

  g_return_if_fail (G_IS_LIST_STORE (accounts));
  g_return_if_fail (g_variant_is_of_type (packed, G_VARIANT_TYPE ("a(sssb)")));

  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "(&s&s&sb)", &name, &hash, &folder, &writable))
    if (*hash == '$' && tl_ftp_account_check_name (name) == NULL)
      {
        g_autoptr (TlFtpAccount) account = tl_ftp_account_new (TL_FTP_ACCOUNT_REGISTERED, name, hash, folder, writable, 0);

        g_list_store_append (accounts, account);
      }
}

const char *
tl_ftp_account_check_name (const char *name)
{
  if (*name == '\0')
    return _("Type a name for the account.");
  if (strlen (name) > NAME_MAX_BYTES)
    return _("This name is too long.");
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iscntrl (g_utf8_get_char (p)))
      return _("A name has no blanks in it.");
  if (g_ascii_strcasecmp (name, "anonymous") == 0 || g_ascii_strcasecmp (name, "ftp") == 0)
    return _("Anonymous visitors have this name. Choose another one.");
  return NULL;
}
