/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed as a host: every rule as a row of a table. */

#include "tl-address-check.h"

#include <string.h>

typedef struct {
  const char *text;
  TlHostKind  kind;
  const char *host;        /* or what the message says */
  int         start, end;  /* of an error */
} HostCase;

static const HostCase right[] = {
  { "", TL_HOST_EMPTY, NULL },
  { "   ", TL_HOST_EMPTY, NULL },
  { "　", TL_HOST_EMPTY, NULL },
  { "0.0.0.0", TL_HOST_IPV4, "0.0.0.0" },
  { "127.0.0.1", TL_HOST_IPV4, "127.0.0.1" },
  { "255.255.255.255", TL_HOST_IPV4, "255.255.255.255" },
  { "192.168.1.1", TL_HOST_IPV4, "192.168.1.1" },
  { "  192.168.1.1\t", TL_HOST_IPV4, "192.168.1.1" },
  { "192.168.1.1\n", TL_HOST_IPV4, "192.168.1.1" },
  { "\u200b8.8.8.8\ufeff", TL_HOST_IPV4, "8.8.8.8" },
  { "１９２。１６８。１。１", TL_HOST_IPV4, "192.168.1.1" },
  { "１９２．１６８．１．１", TL_HOST_IPV4, "192.168.1.1" },
  { "１９２｡１６８｡１｡１", TL_HOST_IPV4, "192.168.1.1" },
  { "　１０。0.０．1　", TL_HOST_IPV4, "10.0.0.1" },
  { "::", TL_HOST_IPV6, "::" },
  { "::1", TL_HOST_IPV6, "::1" },
  { "[::1]", TL_HOST_IPV6, "::1" },
  { "1::", TL_HOST_IPV6, "1::" },
  { "1::8", TL_HOST_IPV6, "1::8" },
  { "2001:db8::1", TL_HOST_IPV6, "2001:db8::1" },
  { "2001:DB8::A", TL_HOST_IPV6, "2001:db8::a" },
  { "2001:0db8:0000:0000:0000:0000:0000:0001", TL_HOST_IPV6, "2001:db8::1" },
  { "1:2:3:4:5:6:7:8", TL_HOST_IPV6, "1:2:3:4:5:6:7:8" },
  { "1:2:3:4:5:6:7::", TL_HOST_IPV6, "1:2:3:4:5:6:7:0" },
  { "::2:3:4:5:6:7:8", TL_HOST_IPV6, "0:2:3:4:5:6:7:8" },
  { "1:2:3:4:5:6:1.2.3.4", TL_HOST_IPV6, "1:2:3:4:5:6:102:304" },
  { "::ffff:1.2.3.4", TL_HOST_IPV6, "::ffff:1.2.3.4" },
  { "64:ff9b::192.0.2.33", TL_HOST_IPV6, "64:ff9b::c000:221" },
  { "fe80::1%lo", TL_HOST_IPV6, "fe80::1%lo" },
  { "[fe80::1%lo]", TL_HOST_IPV6, "fe80::1%lo" },
  { "fe80::1%1", TL_HOST_IPV6, "fe80::1%1" },
  { "ff02::1%lo", TL_HOST_IPV6, "ff02::1%lo" },
  { "：：１", TL_HOST_IPV6, "::1" },
  { "［：：１］", TL_HOST_IPV6, "::1" },
  { "【：：1】", TL_HOST_IPV6, "::1" },
  { "ｆｅ８０：：１％ｌｏ", TL_HOST_IPV6, "fe80::1%lo" },
  { "localhost", TL_HOST_NAME, "localhost" },
  { "LocalHost", TL_HOST_NAME, "localhost" },
  { "ｌｏｃａｌｈｏｓｔ", TL_HOST_NAME, "localhost" },
  { "example.com", TL_HOST_NAME, "example.com" },
  { "example.com.", TL_HOST_NAME, "example.com." },
  { "example。com", TL_HOST_NAME, "example.com" },
  { "a", TL_HOST_NAME, "a" },
  { "a-b.c--d", TL_HOST_NAME, "a-b.c--d" },
  { "3com.com", TL_HOST_NAME, "3com.com" },
  { "1.0.0.127.in-addr.arpa", TL_HOST_NAME, "1.0.0.127.in-addr.arpa" },
  { "1.2.3.com", TL_HOST_NAME, "1.2.3.com" },
  { "1.2.x", TL_HOST_NAME, "1.2.x" },
  { "0x.example", TL_HOST_NAME, "0x.example" },
  { "123abc", TL_HOST_NAME, "123abc" },
  { "face", TL_HOST_NAME, "face" },
  { "münchen.de", TL_HOST_NAME, "xn--mnchen-3ya.de" },
  { "例子.测试", TL_HOST_NAME, "xn--fsqu00a.xn--0zwm56d" },
  { "例子。测试", TL_HOST_NAME, "xn--fsqu00a.xn--0zwm56d" },
  { "中文.com", TL_HOST_NAME, "xn--fiq228c.com" },
  { "xn--fiq228c.com", TL_HOST_NAME, "xn--fiq228c.com" },
  { "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc.org", TL_HOST_NAME,
    "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc.org" },
};

