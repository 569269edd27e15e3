/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to files and folders by their names. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-name.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Some clients set a time with MDTM. What they name may be a file that is there all the same: then its time was asked for. */
static void
tell_or_set_time (TlFtpJob *job)
{
  job->errsv = tl_ftp_share_stat (job->share, job->path, &job->info);
  if (job->errsv != ENOENT || job->other == NULL)
    return;
  job->errsv = job->options.writable ? tl_ftp_share_set_time (job->share, job->other, job->number) : EROFS;
  job->good = job->errsv == 0;
}

/* On a thread. */
static void
do_verb (TlFtpJob     *job,
         GCancellable *cancellable)
{
  switch (job->verb)
    {
    case TL_FTP_VERB_DELE:
    case TL_FTP_VERB_RMD:
      job->errsv = tl_ftp_share_remove (job->share, job->path, job->verb == TL_FTP_VERB_RMD);
      break;
    case TL_FTP_VERB_MKD:
      job->errsv = tl_ftp_share_make_folder (job->share, job->path);
      break;
    case TL_FTP_VERB_RNTO:
      job->errsv = tl_ftp_share_rename (job->share, job->other, job->path);
      break;
    case TL_FTP_VERB_MFMT:
      job->errsv = tl_ftp_share_set_time (job->share, job->path, job->number);
      break;
    case TL_FTP_VERB_HASH:
      job->errsv = tl_ftp_share_hash (job->share, job->path, job->number, job->last, cancellable, &job->text, &job->size);
      break;
    case TL_FTP_VERB_MDTM:
      tell_or_set_time (job);
      break;
    case TL_FTP_VERB_MLST:
      job->errsv = tl_ftp_share_describe (job->share, job->path, &job->options, job->shown, &job->text);
      break;
    default:
      job->errsv = tl_ftp_share_stat (job->share, job->path, &job->info);
      break;
    }
}

static void
reply_path (TlFtpVisitor *self,
            const char   *path)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (const char *p = path; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *p);
    }
  tl_ftp_visitor_replyf (self, 257, "\"/%s\" was made.", quoted->str);
}

