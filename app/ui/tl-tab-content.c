/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a tab of the window may hold. */

#include "tl-tab-content.h"

G_DEFINE_INTERFACE (TlTabContent, tl_tab_content, GTK_TYPE_WIDGET)

static void
tl_tab_content_default_init (TlTabContentInterface *iface)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  g_object_interface_install_property (iface, g_param_spec_string ("title", NULL, NULL, NULL, flags));
  g_object_interface_install_property (iface, g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, flags));
  g_object_interface_install_property (iface, g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags));
  g_object_interface_install_property (iface, g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, flags));
}

void
tl_tab_content_count_running (TlTabContent *self,
                              TlRunning    *running)
{
  g_return_if_fail (TL_IS_TAB_CONTENT (self));

  TL_TAB_CONTENT_GET_IFACE (self)->count_running (self, running);
}

void
tl_tab_content_close (TlTabContent *self)
{
  g_return_if_fail (TL_IS_TAB_CONTENT (self));

  TL_TAB_CONTENT_GET_IFACE (self)->close (self);
}

gboolean
tl_tab_content_press (TlTabContent *self,
                      GVariant     *verbs)
{
  g_return_val_if_fail (TL_IS_TAB_CONTENT (self), FALSE);

  return TL_TAB_CONTENT_GET_IFACE (self)->press (self, verbs);
}

char *
tl_tab_content_dup_link (TlTabContent *self)
{
  g_return_val_if_fail (TL_IS_TAB_CONTENT (self), NULL);

  return TL_TAB_CONTENT_GET_IFACE (self)->dup_link (self);
}

void
tl_tab_content_save (TlTabContent    *self,
                     GVariantBuilder *builder)
{
  g_return_if_fail (TL_IS_TAB_CONTENT (self));

  TL_TAB_CONTENT_GET_IFACE (self)->save (self, builder);
}