static const HostCase wrong[] = {
  /* IPv4: each field */
  { "256.1.1.1", TL_HOST_INVALID, "Field 1 is 256; each of the four fields goes from 0 to 255", 0, 3 },
  { "1.256.1.1", TL_HOST_INVALID, "Field 2 is 256; each of the four fields goes from 0 to 255", 2, 5 },
  { "1.1.999.1", TL_HOST_INVALID, "Field 3 is 999; each of the four fields goes from 0 to 255", 4, 7 },
  { "1.1.1.1000", TL_HOST_INVALID, "Field 4 is 1000; each of the four fields goes from 0 to 255", 6, 10 },
  { "99999999999999999999.1.1.1", TL_HOST_INVALID, "Field 1 is 99999999999999999999;", 0, 20 },
  { "9999999999999999999999999999999.1.1.1", TL_HOST_INVALID, "Field 1 is 999999999999999999999999…;", 0, 31 },
  { "010.1.1.1", TL_HOST_INVALID, "Field 1 is 010; some systems read a leading zero as octal, so write 10", 0, 3 },
  { "1.00.1.1", TL_HOST_INVALID, "Field 2 is 00; some systems read a leading zero as octal, so write 0", 2, 4 },
  { "1.1.1.08", TL_HOST_INVALID, "so write 8", 6, 8 },
  { "0300.1.1.1", TL_HOST_INVALID, "Field 1 is 0300; each", 0, 4 },
  { "1..2.3", TL_HOST_INVALID, "Field 2 is empty; each of the four fields goes from 0 to 255", 2, 2 },
  { ".1.2.3", TL_HOST_INVALID, "Field 1 is empty", 0, 0 },
  { "1.2.3.", TL_HOST_INVALID, "Field 4 is empty", 6, 6 },
  { "1.", TL_HOST_INVALID, "Field 2 is empty", 2, 2 },
  { ".", TL_HOST_INVALID, "Field 1 is empty", 0, 0 },
  { "...", TL_HOST_INVALID, "Field 1 is empty", 0, 0 },
  { "1", TL_HOST_INVALID, "An IPv4 address has four fields; here is only 1", 0, 1 },
  { "2130706433", TL_HOST_INVALID, "Field 1 is 2130706433", 0, 10 },
  { "80", TL_HOST_INVALID, "here is only 1", 0, 2 },
  { "1.2", TL_HOST_INVALID, "here are only 2", 0, 3 },
  { "1.2.3", TL_HOST_INVALID, "An IPv4 address has four fields; here are only 3", 0, 5 },
  { "1.2.3.4.5", TL_HOST_INVALID, "An IPv4 address has four fields; here a fifth begins", 7, 9 },
  { "1.2.3.4.", TL_HOST_INVALID, "here a fifth begins", 7, 8 },
  { "1.2.3.4.5.6.7", TL_HOST_INVALID, "here a fifth begins", 7, 13 },
  { "192.168.1.1o", TL_HOST_INVALID, "Field 4 is “1o”; only the digits 0 to 9 may stand in it", 10, 12 },
  { "192.168.l.1", TL_HOST_INVALID, "Field 3 is “l”", 8, 9 },
  { "l92.168.1.1", TL_HOST_INVALID, "Field 1 is “l92”", 0, 3 },
  { "1.2.3.x", TL_HOST_INVALID, "Field 4 is “x”", 6, 7 },
  { "0x7f.0.0.1", TL_HOST_INVALID, "Field 1 is “0x7f”", 0, 4 },
  { "-1.2.3.4", TL_HOST_INVALID, "Field 1 is “-1”", 0, 2 },
  { "1.2.3.4-", TL_HOST_INVALID, "Field 4 is “4-”", 6, 8 },
  { "1.2.+3.4", TL_HOST_INVALID, "Field 3 is “+3”", 4, 6 },
  { "1.2.三.4", TL_HOST_INVALID, "Field 3 is “三”", 4, 5 },
  { "192,168,1,1", TL_HOST_INVALID, "A comma stands here; the fields of an address are separated by dots", 3, 4 },
  { "192.168.1，1", TL_HOST_INVALID, "A comma stands here", 9, 10 },
  { "192.168. 1.1", TL_HOST_INVALID, "A blank stands here; addresses and host names hold none", 8, 9 },
  { "192.168.1.0/24", TL_HOST_INVALID, "“/24” is the length of a network prefix; write the address without it", 11, 14 },
  { "[1.2.3.4]", TL_HOST_INVALID, "Only an IPv6 address is written in brackets", 0, 9 },
  /* full-width: positions stay in characters of what was typed */
  { "２５６。１。１。１", TL_HOST_INVALID, "Field 1 is 256", 0, 3 },
  { "　１９２。１６８。３００。１", TL_HOST_INVALID, "Field 3 is 300", 9, 12 },
  { "  1。。2.3", TL_HOST_INVALID, "Field 2 is empty", 4, 4 },
  { "１。２。３", TL_HOST_INVALID, "here are only 3", 0, 5 },
  { "：：ｇ", TL_HOST_INVALID, "Group 1 holds “g”", 2, 3 },
  { "中文＿名", TL_HOST_INVALID, "“_” cannot stand in a host name", 2, 3 },
  { "１２７。０。０。１：９９９９９", TL_HOST_INVALID, "99999 is too large", 10, 15 },
  /* IPv6 */
  { ":", TL_HOST_INVALID, "The host before “:” is missing", 0, 1 },
  { ":80", TL_HOST_INVALID, "The host before “:” is missing", 0, 1 },
  { ":::", TL_HOST_INVALID, "Three colons stand in a row; two are the most", 0, 3 },
  { "1:::2", TL_HOST_INVALID, "Three colons stand in a row", 1, 4 },
  { ":1:2:3", TL_HOST_INVALID, "The address begins with a single colon", 0, 1 },
  { "1:2:3:", TL_HOST_INVALID, "The address ends with a single colon", 5, 6 },
  { "2001:db8", TL_HOST_INVALID, "here are only 2, and no “::” for the others", 0, 8 },
  { "2001:1", TL_HOST_INVALID, "here are only 2", 0, 6 },
  { "2001:", TL_HOST_INVALID, "The address ends with a single colon", 4, 5 },
  { "1:2:3:4:5:6:7", TL_HOST_INVALID, "An IPv6 address has eight groups; here are only 7, and no “::” for the others", 0, 13 },
  { "1:2:3:4:5:6:7:8:9", TL_HOST_INVALID, "An IPv6 address has eight groups; here a ninth begins", 16, 17 },
  { "1:2:3:4::5:6:7:8", TL_HOST_INVALID, "All eight groups are written; “::” has nothing to stand for", 0, 16 },
  { "1::2::3", TL_HOST_INVALID, "“::” stands here for the second time; it may stand only once", 4, 6 },
  { "12345::1", TL_HOST_INVALID, "Group 1 is “12345”; a group has at most four digits", 0, 5 },
  { "2001:db8:00001::", TL_HOST_INVALID, "Group 3 is “00001”", 9, 14 },
  { "2001:db8:xyz::", TL_HOST_INVALID, "Group 3 holds “x”; only 0 to 9 and a to f may stand in it", 9, 10 },
  { "fe80::中", TL_HOST_INVALID, "Group 2 holds “中”", 6, 7 },
  { "::1.2.3", TL_HOST_INVALID, "An IPv4 address has four fields; here are only 3", 2, 7 },
  { "::ffff:1.2.3.256", TL_HOST_INVALID, "Field 4 is 256", 13, 16 },
  { "::ffff:1.2.03.4", TL_HOST_INVALID, "Field 3 is 03", 11, 13 },
  { "::1.2.3.4:5", TL_HOST_INVALID, "An IPv4 address can stand only at the end of an IPv6 address", 2, 9 },
  { "1:2:3:4:5:6:7:1.2.3.4", TL_HOST_INVALID, "at most six can stand before it", 14, 21 },
  { "fe80::1%", TL_HOST_INVALID, "The name of a network interface must follow “%”", 7, 8 },
  { "fe80::1%no-such-card", TL_HOST_INVALID, "This computer has no network interface “no-such-card”", 8, 20 },
  { "fe80::1%4000000000", TL_HOST_INVALID, "This computer has no network interface “4000000000”", 8, 18 },
  { "2001:db8::1%lo", TL_HOST_INVALID, "Only a link-local address takes a network interface after “%”", 11, 14 },
  { "2001:db8::/32", TL_HOST_INVALID, "“/32” is the length of a network prefix", 10, 13 },
  { "[::1", TL_HOST_INVALID, "“[” is not closed; “]” must follow the IPv6 address", 0, 4 },
  { "[]", TL_HOST_INVALID, "No address stands between the brackets", 0, 2 },
  { "[::1]x", TL_HOST_INVALID, "Only “:” and a port can follow “]”", 5, 6 },
  { "[localhost]", TL_HOST_INVALID, "Only an IPv6 address is written in brackets", 0, 11 },
  { "[::g]", TL_HOST_INVALID, "Group 1 holds “g”", 3, 4 },
  { "::1]", TL_HOST_INVALID, "Group 1 holds “]”", 3, 4 },
  /* host names */
  { "-abc", TL_HOST_INVALID, "“-abc” begins with a hyphen; a part of a host name cannot", 0, 1 },
  { "abc-.com", TL_HOST_INVALID, "“abc-” ends with a hyphen; a part of a host name cannot", 3, 4 },
  { "www.-x.com", TL_HOST_INVALID, "“-x” begins with a hyphen", 4, 5 },
  { "my_host", TL_HOST_INVALID, "“_” cannot stand in a host name; use “-”", 2, 3 },
  { "a..b", TL_HOST_INVALID, "Two dots stand in a row in the host name", 2, 2 },
  { "a.b..", TL_HOST_INVALID, "Two dots stand in a row in the host name", 4, 4 },
  { ".com", TL_HOST_INVALID, "The host name begins with a dot", 0, 0 },
  { "host!", TL_HOST_INVALID, "“!” cannot stand in a host name", 4, 5 },
  { "*", TL_HOST_INVALID, "“*” cannot stand in a host name", 0, 1 },
  { "user@host", TL_HOST_INVALID, "“@” cannot stand in a host name", 4, 5 },
  { "foo%bar", TL_HOST_INVALID, "“%” cannot stand in a host name", 3, 4 },
  { "two words", TL_HOST_INVALID, "A blank stands here", 3, 4 },
  { "two　words", TL_HOST_INVALID, "A blank stands here", 3, 4 },
  { "ho\u200bst", TL_HOST_INVALID, "“U+200B” cannot stand in a host name", 2, 3 },
  { "❤.ws", TL_HOST_INVALID, "“❤” cannot stand in a host name", 0, 1 },
  { "server.1", TL_HOST_INVALID, "The last part of a host name cannot be a number", 7, 8 },
  { "a.b.c.1", TL_HOST_INVALID, "The last part of a host name cannot be a number", 6, 7 },
  { "0x7f000001", TL_HOST_INVALID, "The last part of a host name cannot be a number", 0, 10 },
  { "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd.org", TL_HOST_INVALID,
    "“abcdefghijabcdefghijabcd…” is too long; a part of a host name has at most 63 characters", 0, 64 },
  { "①.2.3.4", TL_HOST_INVALID, "Field 1 is “①”", 0, 1 },
  { "a.④", TL_HOST_INVALID, "The last part of a host name cannot be a number", 2, 3 },
  { "www.xn--例.com", TL_HOST_INVALID, "“xn--例” cannot be written as an international host name (IDNA)", 4, 9 },
  /* host and port, URLs */
  { "host:", TL_HOST_INVALID, "The port after “:” is missing", 4, 5 },
  { "1.2.3.4:", TL_HOST_INVALID, "The port after “:” is missing", 7, 8 },
  { "1.2.3.4:x", TL_HOST_INVALID, "“x” cannot stand in a port; it holds only the digits 0 to 9", 8, 9 },
  { "1.2.3.4:8o", TL_HOST_INVALID, "“o” cannot stand in a port", 9, 10 },
  { "1.2.3.4:65536", TL_HOST_INVALID, "65536 is too large; a port goes from 0 to 65535", 8, 13 },
  { "1.2.3:80", TL_HOST_INVALID, "here are only 3", 0, 5 },
  { "[::1]:", TL_HOST_INVALID, "The port after “:” is missing", 5, 6 },
  { "[::1]:-1", TL_HOST_INVALID, "“-” cannot stand in a port", 6, 7 },
  { "tcp://", TL_HOST_INVALID, "No host follows “://”", 3, 6 },
  { "udp://?local=1.2.3.4:5", TL_HOST_INVALID, "No host follows “://”", 3, 6 },
  { "://host", TL_HOST_INVALID, "The name of a protocol, such as “tcp”, must stand before “://”", 0, 3 },
  { "http://256.1.1.1/", TL_HOST_INVALID, "Field 1 is 256", 7, 10 },
  { "http://.com/", TL_HOST_INVALID, "The host name begins with a dot", 7, 7 },
  { "/etc/hosts", TL_HOST_INVALID, "The host before “/” is missing", 0, 1 },
  { "\xff\xfe", TL_HOST_INVALID, "This is not UTF-8 text; type the address anew", 0, 0 },
};

