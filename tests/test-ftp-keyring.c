/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was answered before is not asked again. */
#include "tl-ftp-keyring.h"

#include "tl-schema.h"
#include "tl-secrets.h"

#include "tl-secret-service-test.h"
#include "tl-test-database.h"

#define TL_TYPE_TEST_ASKER (tl_test_asker_get_type ())
G_DECLARE_FINAL_TYPE (TlTestAsker, tl_test_asker, TL, TEST_ASKER, GObject)

/* Answers as a person would whose mind is made up. */
struct _TlTestAsker
{
  GObject     parent_instance;

  guint       n_asked;
  char       *known;      /* of the last question */
  gboolean    declines;
  gboolean    keep;
  const char *user;
  const char *password;
};

static void
test_asker_ask_async (TlFtpAsker          *asker,
                      TlFtpQuestion       *question,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  TlTestAsker *self = TL_TEST_ASKER (asker);
  g_autoptr (GTask) task = g_task_new (asker, cancellable, callback, user_data);

  self->n_asked++;
  g_free (self->known);
  self->known = g_strdup (question->known_fingerprint);
  question->answered = !self->declines;
  question->keep = self->keep;
  question->user = g_strdup (self->user);
  question->password = g_strdup (self->password);
  g_task_return_boolean (task, TRUE);
}

static gboolean
test_asker_ask_finish (TlFtpAsker    *asker,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_asker_iface_init (TlFtpAskerInterface *iface)
{
  iface->ask_async = test_asker_ask_async;
  iface->ask_finish = test_asker_ask_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlTestAsker, tl_test_asker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_FTP_ASKER, test_asker_iface_init))

static void
tl_test_asker_finalize (GObject *object)
{
  g_free (TL_TEST_ASKER (object)->known);

  G_OBJECT_CLASS (tl_test_asker_parent_class)->finalize (object);
}

static void
tl_test_asker_class_init (TlTestAskerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tl_test_asker_finalize;
}

static void
tl_test_asker_init (TlTestAsker *self)
{
  self->user = "me";
  self->password = "secret";
}

typedef struct {
  TestSecretService  service;
  TlDatabase        *database;
  TlFtpSites        *sites;
  TlTestAsker       *next;
  TlFtpKeyring      *keyring;
  TlFtpSite         *site;
  char              *failure;
} Fixture;

static void
failed_cb (TlFtpKeyring *keyring,
           const char   *sentence,
           Fixture      *fixture)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (sentence);
}

static void
set_up (Fixture  *fixture,
        gboolean  with_service)
{
  if (with_service)
    test_secret_service_start (&fixture->service);
  else
    test_secret_service_start_bus (&fixture->service, NULL);
  fixture->database = test_database_open ("keyring.db", tl_schema);
  fixture->sites = tl_ftp_sites_new (fixture->database);
  fixture->next = g_object_new (TL_TYPE_TEST_ASKER, NULL);
  fixture->keyring = tl_ftp_keyring_new (fixture->sites, TL_FTP_ASKER (fixture->next));
  g_signal_connect (fixture->keyring, "failed", G_CALLBACK (failed_cb), fixture);
  fixture->site = g_object_new (TL_TYPE_FTP_SITE, "host", "ftp.example.org", "user", "me", "account-kind", TL_FTP_ACCOUNT_REGISTERED, NULL);
  tl_ftp_sites_save (fixture->sites, fixture->site);
}

static void
tear_down (Fixture *fixture)
{
  g_assert_finalize_object (fixture->keyring);
  g_object_unref (fixture->next);
  tl_database_close (fixture->database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->sites);
  g_object_unref (fixture->database);
  g_object_unref (fixture->site);
  g_free (fixture->failure);
  test_secret_service_stop (&fixture->service);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_ftp_asker_ask_finish (TL_FTP_ASKER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
ask (Fixture       *fixture,
     TlFtpQuestion *question)
{
  gboolean done = FALSE;

  tl_ftp_asker_ask_async (TL_FTP_ASKER (fixture->keyring), question, NULL, asked_cb, &done);
  test_wait (done);
}

static void
assert_asked (Fixture    *fixture,
              const char *text,
              guint       n_asked,
              const char *password)
{
  g_autoptr (TlFtpQuestion) question = tl_ftp_question_new (TL_FTP_ASK_PASSWORD, fixture->site);

  question->text = g_strdup (text);
  ask (fixture, question);
  g_assert_cmpuint (fixture->next->n_asked, ==, n_asked);
  g_assert_true (question->answered);
  g_assert_cmpstr (question->user, ==, "me");
  g_assert_cmpstr (question->password, ==, password);
}

static gboolean
keeps (Fixture *fixture)
{
  g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (fixture->sites), 0);
  gboolean keep;

  g_object_get (site, "keep-password", &keep, NULL);
  return keep;
}

static void
test_password (void)
{
  Fixture fixture = { 0 };

  if (test_in_subprocess ())
    return;

  set_up (&fixture, TRUE);
  fixture.next->keep = TRUE;
  assert_asked (&fixture, NULL, 1, "secret");
  /* Not before the server has taken it. */
  g_assert_cmpuint (fixture.service.secrets->len, ==, 0);
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);
  test_wait (keeps (&fixture));
  g_assert_cmpuint (fixture.service.secrets->len, ==, 1);

  /* The next connection asks nobody. */
  assert_asked (&fixture, NULL, 1, "secret");
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);

  /* The server refuses it: the user is asked, and what they type takes its place. */
  fixture.next->password = "changed";
  assert_asked (&fixture, "530 Login incorrect.", 2, "changed");
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);
  test_wait (g_strcmp0 (((TestSecret *) g_ptr_array_index (fixture.service.secrets, 0))->password, "changed") == 0);
  assert_asked (&fixture, NULL, 2, "changed");

  /* No longer to be kept. */
  fixture.next->keep = FALSE;
  assert_asked (&fixture, "530 Login incorrect.", 3, "changed");
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);
  test_wait (!keeps (&fixture));
  g_assert_cmpuint (fixture.service.secrets->len, ==, 0);
  g_assert_null (fixture.failure);
  tear_down (&fixture);
}

