/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links as text: taken apart, and what is said about wrong ones. */

#include "tl-link-parts.h"

#include <string.h>

static const struct {
  const char *link;
  TlLinkKind  kind;
  const char *host;
  guint16     port;
  const char *local_host;
  guint16     local_port;
  const char *reply;
} links[] = {
  { "udp://127.0.0.1:7855?local=0.0.0.0:7856", TL_LINK_UDP, "127.0.0.1", 7855, "0.0.0.0", 7856, NULL },
  { "udp://127.0.0.1:7855", TL_LINK_UDP, "127.0.0.1", 7855, NULL, 0, NULL },
  { "udp://127.0.0.1:7855/", TL_LINK_UDP, "127.0.0.1", 7855, NULL, 0, NULL },
  { "UDP://127.0.0.1:7855?", TL_LINK_UDP, "127.0.0.1", 7855, NULL, 0, NULL },
  { "udp://?local=127.0.0.1:7855&reply=hello", TL_LINK_UDP, NULL, 0, "127.0.0.1", 7855, "hello" },
  { "udp://?reply=hello&local=:0", TL_LINK_UDP, NULL, 0, "", 0, "hello" },
  { "udp://?local=[::]:7855", TL_LINK_UDP, NULL, 0, "::", 7855, NULL },
  { "udp://[fe80::1%25lo]:80?local=[fe80::2%25lo]:81", TL_LINK_UDP, "fe80::1%lo", 80, "fe80::2%lo", 81, NULL },
  { "udp://[fe80::1%lo]:80", TL_LINK_UDP, "fe80::1%lo", 80, NULL, 0, NULL },
  { "tcp://host:80", TL_LINK_TCP, "host", 80, NULL, 0, NULL },
  { "tcp://例子.测试:80", TL_LINK_TCP, "xn--fsqu00a.xn--0zwm56d", 80, NULL, 0, NULL },
  { "tcp://１２７。０。０。１：８０", TL_LINK_TCP, "127.0.0.1", 80, NULL, 0, NULL },
  { "tcp：／／１２７。０。０。１：８０", TL_LINK_TCP, "127.0.0.1", 80, NULL, 0, NULL },
  { " tcp-listen：//：８８９９？reply=好？", TL_LINK_TCP_LISTEN, "", 8899, NULL, 0, "好？" },
  { "tcp://[::1]:80?local=:99", TL_LINK_TCP, "::1", 80, "", 99, NULL },
  { "tcp-listen://0.0.0.0:8899", TL_LINK_TCP_LISTEN, "0.0.0.0", 8899, NULL, 0, NULL },
  { "tcp-listen://:8899", TL_LINK_TCP_LISTEN, "", 8899, NULL, 0, NULL },
  { "tcp-listen://127.0.0.1:0?reply=@echo", TL_LINK_TCP_LISTEN, "127.0.0.1", 0, NULL, 0, "@echo" },
  { "tcp-listen://:1?reply=Received%20msg:%20%7Btext%7D%20from%20%7Bpeer%7D", TL_LINK_TCP_LISTEN, "", 1, NULL, 0,
    "Received msg: {text} from {peer}" },
  { "tcp-listen://:1?reply=a+b&", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "a+b" },
  { "tcp-listen://:1?reply=a%26b%3Dc%25", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "a&b=c%" },
  { "tcp-listen://:1?reply=a=b", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "a=b" },
  { "tcp-listen://:1?reply=你好", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "你好" },
  { "tcp-listen://:1?reply=%E4%BD%A0%e5%a5%bd", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "你好" },
  { "tcp-listen://:1?reply=%C4%E3x%00%E4%BD%A0%FF", TL_LINK_TCP_LISTEN, "", 1, NULL, 0, "\\xC4\\xE3x\\x00你\\xFF" },
};

static void
test_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlLinkParts) parts = tl_link_parts_parse (links[i].link, &error);

      g_autofree char *shown = g_utf8_make_valid (links[i].link, -1);

      g_test_message ("%s", shown);
      g_assert_no_error (error);
      g_assert_cmpint (parts->kind, ==, links[i].kind);
      g_assert_cmpstr (parts->host, ==, links[i].host);
      g_assert_cmpuint (parts->port, ==, links[i].port);
      g_assert_cmpstr (parts->local_host, ==, links[i].local_host);
      g_assert_cmpuint (parts->local_port, ==, links[i].local_port);
      g_assert_cmpstr (parts->reply, ==, links[i].reply);
    }
}

