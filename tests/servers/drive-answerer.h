/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-asker.h"

G_BEGIN_DECLS

/* What the driven programs share: one who says yes to every question, with these words for a password; what was asked is in @asked. */
typedef struct {
  GObject  parent_instance;
  char    *user;
  char    *password;
  GString *asked;
} DriveAnswerer;

DriveAnswerer *drive_answerer_new  (const char *user,
                                    const char *password);
/* Hexadecimal, "-" is none. (transfer full) (nullable) */
GBytes        *drive_from_hex      (const char *hex);
char          *drive_text_from_hex (const char *hex);

G_END_DECLS
