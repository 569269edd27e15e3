/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * An FTP server for tests, on a thread, which does what a script says. For each verb there is an answer: text that is sent as it stands (with line ends of its own),
 * in which these words stand for acts:
 *
 *   {data}    takes the data connection, sends the content, closes it        {open}   the same, and leaves it open
 *   {half}    sends the first half and resets the connection                 {take}   reads what is uploaded, to the end
 *   {accept}  takes the data connection, sends nothing                       {shut}   closes the data connection
 *   {cut}     sends the content and ends TCP, not TLS                        {pour}   sends the content until the other end has gone
 *   {epsv}    listens for a data connection, and is its port                 {pasv}   the same as "h1,h2,…,p2" of 127.0.0.1
 *   {port}    goes to where PORT or EPRT said                                {end}    closes the control connection
 *   {stranger} goes there from another address, and waits until it is        {tls}    the control connection goes over to TLS
 *             turned away                                                    {hang}   says nothing more, until the test is over
 *   {nul}     a zero byte
 *   {flood}   repeats the rest of the answer until the other end has gone
 *
 * test_ftp_answer() sets the answers of a verb: the first call of it gets the first one, the last one is for all others. What is not set is answered as a
 * plain server does. Data connections are encrypted when the control connection is.
 */

#include "tl-ftp-client.h"
#include "tl-test-wait.h"

#include <string.h>
#include <unistd.h>

typedef struct {
  GMutex           mutex;
  int              family;           /* AF_INET, AF_INET6 */
  int              listener;
  guint16          port;
  GThread         *thread;
  GPtrArray       *threads;          /* one a client */
  GArray          *fds;              /* all that are open */
  GHashTable      *answers;          /* verb -> GPtrArray of text */
  GPtrArray       *commands;         /* as they came, without line ends */
  GBytes          *content;
  GHashTable      *contents;         /* verb, or folder -> GBytes, instead of @content */
  GByteArray      *stored;
  GTlsCertificate *certificate;      /* of {tls} */
  GTlsCertificate *data_certificate; /* of data connections: @certificate, unless it is set */
  gboolean         data_in_clear;    /* although the control connection is encrypted */
  guint            n_clients;
  guint            n_turned_away;    /* of {stranger} */
  guint            hold;             /* from that many commands on, no answer; G_MAXUINT: none */
  GCond            go_on;
  gboolean         over;
} TestFtp;

TestFtp     *test_ftp_new         (void);
/* On ::1; NULL where there is no IPv6. */
TestFtp     *test_ftp_new_ipv6    (void);
/* One that has TLS: AUTH is answered so. */
TestFtp     *test_ftp_new_tls     (void);
void         test_ftp_free        (TestFtp    *ftp);
/* Of the folder "data". (transfer full) */
GTlsCertificate *test_ftp_certificate (const char *name);
/* The answer to a further call of @verb ("GREETING" is one); the last one stays. */
void         test_ftp_answer      (TestFtp    *ftp,
                                   const char *verb,
                                   const char *answer);
/* All calls of @verb from now on. */
void         test_ftp_answer_only (TestFtp    *ftp,
                                   const char *verb,
                                   const char *answer);
/* What no answer was set for. */
const char  *test_ftp_usual       (const char *verb);
/* The @n-th command and all after it wait for their answer, until it is set to G_MAXUINT. */
void         test_ftp_hold        (TestFtp    *ftp,
                                   guint       n);
/* What the data connections bring. */
void         test_ftp_content     (TestFtp    *ftp,
                                   const char *text);
/* The same for one verb ("LIST"), or else for the folder that was entered last ("/a"). */
void         test_ftp_content_of  (TestFtp    *ftp,
                                   const char *of,
                                   const char *text);
void         test_ftp_content_bytes (TestFtp  *ftp,
                                     GBytes   *content);
/* How many commands began with @start so far. */
guint        test_ftp_count       (TestFtp    *ftp,
                                   const char *start);
guint        test_ftp_n_clients   (TestFtp    *ftp);
guint        test_ftp_n_turned_away (TestFtp  *ftp);
/* A port of loopback that listens. */
int          test_ftp_listen      (guint16    *port);
/* An anonymous site of this server, without encryption. (transfer full) */
TlFtpSite   *test_ftp_site        (TestFtp    *ftp);
/* (transfer full) */
TlFtpClient *test_ftp_client      (TestFtp    *ftp);
/* Whether a message of this kind in the transcript holds @part. */
gboolean     test_log_has         (TlFtpClient   *client,
                                   TlMessageKind  kind,
                                   const char    *part);

static inline GBytes *
test_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* For the callback of any operation: waits for it, and counts how often it was called. */
typedef struct {
  GAsyncResult *result;
  guint         n_calls;
} TestCall;

static inline void
test_call_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TestCall *call = user_data;

  call->n_calls++;
  g_set_object (&call->result, result);
}
