/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with FTP: a kind, a sentence that says what to do, the server's reply code and its words. */

#include "tl-ftp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORDS 300 /* characters of the server's text in an error */

typedef struct {
  int code;
} TlFtpErrorPrivate;

static void
tl_ftp_error_private_init (TlFtpErrorPrivate *private)
{
  /* Zeroed already. */
}

static void
tl_ftp_error_private_copy (const TlFtpErrorPrivate *source,
                           TlFtpErrorPrivate       *target)
{
  if (target != NULL && source != NULL)
    *target = *source;
}

static void
tl_ftp_error_private_clear (TlFtpErrorPrivate *private)
{
}

G_DEFINE_EXTENDED_ERROR (TlFtpError, tl_ftp_error)

/* What servers of many makes say; in lower case. The order of the groups decides. */
static const char * const no_space_words[] = { "no space", "quota", "disk full", "disk is full", "insufficient storage", "not enough space",
                                               "磁盘空间", "空间不足", NULL };
static const char * const exists_words[] = { "already exist", "file exists", "directory exists", "existing", "already there", "已存在", "已经存在", NULL };
static const char * const not_found_words[] = { "no such", "not found", "not exist", "doesn't exist", "cannot find", "can't find",
                                                "couldn't find", "no files found", "nonexist", "non-exist", "unknown file", "not a valid path",
                                                "不存在", "找不到", "未找到", NULL };
static const char * const denied_words[] = { "denied", "permission", "not permitted", "not allowed", "forbidden", "read-only", "read only",
                                             "not authorized", "unauthorized", "access is", "prohibited", "insufficient rights",
                                             "拒绝", "权限", NULL };
static const char * const too_many_words[] = { "too many", "maximum", "max number", "connection limit", "users limit", "user limit",
                                               "already connected", "already logged in", "connected users", "连接数", "过多", "太多", NULL };
static const char * const tls_words[] = { "ssl", "tls", "session reuse", "encrypt", NULL };

static gboolean
has_one_of (const char         *text,
            const char * const *words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) != NULL)
      return TRUE;
  return FALSE;
}

static char *
dup_lower_text (const TlFtpReply *reply)
{
  g_autofree char *text = tl_ftp_reply_dup_text (reply);

  return g_utf8_strdown (text, -1);
}

static TlFtpError
classify_text (const char *text,
               TlFtpError  otherwise)
{
  /* "Not found, or permission denied": that it is not there is not said then. */
  if (has_one_of (text, not_found_words))
    return has_one_of (text, denied_words) ? TL_FTP_ERROR_DENIED : TL_FTP_ERROR_NOT_FOUND;
  if (has_one_of (text, exists_words))
    return TL_FTP_ERROR_EXISTS;
  if (has_one_of (text, no_space_words))
    return TL_FTP_ERROR_NO_SPACE;
  if (has_one_of (text, denied_words))
    return TL_FTP_ERROR_DENIED;
  return otherwise;
}

/* A 450, 550 or 553. Most servers say "NAME: why", and the name may hold any of our words: what stands behind the last colon is heard first. */
static TlFtpError
classify_file (const TlFtpReply *reply,
               TlFtpError        otherwise)
{
  g_autofree char *text = dup_lower_text (reply);
  const char *colon = strrchr (text, ':');
  TlFtpError kind = colon != NULL ? classify_text (colon + 1, otherwise) : otherwise;

  return kind != otherwise ? kind : classify_text (text, otherwise);
}

static TlFtpError
classify_words (const TlFtpReply   *reply,
                const char * const *words,
                TlFtpError          kind,
                TlFtpError          otherwise)
{
  g_autofree char *text = dup_lower_text (reply);

  return has_one_of (text, words) ? kind : otherwise;
}