/* A guest's password is never kept, whatever is said; and without a login none is. */
static void
test_guest (void)
{
  Fixture fixture = { 0 };
  guint n_calls;

  if (test_in_subprocess ())
    return;

  set_up (&fixture, TRUE);
  fixture.next->keep = TRUE;
  g_object_set (fixture.site, "account-kind", TL_FTP_ACCOUNT_GUEST, NULL);
  assert_asked (&fixture, NULL, 1, "secret");
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);

  g_object_set (fixture.site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, NULL);
  fixture.next->keep = FALSE;
  assert_asked (&fixture, NULL, 2, "secret");
  n_calls = fixture.service.n_calls;
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);
  g_assert_cmpuint (n_calls, ==, 0);
  g_assert_cmpuint (fixture.service.secrets->len, ==, 0);
  tear_down (&fixture);
}

static void
test_no_service (void)
{
  Fixture fixture = { 0 };

  if (test_in_subprocess ())
    return;

  set_up (&fixture, FALSE);
  g_object_set (fixture.site, "keep-password", TRUE, NULL);
  fixture.next->keep = TRUE;
  assert_asked (&fixture, NULL, 1, "secret");
  tl_ftp_keyring_logged_in (fixture.keyring, fixture.site);
  test_wait (fixture.failure != NULL);
  g_assert_true (g_str_has_prefix (fixture.failure, "There is no password store"));
  assert_asked (&fixture, NULL, 2, "secret");
  tear_down (&fixture);
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static gboolean
ask_certificate (Fixture    *fixture,
                 const char *file)
{
  g_autoptr (TlFtpQuestion) question = tl_ftp_question_new (TL_FTP_ASK_CERTIFICATE, fixture->site);

  question->certificate = load_certificate (file);
  ask (fixture, question);
  return question->answered;
}

static void
test_certificate (void)
{
  static const char file[] = "tls-self-signed.pem";
  Fixture fixture = { 0 };
  g_autofree char *right = NULL, *known = NULL;

  if (test_in_subprocess ())
    return;

  set_up (&fixture, FALSE);
  /* Once is not always. */
  g_assert_true (ask_certificate (&fixture, file));
  g_assert_true (ask_certificate (&fixture, file));
  g_assert_cmpuint (fixture.next->n_asked, ==, 2);
  g_assert_null (fixture.next->known);

  fixture.next->keep = TRUE;
  g_assert_true (ask_certificate (&fixture, file));
  g_assert_true (ask_certificate (&fixture, file));
  g_assert_cmpuint (fixture.next->n_asked, ==, 3);
  right = g_strdup (tl_ftp_sites_get_trusted (fixture.sites, "ftp.example.org", 21));
  g_assert_nonnull (right);
  known = tl_ftp_asker_dup_trusted (TL_FTP_ASKER (fixture.keyring), fixture.site);
  g_assert_cmpstr (known, ==, right);

  /* Another one was trusted: the user is asked, and told which. */
  tl_ftp_sites_set_trusted (fixture.sites, "ftp.example.org", 21, "AA:BB");
  fixture.next->declines = TRUE;
  g_assert_false (ask_certificate (&fixture, file));
  g_assert_cmpuint (fixture.next->n_asked, ==, 4);
  g_assert_cmpstr (fixture.next->known, ==, "AA:BB");
  g_assert_cmpstr (tl_ftp_sites_get_trusted (fixture.sites, "ftp.example.org", 21), ==, "AA:BB");

  /* For this port only. */
  tl_ftp_sites_set_trusted (fixture.sites, "ftp.example.org", 21, right);
  g_assert_true (ask_certificate (&fixture, file));
  g_assert_cmpuint (fixture.next->n_asked, ==, 4);
  g_object_set (fixture.site, "port", 2121u, NULL);
  g_assert_false (ask_certificate (&fixture, file));
  tear_down (&fixture);
}

static void
test_alone (void)
{
  g_autoptr (TlFtpKeyring) keyring = tl_ftp_keyring_new (NULL, NULL);
  g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "host", "h", NULL);
  g_autoptr (TlFtpQuestion) question = tl_ftp_question_new (TL_FTP_ASK_CLEAR, site);
  gboolean done = FALSE;

  tl_ftp_asker_ask_async (TL_FTP_ASKER (keyring), question, NULL, asked_cb, &done);
  test_wait (done);
  g_assert_false (question->answered);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  g_unsetenv ("DISPLAY");

  g_test_add_func ("/ftp-keyring/password", test_password);
  g_test_add_func ("/ftp-keyring/guest", test_guest);
  g_test_add_func ("/ftp-keyring/no-service", test_no_service);
  g_test_add_func ("/ftp-keyring/certificate", test_certificate);
  g_test_add_func ("/ftp-keyring/alone", test_alone);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
