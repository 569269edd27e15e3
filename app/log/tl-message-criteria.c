/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a filter lets through. */

#include "tl-message-criteria.h"

#include <glib/gi18n-lib.h>

void
tl_message_criteria_clear (TlMessageCriteria *self)
{
  g_free (self->peer);
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  *self = (TlMessageCriteria) TL_MESSAGE_CRITERIA_INIT;
}

void
tl_message_criteria_copy (TlMessageCriteria       *to,
                          const TlMessageCriteria *from)
{
  TlMessageCriteria copy = *from;

  copy.peer = g_strdup (from->peer);
  copy.pattern = from->pattern != NULL ? tl_pattern_ref (from->pattern) : NULL;
  tl_message_criteria_clear (to);
  *to = copy;
}

gboolean
tl_message_criteria_equal (const TlMessageCriteria *self,
                           const TlMessageCriteria *other)
{
  return self->kinds == other->kinds && g_strcmp0 (self->peer, other->peer) == 0 && self->min_length == other->min_length &&
         self->max_length == other->max_length && tl_time_range_equal (&self->time, &other->time) &&
         tl_pattern_equal (self->pattern, other->pattern) && (self->pattern == NULL || self->inverted == other->inverted);
}

gboolean
tl_message_criteria_pass_all (const TlMessageCriteria *self)
{
  const TlMessageCriteria all = TL_MESSAGE_CRITERIA_INIT;

  return tl_message_criteria_equal (self, &all);
}

static gboolean
length_passes (const TlMessageCriteria *self,
               const TlMessageInfo     *info)
{
  if (self->min_length == 0 && self->max_length == G_MAXUINT32)
    return TRUE;
  return TL_MESSAGE_KIND_IS_DATA (info->kind) && info->length >= self->min_length && info->length <= self->max_length;
}

static gboolean
pattern_is_in (TlPattern           *pattern,
               TlMessageSource     *source,
               guint                position,
               const TlMessageInfo *info,
               gboolean            *gave_up)
{
  g_autoptr (GBytes) bytes = NULL;
  TlPatternVerdict verdict = TL_PATTERN_ABSENT;

  if (info->length < tl_pattern_get_min_length (pattern))
    return FALSE;
  bytes = tl_message_source_dup_bytes (source, position);
  if (bytes != NULL)
    verdict = tl_pattern_judge (pattern, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  *gave_up = verdict == TL_PATTERN_GAVE_UP;
  return verdict == TL_PATTERN_PRESENT;
}

/* What costs least comes first. */
gboolean
tl_message_criteria_match (const TlMessageCriteria *self,
                           TlMessageSource         *source,
                           guint                    position,
                           gint64                   earliest,
                           TlDayClock              *clock,
                           gboolean                *gave_up)
{
  TlMessageInfo info;

  *gave_up = FALSE;
  return tl_message_source_peek (source, position, &info) && (self->kinds & (1u << info.kind)) != 0 && length_passes (self, &info) &&
         tl_time_range_contains (&self->time, info.time, earliest, clock) &&
         (self->peer == NULL || g_strcmp0 (self->peer, tl_message_source_peer_name (source, info.peer)) == 0) &&
         (self->pattern == NULL || pattern_is_in (self->pattern, source, position, &info, gave_up) != !!self->inverted);
}

static gboolean
parse_number (const char  *text,
              guint32     *value,
              GError     **error)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  guint64 n;

  if (plain != NULL && *g_strstrip (plain) == '\0')
    return TRUE;
  if (plain == NULL || !g_ascii_string_to_unsigned (plain, 10, 0, G_MAXUINT32, &n, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no number of bytes."), text);
      return FALSE;
    }
  *value = (guint32) n;
  return TRUE;
}

gboolean
tl_message_criteria_parse_length (const char  *least,
                                  const char  *most,
                                  guint32     *min_length,
                                  guint32     *max_length,
                                  GError     **error)
{
  guint32 min = 0, max = G_MAXUINT32;

  if (!parse_number (least, &min, error) || !parse_number (most, &max, error))
    return FALSE;
  if (min > max)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("At least %u and at most %u bytes: no message is so long."), min, max);
      return FALSE;
    }
  *min_length = min;
  *max_length = max;
  return TRUE;
}