static const struct {
  const char *text;
  const char *host;
  const char *other;
  int         port;
} pasted[] = {
  { "1.2.3.4:80", "1.2.3.4", "1.2.3.4", 80 },
  { "１２７。０。０。１：７８５５", "127.0.0.1", "127.0.0.1", 7855 },
  { "1.2.3.4:0", "1.2.3.4", "1.2.3.4", 0 },
  { "localhost:65535", "localhost", "localhost", 65535 },
  { "例子.测试:8080", "xn--fsqu00a.xn--0zwm56d", "例子.测试", 8080 },
  { "face:80", "face", "face", 80 },
  { "[::1]:80", "::1", "::1", 80 },
  { "［：：１］：８０", "::1", "::1", 80 },
  { "[fe80::1%lo]:80", "fe80::1%lo", "fe80::1%lo", 80 },
  { "udp://127.0.0.1:7855", "127.0.0.1", "127.0.0.1", 7855 },
  { "udp://127.0.0.1:7855?local=0.0.0.0:7856", "127.0.0.1", "127.0.0.1", 7855 },
  { "tcp://host", "host", "host", -1 },
  { "tcp://[2001:db8::1]:99/", "2001:db8::1", "2001:db8::1", 99 },
  { "tcp-listen://0.0.0.0:8899", "0.0.0.0", "0.0.0.0", 8899 },
  { "http://example.com/a/b?c=d:e", "example.com", "example.com", 80 },
  { "HTTPS://example.com", "example.com", "example.com", 443 },
  { "http://[fe80::1%25lo]:8080/", "fe80::1%lo", "fe80::1%25lo", 8080 },
  { "ftp://user:p@ss@10.0.0.1/file", "10.0.0.1", "10.0.0.1", 21 },
  { "ｆｔｐ：／／１０。０。０。１", "10.0.0.1", "10.0.0.1", 21 },
  { "mqtt://broker.local", "broker.local", "broker.local", 1883 },
  { "192.168.1.1/index.html", "192.168.1.1", "192.168.1.1", -1 },
  { "192.168.1.1:8080/index.html", "192.168.1.1", "192.168.1.1", 8080 },
};

