/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of edits share that look at what is on the disk: a server, and edits of its files. */
#pragma once

#include "tl-ftp-edit.h"

#include "tl-ftp-calls.h"
#include "tl-test-folder.h"

typedef struct {
  TestFtp   *ftp;
  TlFtpSite *site;
  guint      n_conflicts, n_sent;
} Fixture;

/* All files say "hello". */
static inline void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->ftp = test_ftp_new ();
  test_ftp_content (self->ftp, "hello");
  self->site = test_ftp_site (self->ftp);
}

static inline void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  test_ftp_hold (self->ftp, G_MAXUINT);
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  g_assert_finalize_object (self->site);
  test_ftp_free (self->ftp);
}

static inline void
count_cb (guint *n)
{
  (*n)++;
}

static inline const char *
copy_path (TlFtpEdit *edit)
{
  return g_file_peek_path (tl_ftp_edit_get_copy (edit));
}

static inline void
save (TlFtpEdit  *edit,
      const char *text)
{
  g_assert_true (g_file_set_contents_full (copy_path (edit), text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  test_wait (tl_ftp_edit_is_unsaved (edit));
}

/* An edit that is open. (transfer full) */
static inline TlFtpEdit *
open_edit (TlFtpSite  *site,
           const char *path,
           const char *name)
{
  g_autoptr (TlFtpClient) client = tl_ftp_client_new (site);
  g_autoptr (GBytes) remote = test_bytes (path);
  TlFtpEdit *edit = tl_ftp_edit_new (client, remote, name);

  tl_ftp_edit_begin (edit);
  test_wait (tl_ftp_edit_get_state (edit) == TL_FTP_EDIT_OPEN);
  return edit;
}

/* Left as a tab leaves it that is closed: nothing runs of it any more. */
static inline void
leave (TlFtpEdit *edit)
{
  tl_ftp_edit_leave (edit);
  test_wait (G_OBJECT (edit)->ref_count == 1);
  g_assert_finalize_object (edit);
}
