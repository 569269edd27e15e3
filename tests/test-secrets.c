/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: kept, found, deleted; and what is said when there is nobody to keep them. */
#include "tl-secrets.h"

#include "tl-secret-service-test.h"
#include "tl-test-wait.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  gboolean  done;
  gboolean  good;
  char     *password;
  GError   *error;
} Outcome;

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->password = tl_secrets_lookup_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->good = tl_secrets_store_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->good = tl_secrets_clear_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
store (const char *host,
       guint16     port,
       const char *user,
       const char *password)
{
  Outcome outcome = { 0 };

  tl_secrets_store_async (host, port, user, password, NULL, stored_cb, &outcome);
  test_wait (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.good);
}

static void
assert_password (const char *host,
                 guint16     port,
                 const char *user,
                 const char *password)
{
  Outcome outcome = { 0 };

  tl_secrets_lookup_async (host, port, user, NULL, looked_up_cb, &outcome);
  test_wait (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.password, ==, password);
  tl_secrets_free (outcome.password);
}

static void
clear (const char *host,
       guint16     port,
       const char *user)
{
  Outcome outcome = { 0 };

  tl_secrets_clear_async (host, port, user, NULL, cleared_cb, &outcome);
  test_wait (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.good);
}

/* An account is host, port and user; the case of a host does not matter. */
static void
round_trip (void)
{
  assert_password ("ftp.example.org", 21, "我", NULL);
  store ("ftp.example.org", 21, "我", "密码 1");
  store ("FTP.example.org", 21, "me", "two");
  store ("ftp.example.org", 2121, "我", "three");
  assert_password ("Ftp.Example.ORG", 21, "我", "密码 1");
  assert_password ("ftp.example.org", 21, "me", "two");
  assert_password ("ftp.example.org", 2121, "我", "three");
  assert_password ("ftp.example.com", 21, "我", NULL);
  assert_password ("ftp.example.org", 21, "Me", NULL);

  store ("ftp.example.org", 21, "我", "changed");
  assert_password ("ftp.example.org", 21, "我", "changed");
  clear ("ftp.example.org", 21, "我");
  assert_password ("ftp.example.org", 21, "我", NULL);
  assert_password ("ftp.example.org", 2121, "我", "three");
  clear ("ftp.example.org", 21, "我");
}

static void
assert_missing (GError **error)
{
  g_assert_error (*error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_true (g_str_has_prefix ((*error)->message, "There is no password store (secret service) in this session"));
  g_assert_true (g_str_has_suffix ((*error)->message, ")"));
  g_clear_error (error);
}

static void
assert_all_missing (void)
{
  Outcome found = { 0 }, kept = { 0 }, cleared = { 0 };

  tl_secrets_lookup_async ("h", 21, "u", NULL, looked_up_cb, &found);
  tl_secrets_store_async ("h", 21, "u", "p", NULL, stored_cb, &kept);
  tl_secrets_clear_async ("h", 21, "u", NULL, cleared_cb, &cleared);
  test_wait (found.done && kept.done && cleared.done);
  g_assert_null (found.password);
  g_assert_false (kept.good);
  g_assert_false (cleared.good);
  assert_missing (&found.error);
  assert_missing (&kept.error);
  assert_missing (&cleared.error);
}

static void
test_service (void)
{
  TestSecretService service = { 0 };
  TestSecret *secret;

  if (test_in_subprocess ())
    return;

  test_secret_service_start (&service);
  round_trip ();
  g_assert_cmpuint (service.secrets->len, ==, 2);
  secret = g_ptr_array_index (service.secrets, 0);
  g_assert_cmpstr (secret->label, ==, "Tonglu: me@ftp.example.org:21");
  g_assert_cmpstr (g_hash_table_lookup (secret->attributes, "protocol"), ==, "ftp");
  test_secret_service_stop (&service);
}

static void
test_refused (void)
{
  TestSecretService service = { .refuses = TRUE };
  Outcome kept = { 0 }, found = { 0 };

  if (test_in_subprocess ())
    return;

  test_secret_service_start (&service);
  tl_secrets_store_async ("h", 21, "u", "my secret", NULL, stored_cb, &kept);
  tl_secrets_lookup_async ("h", 21, "u", NULL, looked_up_cb, &found);
  test_wait (kept.done && found.done);
  g_assert_false (kept.good);
  g_assert_nonnull (kept.error);
  g_assert_cmpstr (kept.error->message, ==, "The password store did not take the password. (the test refuses)");
  g_assert_nonnull (found.error);
  g_assert_cmpstr (found.error->message, ==, "The password store did not hand out the password. (the test refuses)");
  g_clear_error (&kept.error);
  g_clear_error (&found.error);
  test_secret_service_stop (&service);
}

static void
test_no_service (void)
{
  TestSecretService service = { 0 };

  if (test_in_subprocess ())
    return;

  test_secret_service_start_bus (&service, NULL);
  /* The bus says so, long before a service would have had its time. */
  tl_secrets_set_patience (G_MAXINT);
  assert_all_missing ();
  test_secret_service_stop (&service);
}

static void
test_no_bus (void)
{
  if (test_in_subprocess ())
    return;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_all_missing ();
}

/* The bus knows a service and starts it, and then it hangs. */
static void
test_hanging_service (void)
{
  static const char entry[] = "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sleep 12\n";
  TestSecretService service = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (test_in_subprocess ())
    return;

  folder = g_dir_make_tmp ("tonglu-services-XXXXXX", NULL);
  path = g_build_filename (folder, "org.freedesktop.secrets.service", NULL);
  g_assert_true (g_file_set_contents (path, entry, -1, NULL));
  test_secret_service_start_bus (&service, folder);
  /* Less than what it is given, so that nobody waits for nothing. */
  tl_secrets_set_patience (500);
  assert_all_missing ();
  test_secret_service_stop (&service);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_cancel (void)
{
  TestSecretService service = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome before = { 0 }, after = { 0 };

  if (test_in_subprocess ())
    return;

  test_secret_service_start (&service);
  tl_secrets_lookup_async ("h", 21, "u", cancellable, looked_up_cb, &before);
  g_cancellable_cancel (cancellable);
  tl_secrets_store_async ("h", 21, "u", "p", cancellable, stored_cb, &after);
  test_wait (before.done && after.done);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (after.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.secrets->len, ==, 0);
  g_clear_error (&before.error);
  g_clear_error (&after.error);
  test_secret_service_stop (&service);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("DISPLAY");

  g_test_add_func ("/secrets/service", test_service);
  g_test_add_func ("/secrets/refused", test_refused);
  g_test_add_func ("/secrets/no-service", test_no_service);
  g_test_add_func ("/secrets/no-bus", test_no_bus);
  g_test_add_func ("/secrets/hanging-service", test_hanging_service);
  g_test_add_func ("/secrets/cancel", test_cancel);

  return g_test_run ();
}
