/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of export share: a log, a file, and the wait for it. */
#pragma once

#include "tl-message-export.h"
#include "tl-message-log.h"

#include "tl-log-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlMessageSource *source;
  guint32 peer;
  char *folder;
  GFile *file;
  GAsyncResult *result;
} Fixture;

static const struct {
  const char *data;
  gsize length;
  const char *text;
} payloads[] = {
  { "plain", 5, "plain" },
  { "", 0, "" },
  { "a,b", 3, "a,b" },
  { "say \"hi\"", 8, "say \"hi\"" },
  { "line\r\nline\n", 11, "line\r\nline\n" },
  { "=1+1", 4, "=1+1" },
  { "\0\1\x1f\x7f\\", 5, "␀\1\x1f\x7f\\" },
  { "bad \xff\xc0", 6, "bad \\xFF\\xC0" },
  { "通路 \xf0\x9f\x98\x80", 11, "通路 😀" },
};

static inline void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autofree char *path = NULL;

  fixture->log = tl_message_log_new ();
  fixture->source = TL_MESSAGE_SOURCE (fixture->log);
  fixture->peer = tl_message_log_add_peer (fixture->log, "[::1]:80, \"quoted\"");
  fixture->folder = g_dir_make_tmp ("tl-export-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  path = g_build_filename (fixture->folder, "messages", NULL);
  fixture->file = g_file_new_for_path (path);
}

static inline void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_clear_object (&fixture->result);
  g_file_delete (fixture->file, NULL, NULL);
  /* Nothing else has been left there. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_object_unref (fixture->file);
  g_assert_finalize_object (fixture->log);
}

static inline void
append_payloads (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      tl_message_log_begin_stream (fixture->log, fixture->peer);
      tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, G_GINT64_CONSTANT (1700000000000007), fixture->peer,
                             payloads[i].data, payloads[i].length);
    }
  tl_message_log_flush (fixture->log);
}

static inline void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

static inline gint64
export_and_wait (Fixture        *fixture,
                 TlExportFormat  format,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_clear_object (&fixture->result);
  tl_message_export_async (fixture->source, fixture->file, format, TL_CHARSET_UTF_8, FALSE, cancellable, done_cb, fixture);
  test_wait (fixture->result != NULL);
  return tl_message_export_finish (fixture->source, fixture->result, error);
}

static inline char *
read_back (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_load_contents (fixture->file, NULL, &contents, &length, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (contents), ==, length);

  return g_steal_pointer (&contents);
}

/* Times and numbers are written in one way, wherever the test runs. */
static inline void
test_export_init (int    *argc,
                  char ***argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
}

#define ADD(path, func) g_test_add ("/message-export/" path, Fixture, NULL, set_up, func, tear_down)
