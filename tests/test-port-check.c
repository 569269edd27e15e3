/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed as a port, for either end. */

#include "tl-address-check.h"

#include <string.h>

static const struct {
  const char *text;
  gboolean    is_local;
  const char *protocol;
  TlPortClass port_class;
  int         port;
  const char *service;
  const char *message;
} ports[] = {
  { "", FALSE, "tcp", TL_PORT_EMPTY, -1, NULL, NULL },
  { "　 ", TRUE, "udp", TL_PORT_EMPTY, -1, NULL, NULL },
  { "0", TRUE, "tcp", TL_PORT_SYSTEM_PICKS, 0, NULL, NULL },
  { "０", TRUE, "udp", TL_PORT_SYSTEM_PICKS, 0, NULL, NULL },
  { "0", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "0 lets the system pick a local port; the port of another computer goes from 1 to 65535" },
  { "000", FALSE, "udp", TL_PORT_INVALID, -1, NULL, "0 lets the system pick a local port" },
  { "1", FALSE, "tcp", TL_PORT_WELL_KNOWN, 1, NULL, NULL },
  { "7", FALSE, "udp", TL_PORT_WELL_KNOWN, 7, "echo", NULL },
  { "21", FALSE, "tcp", TL_PORT_WELL_KNOWN, 21, "ftp", NULL },
  { "21", FALSE, "udp", TL_PORT_WELL_KNOWN, 21, NULL, NULL },
  { "53", FALSE, "udp", TL_PORT_WELL_KNOWN, 53, "domain", NULL },
  { "53", FALSE, "tcp", TL_PORT_WELL_KNOWN, 53, "domain", NULL },
  { "80", TRUE, "tcp", TL_PORT_WELL_KNOWN, 80, "http", NULL },
  { "８０", TRUE, "tcp", TL_PORT_WELL_KNOWN, 80, "http", NULL },
  { " 443 ", FALSE, "tcp", TL_PORT_WELL_KNOWN, 443, "https", NULL },
  { "0080", FALSE, "tcp", TL_PORT_WELL_KNOWN, 80, "http", NULL },
  { "502", FALSE, "tcp", TL_PORT_WELL_KNOWN, 502, "mbap", NULL },
  { "514", FALSE, "tcp", TL_PORT_WELL_KNOWN, 514, "shell", NULL },
  { "514", FALSE, "udp", TL_PORT_WELL_KNOWN, 514, "syslog", NULL },
  { "1023", FALSE, "tcp", TL_PORT_WELL_KNOWN, 1023, NULL, NULL },
  { "1024", FALSE, "tcp", TL_PORT_HIGH, 1024, NULL, NULL },
  { "1883", FALSE, "tcp", TL_PORT_HIGH, 1883, "mqtt", NULL },
  { "5353", FALSE, "udp", TL_PORT_HIGH, 5353, "mdns", NULL },
  { "51820", FALSE, "udp", TL_PORT_HIGH, 51820, "wireguard", NULL },
  { "65535", FALSE, "udp", TL_PORT_HIGH, 65535, NULL, NULL },
  { "65536", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "65536 is too large; a port goes from 0 to 65535" },
  { "６５５３６", TRUE, "tcp", TL_PORT_INVALID, -1, NULL, "65536 is too large" },
  { "99999999999999999999", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "99999999999999999999 is too large" },
  { "-1", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“-” cannot stand in a port; it holds only the digits 0 to 9" },
  { "+80", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“+” cannot stand in a port" },
  { "8o", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“o” cannot stand in a port" },
  { "0x50", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“x” cannot stand in a port" },
  { "80.0", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“.” cannot stand in a port" },
  { "8 0", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "A blank stands in the port" },
  { "八十", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“八” cannot stand in a port" },
  { "٣", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "“٣” cannot stand in a port" },
  { "\xff", FALSE, "tcp", TL_PORT_INVALID, -1, NULL, "cannot stand in a port" },
};

static void
test_ports (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (TlPortCheck) check = tl_port_check_new (ports[i].text, ports[i].is_local, ports[i].protocol);

      g_autofree char *shown = g_utf8_make_valid (ports[i].text, -1);

      g_test_message ("“%s”: %s", shown, check->message);
      g_assert_cmpint (check->port_class, ==, ports[i].port_class);
      g_assert_cmpint (check->port, ==, ports[i].port);
      g_assert_cmpstr (check->service, ==, ports[i].service);
      if (ports[i].message != NULL)
        g_assert_nonnull (strstr (check->message, ports[i].message));
      else
        g_assert_null (check->message);
    }
}

static void
test_services (void)
{
  guint n_tcp = 0, n_udp = 0;

  for (int port = 1; port <= 65535; port++)
    {
      g_autofree char *text = g_strdup_printf ("%d", port);
      g_autoptr (TlPortCheck) tcp = tl_port_check_new (text, FALSE, "tcp");
      g_autoptr (TlPortCheck) udp = tl_port_check_new (text, FALSE, "udp");

      g_assert_cmpint (tcp->port, ==, port);
      n_tcp += tcp->service != NULL;
      n_udp += udp->service != NULL;
    }
  g_assert_cmpuint (n_tcp, >=, 60);
  g_assert_cmpuint (n_udp, >=, 60);
}

static void
test_labels (void)
{
  g_assert_null (tl_port_class_get_label (TL_PORT_EMPTY));
  g_assert_null (tl_port_class_get_label (TL_PORT_INVALID));
  g_assert_cmpstr (tl_port_class_get_label (TL_PORT_WELL_KNOWN), ==, "well-known port");
  g_assert_cmpstr (tl_port_class_get_label (TL_PORT_HIGH), ==, "not a well-known port");
  g_assert_cmpstr (tl_port_class_get_label (TL_PORT_SYSTEM_PICKS), ==, "the system picks one");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-check/ports", test_ports);
  g_test_add_func ("/port-check/services", test_services);
  g_test_add_func ("/port-check/labels", test_labels);
  return g_test_run ();
}
