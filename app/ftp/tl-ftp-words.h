/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The lines of a control connection in words, translated, for people who learn how FTP works. Pure. */

/* "RETR: fetch a file". @line: a line that goes to the server, as the transcript has it; no byte of a name in it is looked at.
 * NULL for a command that nobody knows. (transfer full) (nullable) */
char *tl_ftp_words_for_command (const char *line);
/* "550: The action on the file or folder was refused. …": what the code says (RFC 959, 4.2), what the line itself tells (port, size, time, reason), and what the
 * user can do, where there is something. @line: (nullable): a line of the reply, of any bytes but NUL, with or without its code.
 * NULL when @code is none, 100 to 699. (transfer full) (nullable) */
char *tl_ftp_words_for_reply   (int         code,
                                const char *line);

G_END_DECLS
