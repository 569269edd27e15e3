/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of a folder: MLSD, or the LIST that tells more. */

#include "tl-ftp-client-private.h"
#include "tl-ftp-list-parse.h"
#include "tl-ftp-move.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A million entries of long names; what is longer is no folder. */
#define MAX_BYTES (512 * 1024 * 1024)
#define CHUNK (256 * 1024)
#define MAX_ZONE (14 * 3600 + 900)

typedef enum {
  BEGIN,
  ENTERED,
  TYPED,
  TYPE_ANSWERED,
  CHOOSE,
  LISTED,
  PARSED,
  DATED,
} Step;

typedef struct {
  TlFtpAct      act;
  GBytes       *path;        /* (nullable) */
  GBytes       *was;         /* where the server stood before CWD (nullable) */
  GByteArray   *data;
  gsize         length;      /* of it that is filled */
  TlFtpMove    *move;
  TlFtpListing *listing;     /* of the command before, when two are compared */
  GBytes       *bytes;       /* that it was made of */
  gboolean      all;         /* the command was LIST -a */
  gboolean      mlsd;
  gboolean      plain;       /* never MLSD */
  gboolean      second;      /* LIST after LIST -a */
  gboolean      empty;       /* the server said that there is nothing, and sent nothing */
  gboolean      too_long;
  gboolean      cut;         /* TLS ended without saying so */
  gint64        told_time;   /* of the entry whose time is asked for */
} ListAct;

static void
list_clear (TlFtpAct *act)
{
  ListAct *self = (ListAct *) act;

  g_clear_pointer (&self->path, g_bytes_unref);
  g_clear_pointer (&self->was, g_bytes_unref);
  g_clear_pointer (&self->data, g_byte_array_unref);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

static guint8 *
room (gpointer  owner,
      gsize    *size)
{
  ListAct *self = owner;

  if (self->data->len - self->length < CHUNK)
    g_byte_array_set_size (self->data, (guint) self->length + CHUNK);
  *size = self->data->len - self->length;
  return self->data->data + self->length;
}

static gboolean
got (gpointer owner,
     gsize    length)
{
  ListAct *self = owner;

  self->length += length;
  self->too_long = self->length > MAX_BYTES;
  return !self->too_long;
}

static const TlFtpMover mover = { .room = room, .got = got, .may_be_empty = TRUE };

/* 450 and 550 are how some servers say that a folder is empty; it is there, we have entered it. */
static gboolean
means_empty (const GError *error)
{
  const int code = tl_ftp_error_get_code (error);

  return (code == 450 || code == 550 || code == 226) && g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
}

/* The control connection may have ended while the data were still on their way. */
static void
note (ListAct    *self,
      const char *text)
{
  if (self->act.client->control != NULL)
    tl_ftp_control_note (self->act.client->control, TL_MESSAGE_WARNING, text);
}

/* Nothing of a folder is no proof that nothing is in it. */
static void
listed (ListAct    *self,
        TlFtpReply *reply)
{
  TlFtpListEnd end = reply != NULL ? tl_ftp_answer_list_end (reply) : TL_FTP_LIST_END_WHOLE;

  if (end == TL_FTP_LIST_END_UNREAD && self->length == 0)
    {
      tl_ftp_act_return_error (&self->act, tl_ftp_error_new_with_reply (TL_FTP_ERROR_DENIED, _("The server does not let this account see what is in this folder."), reply));
      return;
    }
  if (end == TL_FTP_LIST_END_CUT)
    self->cut = TRUE;
  /* ProFTPD says no word of it, but "-a" would have shown at least the folder itself. */
  if (self->all && self->length == 0 && self->act.client->shared->list_shows_itself)
    {
      note (self, _("The server shows nothing of this folder, not even itself: this account may not be permitted to read it."));
      self->cut = TRUE;
    }
  tl_ftp_act_go (&self->act, LISTED);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ListAct *self = user_data;
  GError *error = NULL;
  gint64 expected;
  gboolean cut;

  self->act.inner = FALSE;
  self->move = NULL;
  if (tl_ftp_move_finish (result, &expected, &cut, &error))
    {
      listed (self, tl_ftp_move_get_reply (result));
      return;
    }
  if (cut)
    {
      /* The names are there, and nobody takes them for a file's content: shown, and said. */
      note (self, error->message);
      g_error_free (error);
      self->cut = TRUE;
      tl_ftp_act_go (&self->act, LISTED);
    }
  else if (self->too_long)
    {
      g_error_free (error);
      tl_ftp_act_return_error (&self->act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL,
                                                                _("The list of this folder does not end: it was given up.")));
    }
  else if (means_empty (error) || (self->all && self->act.client->shared->list_style == TL_FTP_LIST_UNKNOWN && tl_ftp_error_get_code (error) >= 450))
    {
      self->empty = tl_ftp_error_get_code (error) != 226;
      g_error_free (error);
      self->length = 0;
      tl_ftp_act_go (&self->act, LISTED);
    }
  else
    tl_ftp_act_return_error (&self->act, error);
}

