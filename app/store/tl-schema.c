/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user's database holds. One list for all rooms, so that each script has its number. */

#include "tl-schema.h"

const char *const tl_schema[] = {
  /* 1: FTP sites, and the certificates that are trusted although the system does not. Passwords are in no table. */
  "CREATE TABLE ftp_sites ("
  "  id INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  host TEXT NOT NULL,"
  "  port INTEGER NOT NULL,"
  "  security TEXT NOT NULL,"
  "  account TEXT NOT NULL,"
  "  user TEXT NOT NULL,"
  "  anonymous_password TEXT NOT NULL,"
  "  keep_password INTEGER NOT NULL,"
  "  charset TEXT NOT NULL,"
  "  start_dir BLOB,"
  "  active_mode INTEGER NOT NULL"
  ");"
  "CREATE TABLE trusted_certificates ("
  "  host TEXT NOT NULL,"
  "  port INTEGER NOT NULL,"
  "  fingerprint TEXT NOT NULL,"
  "  PRIMARY KEY (host, port)"
  ") WITHOUT ROWID;",

  NULL,
};
