/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS on both connections, with servers that are cut off, show other certificates, or give it up. */

#include "tl-ftp-answerer.h"
#include "tl-ftp-fixture.h"
#include "tl-tls.h"

/* The leak checker of GCC 12 falls over the thread-local storage of modules that were loaded late, as those of TLS are. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

#define UNIX_LIST "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\n"

typedef struct {
  Fixture       base;
  TestAnswerer *answerer;
} TlsFixture;

static void
set_up_tls (TlsFixture    *fixture,
            gconstpointer  data)
{
  fixture->base.ftp = test_ftp_new_tls ();
  fixture->base.client = test_ftp_client (fixture->base.ftp);
  fixture->answerer = test_answerer_new ("a", "b");
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", TL_FTP_SECURITY_AUTO, NULL);
  g_object_set (fixture->base.client, "asker", fixture->answerer, NULL);
}

static void
tear_down_tls (TlsFixture    *fixture,
               gconstpointer  data)
{
  tear_down (&fixture->base, data);
  g_assert_finalize_object (fixture->answerer);
}

static void
test_all (TlsFixture    *fixture,
          gconstpointer  data)
{
  TlFtpClient *client = fixture->base.client;
  g_autoptr (TlFtpListing) listing = NULL;

  g_assert_true (test_connect (client, &fixture->base.error));
  g_assert_no_error (fixture->base.error);
  g_assert_true (tl_ftp_client_is_encrypted (client));
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "certificate");
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "PBSZ 0"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "PROT P"), ==, 1);
  g_assert_true (test_fetch (client, "/f", 0, &fixture->base.text, NULL));
  g_assert_cmpstr (fixture->base.text, ==, "hello");
  /* The server's end of the stream comes only when ours was told properly: TLS cut off would be an error over there. */
  g_assert_true (test_store (client, "/f", 0, "hello", NULL));
  g_assert_cmpmem (fixture->base.ftp->stored->data, fixture->base.ftp->stored->len, "hello", 5);
  test_ftp_content (fixture->base.ftp, UNIX_LIST);
  listing = test_list (client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
  g_assert_false (tl_ftp_listing_is_cut (listing));
}

/* All the bytes have come, and the server says so: without TLS's own end nobody knows whether they are all. */
static void
test_cut_download (TlsFixture    *fixture,
                   gconstpointer  data)
{
  test_ftp_answer (fixture->base.ftp, "RETR", data);
  g_assert_false (test_fetch (fixture->base.client, "/f", 0, &fixture->base.text, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_cmpstr (fixture->base.text, ==, "hello");
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "RETR"), ==, 1);
  g_assert_true (test_stat (fixture->base.client, "/f", NULL, NULL, NULL));
}

