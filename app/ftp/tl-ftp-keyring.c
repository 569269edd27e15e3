/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers a connection's questions from what was answered before. */

#include "tl-ftp-keyring.h"

#include "tl-secrets.h"
#include "tl-tls.h"

/* What was typed for an account, until the server has taken it. */
typedef struct {
  char     *user;
  char     *password;
  gboolean  keep;
} Typed;

struct _TlFtpKeyring
{
  GObject      parent_instance;

  TlFtpSites  *sites;
  TlFtpAsker  *next;
  GHashTable  *typed;    /* "port host" → Typed */
};

enum {
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void tl_ftp_keyring_asker_init (TlFtpAskerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpKeyring, tl_ftp_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_FTP_ASKER, tl_ftp_keyring_asker_init))

typedef enum {
  BEGIN,
  LOOKED_UP,
  ASK_NEXT,
  ANSWERED,
} Step;

typedef struct {
  Step           step;
  TlFtpQuestion *question;
} Ask;

static void
typed_free (Typed *typed)
{
  g_free (typed->user);
  tl_secrets_free (typed->password);
  g_free (typed);
}

static char *
dup_key (TlFtpSite *site)
{
  g_autofree char *host = g_ascii_strdown (tl_ftp_site_get_host (site), -1);

  return g_strdup_printf ("%u %s", tl_ftp_site_get_port (site), host);
}

static gboolean
get_keep (TlFtpSite *site)
{
  gboolean keep;

  g_object_get (site, "keep-password", &keep, NULL);
  return keep;
}

static gboolean
is_registered (TlFtpSite *site)
{
  TlFtpAccountKind kind;

  g_object_get (site, "account-kind", &kind, NULL);
  return kind == TL_FTP_ACCOUNT_REGISTERED;
}

/* A password that the server has just refused is not offered again. */
static gboolean
may_be_kept (TlFtpQuestion *question)
{
  return question->kind == TL_FTP_ASK_PASSWORD && !question->text && is_registered (question->site) && get_keep (question->site) &&
         *tl_ftp_site_get_user (question->site);
}

/* Whether the certificate is the one that is always trusted here; if another is, the question says which. */
static gboolean
check_trusted (TlFtpKeyring  *self,
               TlFtpQuestion *question)
{
  g_autofree char *fingerprint = NULL;
  const char *trusted;

  if (question->kind != TL_FTP_ASK_CERTIFICATE || !question->certificate || !self->sites)
    return FALSE;

  trusted = tl_ftp_sites_get_trusted (self->sites, tl_ftp_site_get_host (question->site), tl_ftp_site_get_port (question->site));
  if (!trusted)
    return FALSE;
  fingerprint = tl_tls_fingerprint (question->certificate);
  if (g_strcmp0 (trusted, fingerprint) == 0)
    return TRUE;

  g_free (question->known_fingerprint);
  question->known_fingerprint = g_strdup (trusted);
  return FALSE;
}

static void
take_answer (TlFtpKeyring  *self,
             TlFtpQuestion *question)
{
  if (question->kind == TL_FTP_ASK_CERTIFICATE && question->answered && question->keep && question->certificate && self->sites)
    {
      g_autofree char *fingerprint = tl_tls_fingerprint (question->certificate);

      tl_ftp_sites_set_trusted (self->sites, tl_ftp_site_get_host (question->site), tl_ftp_site_get_port (question->site), fingerprint);
    }
  else if (question->kind == TL_FTP_ASK_PASSWORD && question->answered && question->password && is_registered (question->site))
    {
      Typed *typed = g_new0 (Typed, 1);

      typed->user = g_strdup (question->user ? question->user : tl_ftp_site_get_user (question->site));
      typed->password = g_strdup (question->password);
      typed->keep = question->keep;
      g_hash_table_insert (self->typed, dup_key (question->site), typed);
    }
}

/* Takes the password from the store's answer; false when there is none and the user is to be asked. */
static gboolean
take_kept (TlFtpQuestion *question,
           GAsyncResult  *result,
           GError       **error)
{
  char *password = tl_secrets_lookup_finish (result, error);

  if (!password)
    return FALSE;

  g_free (question->user);
  question->user = g_strdup (tl_ftp_site_get_user (question->site));
  g_free (question->password);
  question->password = g_strdup (password);
  question->keep = TRUE;
  question->answered = TRUE;
  tl_secrets_free (password);

  return TRUE;
}

static void step (GTask *task, GAsyncResult *result);

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  step (user_data, result);
}

