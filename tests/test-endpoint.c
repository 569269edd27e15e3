/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and port: parsed, printed, and made of and into socket addresses. */

#include "tl-endpoint.h"
#include "tl-interface.h"

#include <string.h>

static const struct {
  const char *text;
  const char *host;
  guint16     port;
  const char *printed;
} endpoints[] = {
  { "1.2.3.4:80", "1.2.3.4", 80, "1.2.3.4:80" },
  { "１．２．３．４：８０", "1.2.3.4", 80, "1.2.3.4:80" },
  { "0.0.0.0:0", "0.0.0.0", 0, "0.0.0.0:0" },
  { "[::1]:65535", "::1", 65535, "[::1]:65535" },
  { "[0:0::1]:1", "::1", 1, "[::1]:1" },
  { "[fe80::1%lo]:80", "fe80::1%lo", 80, "[fe80::1%lo]:80" },
  { "[::ffff:1.2.3.4]:80", "1.2.3.4", 80, "1.2.3.4:80" },
  { "localhost:7855", "localhost", 7855, "localhost:7855" },
  { "例子.测试:7", "xn--fsqu00a.xn--0zwm56d", 7, "xn--fsqu00a.xn--0zwm56d:7" },
};

static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (endpoints[i].text, &error);
      g_autoptr (TlEndpoint) again = NULL;
      g_autoptr (TlEndpoint) made = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, endpoints[i].host);
      g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, endpoints[i].port);
      g_assert_cmpstr (tl_endpoint_get_text (endpoint), ==, endpoints[i].printed);

      again = tl_endpoint_parse (tl_endpoint_get_text (endpoint), &error);
      g_assert_no_error (error);
      made = tl_endpoint_new (endpoints[i].host, endpoints[i].port);
      g_assert_true (tl_endpoint_equal (endpoint, again));
      g_assert_true (tl_endpoint_equal (endpoint, made));
    }
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *message;
  } wrong[] = {
    { "", "Host and port are missing; write host:port" },
    { "1.2.3.4", "The port is missing; write 1.2.3.4:port" },
    { "::1", "The port is missing; write [::1]:port" },
    { "localhost", "The port is missing; write localhost:port" },
    { "1.2.3.256:80", "Field 4 is 256; each of the four fields goes from 0 to 255" },
    { "1.2.3.4:70000", "70000 is too large; a port goes from 0 to 65535" },
    { ":80", "The host before “:” is missing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tl_endpoint_parse (wrong[i].text, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (error->message, ==, wrong[i].message);
    }
}

static void
test_addresses (void)
{
  static const char * const texts[] = { "1.2.3.4:80", "[::1]:65535", "[fe80::1%lo]:80", "255.255.255.255:1", "[ff02::1%lo]:9" };
  g_autoptr (TlEndpoint) name = tl_endpoint_new ("localhost", 1);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (texts[i], NULL);
      g_autoptr (GSocketAddress) address = tl_endpoint_to_address (endpoint);
      g_autoptr (TlEndpoint) again = tl_endpoint_from_address (address);

      g_assert_cmpstr (tl_endpoint_get_text (again), ==, texts[i]);
    }
  g_assert_null (tl_endpoint_to_address (name));
}

static void
test_scope_id (void)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse ("[fe80::1%lo]:80", NULL);
  g_autoptr (GSocketAddress) address = tl_endpoint_to_address (endpoint);
  g_autoptr (TlEndpoint) gone = tl_endpoint_new ("fe80::1%no-such-card", 80);

  g_assert_cmpuint (g_inet_socket_address_get_scope_id (G_INET_SOCKET_ADDRESS (address)), >, 0);
  g_assert_null (tl_endpoint_to_address (gone));
}

static void
test_families (void)
{
  g_autoptr (TlEndpoint) ipv4 = tl_endpoint_new ("1.2.3.4", 80);
  g_autoptr (TlEndpoint) ipv6 = tl_endpoint_new ("::1", 80);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("::ffff:1.2.3.4");
  g_autoptr (GSocketAddress) mapped = g_inet_socket_address_new (address, 80);
  g_autoptr (TlEndpoint) heard = tl_endpoint_from_address (mapped);

  g_assert_true (tl_endpoint_equal (heard, ipv4));
  g_assert_false (tl_endpoint_equal (heard, ipv6));
}

static void
test_interfaces (void)
{
  g_autoptr (GListModel) interfaces = tl_interface_list ();
  g_autoptr (GInetAddress) limited = g_inet_address_new_from_string ("255.255.255.255");
  g_autoptr (GInetAddress) unicast = g_inet_address_new_from_string ("127.0.0.1");
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) addresses = tl_interface_list_addresses (&names);
  gboolean found = FALSE;
  guint n_loopback = 0;

  for (guint i = 0; i < g_list_model_get_n_items (interfaces); i++)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);
      gboolean is_up;

      g_assert_cmpuint (tl_interface_get_index (interface), >, 0);
      g_assert_true (g_str_has_prefix (tl_interface_get_label (interface), tl_interface_get_name (interface)));
      g_object_get (interface, "is-up", &is_up, NULL);
      if (g_strcmp0 (tl_interface_get_name (interface), "lo") != 0 || !is_up)
        continue;
      found = TRUE;
      g_assert_true (g_strv_contains (tl_interface_get_addresses (interface), "127.0.0.1"));
      g_assert_true (g_str_has_prefix (tl_interface_get_label (interface), "lo · 127.0.0.1"));
    }
  g_assert_true (found);
  g_assert_cmpuint (g_strv_length (addresses), ==, g_strv_length (names));
  for (guint i = 0; addresses[i] != NULL; i++)
    n_loopback += g_str_equal (addresses[i], "127.0.0.1") && g_str_equal (names[i], "lo");
  g_assert_cmpuint (n_loopback, ==, 1);

  g_assert_true (tl_interface_is_broadcast (limited));
  g_assert_false (tl_interface_is_broadcast (unicast));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/round-trip", test_round_trip);
  g_test_add_func ("/endpoint/errors", test_errors);
  g_test_add_func ("/endpoint/addresses", test_addresses);
  g_test_add_func ("/endpoint/scope-id", test_scope_id);
  g_test_add_func ("/endpoint/families", test_families);
  g_test_add_func ("/endpoint/interfaces", test_interfaces);
  return g_test_run ();
}
