/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A resolver whose answers a test writes: nobody is asked, nothing takes time. */

#include <gio/gio.h>

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

/* "two.example" has an address of each family, "one.example" 127.0.0.1; others there are none. "silent.example" is never answered. */
static void
test_resolver_lookup_async (GResolver                *resolver,
                            const char               *name,
                            GResolverNameLookupFlags  flags,
                            GCancellable             *cancellable,
                            GAsyncReadyCallback       callback,
                            gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  gboolean two = g_str_equal (name, "two.example");
  GList *found = NULL;

  if (g_str_equal (name, "silent.example"))
    {
      g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_task_return_error_if_cancelled), g_steal_pointer (&task),
                               G_CONNECT_SWAPPED);
      return;
    }
  if (two && flags != G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY)
    found = g_list_append (found, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6));
  if ((two || g_str_equal (name, "one.example")) && flags != G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    found = g_list_append (found, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_resolver_free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Name or service not known");
}

static void
test_resolver_lookup_name_async (GResolver           *resolver,
                                 const char          *name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  test_resolver_lookup_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, user_data);
}

static GList *
test_resolver_lookup_finish (GResolver     *resolver,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = test_resolver_lookup_name_async;
  resolver_class->lookup_by_name_finish = test_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static inline void
test_resolver_install (void)
{
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);

  g_resolver_set_default (resolver);
}
