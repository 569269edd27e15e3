/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window leaves for the next run, and what it offers of the last. */

#include "tl-window-private.h"

#include "tl-ftp-saved.h"
#include "tl-link.h"
#include "tl-saved-sessions.h"

#include <glib/gi18n-lib.h>

void
tl_window_offer_saved_sessions (TlWindow *self)
{
  g_autoptr (GVariant) sessions = g_settings_get_value (tl_window_get_settings (self), "sessions");
  gsize n_sessions = g_variant_n_children (sessions);
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_WINDOW (self));

  if (n_sessions == 0)
    return;

  text = g_strdup_printf (ngettext ("%u session was here when the program was last closed.",
                                    "%u sessions were here when the program was last closed.", n_sessions),
                          (guint) n_sessions);
  gtk_label_set_text (self->offer_label, text);
  gtk_revealer_set_reveal_child (self->offer, TRUE);
}

void
tl_window_forget_action (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  gtk_revealer_set_reveal_child (self->offer, FALSE);
  g_settings_reset (tl_window_get_settings (self), "sessions");
}

static gboolean
restore_one (TlWindow *self,
             GVariant *saved,
             GError **error)
{
  g_autoptr (TlSession) session = NULL;
  const char *link;
  gboolean was_open = FALSE;

  g_variant_get_child (saved, 0, "&s", &link);
  if (tl_ftp_link_is_one (link))
    return tl_ftp_page_restore (tl_window_add_ftp (self), saved, error);

  session = tl_saved_session_unpack (saved, &was_open, error);
  if (session)
    tl_window_add_session (self, session, was_open);

  return session != NULL;
}

void
tl_window_restore_action (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  TlWindow *self = TL_WINDOW (widget);
  g_autoptr (GVariant) sessions = g_settings_get_value (tl_window_get_settings (self), "sessions");
  GVariantIter iter;
  GVariant *saved;

  g_variant_iter_init (&iter, sessions);
  while ((saved = g_variant_iter_next_value (&iter)))
    {
      g_autoptr (GError) error = NULL;

      if (!restore_one (self, saved, &error))
        tl_window_toast (self, error->message);
      g_variant_unref (saved);
    }

  tl_window_forget_action (widget, name, NULL);
}

/* The windows that are closed one after the other leave all their sessions; the first of a new run forgets them. */
void
tl_window_save (TlWindow *self,
                GPtrArray *contents)
{
  GSettings *settings = tl_window_get_settings (self);
  GVariantBuilder builder;
  g_autoptr (GVariant) sessions = NULL;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_string (settings, "page", adw_view_stack_get_visible_child_name (self->pages));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" TL_SAVED_SESSION_TYPE));
  for (guint i = 0; i < contents->len; i++)
    tl_tab_content_save (g_ptr_array_index (contents, i), &builder);
  sessions = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (g_variant_n_children (sessions) > 0)
    g_settings_set_value (settings, "sessions", sessions);
}

gboolean
tl_window_check_link (const char *link,
                      GError **error)
{
  g_autoptr (TlFtpUri) uri = NULL;

  if (!tl_ftp_link_is_one (link))
    return tl_link_check (link, error);
  uri = tl_ftp_uri_parse (link, error);

  return uri != NULL;
}

gboolean
tl_window_open_link (TlWindow *self,
                     const char *link,
                     GError **error)
{
  g_autoptr (TlSession) session = NULL;

  g_return_val_if_fail (TL_IS_WINDOW (self), FALSE);

  if (!tl_window_check_link (link, error))
    return FALSE;
  if (tl_ftp_link_is_one (link))
    return tl_ftp_page_open_link (tl_window_add_ftp (self), link, error);

  session = tl_link_open (link, error);
  if (session)
    tl_window_add_session (self, session, TRUE);

  return session != NULL;
}
