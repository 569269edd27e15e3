/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How files are sent, and which part of them. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-scan.h"

static gboolean
is_one_of (const TlFtpRequest *request,
           const char *const  *names)
{
  for (; *names != NULL; names++)
    if (tl_scan_is (request->argument, request->argument + request->length, *names))
      return TRUE;
  return FALSE;
}

/* TYPE, MODE and STRU. A client that says nothing of it gets its files byte by byte, whatever RFC 959 begins with: a picture would be spoilt otherwise. */
void
tl_ftp_visitor_type (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  static const char *const ascii[] = { "a", "a n", NULL };
  static const char *const image[] = { "i", "l 8", NULL };
  static const char *const stream[] = { "s", NULL };
  static const char *const file[] = { "f", NULL };

  if (request->verb != TL_FTP_VERB_TYPE)
    {
      const gboolean good = is_one_of (request, request->verb == TL_FTP_VERB_MODE ? stream : file);

      tl_ftp_visitor_reply (self, good ? 200 : 504, good ? "Good." : "This is not known here.");
    }
  else if (is_one_of (request, ascii))
    {
      self->ascii = TRUE;
      tl_ftp_visitor_reply (self, 200, "The ends of lines are converted from now on.");
    }
  else if (is_one_of (request, image))
    {
      self->ascii = FALSE;
      tl_ftp_visitor_reply (self, 200, "Files are sent byte by byte from now on.");
    }
  else
    tl_ftp_visitor_reply (self, 504, "Only TYPE A, TYPE I and TYPE L 8 are known here.");
}

static gboolean
check_image (TlFtpVisitor *self,
             gint64        first)
{
  if (!self->ascii || first == 0)
    return TRUE;
  tl_ftp_visitor_reply (self, 501, "With TYPE A no place in a file can be told: TYPE I comes first.");
  return FALSE;
}

void
tl_ftp_visitor_rest (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  gint64 offset;

  if (!tl_ftp_request_parse_number (request->argument, request->length, &offset))
    tl_ftp_visitor_reply (self, 501, "REST is followed by a number of bytes.");
  else if (check_image (self, offset))
    {
      self->restart = offset;
      self->range_last = -1;
      tl_ftp_visitor_replyf (self, 350, "The next transfer begins at byte %" G_GINT64_FORMAT ".", offset);
    }
}

/* draft-bryan-ftp-range: both are meant to be sent; "1 0" is for all of the file again. */
void
tl_ftp_visitor_rang (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  gint64 first, last;

  if (!tl_ftp_request_parse_range (request->argument, request->length, &first, &last) || (first > last && !(first == 1 && last == 0)))
    tl_ftp_visitor_reply (self, 501, "RANG is followed by the first and the last byte that are meant.");
  else if (first > last)
    {
      self->restart = 0;
      self->range_last = -1;
      tl_ftp_visitor_reply (self, 350, "The whole file.");
    }
  else if (check_image (self, first + 1))
    {
      self->restart = first;
      self->range_last = last;
      tl_ftp_visitor_replyf (self, 350, "Bytes %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", first, last);
    }
}

void
tl_ftp_visitor_take_range (TlFtpVisitor *self,
                           gint64       *first,
                           gint64       *last)
{
  *first = self->restart;
  *last = self->range_last;
  self->restart = 0;
  self->range_last = -1;
}
