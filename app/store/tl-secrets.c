/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords in the secret service of the session. libsecret talks to it; whether there is one is found out before, for libsecret would wait for it. */

#include "tl-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define SERVICE "org.freedesktop.secrets"
/* Starting it is a matter of a moment; one that hangs must not hold up a login. What the service asks the user has no limit. */
static int patience = 5000; /* ms */

static const SecretSchema schema = {
  TL_APPLICATION_ID ".Password", SECRET_SCHEMA_NONE,
  {
    { "protocol", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "port", SECRET_SCHEMA_ATTRIBUTE_INTEGER },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

typedef enum {
  BUS,
  OWNER,
  START,
  ACT,
  DONE,
} Step;

typedef enum {
  LOOKUP,
  STORE,
  CLEAR,
} Act;

typedef struct {
  Step             step;
  Act              act;
  GDBusConnection *bus;
  GHashTable      *attributes;
  char            *label;
  char            *password;
} Request;

static void
request_free (Request *request)
{
  g_clear_object (&request->bus);
  g_hash_table_unref (request->attributes);
  g_free (request->label);
  secret_password_free (request->password);
  g_free (request);
}

static void
return_missing (GTask  *task,
                GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  if (error)
    g_dbus_error_strip_remote_error (error);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("There is no password store (secret service) in this session: the password has to be typed each time. (%s)"),
                           error ? error->message : SERVICE);
  g_clear_error (&error);
}

static void step (GTask *task, GAsyncResult *result);

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  step (user_data, result);
}

static void
call_bus (GTask      *task,
          const char *method,
          GVariant   *parameters,
          const char *reply)
{
  Request *request = g_task_get_task_data (task);

  g_dbus_connection_call (request->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, parameters,
                          G_VARIANT_TYPE (reply), G_DBUS_CALL_FLAGS_NONE, patience, g_task_get_cancellable (task), step_cb, task);
}

static void
act (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (request->act)
    {
    case LOOKUP:
      secret_password_lookupv (&schema, request->attributes, cancellable, step_cb, task);
      break;
    case STORE:
      secret_password_storev (&schema, request->attributes, SECRET_COLLECTION_DEFAULT, request->label, request->password, cancellable,
                              step_cb, task);
      break;
    case CLEAR:
      secret_password_clearv (&schema, request->attributes, cancellable, step_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
finish (GTask        *task,
        GAsyncResult *result)
{
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  char *password = NULL;

  if (request->act == LOOKUP)
    password = secret_password_lookup_finish (result, &error);
  else if (request->act == STORE)
    secret_password_store_finish (result, &error);
  else
    secret_password_clear_finish (result, &error);

  if (!error)
    {
      g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_dbus_error_strip_remote_error (error);
      g_prefix_error (&error, "%s (", request->act == LOOKUP ? _("The password store did not hand out the password.")
                              : request->act == STORE ? _("The password store did not take the password.")
                                                      : _("The password store did not delete the password."));
      /* The reason is in the parentheses. */
      g_task_return_new_error (task, error->domain, error->code, "%s)", error->message);
      g_error_free (error);
      return;
    }
  g_task_return_error (task, error);
}

/* Goes on with what the last step was waiting for; owns @task from call to call. */
static void
step (GTask        *task,
      GAsyncResult *result)
{
  Request *request = g_task_get_task_data (task);
  GVariant *reply = NULL;
  GError *error = NULL;
  gboolean owned = FALSE;

  switch (request->step++)
    {
    case BUS:
      g_bus_get (G_BUS_TYPE_SESSION, g_task_get_cancellable (task), step_cb, task);
      return;

    case OWNER:
      request->bus = g_bus_get_finish (result, &error);
      if (!request->bus)
        break;
      call_bus (task, "NameHasOwner", g_variant_new ("(s)", SERVICE), "(b)");
      return;

    case START:
      reply = g_dbus_connection_call_finish (request->bus, result, &error);
      if (!reply)
        break;
      g_variant_get (reply, "(b)", &owned);
      g_variant_unref (reply);
      if (!owned)
        {
          /* Where nobody offers it, the bus says so at once. */
          call_bus (task, "StartServiceByName", g_variant_new ("(su)", SERVICE, 0), "(u)");
          return;
        }
      request->step++;
      act (task);
      return;

    case ACT:
      reply = g_dbus_connection_call_finish (request->bus, result, &error);
      if (!reply)
        break;
      g_variant_unref (reply);
      act (task);
      return;

    case DONE:
      finish (task, result);
      g_object_unref (task);
      return;

    default:
      g_assert_not_reached ();
    }

  return_missing (task, error);
  g_object_unref (task);
}

static void
begin (Act                  what,
       const char          *host,
       guint16              port,
       const char          *user,
       const char          *password,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data,
       gpointer             tag)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *lower = g_ascii_strdown (host, -1);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, tag);
  request->act = what;
  request->attributes = secret_attributes_build (&schema, "protocol", "ftp", "host", lower, "port", (int) port, "user", user, NULL);
  request->label = g_strdup_printf (strchr (lower, ':') ? "Tonglu: %s@[%s]:%u" : "Tonglu: %s@%s:%u", user, lower, port);
  request->password = g_strdup (password);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  step (task, NULL);
}

void
tl_secrets_set_patience (int milliseconds)
{
  patience = milliseconds;
}

void
tl_secrets_lookup_async (const char          *host,
                         guint16              port,
                         const char          *user,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (host && user);

  begin (LOOKUP, host, port, user, NULL, cancellable, callback, user_data, tl_secrets_lookup_async);
}

char *
tl_secrets_lookup_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tl_secrets_store_async (const char          *host,
                        guint16              port,
                        const char          *user,
                        const char          *password,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (host && user && password);

  begin (STORE, host, port, user, password, cancellable, callback, user_data, tl_secrets_store_async);
}

static gboolean
finish_without_password (GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GError) own = NULL;

  g_task_propagate_pointer (G_TASK (result), &own);
  if (!own)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

gboolean
tl_secrets_store_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return finish_without_password (result, error);
}

void
tl_secrets_clear_async (const char          *host,
                        guint16              port,
                        const char          *user,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (host && user);

  begin (CLEAR, host, port, user, NULL, cancellable, callback, user_data, tl_secrets_clear_async);
}

gboolean
tl_secrets_clear_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return finish_without_password (result, error);
}

void
tl_secrets_free (char *password)
{
  secret_password_free (password);
}
