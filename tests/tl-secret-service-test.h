/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A secret service of the test's own, on a bus of its own: as much of the Secret Service API as a client needs to keep, find and delete passwords. */
#pragma once

#include <gio/gio.h>

#define TEST_SECRETS_PATH "/org/freedesktop/secrets"
#define TEST_SECRETS_COLLECTION TEST_SECRETS_PATH "/collection/login"

typedef struct {
  char       *path;
  GHashTable *attributes;
  char       *label;
  char       *password;
  guint       registration;
} TestSecret;

typedef struct {
  GTestDBus       *bus;
  GDBusConnection *connection;
  GDBusNodeInfo   *node;
  GPtrArray       *secrets;     /* TestSecret */
  guint            n_made;
  guint            n_calls;
  gboolean         refuses;     /* to take anything */
} TestSecretService;

static GTestDBus *test_secrets_last_bus G_GNUC_UNUSED;

static const char test_secrets_xml[] =
  "<node>"
  " <interface name='org.freedesktop.Secret.Service'>"
  "  <method name='OpenSession'><arg direction='in' type='s'/><arg direction='in' type='v'/><arg direction='out' type='v'/><arg direction='out' type='o'/></method>"
  "  <method name='SearchItems'><arg direction='in' type='a{ss}'/><arg direction='out' type='ao'/><arg direction='out' type='ao'/></method>"
  "  <method name='Unlock'><arg direction='in' type='ao'/><arg direction='out' type='ao'/><arg direction='out' type='o'/></method>"
  "  <method name='GetSecrets'><arg direction='in' type='ao'/><arg direction='in' type='o'/><arg direction='out' type='a{o(oayays)}'/></method>"
  "  <method name='ReadAlias'><arg direction='in' type='s'/><arg direction='out' type='o'/></method>"
  "  <property name='Collections' type='ao' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Collection'>"
  "  <method name='CreateItem'><arg direction='in' type='a{sv}'/><arg direction='in' type='(oayays)'/><arg direction='in' type='b'/>"
  "   <arg direction='out' type='o'/><arg direction='out' type='o'/></method>"
  "  <property name='Locked' type='b' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Item'>"
  "  <method name='Delete'><arg direction='out' type='o'/></method>"
  "  <property name='Locked' type='b' access='read'/>"
  " </interface>"
  "</node>";

static inline void
test_secret_free (TestSecret *secret)
{
  g_free (secret->path);
  g_hash_table_unref (secret->attributes);
  g_free (secret->label);
  g_free (secret->password);
  g_free (secret);
}

static inline GHashTable *
test_secrets_attributes (GVariant *variant)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantIter iter;
  const char *key, *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_insert (attributes, g_strdup (key), g_strdup (value));

  return attributes;
}

static inline gboolean
test_secrets_match (TestSecret *secret,
                    GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (g_hash_table_lookup (secret->attributes, key), value) != 0)
      return FALSE;

  return TRUE;
}

/* The first that has all of @wanted, or NULL. */
static inline TestSecret *
test_secrets_find (TestSecretService *self,
                   GHashTable        *wanted)
{
  for (guint i = 0; i < self->secrets->len; i++)
    if (test_secrets_match (g_ptr_array_index (self->secrets, i), wanted))
      return g_ptr_array_index (self->secrets, i);

  return NULL;
}

static inline GVariant *
test_secrets_search (TestSecretService *self,
                     GVariant          *parameters)
{
  g_autoptr (GVariant) attributes = g_variant_get_child_value (parameters, 0);
  g_autoptr (GHashTable) wanted = test_secrets_attributes (attributes);
  GVariantBuilder found;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->secrets->len; i++)
    if (test_secrets_match (g_ptr_array_index (self->secrets, i), wanted))
      g_variant_builder_add (&found, "o", ((TestSecret *) g_ptr_array_index (self->secrets, i))->path);

  return g_variant_new ("(@ao@ao)", g_variant_builder_end (&found), g_variant_new_array (G_VARIANT_TYPE_OBJECT_PATH, NULL, 0));
}

static inline GVariant *
test_secrets_get (TestSecretService *self,
                  GVariant          *parameters)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);
  GVariantBuilder secrets;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  for (guint i = 0; i < self->secrets->len; i++)
    {
      TestSecret *secret = g_ptr_array_index (self->secrets, i);

      for (gsize j = 0; j < g_variant_n_children (paths); j++)
        {
          const char *path;

          g_variant_get_child (paths, j, "&o", &path);
          if (g_str_equal (path, secret->path))
            g_variant_builder_add (&secrets, "{o(o@ay@ays)}", path, TEST_SECRETS_PATH "/session/1",
                                   g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                                   g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, secret->password, strlen (secret->password), 1), "text/plain");
        }
    }

  return g_variant_new ("(@a{o(oayays)})", g_variant_builder_end (&secrets));
}

static inline GVariant *
test_secrets_property (GDBusConnection *connection,
                       const char      *sender,
                       const char      *path,
                       const char      *interface,
                       const char      *property,
                       GError         **error,
                       gpointer         user_data)
{
  const char *collections[] = { TEST_SECRETS_COLLECTION, NULL };

  return g_str_equal (property, "Collections") ? g_variant_new_objv (collections, 1) : g_variant_new_boolean (FALSE);
}

