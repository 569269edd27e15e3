/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which names of a server are those of files of this machine: each is looked up, no list is searched. */

#include "tl-ftp-compare-private.h"

#include "tl-ftp-private.h"

#include <string.h>

#define NONE G_MAXUINT32
/* So many names between two looks at the cancellable. */
#define SLICE 1024

/* The names that are the same when form, and perhaps case, do not matter. */
typedef struct {
  guint32 remote, local;
  guint   n_remote, n_local;
} Group;

static void
pair (TlFtpMatching *self,
      guint32        remote,
      guint32        local)
{
  self->local_of[remote] = local;
  self->remote_of[local] = remote;
}

/* (transfer full) (nullable): what it is called in UTF-8; NULL for what no file of this machine can be called. */
static char *
dup_text (const guint8              *name,
          gsize                      length,
          const TlFtpCompareOptions *options)
{
  gsize written;
  char *text = tl_ftp_name_convert (name, length, tl_ftp_name_resolve_charset (name, length, options->charset, options->guess), &written);

  /* What is no text of the set is compared as bytes. */
  if (text == NULL)
    {
      text = g_strndup ((const char *) name, length);
      written = length;
    }
  if (strlen (text) == written)
    return text;
  g_free (text);
  return NULL;
}

static gboolean
find (TlFtpMatching *self,
      GHashTable    *local_names,
      guint32        remote,
      const char    *text)
{
  guint found = text != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (local_names, text)) : 0;

  if (found == 0)
    return FALSE;
  /* Two names of the server in two sets may be the same text. */
  if (self->remote_of[found - 1] != NONE)
    self->remote_twice[remote] = TRUE;
  else
    pair (self, remote, found - 1);
  return TRUE;
}

static gboolean
match_texts (TlFtpMatching             *self,
             TlFtpListing              *remote,
             GHashTable                *local_names,
             const TlFtpCompareOptions *options,
             gboolean                   as_download,
             GCancellable              *cancellable)
{
  for (guint i = 0; i < self->n_remote; i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (remote, i, &length);
      g_autofree char *text = NULL;

      if (i % SLICE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (self->local_of[i] != NONE || self->remote_twice[i] || length == 0)
        continue;
      text = as_download ? tl_ftp_name_to_local (name, length, options->charset, options->guess) : dup_text (name, length, options);
      find (self, local_names, i, text);
    }
  return TRUE;
}

/* (transfer full) (nullable): NULL for a name that has one form only. */
static char *
dup_key (const char *text,
         gboolean    ignore_case)
{
  g_autofree char *form = NULL;

  if (text == NULL || (!ignore_case && g_str_is_ascii (text)))
    return NULL;
  form = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  if (form == NULL)
    return NULL;
  return ignore_case ? g_utf8_casefold (form, -1) : g_steal_pointer (&form);
}

static Group *
get_group (GHashTable *groups,
           char       *key)
{
  Group *group = g_hash_table_lookup (groups, key);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      g_hash_table_insert (groups, key, group);
    }
  else
    g_free (key);
  return group;
}

/* The groups of all names that have several forms; those of the server are in @of_remote as well. */
static gboolean
make_groups (TlFtpMatching             *self,
             TlFtpListing              *remote,
             GPtrArray                 *local,
             const TlFtpCompareOptions *options,
             GHashTable                *groups,
             Group                    **of_remote,
             Group                    **of_local,
             GCancellable              *cancellable)
{
  for (guint i = 0; i < self->n_remote; i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (remote, i, &length);
      g_autofree char *text = length > 0 ? dup_text (name, length, options) : NULL;
      char *key = dup_key (text, options->ignore_case);

      if (i % SLICE == 0 && g_cancellable_is_cancelled (cancellable))
        {
          g_free (key);
          return FALSE;
        }
      if (key == NULL)
        continue;
      of_remote[i] = get_group (groups, key);
      of_remote[i]->remote = i;
      of_remote[i]->n_remote++;
    }
  for (guint i = 0; i < self->n_local; i++)
    {
      char *key = dup_key (((TlLocalEntry *) local->pdata[i])->name, options->ignore_case);

      if (i % SLICE == 0 && g_cancellable_is_cancelled (cancellable))
        {
          g_free (key);
          return FALSE;
        }
      if (key == NULL)
        continue;
      of_local[i] = get_group (groups, key);
      of_local[i]->local = i;
      of_local[i]->n_local++;
    }
  return TRUE;
}

/* What is left over belongs together when nothing else could be meant. */
static gboolean
match_groups (TlFtpMatching             *self,
              TlFtpListing              *remote,
              GPtrArray                 *local,
              const TlFtpCompareOptions *options,
              GCancellable              *cancellable)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree Group **of_remote = g_new0 (Group *, self->n_remote);
  g_autofree Group **of_local = g_new0 (Group *, self->n_local);

  if (!make_groups (self, remote, local, options, groups, of_remote, of_local, cancellable))
    return FALSE;
  for (guint i = 0; i < self->n_remote; i++)
    {
      const Group *group = of_remote[i];

      if (group == NULL || self->local_of[i] != NONE)
        continue;
      if (group->n_remote > 1 || group->n_local > 1)
        self->remote_twice[i] = TRUE;
      else if (group->n_local == 1 && self->remote_of[group->local] == NONE)
        pair (self, i, group->local);
    }
  for (guint i = 0; i < self->n_local; i++)
    if (of_local[i] != NULL && self->remote_of[i] == NONE && (of_local[i]->n_remote > 1 || of_local[i]->n_local > 1))
      self->local_twice[i] = TRUE;
  return TRUE;
}

gboolean
tl_ftp_matching_run (TlFtpMatching             *self,
                     TlFtpListing              *remote,
                     GPtrArray                 *local,
                     GHashTable                *local_names,
                     const TlFtpCompareOptions *options,
                     GCancellable              *cancellable)
{
  self->n_remote = remote != NULL ? tl_ftp_listing_get_n_entries (remote) : 0;
  self->n_local = local != NULL ? local->len : 0;
  self->local_of = g_new (guint32, self->n_remote);
  self->remote_of = g_new (guint32, self->n_local);
  self->remote_twice = g_new0 (gboolean, self->n_remote);
  self->local_twice = g_new0 (gboolean, self->n_local);
  for (guint i = 0; i < self->n_remote; i++)
    self->local_of[i] = NONE;
  for (guint i = 0; i < self->n_local; i++)
    self->remote_of[i] = NONE;

  return match_texts (self, remote, local_names, options, FALSE, cancellable) &&
         match_texts (self, remote, local_names, options, TRUE, cancellable) &&
         match_groups (self, remote, local, options, cancellable);
}

void
tl_ftp_matching_clear (TlFtpMatching *self)
{
  g_clear_pointer (&self->local_of, g_free);
  g_clear_pointer (&self->remote_of, g_free);
  g_clear_pointer (&self->remote_twice, g_free);
  g_clear_pointer (&self->local_twice, g_free);
}
