/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed as a host: a verdict always, positions inside the text, and a right host stays right. */

#include "fuzz.h"

#include <string.h>

#include "tl-address-check.h"
#include "tl-endpoint.h"

static void
check_invalid (const TlAddressCheck *check,
               const char           *text)
{
  g_assert_nonnull (check->message);
  g_assert_true (g_utf8_validate (check->message, -1, NULL));
  g_assert_null (check->host);
  g_assert_null (check->other_host);
  g_assert_cmpint (check->error_start, >=, 0);
  g_assert_cmpint (check->error_end, >=, check->error_start);
  if (g_utf8_validate (text, -1, NULL))
    g_assert_cmpint (check->error_end, <=, g_utf8_strlen (text, -1));
}

static void
check_valid (const TlAddressCheck *check)
{
  g_autoptr (TlAddressCheck) again = tl_address_check_new (check->host);

  g_assert_null (check->message);
  g_assert_true (g_str_is_ascii (check->host));
  g_assert_cmpint (again->kind, ==, check->kind);
  g_assert_cmpint (again->scope, ==, check->scope);
  g_assert_cmpstr (again->host, ==, check->host);

  if (check->kind != TL_HOST_NAME && strchr (check->host, '%') == NULL)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (check->host);

      g_assert_nonnull (address);
      g_assert_cmpint (tl_host_scope_of (address), ==, check->scope);
    }
}

static void
check_endpoint (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (text, &error);
  g_autoptr (TlEndpoint) again = NULL;

  if (endpoint == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      return;
    }
  again = tl_endpoint_parse (tl_endpoint_get_text (endpoint), NULL);
  g_assert_nonnull (again);
  g_assert_true (tl_endpoint_equal (endpoint, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (TlAddressCheck) check = tl_address_check_new (text);
  g_autoptr (TlPortCheck) port = tl_port_check_new (text, TRUE, "udp");

  if (check->kind == TL_HOST_INVALID)
    check_invalid (check, text);
  else if (check->kind != TL_HOST_EMPTY)
    check_valid (check);
  check_endpoint (text);

  g_assert_true ((port->message != NULL) == (port->port_class == TL_PORT_INVALID));
  g_assert_cmpint (port->port, <=, 65535);
  return 0;
}
