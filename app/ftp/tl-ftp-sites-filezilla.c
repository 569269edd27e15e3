/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FileZilla's sitemanager.xml: sites of the protocols that are FTP, with the folders that they are in as a part of their names. */

#include "tl-ftp-sites.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIZE (8 * 1024 * 1024)
#define MAX_SITES 10000
#define MAX_DEPTH 100
#define MAX_TEXT 4096             /* bytes: what is longer is no name, and no path */
#define MAX_FOLDERS_TEXT 1024     /* bytes of a name that are of its folders: the deeper ones are left out */
#define FOLDER_SEPARATOR " / "

/* FileZilla's ServerProtocol. */
enum {
  PROTOCOL_FTP = 0,        /* explicit TLS if there is */
  PROTOCOL_FTPS = 3,       /* implicit */
  PROTOCOL_FTPES = 4,
  PROTOCOL_INSECURE = 6,
};

/* FileZilla's LogonType. */
enum {
  LOGON_ANONYMOUS = 0,
  LOGON_NORMAL = 1,
  LOGON_ASK = 2,
  LOGON_INTERACTIVE = 3,
  LOGON_ACCOUNT = 4,
};

typedef struct {
  GPtrArray  *sites;
  guint       n_left_out;
  guint       depth;
  GPtrArray  *folders;     /* names, outermost first */
  GString    *text;        /* directly in the element that is open */
  GHashTable *fields;      /* of the server that is open, or NULL */
  char       *title;       /* what stands directly in <Server>: the older way to write the name */
  guint       server_depth;
  gboolean    is_filezilla;
} Import;

static const char *
field (Import     *import,
       const char *name)
{
  const char *value = g_hash_table_lookup (import->fields, name);

  return value ? value : "";
}

static guint64
number (Import     *import,
        const char *name,
        guint64     otherwise)
{
  const char *text = field (import, name);
  guint64 value;

  return *text && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL) ? value : otherwise;
}