static void
move (ListAct    *self,
      const char *verb,
      const char *argument)
{
  g_autoptr (GBytes) bytes = argument != NULL ? g_bytes_new (argument, strlen (argument)) : NULL;

  self->length = 0;
  self->empty = FALSE;
  self->cut = FALSE;
  g_clear_pointer (&self->data, g_byte_array_unref);
  self->data = g_byte_array_new ();
  self->act.inner = TRUE;
  self->move = tl_ftp_move_async (self->act.client, verb, bytes, 0, &mover, self, self->act.cancellable, moved_cb, self);
}

static gboolean
is_unix (TlFtpClient *client)
{
  return client->syst == NULL || strstr (client->syst, "UNIX") != NULL || strstr (client->syst, "Unix") != NULL;
}

/* These keep text in other codes than ASCII: of type I, a list would come as it lies there. */
static char
type_for_list (TlFtpClient *client)
{
  static const char * const systems[] = { "MVS", "OS/400", "OS400", "z/OS", "VM/", "VMS", NULL };

  for (guint i = 0; client->syst != NULL && systems[i] != NULL; i++)
    if (strstr (client->syst, systems[i]) != NULL)
      return 'A';
  return 'I';
}

static void
choose (ListAct *self)
{
  TlFtpClient *client = self->act.client;

  self->mlsd = !self->plain && (tl_ftp_client_has_feature (client, "MLST") || tl_ftp_client_has_feature (client, "MLSD"));
  self->all = !self->mlsd && !self->second && is_unix (client) && client->shared->list_style != TL_FTP_LIST_PLAIN;
  if (self->mlsd)
    move (self, "MLSD", NULL);
  else
    move (self, "LIST", self->all ? "-a" : NULL);
}

static void
remember_style (ListAct        *self,
                TlFtpListStyle  style)
{
  self->act.client->shared->list_style = style;
}

/* LIST -a has been answered without a proof that it was obeyed: LIST is asked as well, and the one that tells more is taken. */
static void
compare (ListAct      *self,
         TlFtpListing *listing)
{
  const gboolean itself = self->all && tl_ftp_list_shows_itself (self->bytes);

  self->act.client->shared->list_shows_itself |= itself;
  if (self->all && !itself && self->act.client->shared->list_style == TL_FTP_LIST_UNKNOWN)
    {
      self->second = TRUE;
      self->listing = listing;
      tl_ftp_act_go (&self->act, CHOOSE);
      return;
    }
  if (self->all)
    remember_style (self, TL_FTP_LIST_ALL);
  else if (self->second && self->listing != NULL && tl_ftp_listing_get_n_entries (self->listing) > tl_ftp_listing_get_n_entries (listing))
    {
      remember_style (self, TL_FTP_LIST_ALL);
      g_clear_pointer (&listing, tl_ftp_listing_unref);
      listing = g_steal_pointer (&self->listing);
    }
  else if (self->second && tl_ftp_listing_get_n_entries (listing) > 0)
    remember_style (self, TL_FTP_LIST_PLAIN);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  self->listing = listing;
  tl_ftp_act_go (&self->act, PARSED);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ListAct *self = user_data;
  GError *error = NULL;
  TlFtpListing *listing = tl_ftp_list_parse_finish (result, &error);

  self->act.inner = FALSE;
  if (g_cancellable_is_cancelled (self->act.cancellable))
    {
      g_clear_pointer (&listing, tl_ftp_listing_unref);
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled."));
    }
  if (listing == NULL)
    tl_ftp_act_return_error (&self->act, error);
  else if (self->act.at == DATED)
    tl_ftp_act_return_pointer (&self->act, listing, (GDestroyNotify) tl_ftp_listing_unref);
  else
    compare (self, listing);
}

static void
parse (ListAct *self)
{
  TlFtpClient *client = self->act.client;
  TlFtpListingHints hints = { .syst = client->syst, .is_mlsd = self->mlsd, .is_cut = self->cut, .is_said = self->empty };

  if (self->data != NULL)
    {
      g_byte_array_set_size (self->data, (guint) self->length);
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->data));
    }
  hints.now = g_get_real_time () / G_USEC_PER_SEC;
  hints.clock_offset = client->shared->clock_offset;
  hints.utc_offset = client->shared->utc_offset + hints.clock_offset;
  self->act.inner = TRUE;
  tl_ftp_list_parse_async (self->bytes, &hints, parsed_cb, self);
}

