/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a file that is edited, for the next run. */

#include "tl-ftp-edit-place.h"

#include "tl-ftp-saved.h"

#include <string.h>

#define SITE_TYPE "(sba{sv})"

TlFtpEditAbout *
tl_ftp_edit_about_new (TlFtpSite  *site,
                       GBytes     *remote,
                       const char *name)
{
  TlFtpEditAbout *self = g_new0 (TlFtpEditAbout, 1);

  self->site = g_variant_ref_sink (tl_ftp_saved_pack (site, NULL, FALSE));
  self->site_id = tl_ftp_site_get_id (site);
  self->remote = g_bytes_ref (remote);
  self->name = g_strdup (name);
  self->mark = (TlFtpEditMark) { -1, -1 };
  return self;
}

TlFtpEditAbout *
tl_ftp_edit_about_copy (const TlFtpEditAbout *self)
{
  TlFtpEditAbout *copy = g_new (TlFtpEditAbout, 1);

  *copy = *self;
  g_variant_ref (copy->site);
  g_bytes_ref (copy->remote);
  copy->name = g_strdup (self->name);
  copy->hash = g_strdup (self->hash);
  copy->next_hash = g_strdup (self->next_hash);
  return copy;
}

void
tl_ftp_edit_about_free (TlFtpEditAbout *self)
{
  g_variant_unref (self->site);
  g_bytes_unref (self->remote);
  g_free (self->name);
  g_free (self->hash);
  g_free (self->next_hash);
  g_free (self);
}

void
tl_ftp_edit_about_set_hash (TlFtpEditAbout *self,
                            const char     *hash)
{
  g_free (self->hash);
  self->hash = g_strdup (hash);
}

void
tl_ftp_edit_about_set_next (TlFtpEditAbout      *self,
                            const char          *hash,
                            const TlFtpEditMark *mark)
{
  g_free (self->next_hash);
  self->next_hash = g_strdup (hash);
  self->next_mark = *mark;
}

void
tl_ftp_edit_about_settle (TlFtpEditAbout *self,
                          const char     *hash)
{
  g_autofree char *next = g_steal_pointer (&self->next_hash);

  if (next == NULL || !g_str_equal (next, hash))
    return;
  tl_ftp_edit_about_set_hash (self, hash);
  self->mark = self->next_mark;
  self->cut_off = FALSE;
}

gboolean
tl_ftp_edit_about_is_sent (const TlFtpEditAbout *self,
                           const char           *hash)
{
  return !self->cut_off && g_strcmp0 (hash, self->hash) == 0;
}

TlFtpSite *
tl_ftp_edit_about_dup_site (const TlFtpEditAbout *self)
{
  gboolean open;
  TlFtpSite *site = tl_ftp_saved_unpack (self->site, &open, NULL);

  if (site != NULL)
    g_object_set (site, "id", self->site_id, NULL);
  return site;
}

GBytes *
tl_ftp_edit_about_to_bytes (const TlFtpEditAbout *self)
{
  g_autoptr (GVariant) all = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "site", self->site);
  g_variant_dict_insert (&dict, "site-id", "x", self->site_id);
  g_variant_dict_insert_value (&dict, "remote", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, self->remote, TRUE));
  g_variant_dict_insert (&dict, "name", "^ay", self->name);
  g_variant_dict_insert (&dict, "hash", "s", self->hash != NULL ? self->hash : "");
  g_variant_dict_insert (&dict, "size", "x", self->mark.size);
  g_variant_dict_insert (&dict, "time", "x", self->mark.time);
  g_variant_dict_insert (&dict, "cut-off", "b", self->cut_off);
  if (self->next_hash != NULL)
    {
      g_variant_dict_insert (&dict, "next-hash", "s", self->next_hash);
      g_variant_dict_insert (&dict, "next-size", "x", self->next_mark.size);
      g_variant_dict_insert (&dict, "next-time", "x", self->next_mark.time);
    }
  all = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_get_data_as_bytes (all);
}

/* A name that leads nowhere else. */
static gboolean
is_name (const char *name)
{
  return *name != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

TlFtpEditAbout *
tl_ftp_edit_about_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_autoptr (GVariant) site = NULL;
  g_autoptr (GVariant) remote = NULL;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const char *name, *hash;
  TlFtpEditAbout *self;

  if (!g_variant_is_normal_form (all))
    return NULL;
  g_variant_dict_init (&dict, all);
  site = g_variant_dict_lookup_value (&dict, "site", G_VARIANT_TYPE (SITE_TYPE));
  remote = g_variant_dict_lookup_value (&dict, "remote", G_VARIANT_TYPE_BYTESTRING);
  if (site == NULL || remote == NULL || g_variant_get_size (remote) == 0 || !g_variant_dict_lookup (&dict, "name", "^&ay", &name) || !is_name (name) ||
      !g_variant_dict_lookup (&dict, "hash", "&s", &hash))
    return NULL;
  self = g_new0 (TlFtpEditAbout, 1);
  self->site = g_steal_pointer (&site);
  self->remote = g_variant_get_data_as_bytes (remote);
  self->name = g_strdup (name);
  self->hash = *hash != '\0' ? g_strdup (hash) : NULL;
  self->mark = self->next_mark = (TlFtpEditMark) { -1, -1 };
  g_variant_dict_lookup (&dict, "next-hash", "s", &self->next_hash);
  g_variant_dict_lookup (&dict, "next-size", "x", &self->next_mark.size);
  g_variant_dict_lookup (&dict, "next-time", "x", &self->next_mark.time);
  g_variant_dict_lookup (&dict, "site-id", "x", &self->site_id);
  g_variant_dict_lookup (&dict, "size", "x", &self->mark.size);
  g_variant_dict_lookup (&dict, "time", "x", &self->mark.time);
  g_variant_dict_lookup (&dict, "cut-off", "b", &self->cut_off);
  return self;
}