static void
test_right (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (TlAddressCheck) check = tl_address_check_new (right[i].text);

      g_autofree char *shown = g_utf8_make_valid (right[i].text, -1);

      g_test_message ("“%s”: %s", shown, check->message);
      g_assert_cmpint (check->kind, ==, right[i].kind);
      g_assert_cmpstr (check->host, ==, right[i].host);
      g_assert_null (check->message);
      g_assert_null (check->other_host);
      g_assert_cmpint (check->other_port, ==, -1);
      g_assert_cmpint (check->error_start, ==, -1);
      if (check->kind == TL_HOST_IPV4 || check->kind == TL_HOST_IPV6)
        g_assert_true (g_hostname_is_ip_address (check->host) || strchr (check->host, '%') != NULL);
    }
}

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (TlAddressCheck) check = tl_address_check_new (wrong[i].text);

      g_autofree char *shown = g_utf8_make_valid (wrong[i].text, -1);

      g_test_message ("“%s”: %s (%d–%d)", shown, check->message, check->error_start, check->error_end);
      g_assert_cmpint (check->kind, ==, TL_HOST_INVALID);
      g_assert_nonnull (check->message);
      g_assert_nonnull (strstr (check->message, wrong[i].host));
      g_assert_cmpint (check->error_start, ==, wrong[i].start);
      g_assert_cmpint (check->error_end, ==, wrong[i].end);
      g_assert_null (check->host);
      g_assert_null (check->other_host);
      g_assert_cmpint (check->other_port, ==, -1);
      g_assert_cmpint (check->scope, ==, TL_SCOPE_UNKNOWN);
    }
}