static void
test_parameters (void)
{
  const char *udp_link = "udp://1.2.3.4:5?group=239.1.2.3&group=ff02::7%25lo&group=224.0.0.9%25lo";
  const char *tcp_link = "tcp://h:5?tls=accept&reconnect=1&timeout=600&framing=prefix:4:le:self";
  g_autoptr (GError) error = NULL;
  g_autoptr (TlLinkParts) udp = tl_link_parts_parse (udp_link, &error);
  g_autoptr (TlLinkParts) tcp = tl_link_parts_parse (tcp_link, &error);
  g_autoptr (TlLinkParts) plain = tl_link_parts_parse ("tcp://h:5?reconnect=0&tls=verify", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (udp->groups->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (udp->groups, 0), ==, "239.1.2.3");
  g_assert_cmpstr (g_ptr_array_index (udp->groups, 1), ==, "ff02::7%lo");
  g_assert_cmpstr (g_ptr_array_index (udp->groups, 2), ==, "224.0.0.9%lo");

  g_assert_cmpstr (tcp->tls, ==, "accept");
  g_assert_true (tcp->reconnect);
  g_assert_cmpuint (tcp->timeout, ==, 600);

  g_assert_false (plain->reconnect);
  g_assert_cmpuint (plain->timeout, ==, 0);
  g_assert_cmpstr (plain->tls, ==, "verify");
}

static void
test_errors (void)
{
  static const struct {
    const char *link;
    const char *message;
  } wrong[] = {
    { "", "“” is no link of this program" },
    { "hello", "“hello” is no link of this program; one begins with udp://, tcp:// or tcp-listen://" },
    { "http://host:80", "“http://host:80” is no link" },
    { "udp:1.2.3.4:5", "is no link" },
    { "tcp-listen:/1:2", "is no link" },
    { "udp://", "The link names no address; write udp://host:port or udp://?local=host:port" },
    { "udp://?reply=x", "The link names no address" },
    { "tcp://", "The address in the link is wrong: Host and port are missing" },
    { "tcp-listen://", "The address in the link is wrong: Host and port are missing" },
    { "tcp-listen://:", "The address in the link is wrong: The port after “:” is missing" },
    { "tcp-listen://:x", "The address in the link is wrong: “x” cannot stand in a port" },
    { "tcp://:80", "The address in the link is wrong: The host before “:” is missing" },
    { "udp://1.2.3.4", "The address in the link is wrong: The port is missing; write 1.2.3.4:port" },
    { "udp://[::1]", "The address in the link is wrong: The port is missing; write [::1]:port" },
    { "udp://1.2.3.256:5", "The address in the link is wrong: Field 4 is 256" },
    { "tcp://1.2.3.4:70000", "The address in the link is wrong: 70000 is too large" },
    { "tcp://user@host:1", "The address in the link is wrong: “@” cannot stand in a host name" },
    { "udp://1.2.3.4:0", "The port in the link is 0" },
    { "udp://1.2.3.4:5/path", "“path” cannot stand in a link; only “?” and parameters follow host and port" },
    { "udp://1.2.3.4:5#x", "“#x” cannot stand in a link" },
    { "udp://1.2.3.4:5?speed=9", "A link knows no “speed”; it takes reply, framing, local, group, tls, reconnect and timeout" },
    { "udp://1.2.3.4:5?Local=:1", "A link knows no “Local”" },
    { "udp://1.2.3.4:5?tls=verify", "A link that begins with udp:// takes no “tls”" },
    { "tcp://1.2.3.4:5?group=224.0.0.1", "A link that begins with tcp:// takes no “group”" },
    { "tcp-listen://:5?local=:1", "A link that begins with tcp-listen:// takes no “local”" },
    { "udp://1.2.3.4:5?reply", "“reply” has no value in the link; write reply=…" },
    { "udp://1.2.3.4:5?reply=", "“reply” has no value in the link" },
    { "udp://1.2.3.4:5?reply=a&reply=b", "“reply” stands twice in the link" },
    { "udp://1.2.3.4:5?reply=%zz", "“reply” in the link is not rightly percent-encoded" },
    { "udp://1.2.3.4:5?reply=100%", "“%” itself is %25" },
    { "udp://1.2.3.4:5?framing=lines", "A link that begins with udp:// takes no “framing”" },
    { "tcp://1.2.3.4:5?local=there:6", "“there” is no address of this computer" },
    { "tcp-listen://there:6", "“there” is no address of this computer" },
    { "tcp://1.2.3.4:5?framing=%FF", "“framing” in the link is not rightly percent-encoded" },
    { "tcp://1.2.3.4:5?framing=words", "“framing” in the link is wrong: " },
    { "udp://1.2.3.4:5?local=1.2.3:4", "“local” in the link is wrong: An IPv4 address has four fields; here are only 3" },
    { "udp://1.2.3.4:5?local=1.2.3.4", "“local” in the link is wrong: The port is missing" },
    { "udp://1.2.3.4:5?local=:99999", "“local” in the link is wrong: 99999 is too large" },
    { "udp://1.2.3.4:5?group=1.2.3.4", "“group” in the link is wrong: “1.2.3.4” is no multicast address" },
    { "udp://1.2.3.4:5?group=224.0.0.1:80", "“group” in the link is wrong: “224.0.0.1:80” is no multicast address" },
    { "udp://1.2.3.4:5?group=224.0.0.300", "“group” in the link is wrong: Field 4 is 300" },
    { "udp://1.2.3.4:5?group=224.0.0.3%25", "“group” in the link is wrong: The name of a network interface must follow “%”" },
    { "tcp://h:5?tls=maybe", "“tls” in the link is wrong: “maybe” is neither “verify” nor “accept”" },
    { "tcp://h:5?reconnect=yes", "“reconnect” in the link is wrong: “yes” is neither 0 nor 1" },
    { "tcp://h:5?timeout=0", "“timeout” in the link is wrong: “0” is no number of seconds from 1 to 600" },
    { "tcp://h:5?timeout=1e3", "“timeout” in the link is wrong: “1e3”" },
    { "tcp://h:5?timeout=601", "“timeout” in the link is wrong: “601”" },
    { "udp://\xff:5", "The link is not UTF-8 text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlLinkParts) parts = tl_link_parts_parse (wrong[i].link, &error);

      g_autofree char *shown = g_utf8_make_valid (wrong[i].link, -1);

      g_test_message ("%s", shown);
      g_assert_null (parts);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].message));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link-parts/links", test_links);
  g_test_add_func ("/link-parts/parameters", test_parameters);
  g_test_add_func ("/link-parts/errors", test_errors);
  return g_test_run ();
}
