/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was sent, to walk through with Up and Down. */
#include "tl-send-history.h"

#include <string.h>

struct _TlSendHistory
{
  GPtrArray *entries;
  guint      position; /* entries->len: at the draft */
  char      *draft;
};

static gboolean
is_kept (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= TL_SEND_HISTORY_MAX_LENGTH;
}

static void
end_walk (TlSendHistory *self)
{
  self->position = self->entries->len;
  g_clear_pointer (&self->draft, g_free);
}

static void
trim (TlSendHistory *self)
{
  if (self->entries->len > TL_SEND_HISTORY_MAX_ENTRIES)
    g_ptr_array_remove_range (self->entries, 0, self->entries->len - TL_SEND_HISTORY_MAX_ENTRIES);
}

static gboolean
is_same (TlSendHistory      *self,
         const char * const *entries)
{
  guint i;

  for (i = 0; i < self->entries->len; i++)
    {
      if (!entries[i] || !g_str_equal (entries[i], g_ptr_array_index (self->entries, i)))
        return FALSE;
    }

  return entries[i] == NULL;
}

TlSendHistory *
tl_send_history_new (void)
{
  TlSendHistory *self = g_new0 (TlSendHistory, 1);

  self->entries = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
tl_send_history_free (TlSendHistory *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->draft);
  g_free (self);
}

gboolean
tl_send_history_set (TlSendHistory      *self,
                     const char * const *entries)
{
  static const char * const none[] = { NULL };

  if (!entries)
    entries = none;
  if (is_same (self, entries))
    return FALSE;

  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; entries[i]; i++)
    {
      if (is_kept (entries[i]))
        g_ptr_array_add (self->entries, g_strdup (entries[i]));
    }
  trim (self);
  end_walk (self);

  return TRUE;
}

char **
tl_send_history_dup (TlSendHistory *self)
{
  char **out = g_new0 (char *, self->entries->len + 1);

  for (guint i = 0; i < self->entries->len; i++)
    out[i] = g_strdup (g_ptr_array_index (self->entries, i));

  return out;
}

gboolean
tl_send_history_add (TlSendHistory *self,
                     const char    *text)
{
  guint index;

  end_walk (self);
  if (!is_kept (text))
    return FALSE;

  if (g_ptr_array_find_with_equal_func (self->entries, text, g_str_equal, &index))
    {
      if (index == self->entries->len - 1)
        return FALSE;
      g_ptr_array_remove_index (self->entries, index);
    }
  g_ptr_array_add (self->entries, g_strdup (text));
  trim (self);
  end_walk (self);

  return TRUE;
}

const char *
tl_send_history_step (TlSendHistory *self,
                      gboolean       back,
                      const char    *current)
{
  if (back)
    {
      if (self->position == 0)
        return NULL;
      if (self->position == self->entries->len)
        {
          g_free (self->draft);
          self->draft = g_strdup (current);
        }
      return g_ptr_array_index (self->entries, --self->position);
    }

  if (self->position == self->entries->len)
    return NULL;
  if (++self->position == self->entries->len)
    return self->draft;

  return g_ptr_array_index (self->entries, self->position);
}