static inline void test_secrets_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
                                      GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data);

static const GDBusInterfaceVTable test_secrets_vtable = { test_secrets_call, test_secrets_property, NULL, { 0 } };

static inline GVariant *
test_secrets_create (TestSecretService *self,
                     GVariant          *parameters)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) value = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) bytes = g_variant_get_child_value (value, 2);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GVariant) label = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Label", G_VARIANT_TYPE_STRING);
  g_autoptr (GHashTable) wanted = test_secrets_attributes (attributes);
  TestSecret *secret = test_secrets_find (self, wanted);

  if (!secret)
    {
      secret = g_new0 (TestSecret, 1);
      secret->path = g_strdup_printf ("%s/%u", TEST_SECRETS_COLLECTION, ++self->n_made);
      secret->attributes = g_steal_pointer (&wanted);
      secret->registration = g_dbus_connection_register_object (self->connection, secret->path, self->node->interfaces[2], &test_secrets_vtable,
                                                                self, NULL, NULL);
      g_ptr_array_add (self->secrets, secret);
    }
  g_free (secret->label);
  secret->label = g_variant_dup_string (label, NULL);
  g_free (secret->password);
  secret->password = g_strndup (g_variant_get_data (bytes), g_variant_get_size (bytes));

  return g_variant_new ("(oo)", secret->path, "/");
}

static inline void
test_secrets_delete (TestSecretService *self,
                     const char        *path)
{
  for (guint i = 0; i < self->secrets->len; i++)
    {
      TestSecret *secret = g_ptr_array_index (self->secrets, i);

      if (g_str_equal (secret->path, path))
        {
          g_dbus_connection_unregister_object (self->connection, secret->registration);
          g_ptr_array_remove_index (self->secrets, i);
          return;
        }
    }
}

static inline void
test_secrets_call (GDBusConnection       *connection,
                   const char            *sender,
                   const char            *path,
                   const char            *interface,
                   const char            *method,
                   GVariant              *parameters,
                   GDBusMethodInvocation *invocation,
                   gpointer               user_data)
{
  TestSecretService *self = user_data;
  const char *algorithm;

  self->n_calls++;
  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get_child (parameters, 0, "&s", &algorithm);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(vo)", g_variant_new_string (""), TEST_SECRETS_PATH "/session/1"));
      else
        g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "plain only");
    }
  else if (self->refuses && (g_str_equal (method, "CreateItem") || g_str_equal (method, "SearchItems")))
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.Failed", "the test refuses");
    }
  else if (g_str_equal (method, "SearchItems"))
    {
      g_dbus_method_invocation_return_value (invocation, test_secrets_search (self, parameters));
    }
  else if (g_str_equal (method, "Unlock"))
    {
      g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aoo)", paths, "/"));
    }
  else if (g_str_equal (method, "GetSecrets"))
    {
      g_dbus_method_invocation_return_value (invocation, test_secrets_get (self, parameters));
    }
  else if (g_str_equal (method, "ReadAlias"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", TEST_SECRETS_COLLECTION));
    }
  else if (g_str_equal (method, "CreateItem"))
    {
      g_dbus_method_invocation_return_value (invocation, test_secrets_create (self, parameters));
    }
  else if (g_str_equal (method, "Delete"))
    {
      test_secrets_delete (self, path);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
}

/* Runs the test that calls it in a process of its own: the session bus is looked for once a process. True in the parent, where the test is over then. */
static inline gboolean
test_in_subprocess (void)
{
  if (g_test_subprocess ())
    return FALSE;

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return TRUE;
}

/* @service_dir: (nullable): where the bus finds services to start. */
static inline void
test_secret_service_start_bus (TestSecretService *self,
                               const char        *service_dir)
{
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  if (service_dir)
    g_test_dbus_add_service_dir (self->bus, service_dir);
  g_test_dbus_up (self->bus);
}

static inline void
test_secret_service_start (TestSecretService *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  test_secret_service_start_bus (self, NULL);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) test_secret_free);
  self->node = g_dbus_node_info_new_for_xml (test_secrets_xml, &error);
  g_assert_no_error (error);
  self->connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus),
                                                             G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                             NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (self->connection, TEST_SECRETS_PATH, self->node->interfaces[0], &test_secrets_vtable, self, NULL, &error);
  g_dbus_connection_register_object (self->connection, TEST_SECRETS_COLLECTION, self->node->interfaces[1], &test_secrets_vtable, self, NULL, &error);
  g_dbus_connection_register_object (self->connection, TEST_SECRETS_PATH "/aliases/default", self->node->interfaces[1], &test_secrets_vtable, self,
                                     NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 4), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static inline void
test_secret_service_stop (TestSecretService *self)
{
  if (self->connection)
    g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  g_clear_pointer (&self->secrets, g_ptr_array_unref);
  /* Not g_test_dbus_down(), nor the end of the object, which calls that: it insists that nobody holds the session's connection, and libsecret may. */
  g_test_dbus_stop (self->bus);
  test_secrets_last_bus = g_steal_pointer (&self->bus);
}