/* Goes on with what the last step was waiting for; owns @task from call to call. */
static void
step (GTask        *task,
      GAsyncResult *result)
{
  TlFtpKeyring *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Ask *ask = g_task_get_task_data (task);
  TlFtpQuestion *question = ask->question;
  GError *error = NULL;

  switch (ask->step)
    {
    case BEGIN:
      if (may_be_kept (question))
        {
          ask->step = LOOKED_UP;
          tl_secrets_lookup_async (tl_ftp_site_get_host (question->site), tl_ftp_site_get_port (question->site),
                                   tl_ftp_site_get_user (question->site), cancellable, step_cb, task);
          return;
        }
      question->answered = check_trusted (self, question);
      if (question->answered)
        break;
      ask->step = ASK_NEXT;
      step (task, NULL);
      return;

    case LOOKED_UP:
      if (take_kept (question, result, &error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        break;
      /* Without a store, or without the password in it, the user has it. */
      g_clear_error (&error);
      ask->step = ASK_NEXT;
      step (task, NULL);
      return;

    case ASK_NEXT:
      if (!self->next)
        break;
      if (question->kind == TL_FTP_ASK_PASSWORD)
        question->keep = is_registered (question->site) && get_keep (question->site);
      ask->step = ANSWERED;
      tl_ftp_asker_ask_async (self->next, question, cancellable, step_cb, task);
      return;

    case ANSWERED:
      if (tl_ftp_asker_ask_finish (self->next, result, &error))
        take_answer (self, question);
      break;

    default:
      g_assert_not_reached ();
    }

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
tl_ftp_keyring_ask_async (TlFtpAsker          *asker,
                          TlFtpQuestion       *question,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (asker, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, tl_ftp_keyring_ask_async);
  ask->question = question;
  g_task_set_task_data (task, ask, g_free);
  step (task, NULL);
}

static gboolean
tl_ftp_keyring_ask_finish (TlFtpAsker    *asker,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, asker), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
tl_ftp_keyring_dup_trusted (TlFtpAsker *asker,
                            TlFtpSite  *site)
{
  TlFtpKeyring *self = TL_FTP_KEYRING (asker);

  return self->sites ? g_strdup (tl_ftp_sites_get_trusted (self->sites, tl_ftp_site_get_host (site), tl_ftp_site_get_port (site))) : NULL;
}

static void
tl_ftp_keyring_asker_init (TlFtpAskerInterface *iface)
{
  iface->ask_async = tl_ftp_keyring_ask_async;
  iface->ask_finish = tl_ftp_keyring_ask_finish;
  iface->dup_trusted = tl_ftp_keyring_dup_trusted;
}

static void
tl_ftp_keyring_finalize (GObject *object)
{
  TlFtpKeyring *self = TL_FTP_KEYRING (object);

  g_clear_object (&self->sites);
  g_clear_object (&self->next);
  g_hash_table_unref (self->typed);

  G_OBJECT_CLASS (tl_ftp_keyring_parent_class)->finalize (object);
}

static void
tl_ftp_keyring_class_init (TlFtpKeyringClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_ftp_keyring_finalize;

  signals[FAILED] = g_signal_new ("failed", TL_TYPE_FTP_KEYRING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_keyring_init (TlFtpKeyring *self)
{
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) typed_free);
}

TlFtpKeyring *
tl_ftp_keyring_new (TlFtpSites *sites,
                    TlFtpAsker *next)
{
  TlFtpKeyring *self;

  g_return_val_if_fail (!sites || TL_IS_FTP_SITES (sites), NULL);
  g_return_val_if_fail (!next || TL_IS_FTP_ASKER (next), NULL);

  self = g_object_new (TL_TYPE_FTP_KEYRING, NULL);
  g_set_object (&self->sites, sites);
  g_set_object (&self->next, next);

  return self;
}

typedef struct {
  TlFtpKeyring *self;
  TlFtpSite    *site;
  char         *user;
  gboolean      keep;
} Keeping;

/* Only now does the bookmark say so: while it does, the next connection looks there instead of asking. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Keeping *keeping = user_data;
  TlFtpKeyring *self = keeping->self;
  g_autoptr (GError) error = NULL;
  gboolean good = keeping->keep ? tl_secrets_store_finish (result, &error) : tl_secrets_clear_finish (result, &error);

  if (good)
    {
      g_object_set (keeping->site, "keep-password", keeping->keep, "user", keeping->user, NULL);
      if (self->sites && tl_ftp_site_get_id (keeping->site) > 0)
        tl_ftp_sites_save (self->sites, keeping->site);
    }
  else
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
    }

  g_object_unref (keeping->site);
  g_free (keeping->user);
  g_free (keeping);
  g_object_unref (self);
}

void
tl_ftp_keyring_logged_in (TlFtpKeyring *self,
                          TlFtpSite    *site)
{
  g_autofree char *key = NULL;
  g_autofree char *stolen = NULL;
  gpointer found = NULL;
  Typed *typed;
  Keeping *keeping;

  g_return_if_fail (TL_IS_FTP_KEYRING (self));
  g_return_if_fail (TL_IS_FTP_SITE (site));

  key = dup_key (site);
  if (!g_hash_table_steal_extended (self->typed, key, (gpointer *) &stolen, &found))
    return;
  typed = found;
  if (typed->keep || get_keep (site))
    {
      keeping = g_new0 (Keeping, 1);
      keeping->self = g_object_ref (self);
      keeping->site = g_object_ref (site);
      keeping->user = g_strdup (typed->user);
      keeping->keep = typed->keep;
      if (typed->keep)
        tl_secrets_store_async (tl_ftp_site_get_host (site), tl_ftp_site_get_port (site), typed->user, typed->password, NULL, kept_cb, keeping);
      else
        tl_secrets_clear_async (tl_ftp_site_get_host (site), tl_ftp_site_get_port (site), typed->user, NULL, kept_cb, keeping);
    }
  typed_free (typed);
}