static void
test_pasted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pasted); i++)
    {
      g_autoptr (TlAddressCheck) check = tl_address_check_new (pasted[i].text);
      g_autoptr (TlAddressCheck) again = NULL;

      g_autofree char *shown = g_utf8_make_valid (pasted[i].text, -1);

      g_test_message ("“%s”: %s", shown, check->message);
      g_assert_null (check->message);
      g_assert_cmpstr (check->host, ==, pasted[i].host);
      g_assert_cmpstr (check->other_host, ==, pasted[i].other);
      g_assert_cmpint (check->other_port, ==, pasted[i].port);

      /* What goes into the field must be right there too. */
      if (strstr (check->other_host, "%25") == NULL)
        {
          again = tl_address_check_new (check->other_host);
          g_assert_cmpstr (again->host, ==, check->host);
          g_assert_null (again->other_host);
        }
    }
}

static void
test_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *endless = g_strnfill (1024 * 1024, '9');
  g_autoptr (TlAddressCheck) number = tl_address_check_new (endless);
  g_autoptr (TlAddressCheck) longest = NULL;
  g_autoptr (TlAddressCheck) longer = NULL;

  g_assert_cmpint (number->kind, ==, TL_HOST_INVALID);
  g_assert_cmpuint (strlen (number->message), <, 200);

  for (guint i = 0; i < 126; i++)
    g_string_append (name, "a.");
  g_string_append (name, "b");
  g_assert_cmpuint (name->len, ==, 253);
  longest = tl_address_check_new (name->str);
  g_assert_cmpint (longest->kind, ==, TL_HOST_NAME);

  g_string_append (name, "b");
  longer = tl_address_check_new (name->str);
  g_assert_cmpint (longer->kind, ==, TL_HOST_INVALID);
  g_assert_cmpstr (longer->message, ==, "The host name is too long; it can have at most 253 characters");
  g_assert_cmpint (longer->error_end, ==, 254);
}

