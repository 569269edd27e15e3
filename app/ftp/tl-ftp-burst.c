/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files, one behind the other, without waiting for each reply. */

#include "tl-ftp-burst.h"

#include "tl-ftp-command.h"
#include "tl-ftp-data.h"
#include "tl-ftp-pipeline.h"

#include <glib/gi18n-lib.h>

/* So many files are on their way at most; fewer until the server has shown that it stands it. When half of them are there, the commands of as many others go out at once. */
#define MOST 4
#define MOST_UNTRIED 2
/* A server that lost a command says nothing for ever. What it takes to find a file is part of this; a part of the client's patience, where that is short. */
#define LOST_S 8

typedef struct _Burst Burst;

/* One file on its way. */
typedef struct {
  Burst      *burst;
  gpointer    file;
  gsize       size;
  TlFtpData  *data;
  guint8     *bytes;
  gsize       n;
  TlFtpReply *reply;      /* the final one */
  gboolean    begun;      /* a preliminary reply has come */
  gboolean    broken;     /* its data connection */
  gboolean    data_over;
} Item;

struct _Burst
{
  TlFtpAct                act;
  const TlFtpBurstEvents *events;
  gpointer                owner;
  GQueue                  items;     /* of Item, in order */
  TlFtpControl           *control;
  guint                   n_ended;
  gint64                  heard;     /* monotonic: when something came */
  guint                   limit_id;
  guint                   end_id;
  GError                 *error;     /* why the connection has ended */
  gboolean                stuck;     /* nothing came any more */
  gboolean                rolling;   /* commands went out while files were on their way */
  gboolean                over;
};

static void end (Burst *self);

static void
item_free (Item *item)
{
  if (item->data != NULL)
    tl_ftp_data_abort (item->data);
  g_clear_object (&item->data);
  g_clear_pointer (&item->reply, tl_ftp_reply_unref);
  g_free (item->bytes);
  g_free (item);
}

static void
clear (TlFtpAct *act)
{
  Burst *self = (Burst *) act;

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_object (&self->control);
  g_clear_error (&self->error);
}

/* The server does not do as it should: nothing of what is still to come can be told from anything else. @for_now: it may have been too busy. */
static void
give_up (Burst   *self,
         gboolean for_now)
{
  if (self->over)
    return;
  if (for_now)
    tl_ftp_pipeline_doubt (self->act.client->site);
  else
    tl_ftp_pipeline_set (self->act.client->site, TL_FTP_PIPELINE_OFF);
  tl_ftp_control_note (self->control, TL_MESSAGE_EVENT, _("The server does not take commands before it has answered the ones before: it gets them one by one."));
  end (self);
}

static void
send_between (Burst *self)
{
  /* It does so with those that came together, too. */
  if (!self->rolling)
    {
      give_up (self, FALSE);
      return;
    }
  tl_ftp_pipeline_set (self->act.client->site, TL_FTP_PIPELINE_BETWEEN);
  tl_ftp_control_note (self->control, TL_MESSAGE_EVENT, _("The server takes no commands while it sends a file: it gets those of the next files together when the last one is there."));
  end (self);
}

static gint64
get_limit (Burst *self)
{
  const gint64 timeout = (gint64) self->act.client->timeout * G_USEC_PER_SEC;

  if (tl_ftp_pipeline_is_proved (self->act.client->site))
    return timeout;
  return MIN (LOST_S * G_USEC_PER_SEC, timeout / 2);
}

static gboolean
limit_cb (gpointer user_data)
{
  Burst *self = user_data;
  Item *first = g_queue_peek_head (&self->items);
  const gboolean no_way = first != NULL && tl_ftp_data_is_connecting (first->data);

  if (g_get_monotonic_time () - self->heard < get_limit (self))
    return G_SOURCE_CONTINUE;
  self->limit_id = 0;
  self->stuck = TRUE;
  /* Then it is the way to its data, and not what it does with its commands. */
  if (no_way)
    self->act.client->shared->passive_works = FALSE;
  if (no_way || tl_ftp_pipeline_is_proved (self->act.client->site))
    end (self);
  else
    give_up (self, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean pump (Burst *self);

/* The first is over: the next may make its data connection. */
static void
pop (Burst        *self,
     GBytes       *bytes,
     const GError *error,
     gboolean      alone)
{
  Item *item = g_queue_pop_head (&self->items);
  Item *next = g_queue_peek_head (&self->items);
  gpointer file = item->file;

  item_free (item);
  self->n_ended++;
  /* Where there is nothing to come nobody listens any more. */
  if (next != NULL && (next->reply == NULL || tl_ftp_reply_get_class (next->reply) == 2))
    tl_ftp_data_let_connect (next->data);
  self->events->ended (self->owner, file, bytes, error, alone);
}

/* True: the first file is over, in one way or another. */
static gboolean
judge_first (Burst *self)
{
  Item *item = g_queue_peek_head (&self->items);
  int code;

  if (self->over || item == NULL || item->reply == NULL)
    return FALSE;
  code = tl_ftp_reply_get_code (item->reply);
  if (code >= 400 && !item->begun && code != 425 && code != 426)
    {
      g_autoptr (GError) error = tl_ftp_error_new_for_reply (item->reply);

      pop (self, NULL, error, FALSE);
    }
  else if (code >= 400)
    pop (self, NULL, NULL, TRUE);
  else if (!item->data_over)
    return FALSE;
  else if (item->broken || item->n != item->size)
    pop (self, NULL, NULL, TRUE);
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&item->bytes), item->n);

      /* That the second of two came says that the server keeps what it is sent. */
      if (self->n_ended > 0)
        tl_ftp_pipeline_set (self->act.client->site, TL_FTP_PIPELINE_WORKS);
      pop (self, bytes, NULL, FALSE);
    }
  return TRUE;
}

