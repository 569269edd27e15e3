/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which command of a visitor is done where, and whether it may be. */

#include "tl-ftp-visitor-private.h"

static void
quit (TlFtpVisitor       *self,
      const TlFtpRequest *request)
{
  tl_ftp_visitor_reply_last (self, 221, "Goodbye.");
}

/* The answers that are always the same. */
static gboolean
answer (TlFtpVisitor *self,
        TlFtpVerb     verb)
{
  switch (verb)
    {
    case TL_FTP_VERB_NOOP:
      tl_ftp_visitor_reply (self, 200, "Still here.");
      return TRUE;
    case TL_FTP_VERB_CLNT:
      tl_ftp_visitor_reply (self, 200, "Noted.");
      return TRUE;
    case TL_FTP_VERB_SYST:
      tl_ftp_visitor_reply (self, 215, "UNIX Type: L8");
      return TRUE;
    case TL_FTP_VERB_ACCT:
      tl_ftp_visitor_reply (self, 202, "No account is needed beside the name and the password.");
      return TRUE;
    case TL_FTP_VERB_ALLO:
      tl_ftp_visitor_reply (self, 202, "No room has to be made.");
      return TRUE;
    default:
      return FALSE;
    }
}

static TlFtpVerbFunc
find_func (TlFtpVerb verb)
{
  switch (verb)
    {
    case TL_FTP_VERB_ABOR:
      return tl_ftp_visitor_abor;
    case TL_FTP_VERB_AUTH:
      return tl_ftp_visitor_auth;
    case TL_FTP_VERB_EPSV:
      return tl_ftp_visitor_epsv;
    case TL_FTP_VERB_FEAT:
      return tl_ftp_visitor_feat;
    case TL_FTP_VERB_HELP:
      return tl_ftp_visitor_help;
    case TL_FTP_VERB_LIST:
    case TL_FTP_VERB_MLSD:
    case TL_FTP_VERB_NLST:
      return tl_ftp_visitor_list;
    case TL_FTP_VERB_MODE:
    case TL_FTP_VERB_STRU:
    case TL_FTP_VERB_TYPE:
      return tl_ftp_visitor_type;
    case TL_FTP_VERB_OPTS:
      return tl_ftp_visitor_opts;
    case TL_FTP_VERB_PASS:
      return tl_ftp_visitor_pass;
    case TL_FTP_VERB_PASV:
      return tl_ftp_visitor_pasv;
    case TL_FTP_VERB_PBSZ:
      return tl_ftp_visitor_pbsz;
    case TL_FTP_VERB_EPRT:
    case TL_FTP_VERB_PORT:
      return tl_ftp_visitor_port;
    case TL_FTP_VERB_PROT:
      return tl_ftp_visitor_prot;
    case TL_FTP_VERB_PWD:
      return tl_ftp_visitor_pwd;
    case TL_FTP_VERB_QUIT:
      return quit;
    case TL_FTP_VERB_RANG:
      return tl_ftp_visitor_rang;
    case TL_FTP_VERB_REST:
      return tl_ftp_visitor_rest;
    case TL_FTP_VERB_RETR:
      return tl_ftp_visitor_retr;
    case TL_FTP_VERB_RNFR:
      return tl_ftp_visitor_rename_from;
    case TL_FTP_VERB_STAT:
      return tl_ftp_visitor_stat;
    case TL_FTP_VERB_APPE:
    case TL_FTP_VERB_STOR:
      return tl_ftp_visitor_stor;
    case TL_FTP_VERB_USER:
      return tl_ftp_visitor_user;
    default:
      return tl_ftp_visitor_file_verb;
    }
}

gboolean
tl_ftp_visitor_may_write (TlFtpVisitor *self)
{
  if (!self->server->writable || self->account == NULL)
    return FALSE;
  if (tl_ftp_account_get_kind (self->account) == TL_FTP_ACCOUNT_ANONYMOUS)
    return self->server->anonymous_writable;
  return tl_ftp_account_get_writable (self->account);
}

char *
tl_ftp_visitor_dup_path (TlFtpVisitor       *self,
                         const TlFtpRequest *request)
{
  char *path = tl_ftp_request_resolve_path (self->cwd, request->argument, request->length);

  if (path == NULL)
    tl_ftp_visitor_reply (self, 553, "This name is too long, or there are bytes in it that no name may hold.");
  return path;
}

static gboolean
is_allowed (TlFtpVisitor       *self,
            const TlFtpRequest *request)
{
  if (request->verb == TL_FTP_VERB_UNKNOWN)
    tl_ftp_visitor_reply (self, 500, "This command is not known here.");
  else if ((request->flags & TL_FTP_VERB_NEEDS_LOGIN) && self->account == NULL)
    tl_ftp_visitor_reply (self, 530, "Log in first.");
  else if ((request->flags & TL_FTP_VERB_NEEDS_ARGUMENT) && request->argument == NULL)
    tl_ftp_visitor_reply (self, 501, "Something is missing behind the command.");
  else if ((request->flags & TL_FTP_VERB_WRITES) && !tl_ftp_visitor_may_write (self))
    tl_ftp_visitor_reply (self, 550, "This folder is shared for reading only.");
  else
    return TRUE;
  return FALSE;
}

void
tl_ftp_visitor_dispatch (TlFtpVisitor *self,
                         const guint8 *line,
                         gsize         length)
{
  TlFtpRequest request;

  tl_ftp_request_parse (&request, line, length);
  if (is_allowed (self, &request) && !answer (self, request.verb))
    find_func (request.verb) (self, &request);
  /* Both count for the very next command. */
  if (request.verb != TL_FTP_VERB_RNFR)
    g_clear_pointer (&self->rename_from, g_free);
}