TlFtpError
tl_ftp_error_classify (const TlFtpReply *reply)
{
  g_return_val_if_fail (reply != NULL, TL_FTP_ERROR_FAILED);

  switch (tl_ftp_reply_get_code (reply))
    {
    case 332:
      return TL_FTP_ERROR_LOGIN;
    case 421:
      return classify_words (reply, too_many_words, TL_FTP_ERROR_TOO_MANY, TL_FTP_ERROR_CLOSED);
    case 425:
    case 426:
      return TL_FTP_ERROR_DATA;
    case 430:
    case 530:
      return classify_words (reply, too_many_words, TL_FTP_ERROR_TOO_MANY, TL_FTP_ERROR_LOGIN);
    case 431:
    case 533: /* RFC 2228: the protection is too little, refused, or failed */
    case 534:
    case 535:
    case 536:
    case 537:
      return TL_FTP_ERROR_TLS;
    case 450:
    case 550:
      return classify_file (reply, TL_FTP_ERROR_FAILED);
    case 452:
    case 552:
      return TL_FTP_ERROR_NO_SPACE;
    case 500:
    case 501:
    case 502:
    case 504:
    case 521: /* RFC 4217, 13: EPSV or PORT with this PROT is not supported */
      return TL_FTP_ERROR_UNSUPPORTED;
    case 522: /* RFC 2428: the network protocol; but vsftpd: require_ssl_reuse */
      return classify_words (reply, tls_words, TL_FTP_ERROR_TLS, TL_FTP_ERROR_UNSUPPORTED);
    case 532:
      return TL_FTP_ERROR_DENIED;
    case 553:
      return classify_file (reply, TL_FTP_ERROR_DENIED);
    default:
      return tl_ftp_reply_get_class (reply) >= 4 ? TL_FTP_ERROR_FAILED : TL_FTP_ERROR_PROTOCOL;
    }
}

static const char *
get_sentence (TlFtpError        kind,
              const TlFtpReply *reply)
{
  switch (kind)
    {
    case TL_FTP_ERROR_CLOSED:
      return _("The server has ended the connection. It is made anew with the next action.");
    case TL_FTP_ERROR_LOGIN:
      return tl_ftp_reply_get_code (reply) == 332 ? _("The server wants an account besides user and password.")
                                                  : _("The server does not accept this login. Check user and password.");
    case TL_FTP_ERROR_TOO_MANY:
      return _("The server takes no more connections at the moment. Try again later, or with fewer transfers at once.");
    case TL_FTP_ERROR_NOT_FOUND:
      return _("The server does not find this file or folder. Reload the folder to see what is there.");
    case TL_FTP_ERROR_DENIED:
      /* RFC 959: the name is not allowed; some servers say so of whatever they do not permit. */
      if (tl_ftp_reply_get_code (reply) == 553 && classify_file (reply, TL_FTP_ERROR_FAILED) != TL_FTP_ERROR_DENIED)
        return _("The server does not accept this name here. Choose another name, or an account that may write here.");
      return _("The server does not permit this. Another account may have the right to do it.");
    case TL_FTP_ERROR_EXISTS:
      return _("A file or folder of this name is there already. Choose another name.");
    case TL_FTP_ERROR_NO_SPACE:
      return _("The server has no room for this. Delete something there, or ask who runs it.");
    case TL_FTP_ERROR_UNSUPPORTED:
      return _("The server does not support this.");
    case TL_FTP_ERROR_DATA:
      return _("The data connection failed. A firewall may stand in the way; try again.");
    case TL_FTP_ERROR_TLS:
      return _("The server and this program could not agree on encryption.");
    case TL_FTP_ERROR_PROTOCOL:
      return _("The server gave an answer that does not fit here.");
    case TL_FTP_ERROR_FAILED:
    case TL_FTP_ERROR_NAME:
    case TL_FTP_ERROR_LOCAL:
    case TL_FTP_ERROR_CHANGED:
    case TL_FTP_ERROR_TIMED_OUT:
    case TL_FTP_ERROR_DECLINED:
    default:
      return tl_ftp_reply_get_class (reply) == 4 ? _("The server could not do this now. Try again later.")
                                                 : _("The server refused this.");
    }
}

