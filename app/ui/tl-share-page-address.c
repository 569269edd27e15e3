/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At which addresses of this computer a folder can be shared. */

#include "tl-share-page-private.h"

#include "tl-address-check.h"
#include "tl-interface.h"

#include <glib/gi18n-lib.h>

/* What works without a word on which network card is meant. */
static gboolean
is_usable (const char *address)
{
  g_autoptr (TlAddressCheck) check = tl_address_check_new (address);

  return check->scope == TL_SCOPE_PRIVATE || check->scope == TL_SCOPE_PUBLIC || check->scope == TL_SCOPE_RESERVED;
}

static void
add (TlSharePage   *self,
     GtkStringList *texts,
     const char    *address,
     const char    *note)
{
  g_autofree char *text = note ? g_strdup_printf ("%s · %s", address, note) : g_strdup (address);

  if (g_ptr_array_find_with_equal_func (self->addresses, address, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->addresses, g_strdup (address));
  gtk_string_list_append (texts, text);
}

static void
add_own (TlSharePage   *self,
         GtkStringList *texts)
{
  g_autoptr (GListModel) interfaces = tl_interface_list ();
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (interfaces); i++)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);

      for (const char * const *p = tl_interface_get_addresses (interface); *p; p++)
        if (is_usable (*p))
          {
            g_strv_builder_add (own, *p);
            add (self, texts, *p, tl_interface_get_name (interface));
          }
    }
  g_strfreev (self->own);
  self->own = g_strv_builder_end (own);
}

/* The address may not be there any more, or be one that is typed nowhere: it stays in the choice. */
void
tl_share_page_fill_addresses (TlSharePage *self)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  g_autofree char *address = NULL;
  guint selected = 0;

  g_object_get (self->server, "address", &address, NULL);
  self->filling = TRUE;
  g_ptr_array_set_size (self->addresses, 0);
  add (self, texts, "127.0.0.1", _("this computer alone"));
  add_own (self, texts);
  add (self, texts, "0.0.0.0", _("all addresses"));
  add (self, texts, "::", _("all IPv6 addresses"));
  add (self, texts, address, NULL);
  g_ptr_array_find_with_equal_func (self->addresses, address, g_str_equal, &selected);
  gtk_drop_down_set_model (self->address, G_LIST_MODEL (texts));
  gtk_drop_down_set_selected (self->address, selected);
  self->filling = FALSE;
  tl_share_page_choose_address (self);
}

void
tl_share_page_choose_address (TlSharePage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->address);
  g_autoptr (TlAddressCheck) check = NULL;

  if (self->filling || selected >= self->addresses->len)
    return;
  g_object_set (self->server, "address", self->addresses->pdata[selected], NULL);
  check = tl_address_check_new (self->addresses->pdata[selected]);
  if (check->scope == TL_SCOPE_LOOPBACK)
    adw_action_row_set_subtitle (self->address_row, _("Only programs on this computer reach it."));
  else
    adw_action_row_set_subtitle (self->address_row,
                                 _("Everybody in the network reaches it; without TLS they can read along. Think of who may come in."));
}
