/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what is shared is still there, and where it can be reached: looked at every few seconds. */

#include "tl-ftp-server-private.h"

#include "tl-address-check.h"
#include "tl-ftp-server-work.h"
#include "tl-ftp-uri.h"
#include "tl-interface.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANY4 "0.0.0.0"
#define ANY6 "::"

/* What works without a word on which network card is meant. */
static gboolean
is_usable (const char *address)
{
  g_autoptr (TlAddressCheck) check = tl_address_check_new (address);

  return check->scope == TL_SCOPE_PRIVATE || check->scope == TL_SCOPE_PUBLIC || check->scope == TL_SCOPE_RESERVED
         || (check->scope == TL_SCOPE_LINK_LOCAL && strchr (address, ':') == NULL);
}

/* Those of @all that others may come to; *@names: of @cards, (nullable). */
static GStrv
pick_own (const char * const *all,
          const char * const *cards,
          GStrv              *names)
{
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) own_cards = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (is_usable (all[i]))
      {
        g_strv_builder_add (own, all[i]);
        g_strv_builder_add (own_cards, cards[i]);
      }
  if (names != NULL)
    *names = g_strv_builder_end (own_cards);
  return g_strv_builder_end (own);
}

GStrv
tl_ftp_server_list_own (GStrv *names)
{
  g_auto (GStrv) cards = NULL;
  g_auto (GStrv) all = tl_interface_list_addresses (&cards);

  return pick_own ((const char * const *) all, (const char * const *) cards, names);
}

/* As a browser takes it: in brackets a percent sign before a zone is encoded (RFC 6874). */
static char *
make_url (const char *host,
          guint       port)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  const TlFtpUri uri = { .security = TL_FTP_SECURITY_NONE, .host = (char *) host, .port = (guint16) port, .dir = none, .file = none };

  return tl_ftp_uri_to_string (&uri, FALSE);
}

GStrv
tl_ftp_server_make_urls (const char         *address,
                         guint               port,
                         const char * const *own)
{
  GPtrArray *urls = g_ptr_array_new ();
  const gboolean all6 = g_str_equal (address, ANY6);

  g_return_val_if_fail (address != NULL && own != NULL, NULL);

  if (!all6 && !g_str_equal (address, ANY4))
    g_ptr_array_add (urls, make_url (address, port));
  else
    for (; *own != NULL; own++)
      if ((strchr (*own, ':') != NULL) == all6)
        g_ptr_array_add (urls, make_url (*own, port));
  /* In no network: programs of this computer. */
  if (urls->len == 0)
    g_ptr_array_add (urls, make_url (all6 ? "::1" : "127.0.0.1", port));
  g_ptr_array_add (urls, NULL);
  return (GStrv) g_ptr_array_free (urls, FALSE);
}

char *
tl_ftp_server_judge_address (const char         *address,
                             const char * const *own,
                             const char * const *all)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autofree char *text = inet != NULL ? g_inet_address_to_string (inet) : g_strdup (address);

  if (inet != NULL && g_inet_address_get_is_any (inet))
    {
      const gboolean wants6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;

      for (; *own != NULL; own++)
        if ((strchr (*own, ':') != NULL) == wants6)
          return NULL;
      return g_strdup (_("This computer is in no network now that others could come from; only its own programs reach the folder."));
    }
  if ((inet != NULL && g_inet_address_get_is_loopback (inet)) || g_strv_contains (all, text))
    return NULL;
  return g_strdup_printf (_("The address %s is gone from this computer: nobody reaches the folder until it is back. "
                            "Switch sharing off to choose another one."), text);
}

void
tl_ftp_server_set_problem (TlFtpServer *self,
                           char        *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    {
      g_free (problem);
      return;
    }
  if (problem != NULL)
    tl_message_log_append_text (self->log, TL_MESSAGE_WARNING, 0, problem);
  else
    tl_message_log_append_text (self->log, TL_MESSAGE_EVENT, 0, _("The folder can be reached again."));
  g_free (self->problem);
  self->problem = problem;
  g_object_notify (G_OBJECT (self), "problem");
}

static void
look_at_addresses (TlFtpServer *self)
{
  g_auto (GStrv) cards = NULL;
  g_auto (GStrv) all = tl_interface_list_addresses (&cards);
  g_auto (GStrv) own = pick_own ((const char * const *) all, (const char * const *) cards, NULL);
  GStrv urls = tl_ftp_server_make_urls (self->address, self->local_port, (const char * const *) own);

  tl_ftp_server_set_problem (self, tl_ftp_server_judge_address (self->address, (const char * const *) own, (const char * const *) all));
  if (self->urls != NULL && g_strv_equal ((const char * const *) urls, (const char * const *) self->urls))
    {
      g_strfreev (urls);
      return;
    }
  g_strfreev (self->urls);
  self->urls = urls;
  g_object_notify (G_OBJECT (self), "urls");
}

typedef struct {
  TlFtpShare *share;
  char       *folder;
} Look;

static void
look_free (Look *look)
{
  tl_ftp_share_unref (look->share);
  g_free (look->folder);
  g_free (look);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Look *look = data;

  g_task_return_pointer (task, tl_ftp_share_is_at (look->share, look->folder) ? look->share : NULL, NULL);
}

/* Who deletes a folder, or puts it into the waste basket, does not mean others to go on looking into it. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TlFtpServer *self = TL_FTP_SERVER (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autofree char *shown = NULL;

  self->looking = FALSE;
  if (g_task_propagate_pointer (G_TASK (result), NULL) != NULL || self->share != look->share)
    return;
  shown = g_filename_display_name (look->folder);
  tl_ftp_server_stop (self);
  tl_ftp_server_set_problem (self, g_strdup_printf (_("The folder “%s” is not there any more: it was deleted, moved or renamed. It is no longer shared."), shown));
}

void
tl_ftp_server_watch (TlFtpServer *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  look_at_addresses (self);
  if (self->looking)
    return;
  self->looking = TRUE;
  look = g_new (Look, 1);
  *look = (Look) { tl_ftp_share_ref (self->share), g_strdup (self->folder) };
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, tl_ftp_server_watch);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  tl_ftp_server_work (task, look_thread, NULL);
}

char *
tl_ftp_server_check_ports (guint min,
                           guint max,
                           guint port)
{
  if (min == 0 && max == 0)
    return NULL;
  if (min == 0 || max == 0)
    return g_strdup (_("Give both the lowest and the highest port for data, or 0 for both."));
  if (max < min)
    return g_strdup (_("The highest port for data is below the lowest one."));
  if (min < 1024)
    return g_strdup (_("Ports below 1024 belong to the system: choose those for data from 1024 on."));
  if (port >= min && port <= max)
    return g_strdup_printf (_("Visitors log in at port %u: it cannot be one of those for data."), port);
  return NULL;
}