/* One of the ends of a file has come: the reply, or that of its data. */
static void
judge (Burst *self)
{
  gboolean any = FALSE;

  while (judge_first (self))
    any = TRUE;
  if (any && !self->over && !pump (self))
    end (self);
}

static void
reply_cb (TlFtpReply   *reply,
          const GError *error,
          gpointer      user_data)
{
  Item *item = user_data;
  Burst *self = item->burst;

  if (self->over)
    return;
  self->heard = g_get_monotonic_time ();
  if (error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
      end (self);
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    {
      item->begun = TRUE;
      return;
    }
  item->reply = tl_ftp_reply_ref (reply);
  /* Anything else that says yes answers another command. */
  if (tl_ftp_reply_get_class (reply) < 4 && tl_ftp_reply_get_code (reply) != 226 && tl_ftp_reply_get_code (reply) != 250)
    give_up (self, FALSE);
  else if (item->begun && self->items.length > 1 && tl_ftp_pipeline_refuses_next (reply))
    send_between (self);
  else
    judge (self);
}

static void
opened (gpointer  owner,
        GError   *error)
{
  Item *item = owner;
  Burst *self = item->burst;
  g_autoptr (GError) owned = error;

  if (self->over)
    return;
  if (error != NULL && tl_ftp_data_has_port (item->data))
    {
      /* A server that refuses the file listens no longer: what it says of it tells. */
      item->broken = item->data_over = TRUE;
      judge (self);
    }
  else if (error != NULL && tl_ftp_control_is_open (self->control))
    give_up (self, TRUE);
  else if (error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&owned);
      end (self);
    }
  else
    tl_ftp_data_run (item->data);
}

/* One byte more than there should be: a file that has grown is not cut. */
static guint8 *
room (gpointer  owner,
      gsize    *size)
{
  Item *item = owner;

  if (item->bytes == NULL)
    item->bytes = g_malloc (item->size + 1);
  *size = item->size + 1 - item->n;
  return item->bytes + item->n;
}

static gboolean
got (gpointer owner,
     gsize    length)
{
  Item *item = owner;

  item->n += length;
  item->burst->heard = g_get_monotonic_time ();
  if (item->n <= item->size)
    return TRUE;
  item->data_over = TRUE;
  judge (item->burst);
  return FALSE;
}

static void
over (gpointer      owner,
      const GError *error)
{
  Item *item = owner;

  item->data_over = TRUE;
  item->broken = error != NULL;
  judge (item->burst);
}

static const TlFtpDataEvents data_events = { .opened = opened, .room = room, .got = got, .over = over };

/* False: there is none. */
static gboolean
send_next (Burst *self)
{
  gpointer file = NULL;
  gsize size = 0;
  g_autoptr (GBytes) path = self->events->next (self->owner, &size, &file);
  g_autoptr (GBytes) absolute = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpData) data = NULL;
  Item *item;

  if (path == NULL)
    return FALSE;
  absolute = tl_ftp_client_resolve (self->act.client, path);
  /* A name that no command can hold is not asked for: the others are not to suffer for it. */
  line = tl_ftp_command_build ("RETR", absolute, NULL, &error);
  if (line == NULL)
    {
      self->events->ended (self->owner, file, NULL, error, FALSE);
      return !self->over;
    }
  item = g_new0 (Item, 1);
  item->burst = self;
  item->file = file;
  item->size = size;
  item->data = tl_ftp_data_new_ahead (self->act.client, &data_events, item, self->items.length > 0);
  data = g_object_ref (item->data);
  g_queue_push_tail (&self->items, item);
  tl_ftp_data_open (data);
  if (!self->over && !tl_ftp_control_send (self->control, TL_FTP_COMMAND_TRANSFER, "RETR", absolute, reply_cb, item, &error))
    end (self);
  return !self->over;
}

