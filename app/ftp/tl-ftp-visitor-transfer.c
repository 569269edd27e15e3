/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which file or listing a visitor wants, or brings, and how it is read or written. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-ascii.h"
#include "tl-ftp-part.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Whether there is a data connection, and one that will do. */
static gboolean
check_data (TlFtpVisitor *self)
{
  if (self->data == NULL)
    tl_ftp_visitor_reply (self, 425, "PASV, EPSV, PORT or EPRT comes first.");
  else if (self->server->tls_mode == TL_FTP_SERVER_TLS_REQUIRED && !self->protect)
    tl_ftp_visitor_reply (self, 522, "This folder is shared under TLS only: PROT P comes first.");
  else
    return TRUE;
  g_clear_pointer (&self->data, tl_ftp_server_data_free);
  return FALSE;
}

/* What was there is not needed: the file cannot be had. */
static gboolean
is_good (TlFtpVisitor *self,
         TlFtpJob     *job)
{
  if (job->errsv == 0 && self->data != NULL)
    return TRUE;
  g_clear_pointer (&self->data, tl_ftp_server_data_free);
  tl_ftp_visitor_reply_errno (self, job->errsv != 0 ? job->errsv : ECANCELED);
  return FALSE;
}

static void
make_listing (TlFtpJob     *job,
              GCancellable *cancellable)
{
  job->options.typed = job->other;
  job->errsv = tl_ftp_share_list (job->share, job->path, &job->options, cancellable, &job->bytes, &job->left_out);
}

static void
listing_done (TlFtpVisitor *self,
              TlFtpJob     *job)
{
  g_autoptr (GInputStream) stream = NULL;

  if (!is_good (self, job))
    return;
  stream = g_memory_input_stream_new_from_bytes (job->bytes);
  self->move.reader = tl_block_reader_new (stream);
  self->move.expected = (gint64) g_bytes_get_size (job->bytes);
  self->move.left_out = job->left_out;
  tl_ftp_visitor_reply (self, 150, "Here comes the listing.");
  tl_ftp_visitor_move (self, job, _("Lists “/%s”"));
}

void
tl_ftp_visitor_list (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  TlFtpRequest rest = *request;
  TlFtpJob *job;
  char *path;
  gint64 first, last;

  /* A place to go on from counts for the next transfer, and this is one (RFC 3659, 5.3). */
  tl_ftp_visitor_take_range (self, &first, &last);
  if (request->verb != TL_FTP_VERB_MLSD)
    tl_ftp_request_skip_options (&rest);
  if (!check_data (self) || (path = tl_ftp_visitor_dup_path (self, &rest)) == NULL)
    return;
  job = tl_ftp_job_new (self, request->verb, path);
  job->options = (TlFtpListingOptions) {
    .style = request->verb == TL_FTP_VERB_LIST ? TL_FTP_LISTING_LIST : request->verb == TL_FTP_VERB_NLST ? TL_FTP_LISTING_NAMES : TL_FTP_LISTING_FACTS,
    .facts = self->facts,
    .writable = tl_ftp_visitor_may_write (self),
    .max_entries = self->server->max_entries,
  };
  if (request->verb == TL_FTP_VERB_NLST && rest.length > 0)
    job->other = g_strndup ((const char *) rest.argument, rest.length);
  tl_ftp_visitor_run (self, job, make_listing, listing_done);
}

/* (nullable): refused, which has been answered. */
static TlFtpJob *
begin_file (TlFtpVisitor       *self,
            const TlFtpRequest *request)
{
  TlFtpJob *job;
  char *path;
  gint64 first, last;

  /* Once, whatever comes of it. */
  tl_ftp_visitor_take_range (self, &first, &last);
  if (last >= 0 && request->verb != TL_FTP_VERB_RETR)
    {
      tl_ftp_visitor_reply (self, 501, "RANG is for RETR and HASH alone.");
      return NULL;
    }
  /* TYPE may have been changed behind REST or RANG. */
  if (self->ascii && (first > 0 || last >= 0))
    {
      tl_ftp_visitor_reply (self, 554, "With TYPE A no place in a file can be told: TYPE I comes before REST and RANG.");
      return NULL;
    }
  if (!check_data (self) || (path = tl_ftp_visitor_dup_path (self, request)) == NULL)
    return NULL;
  job = tl_ftp_job_new (self, request->verb, path);
  job->number = first;
  job->last = last;
  return job;
}

