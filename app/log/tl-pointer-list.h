/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * TL_DEFINE_POINTER_LIST:
 *
 * G_DEFINE_FINAL_TYPE() for a list model whose items are the objects in @field, a GPtrArray that the struct always has. Who changes it calls
 * g_list_model_items_changed(). @ITEM_TYPE may use @self.
 */
#define TL_DEFINE_POINTER_LIST(TypeName, type_name, field, ITEM_TYPE) \
  static GType \
  type_name##_get_item_type (GListModel *model) \
  { \
    G_GNUC_UNUSED TypeName *self = (TypeName *) model; \
    return (ITEM_TYPE); \
  } \
\
  static guint \
  type_name##_get_n_items (GListModel *model) \
  { \
    return ((TypeName *) model)->field->len; \
  } \
\
  static gpointer \
  type_name##_get_item (GListModel *model, guint position) \
  { \
    GPtrArray *items = ((TypeName *) model)->field; \
    return position < items->len ? g_object_ref (items->pdata[position]) : NULL; \
  } \
\
  static void \
  type_name##_list_model_init (GListModelInterface *iface) \
  { \
    iface->get_item_type = type_name##_get_item_type; \
    iface->get_n_items = type_name##_get_n_items; \
    iface->get_item = type_name##_get_item; \
  } \
\
  G_DEFINE_FINAL_TYPE_WITH_CODE (TypeName, type_name, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, type_name##_list_model_init))
