/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the scripted server share. */

#include "tl-ftp-test.h"

#include <sys/socket.h>

/* One end of a connection, in clear or over TLS. Blocking: it lives on a thread of its own. */
typedef struct {
  int        fd;        /* -1: none */
  GIOStream *tls;
} TestFtpEnd;

typedef struct {
  TestFtp   *ftp;
  TestFtpEnd control;
  TestFtpEnd data;
  int        data_listener;
  guint16    active_port;
  char      *greeting;
  char       line[8192];
  char          verb[16];           /* the last command */
  char          folder[256];        /* of the last CWD */
} TestFtpClient;

/* Both note the descriptor, so that the end of the test ends what waits on it. */
int      test_ftp_keep           (TestFtp       *ftp,
                                  int            fd);
void     test_ftp_close_fd       (TestFtp       *ftp,
                                  int           *fd);
int      test_ftp_listen_on      (int            family,
                                  guint16       *port);
gboolean test_ftp_end_send       (TestFtpEnd    *end,
                                  const void    *bytes,
                                  gsize          length);
gssize   test_ftp_end_receive    (TestFtpEnd    *end,
                                  void          *buffer,
                                  gsize          size);
gboolean test_ftp_end_start_tls  (TestFtpEnd    *end,
                                  GTlsCertificate *certificate);
/* @properly: TLS is told its end. */
void     test_ftp_end_close      (TestFtp       *ftp,
                                  TestFtpEnd    *end,
                                  gboolean       properly);
/* The words that have to do with data connections. False when it is none of them. */
gboolean test_ftp_act_on_data    (TestFtpClient *client,
                                  const char    *word);
guint16  test_ftp_new_data_port  (TestFtpClient *client);