static void
open_to_read (TlFtpJob     *job,
              GCancellable *cancellable)
{
  job->errsv = tl_ftp_share_open_read (job->share, job->path, &job->fd, &job->info);
  if (job->errsv == 0 && job->number > job->info.st_size)
    job->errsv = ERANGE;
  if (job->errsv == 0 && lseek (job->fd, job->number, SEEK_SET) < 0)
    job->errsv = errno;
}

/* The whole file, what is left of it, a part of it, or its lines. (transfer full) */
static GInputStream *
open_stream (TlFtpVisitor *self,
             TlFtpJob     *job)
{
  GInputStream *file = g_unix_input_stream_new (job->fd, TRUE);
  g_autoptr (GConverter) converter = self->ascii ? tl_ftp_ascii_new (TRUE) : NULL;
  GInputStream *stream = NULL;

  job->fd = -1;
  self->move.expected = (gint64) job->info.st_size - job->number;
  if (job->last >= 0)
    {
      self->move.expected = MIN (self->move.expected, job->last - job->number + 1);
      stream = tl_ftp_part_new (file, self->move.expected);
    }
  else if (converter != NULL)
    {
      self->move.expected = -1;
      stream = g_converter_input_stream_new (file, converter);
    }
  else
    return file;
  g_object_unref (file);
  return stream;
}

static void
read_done (TlFtpVisitor *self,
           TlFtpJob     *job)
{
  g_autoptr (GInputStream) stream = NULL;

  if (!is_good (self, job))
    return;
  stream = open_stream (self, job);
  self->move.reader = tl_block_reader_new (stream);
  if (self->move.expected >= 0)
    tl_ftp_visitor_replyf (self, 150, "Here comes the file (%" G_GINT64_FORMAT " bytes).", self->move.expected);
  else
    tl_ftp_visitor_reply (self, 150, "Here comes the file, line by line.");
  tl_ftp_visitor_move (self, job, _("Fetches “%s”"));
}

void
tl_ftp_visitor_retr (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  TlFtpJob *job = begin_file (self, request);

  if (job != NULL)
    tl_ftp_visitor_run (self, job, open_to_read, read_done);
}

static void
open_to_write (TlFtpJob     *job,
               GCancellable *cancellable)
{
  job->errsv = tl_ftp_share_open_write (job->share, job->path, job->number, &job->fd, &job->good);
}

static void
write_done (TlFtpVisitor *self,
            TlFtpJob     *job)
{
  g_autoptr (GOutputStream) stream = NULL;

  if (!is_good (self, job))
    return;
  stream = g_unix_output_stream_new (job->fd, TRUE);
  job->fd = -1;
  if (self->ascii)
    {
      g_autoptr (GOutputStream) file = g_steal_pointer (&stream);
      g_autoptr (GConverter) converter = tl_ftp_ascii_new (FALSE);

      stream = g_converter_output_stream_new (file, converter);
    }
  /* Not synced: neither do other servers, and 226 says no more than that all has come. */
  self->move.writer = tl_block_writer_new (stream, -1);
  self->move.expected = -1;
  self->move.made = job->good;
  tl_ftp_visitor_reply (self, 150, "Send the file.");
  tl_ftp_visitor_move (self, job, _("Brings “%s”"));
}

void
tl_ftp_visitor_stor (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  TlFtpJob *job = begin_file (self, request);

  if (job == NULL)
    return;
  if (request->verb == TL_FTP_VERB_APPE)
    job->number = -1;
  tl_ftp_visitor_run (self, job, open_to_write, write_done);
}