static gboolean
get_security (guint64        protocol,
              TlFtpSecurity *security)
{
  switch (protocol)
    {
    case PROTOCOL_FTP:
      *security = TL_FTP_SECURITY_AUTO;
      return TRUE;
    case PROTOCOL_FTPS:
      *security = TL_FTP_SECURITY_IMPLICIT;
      return TRUE;
    case PROTOCOL_FTPES:
      *security = TL_FTP_SECURITY_EXPLICIT;
      return TRUE;
    case PROTOCOL_INSECURE:
      *security = TL_FTP_SECURITY_NONE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* "1 0 4 home 3 dir": kind of server, length and text of a prefix, then length and text of each part. The lengths count characters, and only they tell
 * where a part with blanks in it ends. (nullable): a form that is not understood is no folder at all. */
static GBytes *
parse_remote_dir (const char *text)
{
  g_autoptr (GString) path = g_string_new (NULL);
  char *end;

  if (!g_ascii_isdigit (*text))
    return NULL;
  g_ascii_strtoull (text, &end, 10);
  for (guint part = 0; *end == ' '; part++)
    {
      const char *stop;
      guint64 length, n = 0;

      text = end + 1;
      if (!g_ascii_isdigit (*text))
        return NULL;
      length = g_ascii_strtoull (text, &end, 10);
      if (part == 0 && length == 0)
        continue;
      if (*end != ' ' || length == 0)
        return NULL;
      for (stop = end + 1; *stop && n < length; n++)
        stop = g_utf8_next_char (stop);
      if (n < length)
        return NULL;
      /* The prefix (a drive, a device) stands before the slash. */
      if (part > 0)
        g_string_append_c (path, '/');
      g_string_append_len (path, end + 1, stop - end - 1);
      end = (char *) stop;
    }
  if (*end)
    return NULL;
  if (path->len == 0)
    g_string_append_c (path, '/');

  return g_bytes_new (path->str, path->len);
}

static void
set_account (Import    *import,
             TlFtpSite *site)
{
  guint64 logon = number (import, "Logontype", LOGON_ANONYMOUS);
  const char *user = field (import, "User");
  TlFtpAccountKind kind = TL_FTP_ACCOUNT_REGISTERED;

  if (logon == LOGON_ANONYMOUS || !*user)
    kind = logon == LOGON_ANONYMOUS ? TL_FTP_ACCOUNT_ANONYMOUS : TL_FTP_ACCOUNT_GUEST;
  else if (logon == LOGON_ASK || logon == LOGON_INTERACTIVE)
    kind = TL_FTP_ACCOUNT_GUEST;

  g_object_set (site, "account-kind", kind, "user", kind == TL_FTP_ACCOUNT_ANONYMOUS ? "" : user, NULL);
}

static void
set_charset (Import    *import,
             TlFtpSite *site)
{
  const char *encoding = field (import, "EncodingType");
  TlCharset charset;

  if (g_str_equal (encoding, "UTF-8"))
    g_object_set (site, "charset", (int) TL_CHARSET_UTF_8, NULL);
  /* No command can carry a name in UTF-16. */
  else if (g_str_equal (encoding, "Custom") && tl_charset_from_name (field (import, "CustomEncoding"), &charset) &&
           charset < TL_CHARSET_UTF_16LE)
    g_object_set (site, "charset", (int) charset, NULL);
}

static char *
dup_name (Import *import)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *own = *field (import, "Name") ? field (import, "Name") : import->title;

  for (guint i = 0; i < import->folders->len && name->len < MAX_FOLDERS_TEXT; i++)
    g_string_append_printf (name, "%s" FOLDER_SEPARATOR, (char *) g_ptr_array_index (import->folders, i));
  g_string_append (name, own && *own ? own : field (import, "Host"));

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
end_server (Import *import)
{
  TlFtpSecurity security;

  if (get_security (number (import, "Protocol", PROTOCOL_FTP), &security) && *field (import, "Host"))
    {
      g_autofree char *name = dup_name (import);
      g_autoptr (GBytes) dir = parse_remote_dir (field (import, "RemoteDir"));
      guint port = number (import, "Port", 0);
      TlFtpSite *site;

      if (port == (security == TL_FTP_SECURITY_IMPLICIT ? TL_FTPS_PORT : TL_FTP_PORT))
        port = 0;
      site = g_object_new (TL_TYPE_FTP_SITE, "name", name, "host", field (import, "Host"), "port", port, "security", security,
                           "start-dir", dir, "active-mode", g_str_equal (field (import, "PasvMode"), "MODE_ACTIVE"), NULL);
      set_account (import, site);
      set_charset (import, site);
      g_ptr_array_add (import->sites, site);
    }
  else
    {
      import->n_left_out++;
    }
  g_clear_pointer (&import->fields, g_hash_table_unref);
  g_clear_pointer (&import->title, g_free);
}

static char *
take_text (Import *import)
{
  char *text = g_strstrip (g_strdup (import->text->str));

  g_string_truncate (import->text, 0);
  return text;
}

/* A folder's name is its first text, before the elements in it. */
static void
name_folder (Import *import)
{
  g_autofree char *text = take_text (import);

  if (!import->fields && import->folders->len > 0 && *text && !*(char *) g_ptr_array_index (import->folders, import->folders->len - 1))
    {
      g_free (g_ptr_array_index (import->folders, import->folders->len - 1));
      g_ptr_array_index (import->folders, import->folders->len - 1) = g_steal_pointer (&text);
    }
  else if (import->fields && import->depth == import->server_depth && *text && !import->title)
    {
      import->title = g_steal_pointer (&text);
    }
}

static void
start_element (GMarkupParseContext  *context,
               const char           *element,
               const char          **names,
               const char          **values,
               gpointer              user_data,
               GError              **error)
{
  Import *import = user_data;

  name_folder (import);
  if (++import->depth == 1)
    import->is_filezilla = g_str_equal (element, "FileZilla3") || g_str_equal (element, "FileZilla");
  if (import->depth > MAX_DEPTH)
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The list of sites is nested too deeply (more than %d folders)."), MAX_DEPTH);
    }
  else if (import->fields)
    {
      return;
    }
  else if (g_str_equal (element, "Folder"))
    {
      g_ptr_array_add (import->folders, g_strdup (""));
    }
  else if (g_str_equal (element, "Server"))
    {
      if (import->sites->len + import->n_left_out == MAX_SITES)
        {
          g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("There are too many sites in the file (more than %d)."), MAX_SITES);
          return;
        }
      import->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      import->server_depth = import->depth;
    }
}