/* The names are shown, and the list is called what it may be. */
static void
test_cut_listing (TlsFixture    *fixture,
                  gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (TlFtpListing) again = NULL;

  test_ftp_content (fixture->base.ftp, UNIX_LIST);
  test_ftp_answer (fixture->base.ftp, "LIST", "150 list\r\n{cut}226 done\r\n");
  test_ftp_answer (fixture->base.ftp, "LIST", "150 list\r\n{data}226 done\r\n");
  listing = test_list (fixture->base.client, NULL, &fixture->base.error);
  g_assert_no_error (fixture->base.error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
  g_assert_true (tl_ftp_listing_is_cut (listing));
  again = test_list (fixture->base.client, NULL, &fixture->base.error);
  g_assert_false (tl_ftp_listing_is_cut (again));
}

static void
test_cut_listing_without_226 (TlsFixture    *fixture,
                              gconstpointer  data)
{
  test_ftp_content (fixture->base.ftp, UNIX_LIST);
  test_ftp_answer (fixture->base.ftp, "LIST", "150 list\r\n{cut}451 broken\r\n");
  g_assert_null (test_list (fixture->base.client, NULL, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_FAILED);
}

/* Whatever the server says of it: nothing is read, and nothing is sent. */
static void
test_foreign_data (TlsFixture    *fixture,
                   gconstpointer  data)
{
  TestFtp *ftp = fixture->base.ftp;

  ftp->data_certificate = test_ftp_certificate ("tls-foreign.pem");
  g_assert_false (test_fetch (fixture->base.client, "/f", 0, &fixture->base.text, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_nonnull (strstr (fixture->base.error->message, "another certificate"));
  g_assert_cmpstr (fixture->base.text, ==, "");
  g_clear_error (&fixture->base.error);
  g_assert_false (test_store (fixture->base.client, "/f", 0, "hello", &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_cmpuint (ftp->stored->len, ==, 0);
  g_clear_error (&fixture->base.error);
  g_assert_null (test_list (fixture->base.client, NULL, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_true (test_stat (fixture->base.client, "/f", NULL, NULL, NULL));
}

/* The data come in clear although PROT P was promised. */
static void
test_data_in_clear (TlsFixture    *fixture,
                    gconstpointer  data)
{
  fixture->base.ftp->data_in_clear = TRUE;
  g_assert_false (test_fetch (fixture->base.client, "/f", 0, &fixture->base.text, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
  g_assert_cmpstr (fixture->base.text, ==, "");
}

/* What was asked for is not given up half-way. */
static void
test_refused (TlsFixture    *fixture,
              gconstpointer  data)
{
  test_ftp_answer (fixture->base.ftp, "PROT", "536 no\r\n");
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", GPOINTER_TO_INT (data), "account-kind", TL_FTP_ACCOUNT_GUEST, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "certificate");
}

static void
test_implicit (TlsFixture    *fixture,
               gconstpointer  data)
{
  /* Old servers know no PROT where TLS is implicit: their data connections are encrypted. */
  test_ftp_answer (fixture->base.ftp, "GREETING", "{tls}220 ready\r\n");
  test_ftp_answer (fixture->base.ftp, "PROT", data);
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", TL_FTP_SECURITY_IMPLICIT, NULL);
  g_assert_true (test_fetch (fixture->base.client, "/f", 0, &fixture->base.text, &fixture->base.error));
  g_assert_no_error (fixture->base.error);
  g_assert_cmpstr (fixture->base.text, ==, "hello");
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "AUTH"), ==, 0);
}

/* A reply in front of the handshake, which somebody on the way has put there; in one piece with the server's, half of one, or before it. */
static void
test_injected (TlsFixture    *fixture,
               gconstpointer  data)
{
  test_ftp_answer_only (fixture->base.ftp, "AUTH", data);
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", TL_FTP_SECURITY_EXPLICIT, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "");
}

/* "234" was sent along with the greeting: the handshake meets the server's own, in clear. */
static void
test_injected_early (TlsFixture    *fixture,
                     gconstpointer  data)
{
  test_ftp_answer (fixture->base.ftp, "GREETING", "220 ready\r\n234 go\r\n");
  test_ftp_answer_only (fixture->base.ftp, "AUTH", "234 go\r\n{hang}");
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", TL_FTP_SECURITY_EXPLICIT, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_true (g_error_matches (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS) ||
                 g_error_matches (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL));
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
}

static void
test_no_handshake (TlsFixture    *fixture,
                   gconstpointer  data)
{
  test_ftp_answer_only (fixture->base.ftp, "AUTH", "234 go\r\n{end}");
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
}

/* A server that says that it goes on, and then says nothing: a handshake has its time as every answer has. */
static void
test_silent_handshake (TlsFixture    *fixture,
                       gconstpointer  data)
{
  test_ftp_answer_only (fixture->base.ftp, "AUTH", "234 go\r\n{hang}");
  g_object_set (fixture->base.client, "timeout", 1u, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TIMED_OUT);
}

/* The same server had TLS a moment ago: also where no password is at stake, somebody is asked before it goes on in clear. */
static void
test_given_up_later (TlsFixture    *fixture,
                     gconstpointer  data)
{
  g_assert_true (test_connect (fixture->base.client, NULL));
  test_ftp_answer_only (fixture->base.ftp, "AUTH", "502 no\r\n");
  tl_ftp_client_close (fixture->base.client);
  fixture->answerer->refuses = TRUE;
  g_assert_false (test_stat (fixture->base.client, "/f", NULL, NULL, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_DECLINED);
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "certificate,clear");
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 1);
}

static void
test_not_trusted (TlsFixture    *fixture,
                  gconstpointer  data)
{
  fixture->answerer->refuses = TRUE;
  g_object_set (tl_ftp_client_get_site (fixture->base.client), "security", GPOINTER_TO_INT (data), "account-kind", TL_FTP_ACCOUNT_GUEST, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_DECLINED);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "PBSZ"), ==, 0);
}

static void
test_nobody_to_ask (TlsFixture    *fixture,
                    gconstpointer  data)
{
  g_object_set (fixture->base.client, "asker", NULL, NULL);
  g_assert_false (test_connect (fixture->base.client, &fixture->base.error));
  g_assert_error (fixture->base.error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
  g_assert_cmpuint (test_ftp_count (fixture->base.ftp, "USER"), ==, 0);
}

/* Once is enough for all connections to this server; another certificate is asked about, and the one before it told. */
static void
test_sibling (TlsFixture    *fixture,
              gconstpointer  data)
{
  TlFtpClient *sibling;

  g_assert_true (test_connect (fixture->base.client, NULL));
  sibling = tl_ftp_client_new_sibling (fixture->base.client);
  g_assert_true (test_stat (sibling, "/f", NULL, NULL, NULL));
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "certificate");
  g_assert_finalize_object (sibling);

  g_mutex_lock (&fixture->base.ftp->mutex);
  g_set_object (&fixture->base.ftp->certificate, NULL);
  fixture->base.ftp->certificate = test_ftp_certificate ("tls-foreign.pem");
  g_mutex_unlock (&fixture->base.ftp->mutex);
  sibling = tl_ftp_client_new_sibling (fixture->base.client);
  g_assert_true (test_stat (sibling, "/f", NULL, NULL, NULL));
  g_assert_cmpstr (fixture->answerer->asked->str, ==, "certificate,certificate");
  g_assert_nonnull (fixture->answerer->known_fingerprint);
  g_assert_finalize_object (sibling);
}

/* What was trusted always is not asked about, nor looked up; another certificate is. */
static void
test_trusted (TlsFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (GTlsCertificate) certificate = test_ftp_certificate (data);

  fixture->answerer->trusted = tl_tls_fingerprint (certificate);
  g_assert_true (test_connect (fixture->base.client, NULL));
  g_assert_true (tl_ftp_client_is_encrypted (fixture->base.client));
  g_assert_cmpstr (fixture->answerer->asked->str, ==, g_str_equal (data, "tls-foreign.pem") ? "certificate" : "");
}

#define ADD_TLS(path, data, func) g_test_add (path, TlsFixture, data, set_up_tls, func, tear_down_tls)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TLS ("/ftp-tls/all", NULL, test_all);
  ADD_TLS ("/ftp-tls/trusted/this", "tls-self-signed.pem", test_trusted);
  ADD_TLS ("/ftp-tls/trusted/another", "tls-foreign.pem", test_trusted);
  ADD_TLS ("/ftp-tls/cut/download", "150 file\r\n{cut}226 done\r\n", test_cut_download);
  ADD_TLS ("/ftp-tls/cut/download-226-first", "150 file\r\n226 done\r\n{cut}", test_cut_download);
  ADD_TLS ("/ftp-tls/cut/download-size-known", "150 file (5 bytes)\r\n{cut}226 done\r\n", test_cut_download);
  ADD_TLS ("/ftp-tls/cut/listing", NULL, test_cut_listing);
  ADD_TLS ("/ftp-tls/cut/listing-without-226", NULL, test_cut_listing_without_226);
  ADD_TLS ("/ftp-tls/foreign-data", NULL, test_foreign_data);
  ADD_TLS ("/ftp-tls/data-in-clear", NULL, test_data_in_clear);
  ADD_TLS ("/ftp-tls/prot-refused/auto", GINT_TO_POINTER (TL_FTP_SECURITY_AUTO), test_refused);
  ADD_TLS ("/ftp-tls/prot-refused/explicit", GINT_TO_POINTER (TL_FTP_SECURITY_EXPLICIT), test_refused);
  ADD_TLS ("/ftp-tls/implicit/prot", "200 ok\r\n", test_implicit);
  ADD_TLS ("/ftp-tls/implicit/no-prot", "502 no\r\n", test_implicit);
  ADD_TLS ("/ftp-tls/injected/reply", "234 go\r\n200 injected\r\n", test_injected);
  ADD_TLS ("/ftp-tls/injected/half", "234 go\r\n230 inj", test_injected);
  ADD_TLS ("/ftp-tls/injected/early", NULL, test_injected_early);
  ADD_TLS ("/ftp-tls/no-handshake", NULL, test_no_handshake);
  ADD_TLS ("/ftp-tls/silent-handshake", NULL, test_silent_handshake);
  ADD_TLS ("/ftp-tls/given-up-later", NULL, test_given_up_later);
  ADD_TLS ("/ftp-tls/not-trusted/auto", GINT_TO_POINTER (TL_FTP_SECURITY_AUTO), test_not_trusted);
  ADD_TLS ("/ftp-tls/not-trusted/explicit", GINT_TO_POINTER (TL_FTP_SECURITY_EXPLICIT), test_not_trusted);
  ADD_TLS ("/ftp-tls/nobody-to-ask", NULL, test_nobody_to_ask);
  ADD_TLS ("/ftp-tls/sibling", NULL, test_sibling);
  return g_test_run ();
}
