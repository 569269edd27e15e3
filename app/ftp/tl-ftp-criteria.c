/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files of a server are looked for. */

#include "tl-ftp-criteria.h"

#include "tl-ftp-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Every whole number below it has its place in a double. */
#define MAX_NUMBER 9e15

struct _TlFtpCriteria
{
  gatomicrefcount    ref_count;
  gboolean           fold;
  char              *part;      /* one of the three, or none */
  GPatternSpec      *pattern;
  GRegex            *regex;
  gint64             min_size, max_size;
  gint64             newer, older;
  TlFtpCriteriaKind  kind;
};

static gboolean
set_name (TlFtpCriteria            *self,
          const TlFtpCriteriaWish  *wish,
          GError                  **error)
{
  g_autofree char *text = NULL;

  if (wish->name == NULL || *wish->name == '\0')
    return TRUE;
  if (wish->is_regex)
    {
      self->regex = g_regex_new (wish->name, G_REGEX_OPTIMIZE | (wish->fold ? G_REGEX_CASELESS : 0), 0, error);
      return self->regex != NULL;
    }
  text = wish->fold ? tl_ftp_names_fold (wish->name) : g_strdup (wish->name);
  if (strpbrk (text, "*?") != NULL)
    self->pattern = g_pattern_spec_new (text);
  else
    self->part = g_steal_pointer (&text);
  return TRUE;
}

/* With digits, and a point or comma among them. Not 1,500: to most who type it that is a thousand times what it is with a decimal comma. */
static gboolean
is_plain_number (const char *text)
{
  gsize whole = strspn (text, "0123456789");
  const char *rest = text + whole;
  gsize part = *rest == '.' || *rest == ',' ? strspn (rest + 1, "0123456789") : 0;

  if (*rest == ',' && part == 3 && whole >= 1 && whole <= 3 && *text != '0')
    return FALSE;
  return whole + part > 0 && rest[part > 0 ? part + 1 : 0] == '\0';
}

gboolean
tl_ftp_criteria_read_number (const char *text,
                             gint64      factor,
                             gint64     *value)
{
  /* An input method gives full-width digits. */
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  double number;

  *value = -1;
  if (plain == NULL)
    return FALSE;
  g_strstrip (plain);
  if (*plain == '\0')
    return TRUE;
  if (!is_plain_number (plain))
    return FALSE;
  g_strdelimit (plain, ",", '.');
  number = g_ascii_strtod (plain, NULL) * (double) factor;
  if (number >= MAX_NUMBER)
    return FALSE;
  *value = (gint64) number;
  if ((double) *value < number)
    (*value)++;
  return TRUE;
}

TlFtpCriteria *
tl_ftp_criteria_new (const TlFtpCriteriaWish  *wish,
                     GError                  **error)
{
  g_autoptr (TlFtpCriteria) self = NULL;

  g_return_val_if_fail (wish != NULL, NULL);

  if (wish->max_size >= 0 && wish->min_size > wish->max_size)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("No file has such a size: the smallest one is above the largest one."));
      return NULL;
    }
  if (wish->newer >= 0 && wish->older >= 0 && wish->newer > wish->older)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("No file was changed within the time that you gave and left as it is for the longer one. Make one of the two empty, or exchange them."));
      return NULL;
    }
  self = g_new0 (TlFtpCriteria, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->fold = wish->fold;
  self->min_size = wish->min_size;
  self->max_size = wish->max_size;
  self->newer = wish->newer;
  self->older = wish->older;
  self->kind = wish->kind;
  if (!set_name (self, wish, error))
    return NULL;
  return g_steal_pointer (&self);
}

TlFtpCriteria *
tl_ftp_criteria_ref (TlFtpCriteria *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_ftp_criteria_unref (TlFtpCriteria *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->pattern, g_pattern_spec_free);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self->part);
  g_free (self);
}

static gboolean
matches_name (TlFtpCriteria          *self,
              const TlFtpListingItem *item,
              TlFtpCharset            charset,
              TlCharset               guess)
{
  g_autofree char *name = NULL;
  g_autofree char *folded = NULL;

  if (self->part == NULL && self->pattern == NULL && self->regex == NULL)
    return TRUE;
  name = tl_ftp_name_display (item->name, item->name_length, charset, guess, NULL);
  /* An expression that tries for too long does not match. */
  if (self->regex != NULL)
    return g_regex_match (self->regex, name, 0, NULL);
  if (self->fold)
    folded = tl_ftp_names_fold (name);
  if (self->pattern != NULL)
    return g_pattern_spec_match_string (self->pattern, folded != NULL ? folded : name);
  return strstr (folded != NULL ? folded : name, self->part) != NULL;
}

gboolean
tl_ftp_criteria_matches (TlFtpCriteria          *self,
                         const TlFtpListingItem *item,
                         TlFtpCharset            charset,
                         TlCharset               guess)
{
  gboolean has_time = item->precision != TL_FTP_TIME_NONE;
  gboolean is_folder = item->kind == TL_FTP_ENTRY_DIRECTORY;
  /* What a server tells as the size of a folder says nothing about it. */
  gint64 size = is_folder ? -1 : item->size;

  if ((self->kind == TL_FTP_CRITERIA_FILES && is_folder) || (self->kind == TL_FTP_CRITERIA_FOLDERS && !is_folder))
    return FALSE;
  if ((self->min_size >= 0 && size < self->min_size) || (self->max_size >= 0 && (size < 0 || size > self->max_size)))
    return FALSE;
  if ((self->newer >= 0 && (!has_time || item->time < self->newer)) || (self->older >= 0 && (!has_time || item->time > self->older)))
    return FALSE;
  return matches_name (self, item, charset, guess);
}
