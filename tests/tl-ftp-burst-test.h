/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of commands in advance share: files that are asked for, and what became of each. */
#pragma once

#include "tl-ftp-fixture.h"

#include "tl-ftp-burst.h"
#include "tl-ftp-command.h"
#include "tl-ftp-pipeline.h"

#define TEXT "0123456789"
#define MOST 16

#define ONE "229 go (|||{epsv}|)\r\n150 file\r\n{data}226 done\r\n"
#define TWO ONE ONE
#define FOUR TWO TWO

/* What became of each file. */
typedef enum {
  OPEN,
  WHOLE,
  REFUSED,
  BACK,
  ALONE,
} Fate;

typedef struct {
  guint    n;
  guint    n_taken;
  guint    n_ended;
  gsize    size;
  guint    together;   /* so many are taken when all before have ended; 0: it is not looked at */
  guint    too_long;   /* that one's name is more than a command can hold; 0: none */
  Fate     fates[MOST];
  TestCall call;
} Files;

static inline GBytes *
next (gpointer  owner,
      gsize    *size,
      gpointer *file)
{
  Files *files = owner;
  g_autofree char *path = NULL;

  if (files->n_taken == files->n)
    return NULL;
  if (files->together > 0)
    g_assert_cmpuint (files->n_ended, ==, files->n_taken - files->n_taken % files->together);
  path = g_strdup_printf ("/f%u", files->n_taken);
  if (files->too_long > 0 && files->n_taken == files->too_long)
    {
      g_autofree char *name = g_strnfill (TL_FTP_COMMAND_MAX, 'n');

      g_free (path);
      path = g_strconcat ("/", name, NULL);
    }
  *size = files->size;
  *file = GUINT_TO_POINTER (files->n_taken++);
  return test_bytes (path);
}

static inline void
ended (gpointer      owner,
       gpointer      file,
       GBytes       *bytes,
       const GError *error,
       gboolean      alone)
{
  Files *files = owner;
  guint i = GPOINTER_TO_UINT (file);

  g_assert_cmpint (files->fates[i], ==, OPEN);
  files->n_ended++;
  files->fates[i] = bytes != NULL ? WHOLE : error != NULL ? REFUSED : alone ? ALONE : BACK;
  if (bytes != NULL)
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), TEXT, strlen (TEXT));
}

static const TlFtpBurstEvents events = { next, ended };

static inline void
assert_fetches (TlFtpClient *client,
                const char  *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  test_fetch (client, path, 0, &text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, TEXT);
}

/* A connection over which a file has come: the way to data is known. */
static inline void
prepare (Fixture *fixture)
{
  tl_ftp_pipeline_forget ();
  test_ftp_content (fixture->ftp, TEXT);
  assert_fetches (fixture->client, "/first");
  g_assert_true (tl_ftp_client_can_burst (fixture->client));
}

/* True: the connection still is what it was. */
static inline gboolean
burst (Fixture      *fixture,
       Files        *files,
       GCancellable *cancellable)
{
  gboolean good;

  files->size = files->size > 0 ? files->size : strlen (TEXT);
  tl_ftp_client_burst_async (fixture->client, &events, files, cancellable, test_call_cb, &files->call);
  test_wait (files->call.n_calls > 0);
  g_assert_cmpuint (files->call.n_calls, ==, 1);
  g_assert_cmpuint (files->n_ended, ==, files->n_taken);
  good = tl_ftp_client_burst_finish (fixture->client, files->call.result, &fixture->error);
  g_clear_object (&files->call.result);
  return good;
}

static inline void
assert_fates (const Files *files,
              const char  *fates)
{
  static const char letters[] = "-wrba";

  for (guint i = 0; i < files->n_taken; i++)
    if (fates[i] != '?')
      g_assert_cmpint (letters[files->fates[i]], ==, fates[i]);
}
