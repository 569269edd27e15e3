/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands in advance where each data connection is encrypted. */

#include "tl-ftp-answerer.h"
#include "tl-ftp-burst-test.h"

/* The leak checker of GCC 12 falls over the thread-local storage of modules that were loaded late, as those of TLS are. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

static void
set_up_tls (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "b");

  fixture->ftp = test_ftp_new_tls ();
  fixture->client = test_ftp_client (fixture->ftp);
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", TL_FTP_SECURITY_AUTO, NULL);
  g_object_set (fixture->client, "asker", answerer, NULL);
}

/* Each data connection has a handshake of its own, and the next command is out before it. */
static void
test_tls (Fixture       *fixture,
          gconstpointer  data)
{
  Files files = { .n = 9 };

  prepare (fixture);
  g_assert_true (tl_ftp_client_is_encrypted (fixture->client));
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "wwwwwwwww");
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (fixture->client)), ==, TL_FTP_PIPELINE_WORKS);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
}

/* All bytes are there, but the end of TLS is not: whether they are all nobody knows. The one behind it is none the worse. */
static void
test_tls_cut (Fixture       *fixture,
              gconstpointer  data)
{
  Files files = { .n = 3 };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{data}226 done\r\n");
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{cut}226 done\r\n");
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{data}226 done\r\n");
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "waw");
}

/* A data connection with another certificate is not the server's. */
static void
test_tls_foreign (Fixture       *fixture,
                  gconstpointer  data)
{
  Files files = { .n = 2 };

  prepare (fixture);
  fixture->ftp->data_certificate = test_ftp_certificate ("tls-foreign.pem");
  burst (fixture, &files, NULL);
  assert_fates (&files, "aa");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/ftp-burst-tls/plain", Fixture, NULL, set_up_tls, test_tls, tear_down);
  g_test_add ("/ftp-burst-tls/cut", Fixture, NULL, set_up_tls, test_tls_cut, tear_down);
  g_test_add ("/ftp-burst-tls/foreign", Fixture, NULL, set_up_tls, test_tls_foreign, tear_down);
  return g_test_run ();
}