/* False: all is over. */
static gboolean
pump (Burst *self)
{
  const gboolean between = tl_ftp_pipeline_get (self->act.client->site) == TL_FTP_PIPELINE_BETWEEN;
  const guint most = tl_ftp_pipeline_is_proved (self->act.client->site) ? MOST : MOST_UNTRIED;

  if (self->items.length > (between ? 0 : most / 2))
    return TRUE;
  self->rolling |= self->items.length > 0;
  tl_ftp_control_gather (self->control, TRUE);
  while (self->items.length < most && send_next (self))
    ;
  tl_ftp_control_gather (self->control, FALSE);
  return self->items.length > 0;
}

static gboolean
end_cb (gpointer user_data)
{
  Burst *self = user_data;
  GError *error = g_steal_pointer (&self->error);

  self->end_id = 0;
  self->act.inner = FALSE;
  if (error != NULL)
    tl_ftp_act_return_error (&self->act, error);
  else
    tl_ftp_act_return_true (&self->act);
  return G_SOURCE_REMOVE;
}

/* The one end: of the connection too, when anything is still on its way. It returns a little later: whoever is at work on it looks whether it is over. */
static void
end (Burst *self)
{
  const gboolean whole = self->items.length == 0 && self->error == NULL;
  const gboolean failed = self->error != NULL && !g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean alone;
  Item *item;

  if (self->over)
    return;
  self->over = TRUE;
  g_clear_handle_id (&self->limit_id, g_source_remove);
  /* A server that hangs up on what it does not know; one that is full says so. */
  if (failed && !g_error_matches (self->error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY) && !tl_ftp_pipeline_is_proved (self->act.client->site))
    tl_ftp_pipeline_set (self->act.client->site, TL_FTP_PIPELINE_OFF);
  /* Nobody comes back again and again for nothing: the first goes by itself then. */
  alone = (self->stuck || (failed && self->n_ended == 0)) && tl_ftp_pipeline_get (self->act.client->site) != TL_FTP_PIPELINE_OFF;
  if (!whole && self->error == NULL)
    self->error = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_CLOSED, _("The connection was closed."));
  tl_ftp_control_divert (self->control, NULL, NULL);
  /* Whoever puts each before the others has them in their order again. */
  while ((item = g_queue_pop_tail (&self->items)) != NULL)
    {
      gpointer file = item->file;

      item_free (item);
      self->events->ended (self->owner, file, NULL, NULL, alone && self->items.length == 0);
    }
  if (whole)
    {
      tl_ftp_control_set_patient (self->control, FALSE);
      tl_ftp_client_set_state (self->act.client, TL_FTP_READY, NULL);
    }
  else
    tl_ftp_control_close (self->control, NULL);
  self->end_id = g_idle_add_full (G_PRIORITY_DEFAULT, end_cb, self, NULL);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Burst *self = user_data;

  if (self->error == NULL)
    self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled."));
  end (self);
}

static void
step (TlFtpAct *act)
{
  Burst *self = (Burst *) act;

  if (act->at == 0 && act->client->type != 'I')
    {
      act->client->type = 0;
      tl_ftp_act_command_text (act, 1, "TYPE", "I");
      return;
    }
  if (act->at == 1 && tl_ftp_act_class (act) != 2)
    {
      tl_ftp_act_return_reply (act);
      return;
    }
  act->client->type = 'I';
  /* A place that another transfer has left would be that of the first. */
  if (act->client->rest_set)
    {
      tl_ftp_act_return_true (act);
      return;
    }
  self->control = g_object_ref (act->client->control);
  act->inner = TRUE;
  act->tried = TRUE;
  g_signal_connect (act->cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  tl_ftp_client_set_state (act->client, TL_FTP_TRANSFERRING, NULL);
  self->heard = g_get_monotonic_time ();
  /* What is heard of the data counts, too: the watch is our own. */
  tl_ftp_control_set_patient (self->control, TRUE);
  self->limit_id = g_timeout_add ((guint) (get_limit (self) / 4000), limit_cb, self);
  if (!pump (self))
    end (self);
}

gboolean
tl_ftp_client_can_burst (TlFtpClient *self)
{
  return self->shared->passive_works && self->control != NULL && !self->rest_set && tl_ftp_pipeline_get (self->site) != TL_FTP_PIPELINE_OFF;
}

void
tl_ftp_client_burst_async (TlFtpClient            *self,
                           const TlFtpBurstEvents *events,
                           gpointer                owner,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  Burst *burst;

  g_return_if_fail (TL_IS_FTP_CLIENT (self));

  burst = tl_ftp_act_new (sizeof *burst, self, tl_ftp_client_burst_async, cancellable, callback, user_data);
  burst->act.step = step;
  burst->act.clear = clear;
  burst->act.tried = TRUE;
  burst->events = events;
  burst->owner = owner;
  g_queue_init (&burst->items);
  tl_ftp_act_start (&burst->act);
}

gboolean
tl_ftp_client_burst_finish (TlFtpClient   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_burst_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