/* LIST tells times in the server's zone: one file's time in UTC (MDTM) tells the zone. False when there is no file to ask for. */
static gboolean
ask_time (ListAct *self)
{
  TlFtpClient *client = self->act.client;
  const guint n = tl_ftp_listing_get_n_entries (self->listing);

  if (self->mlsd || client->shared->offset_known || !tl_ftp_client_has_feature (client, "MDTM") || client->server_directory == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (n, 1000); i++)
    {
      TlFtpListingItem item;
      g_autoptr (GBytes) name = NULL;
      g_autoptr (GBytes) path = NULL;

      tl_ftp_listing_get_entry (self->listing, i, &item);
      if (item.kind != TL_FTP_ENTRY_FILE || item.unsafe || item.name_length == 0 ||
          (item.precision != TL_FTP_TIME_MINUTE && item.precision != TL_FTP_TIME_SECOND && item.precision != TL_FTP_TIME_GUESSED_YEAR))
        continue;
      name = g_bytes_new (item.name, item.name_length);
      path = tl_ftp_path_join (client->server_directory, name);
      self->told_time = item.time;
      tl_ftp_act_command (&self->act, DATED, "MDTM", path);
      return TRUE;
    }
  return FALSE;
}

/* Zones are quarters of an hour apart. True when the list must be read once more. */
static gboolean
take_offset (ListAct *self)
{
  TlFtpShared *shared = self->act.client->shared;
  gint64 time;
  gint64 offset;

  shared->offset_known = TRUE;
  if (tl_ftp_act_code (&self->act) != 213 || !tl_ftp_answer_mdtm (self->act.reply, &time, NULL))
    return FALSE;
  offset = self->told_time - (time / G_USEC_PER_SEC - shared->clock_offset);
  offset = (offset + (offset < 0 ? -450 : 450)) / 900 * 900;
  if (offset == 0 || ABS (offset) > MAX_ZONE)
    return FALSE;
  shared->utc_offset = (int) offset;
  return TRUE;
}

static void
return_listing (ListAct *self)
{
  tl_ftp_act_return_pointer (&self->act, g_steal_pointer (&self->listing), (GDestroyNotify) tl_ftp_listing_unref);
}

/* Into the folder first: what a path means to LIST differs, with blanks and a dash in front most of all. */
static void
begin (ListAct *self)
{
  TlFtpAct *act = &self->act;
  TlFtpClient *client = act->client;
  g_autoptr (GBytes) absolute = NULL;

  self->second = FALSE;
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  absolute = self->path != NULL ? tl_ftp_client_resolve (client, self->path)
                                : client->directory != NULL ? g_bytes_ref (client->directory) : NULL;
  if (absolute == NULL || (client->server_directory != NULL && g_bytes_equal (absolute, client->server_directory)))
    {
      tl_ftp_act_go (act, TYPED);
      return;
    }

  g_clear_pointer (&self->path, g_bytes_unref);
  self->path = g_bytes_ref (absolute);
  /* Unknown until the answer is seen: it is not when this is cancelled meanwhile. */
  g_clear_pointer (&self->was, g_bytes_unref);
  self->was = g_steal_pointer (&client->server_directory);
  tl_ftp_act_command (act, ENTERED, "CWD", absolute);
}

static void
list_step (TlFtpAct *act)
{
  ListAct *self = (ListAct *) act;
  TlFtpClient *client = act->client;
  char type[2] = { 0 };

  switch ((Step) act->at)
    {
    case BEGIN:
      begin (self);
      break;
    case ENTERED:
      if (tl_ftp_act_class (act) != 2)
        {
          client->server_directory = g_steal_pointer (&self->was);
          tl_ftp_act_return_reply (act);
          break;
        }
      client->server_directory = g_bytes_ref (self->path);
      G_GNUC_FALLTHROUGH;
    case TYPED:
      type[0] = type_for_list (client);
      if (client->type != type[0])
        {
          /* Unknown until the answer is seen. */
          client->type = 0;
          tl_ftp_act_command_text (act, TYPE_ANSWERED, "TYPE", type);
        }
      else
        tl_ftp_act_go (act, CHOOSE);
      break;
    case TYPE_ANSWERED:
      /* Refused: a list in whatever type there is does as well. */
      if (tl_ftp_act_class (act) == 2)
        client->type = type_for_list (client);
      G_GNUC_FALLTHROUGH;
    case CHOOSE:
      choose (self);
      break;
    case LISTED:
      parse (self);
      break;
    case PARSED:
      if (!ask_time (self))
        return_listing (self);
      break;
    case DATED:
      if (take_offset (self))
        parse (self);
      else
        return_listing (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
list (TlFtpClient         *client,
      GBytes              *path,
      gboolean             plain,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  ListAct *self = tl_ftp_act_new (sizeof *self, client, tl_ftp_client_list_async, cancellable, callback, user_data);

  self->act.step = list_step;
  self->act.clear = list_clear;
  self->act.safe = TRUE;
  self->path = path != NULL ? g_bytes_ref (path) : NULL;
  self->plain = plain;
  tl_ftp_act_start (&self->act);
}

void
tl_ftp_client_list_async (TlFtpClient         *client,
                          GBytes              *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  list (client, path, FALSE, cancellable, callback, user_data);
}

void
tl_ftp_client_list_plain_async (TlFtpClient         *client,
                                GBytes              *path,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  list (client, path, TRUE, cancellable, callback, user_data);
}

TlFtpListing *
tl_ftp_client_list_finish (TlFtpClient   *client,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