static const struct {
  const char *text;
  TlHostScope scope;
} scopes[] = {
  { "0.0.0.0", TL_SCOPE_ANY },
  { "0.1.2.3", TL_SCOPE_RESERVED },
  { "1.1.1.1", TL_SCOPE_PUBLIC },
  { "9.255.255.255", TL_SCOPE_PUBLIC },
  { "10.0.0.0", TL_SCOPE_PRIVATE },
  { "10.255.255.255", TL_SCOPE_PRIVATE },
  { "11.0.0.0", TL_SCOPE_PUBLIC },
  { "100.63.255.255", TL_SCOPE_PUBLIC },
  { "100.64.0.0", TL_SCOPE_RESERVED },
  { "100.127.255.255", TL_SCOPE_RESERVED },
  { "100.128.0.0", TL_SCOPE_PUBLIC },
  { "126.255.255.255", TL_SCOPE_PUBLIC },
  { "127.0.0.0", TL_SCOPE_LOOPBACK },
  { "127.255.255.255", TL_SCOPE_LOOPBACK },
  { "128.0.0.0", TL_SCOPE_PUBLIC },
  { "169.253.255.255", TL_SCOPE_PUBLIC },
  { "169.254.0.0", TL_SCOPE_LINK_LOCAL },
  { "169.254.255.255", TL_SCOPE_LINK_LOCAL },
  { "169.255.0.0", TL_SCOPE_PUBLIC },
  { "172.15.255.255", TL_SCOPE_PUBLIC },
  { "172.16.0.0", TL_SCOPE_PRIVATE },
  { "172.31.255.255", TL_SCOPE_PRIVATE },
  { "172.32.0.0", TL_SCOPE_PUBLIC },
  { "192.0.0.8", TL_SCOPE_RESERVED },
  { "192.0.1.0", TL_SCOPE_PUBLIC },
  { "192.0.2.1", TL_SCOPE_RESERVED },
  { "192.88.99.1", TL_SCOPE_RESERVED },
  { "192.167.255.255", TL_SCOPE_PUBLIC },
  { "192.168.0.0", TL_SCOPE_PRIVATE },
  { "192.168.255.255", TL_SCOPE_PRIVATE },
  { "192.169.0.0", TL_SCOPE_PUBLIC },
  { "198.17.255.255", TL_SCOPE_PUBLIC },
  { "198.18.0.0", TL_SCOPE_RESERVED },
  { "198.19.255.255", TL_SCOPE_RESERVED },
  { "198.20.0.0", TL_SCOPE_PUBLIC },
  { "198.51.100.7", TL_SCOPE_RESERVED },
  { "203.0.113.7", TL_SCOPE_RESERVED },
  { "223.255.255.255", TL_SCOPE_PUBLIC },
  { "224.0.0.1", TL_SCOPE_MULTICAST },
  { "239.255.255.255", TL_SCOPE_MULTICAST },
  { "240.0.0.0", TL_SCOPE_RESERVED },
  { "255.255.255.254", TL_SCOPE_RESERVED },
  { "255.255.255.255", TL_SCOPE_BROADCAST },
  { "::", TL_SCOPE_ANY },
  { "::1", TL_SCOPE_LOOPBACK },
  { "::2", TL_SCOPE_RESERVED },
  { "::ffff:127.0.0.1", TL_SCOPE_LOOPBACK },
  { "::ffff:192.168.1.1", TL_SCOPE_PRIVATE },
  { "::ffff:8.8.8.8", TL_SCOPE_PUBLIC },
  { "64:ff9b::8.8.8.8", TL_SCOPE_PUBLIC },
  { "64:ff9b:1::1", TL_SCOPE_RESERVED },
  { "100::1", TL_SCOPE_RESERVED },
  { "2001::1", TL_SCOPE_RESERVED },
  { "2001:1ff::1", TL_SCOPE_RESERVED },
  { "2001:200::1", TL_SCOPE_PUBLIC },
  { "2001:db8::1", TL_SCOPE_RESERVED },
  { "2001:db9::1", TL_SCOPE_PUBLIC },
  { "2002::1", TL_SCOPE_PUBLIC },
  { "2606:4700::1111", TL_SCOPE_PUBLIC },
  { "3fff::1", TL_SCOPE_RESERVED },
  { "3fff:1000::1", TL_SCOPE_PUBLIC },
  { "4000::", TL_SCOPE_RESERVED },
  { "5f00::1", TL_SCOPE_RESERVED },
  { "fbff::1", TL_SCOPE_RESERVED },
  { "fc00::1", TL_SCOPE_PRIVATE },
  { "fdff::1", TL_SCOPE_PRIVATE },
  { "fe7f::1", TL_SCOPE_RESERVED },
  { "fe80::1", TL_SCOPE_LINK_LOCAL },
  { "febf::1", TL_SCOPE_LINK_LOCAL },
  { "fe80::1%lo", TL_SCOPE_LINK_LOCAL },
  { "fec0::1", TL_SCOPE_RESERVED },
  { "ff00::", TL_SCOPE_MULTICAST },
  { "ff02::1", TL_SCOPE_MULTICAST },
  { "ffff::", TL_SCOPE_MULTICAST },
  { "localhost", TL_SCOPE_UNKNOWN },
};

