/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A scripted server, and a client that is not connected yet, for each test. */

#include "tl-ftp-calls.h"

typedef struct {
  TestFtp     *ftp;
  TlFtpClient *client;
  GError      *error;
  char        *text;
} Fixture;

static inline void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->ftp = test_ftp_new ();
  fixture->client = test_ftp_client (fixture->ftp);
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->text, g_free);
  /* What was cancelled may still have to hear of it. */
  test_wait_for (G_OBJECT (fixture->client)->ref_count == 1, "whoever holds the client to let go of it");
  g_assert_finalize_object (fixture->client);
  test_ftp_free (fixture->ftp);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
