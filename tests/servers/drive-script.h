/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-answerer.h"
#include "tl-ftp-client.h"

/* What a script says to a program that it drives, and hears from it: one command a line on standard input, its words apart by a blank, and one answer a line on
 * standard output, before which the next command is not read. Names and texts are hexadecimal, "-" is none. */
typedef struct {
  GMainLoop        *loop;
  GDataInputStream *input;
  void            (*run) (gpointer   user_data,
                          char     **words);
  gpointer          user_data;
} DriveScript;

/* Takes commands, each with @run, until standard input ends. */
void         drive_script_follow (DriveScript  *self,
                                  void        (*run) (gpointer   user_data,
                                                      char     **words),
                                  gpointer      user_data);
/* Ends a command. */
void         drive_script_answer (DriveScript  *self,
                                  const char   *format,
                                  va_list       arguments) G_GNUC_PRINTF (2, 0);
/* Out of hexadecimal. (transfer full) (nullable) */
GBytes      *drive_from_hex      (const char   *hex);
char        *drive_text_from_hex (const char   *hex);
/* The words of "site HOST PORT SECURITY KIND USER PASSWORD [ACTIVE]": a client, not connected, that asks @answerer. (transfer full) */
TlFtpClient *drive_client_new    (char        **words,
                                  TestAnswerer **answerer);
