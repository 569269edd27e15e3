/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server can do, and how things stand. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-scan.h"

#include <string.h>

#define STAT_ENTRIES 200

static const struct {
  const char *name;
  TlFtpFacts  fact;
} facts[] = {
  { "type", TL_FTP_FACT_TYPE },
  { "size", TL_FTP_FACT_SIZE },
  { "modify", TL_FTP_FACT_MODIFY },
  { "perm", TL_FTP_FACT_PERM },
  { "UNIX.mode", TL_FTP_FACT_MODE },
};

static void
reply_string (TlFtpVisitor *self,
              GString      *text)
{
  tl_ftp_visitor_reply_raw (self, text->str, text->len);
  g_string_free (text, TRUE);
}

void
tl_ftp_visitor_feat (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  GString *text = g_string_new ("211-Features:\r\n");

  if (self->server->certificate != NULL)
    g_string_append (text, " AUTH TLS\r\n");
  g_string_append (text, " CLNT\r\n EPRT\r\n EPSV\r\n HASH SHA-256*\r\n MDTM\r\n MFMT\r\n MLST ");
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    g_string_append_printf (text, "%s%s;", facts[i].name, self->facts & facts[i].fact ? "*" : "");
  g_string_append (text, "\r\n PASV\r\n");
  if (self->server->certificate != NULL)
    g_string_append (text, " PBSZ\r\n PROT\r\n");
  g_string_append (text, " RANG STREAM\r\n REST STREAM\r\n SIZE\r\n TVFS\r\n UTF8\r\n211 End\r\n");
  reply_string (self, text);
}

void
tl_ftp_visitor_help (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  g_autofree char *verbs = tl_ftp_request_list_verbs ();
  GString *text = g_string_new ("214-These commands are known here:\r\n");

  g_string_append (text, verbs);
  g_string_append (text, "214 End\r\n");
  reply_string (self, text);
}

/* "type;size;" */
static void
choose_facts (TlFtpVisitor *self,
              const guint8 *p,
              const guint8 *end)
{
  GString *text = g_string_new ("200 MLST OPTS ");

  self->facts = 0;
  while (p < end)
    {
      const guint8 *stop = memchr (p, ';', (gsize) (end - p));

      if (stop == NULL)
        stop = end;
      for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
        if ((gsize) (stop - p) == strlen (facts[i].name) && g_ascii_strncasecmp ((const char *) p, facts[i].name, (gsize) (stop - p)) == 0)
          self->facts |= facts[i].fact;
      p = stop + 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (self->facts & facts[i].fact)
      g_string_append_printf (text, "%s;", facts[i].name);
  g_string_append (text, "\r\n");
  reply_string (self, text);
}

void
tl_ftp_visitor_opts (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  const guint8 *end = request->argument + request->length;
  const guint8 *word = tl_scan_word (request->argument, end);
  const guint8 *rest = tl_scan_blanks (word, end);

  if (tl_scan_is (request->argument, word, "mlst"))
    choose_facts (self, rest, end);
  else if (tl_scan_is (request->argument, word, "utf8") && (rest == end || tl_scan_is (rest, end, "on")))
    tl_ftp_visitor_reply (self, 200, "Names are UTF-8, as they are in the folder.");
  else if (tl_scan_is (request->argument, word, "hash") && (rest == end || tl_scan_is (rest, end, "sha-256")))
    tl_ftp_visitor_reply (self, 200, "SHA-256");
  else
    tl_ftp_visitor_reply (self, 501, "This option is not known here.");
}

static void
list_for_stat (TlFtpJob     *job,
               GCancellable *cancellable)
{
  job->errsv = tl_ftp_share_list (job->share, job->path, &job->options, cancellable, &job->bytes, &job->left_out);
}

static void
stat_done (TlFtpVisitor *self,
           TlFtpJob     *job)
{
  GString *text;
  gsize length;
  const char *lines;

  if (job->errsv != 0)
    {
      tl_ftp_visitor_reply_errno (self, job->errsv);
      return;
    }
  lines = g_bytes_get_data (job->bytes, &length);
  text = g_string_new ("213-Status:\r\n");
  for (const char *p = lines; p < lines + length;)
    {
      const char *stop = memchr (p, '\n', (gsize) (lines + length - p));

      /* A blank: a name may look like the last line. */
      g_string_append_c (text, ' ');
      g_string_append_len (text, p, stop + 1 - p);
      p = stop + 1;
    }
  if (job->left_out > 0)
    g_string_append_printf (text, " (%u more)\r\n", job->left_out);
  g_string_append (text, "213 End\r\n");
  reply_string (self, text);
}

static void
stat_self (TlFtpVisitor *self)
{
  GString *text = g_string_new ("211-Tonglu: a shared folder.\r\n");

  g_string_append_printf (text, " Connected from %s, %s.\r\n", self->endpoint, self->stream.tls != NULL ? "under TLS" : "in clear");
  g_string_append_printf (text, " TYPE: %s, STRU: F, MODE: S\r\n", self->ascii ? "A N" : "I");
  if (tl_ftp_visitor_is_moving (self))
    g_string_append_printf (text, " A transfer is going on: %" G_GINT64_FORMAT " bytes so far.\r\n", self->move.moved);
  g_string_append (text, "211 End\r\n");
  reply_string (self, text);
}

void
tl_ftp_visitor_stat (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  TlFtpRequest rest = *request;
  char *path;
  TlFtpJob *job;

  if (request->argument == NULL)
    {
      stat_self (self);
      return;
    }
  if (tl_ftp_visitor_is_moving (self))
    {
      tl_ftp_visitor_reply (self, 450, "A transfer is going on; try again later.");
      return;
    }
  tl_ftp_request_skip_options (&rest);
  path = tl_ftp_visitor_dup_path (self, &rest);
  if (path == NULL)
    return;
  job = tl_ftp_job_new (self, TL_FTP_VERB_STAT, path);
  job->options = (TlFtpListingOptions) { .style = TL_FTP_LISTING_LIST, .max_entries = STAT_ENTRIES };
  tl_ftp_visitor_run (self, job, list_for_stat, stat_done);
}

void
tl_ftp_visitor_pwd (TlFtpVisitor       *self,
                    const TlFtpRequest *request)
{
  GString *text = g_string_new ("257 \"/");

  /* A quote in a name is doubled (RFC 959, appendix II). */
  for (const char *p = self->cwd; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  g_string_append (text, "\" is the folder.\r\n");
  reply_string (self, text);
}
