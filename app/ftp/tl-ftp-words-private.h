/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For tl-ftp-words.c: the tables. A text is untranslated. */

typedef struct {
  const char *verb;
  const char *word; /* (nullable): the first word behind it, of a variant; "SET" of MDTM: a time stands there */
  const char *text;
} TlFtpCommandWords;

typedef struct {
  int         code;
  const char *text;
  const char *next; /* (nullable): what the user can do */
} TlFtpReplyWords;

extern const TlFtpCommandWords tl_ftp_command_words[];
extern const TlFtpReplyWords   tl_ftp_reply_words[];
extern const char * const      tl_ftp_reply_class_words[7];
extern const char * const      tl_ftp_reply_group_words[10];

G_END_DECLS