/* "550 Permission denied.", on one line and of bounded length. */
static char *
dup_words (const TlFtpReply *reply)
{
  g_autofree char *text = tl_ftp_reply_dup_text (reply);
  g_autofree char *cut = NULL;

  g_strdelimit (text, "\n", ' ');
  if (g_utf8_strlen (text, -1) > MAX_WORDS)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_WORDS);

      cut = g_strconcat (start, "…", NULL);
    }
  return g_strchomp (g_strdup_printf ("%d %s", tl_ftp_reply_get_code (reply), cut != NULL ? cut : text));
}

GError *
tl_ftp_error_new_with_reply (TlFtpError        kind,
                             const char       *sentence,
                             const TlFtpReply *reply)
{
  g_autofree char *words = NULL;
  TlFtpErrorPrivate *private;
  GError *error;

  g_return_val_if_fail (sentence != NULL, NULL);
  g_return_val_if_fail (reply != NULL, NULL);

  words = dup_words (reply);
  /* TRANSLATORS: a whole sentence, and what the server said: "550 Permission denied." */
  error = g_error_new (TL_FTP_ERROR, (int) kind, C_("error", "%s (%s)"), sentence, words);
  private = tl_ftp_error_get_private (error);
  if (private != NULL)
    private->code = tl_ftp_reply_get_code (reply);
  return error;
}

GError *
tl_ftp_error_new_for_reply (const TlFtpReply *reply)
{
  TlFtpError kind;

  g_return_val_if_fail (reply != NULL, NULL);

  kind = tl_ftp_error_classify (reply);
  return tl_ftp_error_new_with_reply (kind, get_sentence (kind, reply), reply);
}

/* What keeps a user out may be anything: a command that is not supported, or a file that is not there, are not what the user asked for. */
GError *
tl_ftp_error_new_for_login (const TlFtpReply *reply)
{
  TlFtpError kind;

  g_return_val_if_fail (reply != NULL, NULL);

  kind = tl_ftp_error_classify (reply);
  if (kind == TL_FTP_ERROR_LOGIN || kind == TL_FTP_ERROR_TOO_MANY || kind == TL_FTP_ERROR_CLOSED || kind == TL_FTP_ERROR_TLS || kind == TL_FTP_ERROR_PROTOCOL)
    return tl_ftp_error_new_with_reply (kind, get_sentence (kind, reply), reply);
  return tl_ftp_error_new_with_reply (TL_FTP_ERROR_FAILED,
                                      tl_ftp_reply_get_class (reply) == 4 ? _("The server does not let you in at the moment. Try again later.")
                                                                          : _("The server does not let you in. Its words tell why; whoever runs it may help."),
                                      reply);
}

void
tl_ftp_set_error_with_reply (GError           **error,
                             TlFtpError         kind,
                             const char        *sentence,
                             const TlFtpReply  *reply)
{
  g_return_if_fail (sentence != NULL && reply != NULL);

  if (error != NULL)
    g_propagate_error (error, tl_ftp_error_new_with_reply (kind, sentence, reply));
}

int
tl_ftp_error_get_code (const GError *error)
{
  TlFtpErrorPrivate *private = error != NULL && error->domain == TL_FTP_ERROR ? tl_ftp_error_get_private (error) : NULL;

  return private != NULL ? private->code : 0;
}

gboolean
tl_ftp_error_is_refusal (const GError *error)
{
  int code = tl_ftp_error_get_code (error);

  return (code >= 400 && code != 421 && code != 530) || (code == 226 && g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED));
}

gboolean
tl_ftp_error_is_transient (const GError *error)
{
  int code = tl_ftp_error_get_code (error);

  if (code > 0)
    return code < 500 ? code >= 400 : error->code == TL_FTP_ERROR_TOO_MANY;

  return g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED) ||
         g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_DATA) ||
         g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TIMED_OUT) ||
         g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY);
}