static void
reply_time (TlFtpVisitor *self,
            TlFtpJob     *job)
{
  struct tm parts;

  if (gmtime_r (&job->info.st_mtime, &parts) == NULL)
    tl_ftp_visitor_reply (self, 550, "This file has no time that could be told.");
  else
    tl_ftp_visitor_replyf (self, 213, "%04d%02d%02d%02d%02d%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                           parts.tm_min, parts.tm_sec);
}

/* The place is that of the first and the last byte when a range was asked for; else where the file ends. */
static void
reply_hash (TlFtpVisitor *self,
            TlFtpJob     *job)
{
  const gboolean all = job->number == 0 && job->last < 0;

  tl_ftp_visitor_replyf (self, 213, "SHA-256 %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %s %s", job->number,
                         all ? job->size : job->number + MAX (job->size - 1, 0), job->text, job->shown);
}

static void
enter_folder (TlFtpVisitor *self,
              TlFtpJob     *job)
{
  if (!S_ISDIR (job->info.st_mode))
    {
      tl_ftp_visitor_reply (self, 550, "This is no folder.");
      return;
    }
  g_free (self->cwd);
  self->cwd = g_steal_pointer (&job->path);
  tl_ftp_visitor_reply (self, 250, "Here we are.");
}

static gboolean
is_within (const char *path,
           const char *folder)
{
  return g_str_has_prefix (path, folder) && path[strlen (folder)] == '/';
}

static void
verb_done (TlFtpVisitor *self,
           TlFtpJob     *job)
{
  tl_ftp_visitor_set_act (self, g_strdup (_("Idle")));
  if (job->verb == TL_FTP_VERB_RNTO && job->errsv == EINVAL)
    {
      /* A link may lead into it, too. */
      tl_ftp_visitor_reply (self, 553, is_within (job->path, job->other) ? "A folder cannot be moved into itself."
                                                                         : "The folder would be moved into itself, or the disk cannot keep this name.");
      return;
    }
  if (job->errsv != 0)
    {
      tl_ftp_visitor_reply_errno (self, job->errsv);
      return;
    }
  switch (job->verb)
    {
    case TL_FTP_VERB_CWD:
    case TL_FTP_VERB_CDUP:
      enter_folder (self, job);
      break;
    case TL_FTP_VERB_MKD:
      reply_path (self, job->path);
      break;
    case TL_FTP_VERB_SIZE:
      if (S_ISREG (job->info.st_mode))
        tl_ftp_visitor_replyf (self, 213, "%" G_GINT64_FORMAT, (gint64) job->info.st_size);
      else
        tl_ftp_visitor_reply (self, 550, "Only a file has a size.");
      break;
    case TL_FTP_VERB_MDTM:
      if (job->good)
        tl_ftp_visitor_reply (self, 213, "The time was set.");
      else
        reply_time (self, job);
      break;
    case TL_FTP_VERB_MFMT:
      tl_ftp_visitor_replyf (self, 213, "Modify=%.14s; %s", job->text, job->shown);
      break;
    case TL_FTP_VERB_HASH:
      reply_hash (self, job);
      break;
    case TL_FTP_VERB_MLST:
      {
        g_autofree char *lines = g_strdup_printf ("250-Here it is:\r\n %s\r\n250 End\r\n", job->text);

        tl_ftp_visitor_reply_raw (self, lines, strlen (lines));
      }
      break;
    case TL_FTP_VERB_RNFR:
      self->rename_from = g_steal_pointer (&job->path);
      tl_ftp_visitor_reply (self, 350, "Now the new name.");
      break;
    default:
      tl_ftp_visitor_reply (self, 250, "Done.");
      break;
    }
}

static void
run_verb (TlFtpVisitor       *self,
          const TlFtpRequest *request,
          TlFtpJob           *job)
{
  /* As the client wrote it: it knows it by that. */
  if (job->shown == NULL)
    job->shown = g_strndup (request->length > 0 ? (const char *) request->argument : "", request->length);
  tl_ftp_visitor_run (self, job, do_verb, verb_done);
}

/* "YYYYMMDDHHMMSS path" */
static void
set_time (TlFtpVisitor       *self,
          const TlFtpRequest *request)
{
  TlFtpRequest rest = *request;
  TlFtpJob *job;
  gint64 seconds;
  const gsize begin = tl_ftp_request_split_time (request->argument, request->length, &seconds);
  char *path;

  if (begin == 0)
    {
      tl_ftp_visitor_reply (self, 501, "MFMT is followed by a time, YYYYMMDDHHMMSS, and a name.");
      return;
    }
  rest.argument += begin;
  rest.length -= begin;
  path = tl_ftp_visitor_dup_path (self, &rest);
  if (path == NULL)
    return;
  job = tl_ftp_job_new (self, request->verb, path);
  job->number = seconds;
  job->text = g_strndup ((const char *) request->argument, 14);
  run_verb (self, &rest, job);
}

static void
rename_to (TlFtpVisitor       *self,
           const TlFtpRequest *request)
{
  TlFtpJob *job;
  char *path;

  if (self->rename_from == NULL)
    {
      tl_ftp_visitor_reply (self, 503, "RNFR comes first.");
      return;
    }
  path = tl_ftp_visitor_dup_path (self, request);
  if (path == NULL)
    return;
  job = tl_ftp_job_new (self, request->verb, path);
  job->other = g_steal_pointer (&self->rename_from);
  run_verb (self, request, job);
}

static char *
describe_hash (const char *path)
{
  g_autofree char *shown = tl_ftp_name_display ((const guint8 *) path, strlen (path), TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, NULL);

  return g_strdup_printf (_("Computes the checksum of “%s”"), shown);
}

/* What some of the verbs need beside the name. */
static void
prepare (TlFtpVisitor       *self,
         const TlFtpRequest *request,
         TlFtpJob           *job)
{
  const gsize begin = request->verb == TL_FTP_VERB_MDTM ? tl_ftp_request_split_time (request->argument, request->length, &job->number) : 0;

  job->options = (TlFtpListingOptions) { .style = TL_FTP_LISTING_FACTS, .facts = self->facts, .writable = tl_ftp_visitor_may_write (self) };
  if (begin > 0)
    job->other = tl_ftp_request_resolve_path (self->cwd, request->argument + begin, request->length - begin);
  else if (request->verb == TL_FTP_VERB_HASH)
    {
      tl_ftp_visitor_set_act (self, describe_hash (job->path));
      tl_ftp_visitor_take_range (self, &job->number, &job->last);
    }
  else if (request->verb == TL_FTP_VERB_MLST)
    job->shown = g_strconcat ("/", job->path, NULL);
}

void
tl_ftp_visitor_file_verb (TlFtpVisitor       *self,
                          const TlFtpRequest *request)
{
  static const guint8 up[] = { '.', '.' };
  TlFtpRequest changed = *request;
  TlFtpJob *job;
  char *path;

  if (request->verb == TL_FTP_VERB_SIZE && self->ascii)
    {
      /* It would be that of what is sent: the whole file had to be converted for it (RFC 3659, 4). */
      tl_ftp_visitor_reply (self, 550, "With TYPE A nobody knows the size: TYPE I comes first.");
      return;
    }
  if (request->verb == TL_FTP_VERB_MFMT)
    set_time (self, request);
  else if (request->verb == TL_FTP_VERB_RNTO)
    rename_to (self, request);
  if (request->verb == TL_FTP_VERB_MFMT || request->verb == TL_FTP_VERB_RNTO)
    return;
  if (request->verb == TL_FTP_VERB_CDUP)
    {
      changed.argument = up;
      changed.length = sizeof up;
    }
  path = tl_ftp_visitor_dup_path (self, &changed);
  if (path == NULL)
    return;
  job = tl_ftp_job_new (self, request->verb, path);
  prepare (self, request, job);
  run_verb (self, &changed, job);
}

void
tl_ftp_visitor_rename_from (TlFtpVisitor       *self,
                            const TlFtpRequest *request)
{
  g_clear_pointer (&self->rename_from, g_free);
  tl_ftp_visitor_file_verb (self, request);
}
