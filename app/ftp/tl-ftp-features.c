/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpFeatures: what FEAT told. */

#include "tl-ftp-answer.h"

#include <string.h>

#include "tl-decoder.h"

#define MAX_FEATURES 1000

struct _TlFtpFeatures
{
  GHashTable *parameters; /* name in upper case → text */
};

/* "UTF-8" stands where "UTF8" is meant. */
static char *
dup_name (const char *name,
          gsize       length)
{
  g_autofree char *upper = g_ascii_strup (name, (gssize) length);

  return g_strdup (g_str_equal (upper, "UTF-8") ? "UTF8" : upper);
}

static void
add_line (TlFtpFeatures *self,
          const guint8  *line,
          gsize          length)
{
  g_autofree char *text = tl_decode (TL_CHARSET_UTF_8, line, length);
  g_autofree char *name = NULL;
  const char *rest;
  const char *known;
  gsize n;

  g_strstrip (text);
  n = strcspn (text, " \t");
  if (n == 0 || g_hash_table_size (self->parameters) >= MAX_FEATURES)
    return;

  name = dup_name (text, n);
  for (rest = text + n; *rest == ' ' || *rest == '\t';)
    rest++;

  /* "AUTH SSL" and "AUTH TLS" on two lines: both hold. */
  known = g_hash_table_lookup (self->parameters, name);
  if (known == NULL || *known == '\0')
    g_hash_table_insert (self->parameters, g_steal_pointer (&name), g_strdup (rest));
  else if (*rest != '\0' && strlen (known) < TL_FTP_REPLY_MAX_LINE)
    g_hash_table_insert (self->parameters, g_steal_pointer (&name), g_strconcat (known, ";", rest, NULL));
}

TlFtpFeatures *
tl_ftp_features_new_from_reply (const TlFtpReply *reply)
{
  TlFtpFeatures *self = g_atomic_rc_box_new0 (TlFtpFeatures);
  guint n;

  g_return_val_if_fail (reply != NULL, NULL);

  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  n = tl_ftp_reply_get_class (reply) == 2 ? tl_ftp_reply_get_n_lines (reply) : 0;

  /* The first line and the last are words (RFC 2389, 3.2). */
  for (guint i = 1; i + 1 < n; i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);

      add_line (self, line, length);
    }
  return self;
}

TlFtpFeatures *
tl_ftp_features_ref (TlFtpFeatures *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
features_clear (TlFtpFeatures *self)
{
  g_hash_table_unref (self->parameters);
}

void
tl_ftp_features_unref (TlFtpFeatures *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) features_clear);
}

const char *
tl_ftp_features_get_parameters (const TlFtpFeatures *self,
                                const char          *name)
{
  g_autofree char *upper = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (self == NULL)
    return NULL;
  upper = dup_name (name, strlen (name));
  return g_hash_table_lookup (self->parameters, upper);
}

gboolean
tl_ftp_features_has (const TlFtpFeatures *self,
                     const char          *name)
{
  return tl_ftp_features_get_parameters (self, name) != NULL;
}
