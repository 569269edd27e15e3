/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sites as rows of the database. Choices are kept by their names, which mean the same in every version. */

#include "tl-ftp-site-record.h"

#define CHARSET_AUTO "auto"

TlFtpTrust *
tl_ftp_trust_new (const char *host,
                  guint16     port,
                  const char *fingerprint)
{
  TlFtpTrust *self = g_new0 (TlFtpTrust, 1);

  self->host = g_ascii_strdown (host, -1);
  self->port = port;
  self->fingerprint = g_strdup (fingerprint);

  return self;
}

void
tl_ftp_trust_free (TlFtpTrust *self)
{
  g_free (self->host);
  g_free (self->fingerprint);
  g_free (self);
}

void
tl_ftp_site_records_free (TlFtpSiteRecords *self)
{
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->trusted);
  g_free (self);
}

static const char *
enum_to_nick (GType type,
              int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  return g_enum_get_value (class, value)->value_nick;
}

/* What a row says that this version does not know is taken for the first, the most careful one. */
static int
enum_from_nick (GType       type,
                const char *nick)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *value = nick ? g_enum_get_value_by_nick (class, nick) : NULL;

  return value ? value->value : 0;
}

static sqlite3_stmt *
prepare (sqlite3     *db,
         const char  *sql,
         GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);

  return statement;
}

/* Ends @statement; false with @error when @code is no success. */
static gboolean
finish (sqlite3       *db,
        sqlite3_stmt  *statement,
        int            code,
        GError       **error)
{
  gboolean good = code == SQLITE_DONE;

  if (!good)
    tl_database_set_error (db, error);
  sqlite3_finalize (statement);

  return good;
}

static const char *
column_text (sqlite3_stmt *statement,
             int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text && g_utf8_validate (text, -1, NULL) ? text : "";
}

TlFtpSite *
tl_ftp_site_record_read (sqlite3_stmt *row)
{
  g_autoptr (GBytes) start_dir = g_bytes_new (sqlite3_column_blob (row, 10), sqlite3_column_bytes (row, 10));
  TlCharset charset;
  gboolean known = tl_charset_from_name (column_text (row, 9), &charset);

  return g_object_new (TL_TYPE_FTP_SITE,
                       "id", MAX (sqlite3_column_int64 (row, 0), 1),
                       "name", column_text (row, 1),
                       "host", column_text (row, 2),
                       "port", (guint) CLAMP (sqlite3_column_int (row, 3), 0, G_MAXUINT16),
                       "security", enum_from_nick (TL_TYPE_FTP_SECURITY, column_text (row, 4)),
                       "account-kind", enum_from_nick (TL_TYPE_FTP_ACCOUNT_KIND, column_text (row, 5)),
                       "user", column_text (row, 6),
                       "anonymous-password", column_text (row, 7),
                       "keep-password", sqlite3_column_int (row, 8) != 0,
                       "charset", known ? (TlFtpCharset) charset : TL_FTP_CHARSET_AUTO,
                       "start-dir", start_dir,
                       "active-mode", sqlite3_column_int (row, 11) != 0,
                       NULL);
}

static gboolean
load_sites (sqlite3    *db,
            GPtrArray  *sites,
            GError    **error)
{
  sqlite3_stmt *row = prepare (db,
                               "SELECT id, name, host, port, security, account, user, anonymous_password, keep_password, charset, start_dir, active_mode"
                               " FROM ftp_sites", error);
  int code;

  if (!row)
    return FALSE;
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    g_ptr_array_add (sites, tl_ftp_site_record_read (row));

  return finish (db, row, code, error);
}

static gboolean
load_trusted (sqlite3    *db,
              GPtrArray  *trusted,
              GError    **error)
{
  sqlite3_stmt *row = prepare (db, "SELECT host, port, fingerprint FROM trusted_certificates", error);
  int code;

  if (!row)
    return FALSE;
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    g_ptr_array_add (trusted, tl_ftp_trust_new (column_text (row, 0), sqlite3_column_int (row, 1), column_text (row, 2)));

  return finish (db, row, code, error);
}