static void
test_scope (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (TlAddressCheck) check = tl_address_check_new (scopes[i].text);

      g_test_message ("%s", scopes[i].text);
      g_assert_cmpint (check->scope, ==, scopes[i].scope);
    }
}

static void
test_labels (void)
{
  g_assert_null (tl_host_scope_get_label (TL_SCOPE_UNKNOWN));
  for (int scope = TL_SCOPE_ANY; scope <= TL_SCOPE_PUBLIC; scope++)
    {
      g_assert_nonnull (tl_host_scope_get_label (scope));
      for (int other = TL_SCOPE_ANY; other < scope; other++)
        g_assert_cmpstr (tl_host_scope_get_label (scope), !=, tl_host_scope_get_label (other));
    }
}

static void
test_normalize (void)
{
  g_autofree char *typed = tl_address_normalize ("　Ａｂ。．：［］％／　\t");
  g_autofree char *broken = tl_address_normalize ("a\xff");

  g_assert_cmpstr (typed, ==, "Ab..:[]%/");
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-check/right", test_right);
  g_test_add_func ("/address-check/wrong", test_wrong);
  g_test_add_func ("/address-check/pasted", test_pasted);
  g_test_add_func ("/address-check/long", test_long);
  g_test_add_func ("/address-check/scope", test_scope);
  g_test_add_func ("/address-check/labels", test_labels);
  g_test_add_func ("/address-check/normalize", test_normalize);
  return g_test_run ();
}
