/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of servers that were edited and not uploaded in an earlier run: they are shown at a click. */

#include "tl-window-private.h"

#include "tl-ftp-edit.h"

#include <glib/gi18n-lib.h>

/* One page for each account. */
static void
open_pages (TlWindow  *self,
            GPtrArray *waiting)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < waiting->len; i++)
    {
      TlFtpSite *site = ((TlFtpEditWaiting *) g_ptr_array_index (waiting, i))->site;

      if (g_ptr_array_find_with_equal_func (shown, site, (GEqualFunc) tl_ftp_site_same_account, NULL))
        continue;
      g_ptr_array_add (shown, site);
      tl_ftp_page_show_edits (tl_window_add_ftp (self), site);
    }
}

static void
show_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TlWindow) self = user_data;
  g_autoptr (GPtrArray) waiting = tl_ftp_edit_list_waiting_finish (result, NULL);

  if (waiting && waiting->len > 0)
    open_pages (self, waiting);
  else
    tl_window_toast (self, _("They are shown in another tab or window already."));
}

void
tl_window_show_edits_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  gtk_revealer_set_reveal_child (self->edits_offer, FALSE);
  tl_ftp_edit_list_waiting_async (NULL, show_listed_cb, g_object_ref (self));
}

void
tl_window_leave_edits_action (GtkWidget  *widget,
                              const char *name,
                              GVariant   *parameter)
{
  gtk_revealer_set_reveal_child (TL_WINDOW (widget)->edits_offer, FALSE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlWindow) self = user_data;
  g_autoptr (GPtrArray) waiting = tl_ftp_edit_list_waiting_finish (result, NULL);
  g_autofree char *text = NULL;

  if (!waiting)
    return;
  gtk_revealer_set_reveal_child (self->edits_offer, waiting->len > 0);
  if (waiting->len == 0)
    return;
  if (waiting->len == 1)
    {
      const TlFtpEditWaiting *one = g_ptr_array_index (waiting, 0);
      g_autofree char *title = tl_ftp_site_dup_title (one->site);

      /* Translators: a file, and the name of a site */
      text = g_strdup_printf (_("“%s” of %s was edited, and was not uploaded."), one->name, title);
    }
  else
    text = g_strdup_printf (ngettext ("%u file was edited, and was not uploaded.", "%u files were edited, and were not uploaded.", waiting->len), waiting->len);
  gtk_label_set_text (self->edits_label, text);
}

void
tl_window_offer_edits (TlWindow *self)
{
  g_return_if_fail (TL_IS_WINDOW (self));

  tl_ftp_edit_list_waiting_async (NULL, listed_cb, g_object_ref (self));
}

/* A page has taken some: what is offered may be less, or nothing. */
void
tl_window_review_edits_action (GtkWidget  *widget,
                               const char *name,
                               GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  if (gtk_revealer_get_reveal_child (self->edits_offer))
    tl_window_offer_edits (self);
}
