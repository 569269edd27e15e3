/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret service: what is said when there is none. */
#include "tl-secrets.h"

#include "tl-test-wait.h"

typedef struct {
  gboolean  done;
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
test_no_service (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  Outcome outcome = { 0 };

  g_test_dbus_up (bus);
  tl_secrets_lookup_async ("ftp.example.org", 21, "me", NULL, looked_up_cb, &outcome);
  test_wait (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_null (outcome.password);
  g_clear_error (&outcome.error);
  g_test_dbus_down (bus);
  g_object_unref (bus);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/secrets/no-service", test_no_service);

  return g_test_run ();
}
