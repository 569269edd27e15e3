/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers that have not ended in an earlier run: they go on by themselves, or at a click. */

#include "tl-window-private.h"

#include "tl-transfer-home.h"

#include <glib/gi18n-lib.h>

static void
open_pages (TlWindow  *self,
            GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const TlTransferPlace *place = g_ptr_array_index (places, i);

      if (place->n_waiting > 0)
        tl_ftp_page_continue (tl_window_add_ftp (self), place->site);
    }
}

static void
continue_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (TlWindow) self = user_data;
  g_autoptr (GPtrArray) places = tl_transfer_store_list_finish (TL_TRANSFER_STORE (source), result, NULL);

  if (places)
    open_pages (self, places);
}

void
tl_window_continue_transfers_action (GtkWidget  *widget,
                                     const char *name,
                                     GVariant   *parameter)
{
  TlWindow *self = TL_WINDOW (widget);

  gtk_revealer_set_reveal_child (self->transfers_offer, FALSE);
  tl_transfer_store_list_async (tl_transfer_home_get (), continue_listed_cb, g_object_ref (self));
}

void
tl_window_leave_transfers_action (GtkWidget  *widget,
                                  const char *name,
                                  GVariant   *parameter)
{
  gtk_revealer_set_reveal_child (TL_WINDOW (widget)->transfers_offer, FALSE);
}

static void
offer (TlWindow  *self,
       GPtrArray *places)
{
  const TlTransferPlace *first = g_ptr_array_index (places, 0);
  g_autofree char *title = tl_ftp_site_dup_title (first->site);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    n += ((TlTransferPlace *) g_ptr_array_index (places, i))->n_waiting;
  if (n == 0)
    return;
  if (places->len == 1)
    /* Translators: %2$s: the name of a site */
    text = g_strdup_printf (ngettext ("%1$u transfer with %2$s has not ended.", "%1$u transfers with %2$s have not ended.", n), n, title);
  else
    /* Translators: %2$u: the number of servers */
    text = g_strdup_printf (ngettext ("%1$u transfer with %2$u servers has not ended.", "%1$u transfers with %2$u servers have not ended.", n),
                            n, places->len);
  gtk_label_set_text (self->transfers_label, text);
  gtk_revealer_set_reveal_child (self->transfers_offer, TRUE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = tl_transfer_store_list_finish (TL_TRANSFER_STORE (source), result, &error);

  if (!places)
    tl_window_toast (self, error->message);
  else if (places->len > 0 && g_settings_get_boolean (tl_window_get_settings (self), "ftp-continue"))
    open_pages (self, places);
  else if (places->len > 0)
    offer (self, places);
}

void
tl_window_offer_transfers (TlWindow *self)
{
  g_return_if_fail (TL_IS_WINDOW (self));

  tl_transfer_store_list_async (tl_transfer_home_get (), listed_cb, g_object_ref (self));
}