gpointer
tl_ftp_site_records_load (sqlite3   *db,
                          gpointer   data,
                          GError   **error)
{
  TlFtpSiteRecords *self = g_new0 (TlFtpSiteRecords, 1);

  self->sites = g_ptr_array_new_with_free_func (g_object_unref);
  self->trusted = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_ftp_trust_free);
  if (load_sites (db, self->sites, error) && load_trusted (db, self->trusted, error))
    return self;

  tl_ftp_site_records_free (self);
  return NULL;
}

static void
bind_text (sqlite3_stmt *statement,
           int           index,
           const char   *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

void
tl_ftp_site_record_bind (sqlite3_stmt *statement,
                         TlFtpSite    *site)
{
  g_autofree char *name = NULL, *host = NULL, *user = NULL, *anonymous_password = NULL;
  g_autoptr (GBytes) start_dir = NULL;
  TlFtpSecurity security;
  TlFtpAccountKind account;
  gboolean keep, active;
  TlFtpCharset charset;
  gint64 id;
  guint port;

  g_object_get (site, "id", &id, "name", &name, "host", &host, "port", &port, "security", &security, "account-kind", &account, "user", &user,
                "anonymous-password", &anonymous_password, "keep-password", &keep, "charset", &charset, "start-dir", &start_dir,
                "active-mode", &active, NULL);
  sqlite3_bind_int64 (statement, 1, id);
  bind_text (statement, 2, name);
  bind_text (statement, 3, host);
  sqlite3_bind_int (statement, 4, port);
  bind_text (statement, 5, enum_to_nick (TL_TYPE_FTP_SECURITY, security));
  bind_text (statement, 6, enum_to_nick (TL_TYPE_FTP_ACCOUNT_KIND, account));
  bind_text (statement, 7, user);
  bind_text (statement, 8, anonymous_password);
  sqlite3_bind_int (statement, 9, keep);
  bind_text (statement, 10, charset == TL_FTP_CHARSET_AUTO ? CHARSET_AUTO : tl_charset_get_name (charset));
  if (start_dir)
    sqlite3_bind_blob (statement, 11, g_bytes_get_data (start_dir, NULL), g_bytes_get_size (start_dir), SQLITE_TRANSIENT);
  sqlite3_bind_int (statement, 12, active);
}

static gboolean
run (sqlite3     *db,
     const char  *sql,
     GError     **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  tl_database_set_error (db, error);
  return FALSE;
}

gpointer
tl_ftp_site_records_save (sqlite3   *db,
                          gpointer   data,
                          GError   **error)
{
  GPtrArray *sites = data;
  sqlite3_stmt *statement;
  int code = SQLITE_DONE;

  if (!run (db, "BEGIN IMMEDIATE", error))
    return NULL;
  statement = prepare (db, "INSERT OR REPLACE INTO ftp_sites VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (!statement)
    return NULL;
  for (guint i = 0; i < sites->len && code == SQLITE_DONE; i++)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      tl_ftp_site_record_bind (statement, g_ptr_array_index (sites, i));
      code = sqlite3_step (statement);
    }
  if (finish (db, statement, code, error))
    run (db, "COMMIT", error);

  return NULL;
}

gpointer
tl_ftp_site_record_remove (sqlite3   *db,
                           gpointer   data,
                           GError   **error)
{
  sqlite3_stmt *statement = prepare (db, "DELETE FROM ftp_sites WHERE id = ?", error);

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, tl_ftp_site_get_id (data));
  finish (db, statement, sqlite3_step (statement), error);

  return NULL;
}

gpointer
tl_ftp_trust_save (sqlite3   *db,
                   gpointer   data,
                   GError   **error)
{
  TlFtpTrust *trust = data;
  sqlite3_stmt *statement = prepare (db,
                                     trust->fingerprint ? "INSERT OR REPLACE INTO trusted_certificates (host, port, fingerprint) VALUES (?, ?, ?)"
                                                        : "DELETE FROM trusted_certificates WHERE host = ? AND port = ?", error);

  if (!statement)
    return NULL;
  bind_text (statement, 1, trust->host);
  sqlite3_bind_int (statement, 2, trust->port);
  if (trust->fingerprint)
    bind_text (statement, 3, trust->fingerprint);
  finish (db, statement, sqlite3_step (statement), error);

  return NULL;
}
