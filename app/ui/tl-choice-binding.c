/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice of rows for a property that is an enumeration. */

#include "tl-choice-binding.h"

static gboolean
enum_to_selected_cb (GBinding     *binding,
                     const GValue *from,
                     GValue       *to,
                     gpointer      user_data)
{
  g_value_set_uint (to, g_value_get_enum (from));
  return TRUE;
}

static gboolean
selected_to_enum_cb (GBinding     *binding,
                     const GValue *from,
                     GValue       *to,
                     gpointer      user_data)
{
  if (g_value_get_uint (from) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_enum (to, g_value_get_uint (from));
  return TRUE;
}

void
tl_choice_bind (GObject    *object,
                const char *property,
                GtkWidget  *choice)
{
  g_object_bind_property_full (object, property, choice, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               enum_to_selected_cb, selected_to_enum_cb, NULL, NULL);
}
