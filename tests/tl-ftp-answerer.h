/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-asker.h"

#define TEST_TYPE_ANSWERER (test_answerer_get_type ())
G_DECLARE_FINAL_TYPE (TestAnswerer, test_answerer, TEST, ANSWERER, GObject)

/* Who answers a connection's questions in tests: with what is set, and yes unless @refuses. */
struct _TestAnswerer
{
  GObject  parent_instance;

  char    *user;
  char    *password;
  char    *account;
  gboolean refuses;
  gboolean is_slow;   /* answers only when it is cancelled */
  char    *known_fingerprint; /* of the last question */
  char    *fingerprint;       /* of the last certificate that was asked about */
  char    *trusted;           /* (nullable): the fingerprint of the certificate that was trusted before */
  GString *asked;     /* "password,certificate", in their order */
};

TestAnswerer *test_answerer_new (const char *user,
                                 const char *password);
