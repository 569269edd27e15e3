/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What commands and replies mean: there are words for each of the standards, and the right ones for variants. */

#include "tl-ftp-words.h"

#include <string.h>

/* RFC 959, 1639, 2228, 2389, 2428, 2640, 3659, 4217, 7151, and those that we send besides. */
static const char * const commands[] = {
  "USER", "PASS", "ACCT", "CWD", "CDUP", "SMNT", "REIN", "QUIT", "PORT", "PASV", "TYPE", "STRU", "MODE", "RETR", "STOR", "STOU", "APPE", "ALLO", "REST",
  "RNFR", "RNTO", "ABOR", "DELE", "RMD", "MKD", "PWD", "LIST", "NLST", "SITE", "SYST", "STAT", "HELP", "NOOP", "XCWD", "XCUP", "XMKD", "XPWD", "XRMD",
  "LPRT", "LPSV", "AUTH", "ADAT", "PROT", "PBSZ", "CCC", "MIC", "CONF", "ENC", "FEAT", "OPTS", "EPRT", "EPSV", "LANG", "MDTM", "SIZE", "MLST", "MLSD",
  "HOST", "CLNT", "MFMT", "MFCT", "MFF", "HASH", "XCRC", "XMD5", "XSHA1", "XSHA256", "XSHA512", "PRET", "SITE CHMOD", "SITE UTIME",
};

static const int codes[] = {
  110, 120, 125, 150, 200, 202, 211, 212, 213, 214, 215, 220, 221, 225, 226, 227, 230, 250, 257, 331, 332, 350, 421, 425, 426, 450, 451, 452, 500, 501, 502,
  503, 504, 530, 532, 550, 551, 552, 553, /* 959 */
  228, 229, 232, 234, 235, 334, 335, 336, 431, 521, 522, 533, 534, 535, 536, 537, 554, 555, 631, 632, 633,
};

static void
test_commands (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *upper = tl_ftp_words_for_command (commands[i]);
      g_autofree char *lower_line = g_ascii_strdown (commands[i], -1);
      g_autofree char *lower = tl_ftp_words_for_command (lower_line);
      g_autofree char *start = g_strconcat (commands[i], ": ", NULL);

      g_test_message ("%s", commands[i]);
      g_assert_nonnull (upper);
      g_assert_true (g_str_has_prefix (upper, start));
      g_assert_cmpuint (strlen (upper), >, strlen (start) + 5);
      g_assert_cmpstr (lower, ==, upper);
    }
}

static void
test_variants (void)
{
  static const struct { const char *line, *words; } variants[] = {
    { "RETR a b", "RETR: fetch a file" },
    { "  retr\ta", "RETR: fetch a file" },
    { "RETR \xc4\xbf", "RETR: fetch a file" },
    { "TYPE I", "TYPE I: transfer bytes as they are (binary)" },
    { "type a n", "TYPE A: transfer as text, with line ends changed" },
    { "TYPE X", "TYPE: how the bytes of a transfer are written" },
    { "PASS ********", "PASS: the user's password" },
    { "MDTM a.txt", "MDTM: ask when a file was modified (UTC)" },
    { "MDTM 20240229120000", "MDTM: ask when a file was modified (UTC)" },
    { "MDTM 20240229120000 a.txt", "MDTM: set when a file was modified (UTC)" },
    { "OPTS UTF8 ON", "OPTS UTF8: file names are UTF-8" },
    { "OPTS MLST type;size;", "OPTS MLST: choose what the listing tells of each file" },
    { "SITE chmod 644 x", "SITE CHMOD: change the permissions of a file" },
    { "SITE WHO", "SITE: a command of this server's own" },
    { "LIST -a", "LIST -a: list a folder, hidden files too" },
    { "PROT P", "PROT P: encrypt the data connections too" },
    { "REST 0", "REST 0: begin the next transfer at the start" },
    { "REST 100", "REST: begin the next transfer at this byte: resume" },
    { "PORT 10,0,0,1,195,80", "PORT: active mode: the server connects to this address and port of ours (10.0.0.1:50000)" },
    { "PORT x", "PORT: active mode: the server connects to this address and port of ours" },
    { "EPRT |1|10.0.0.1|50000|", "EPRT: active mode, also for IPv6: the server connects to this address and port of ours (10.0.0.1:50000)" },
    { "EPRT |2|::1|50000|", "EPRT: active mode, also for IPv6: the server connects to this address and port of ours ([::1]:50000)" },
    { "EPRT", "EPRT: active mode, also for IPv6: the server connects to this address and port of ours" },
  };
  static const char * const unknown[] = { "", " ", "XYZZY", "RETRX a", "\xc4\xbf", "AVERYLONGCOMMANDINDEED x" };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *words = tl_ftp_words_for_command (variants[i].line);

      g_assert_cmpstr (words, ==, variants[i].words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (tl_ftp_words_for_command (unknown[i]));
}

static void
test_codes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *words = tl_ftp_words_for_reply (codes[i], NULL);
      g_autofree char *start = g_strdup_printf ("%d: ", codes[i]);
      g_autofree char *general = tl_ftp_words_for_reply (codes[i] / 100 * 100 + 99, NULL);

      g_assert_true (g_str_has_prefix (words, start));
      g_assert_true (g_str_has_suffix (words, "."));
      /* Its own words, not those of its class. */
      g_assert_cmpstr (words + 5, !=, general + 5);
    }
  g_assert_null (tl_ftp_words_for_reply (0, NULL));
  g_assert_null (tl_ftp_words_for_reply (99, NULL));
  g_assert_null (tl_ftp_words_for_reply (700, NULL));
}

static void
test_lines (void)
{
  static const struct { int code; const char *line, *words; } lines[] = {
    { 227, "227 Entering Passive Mode (127,0,0,1,195,80).",
      "227: Passive mode: the server waits for our data connection. Its port is in the last two numbers: 195 × 256 + 80 = 50000." },
    { 227, "227 ok", "227: Passive mode: the server waits for our data connection." },
    { 229, "229 (|||6446|)", "229: Extended passive mode: the server waits for our data connection. It waits at port 6446." },
    { 213, "213 20240229120001", "213: What was asked about the file. It is the time 2024-02-29 12:00:01 (UTC)." },
    { 550, "550 Failed.", "550: The action on the file or folder was refused. It may not exist, or the account may not have the right." },
    { 550, "550 a: Permission denied", "550: The action on the file or folder was refused. The account does not have the right." },
    { 550, "550-a: No such file", "550: The action on the file or folder was refused. The file or folder does not exist." },
    { 550, "\xc4\xbf\r\n", "550: The action on the file or folder was refused. It may not exist, or the account may not have the right." },
    { 421, "421 Too many connections", "421: The server ends the connection. There are too many connections: try again later." },
    { 211, "211-Features:", "211: Status or features of the server." },
    { 299, "299 x", "299: Done." },
    { 439, "439 x", "439: Failed for now; the same may succeed later. It is about the login." },
    { 660, "660 x", "660: A protected reply." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *words = tl_ftp_words_for_reply (lines[i].code, lines[i].line);

      g_assert_cmpstr (words, ==, lines[i].words);
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-words/commands", test_commands);
  g_test_add_func ("/ftp-words/variants", test_variants);
  g_test_add_func ("/ftp-words/codes", test_codes);
  g_test_add_func ("/ftp-words/lines", test_lines);

  return g_test_run ();
}