static void
end_element (GMarkupParseContext  *context,
             const char           *element,
             gpointer              user_data,
             GError              **error)
{
  Import *import = user_data;

  if (import->fields && import->depth == import->server_depth)
    {
      name_folder (import);
      end_server (import);
    }
  else if (import->fields && import->depth == import->server_depth + 1 && !g_str_equal (element, "Pass"))
    {
      g_hash_table_insert (import->fields, g_strdup (element), take_text (import));
    }
  else if (!import->fields && g_str_equal (element, "Folder") && import->folders->len > 0)
    {
      g_ptr_array_remove_index (import->folders, import->folders->len - 1);
    }
  g_string_truncate (import->text, 0);
  import->depth--;
}

static void
text (GMarkupParseContext  *context,
      const char           *characters,
      gsize                 length,
      gpointer              user_data,
      GError              **error)
{
  Import *import = user_data;

  if (import->text->len + length <= MAX_TEXT)
    g_string_append_len (import->text, characters, length);
}

static gboolean
parse (Import  *import,
       GBytes  *xml,
       GError **error)
{
  static const GMarkupParser parser = { start_element, end_element, text, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, import, NULL);
  g_autoptr (GError) own = NULL;
  gsize size;
  const char *data = g_bytes_get_data (xml, &size);

  if (size > MAX_SIZE)
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file is too large for a list of sites (more than %d MiB)."), MAX_SIZE >> 20);
      return FALSE;
    }
  /* GMarkup goes on after bytes in CDATA that are not UTF-8, and may fail a second time then. An empty file has no bytes to give to it. */
  if (size == 0 || !g_utf8_validate_len (data, size, NULL))
    {
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file is not FileZilla’s list of sites (sitemanager.xml)."));
      return FALSE;
    }
  if (g_markup_parse_context_parse (context, data, (gssize) size, &own) && g_markup_parse_context_end_parse (context, &own))
    {
      if (import->is_filezilla)
        return TRUE;
      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file is not FileZilla’s list of sites (sitemanager.xml)."));
    }
  else if (own->domain == TL_FTP_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&own));
    }
  else
    {
      /* Which quotes the file, cut between any two bytes. */
      g_autofree char *words = g_utf8_make_valid (own->message, -1);

      g_set_error (error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file is not FileZilla’s list of sites (sitemanager.xml). (%s)"), words);
    }

  return FALSE;
}

GPtrArray *
tl_ftp_sites_parse_filezilla (GBytes  *xml,
                              guint   *n_left_out,
                              GError **error)
{
  Import import = { 0 };
  gboolean good;

  g_return_val_if_fail (xml, NULL);

  import.sites = g_ptr_array_new_with_free_func (g_object_unref);
  import.folders = g_ptr_array_new_with_free_func (g_free);
  import.text = g_string_new (NULL);
  good = parse (&import, xml, error);
  if (n_left_out)
    *n_left_out = import.n_left_out;

  g_ptr_array_unref (import.folders);
  g_string_free (import.text, TRUE);
  g_clear_pointer (&import.fields, g_hash_table_unref);
  g_free (import.title);
  if (!good)
    g_clear_pointer (&import.sites, g_ptr_array_unref);

  return import.sites;
}
