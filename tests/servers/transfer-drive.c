/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TlTransferQueue that a script drives: one command a line on standard input, one answer a line on standard output (as ftp-drive; no test program, for the same reason).
 * Names and texts are hexadecimal, "-" is none.
 *
 *   site HOST PORT SECURITY KIND USER PASSWORD
 *   set PROPERTY NUMBER            of the queue
 *   limit KIB                      a second, each way
 *   timeout SECONDS                of the client
 *   answer NUMBER                  a TlOverwrite, for all
 *   down REMOTE IS-FOLDER LOCAL | up LOCAL REMOTE    "ok ID"
 *   retry ID | cancel ID
 *   store PATH                     keeps the queue in this file
 *   attach GO-ON                   takes what was left there: "ok N"
 *   settle                         until it is written
 *   pause | resume                 all
 *   wait                           until nothing is active: "ok FAILED ASKED SECONDS"
 *   tell ID                        "ok STATE SIZE MOVED FILES ENDED ERROR NOTE"
 *   failures                       "ok NAME:ERROR…"
 *   pipeline                       "ok N": a TlFtpPipeline, of the server
 */

#include "drive-script.h"

#include "tl-ftp-pipeline.h"
#include "tl-transfer-store.h"

#include <stdlib.h>

typedef struct {
  DriveScript       script;
  TlFtpClient      *client;
  TestAnswerer     *answerer;
  TlTransferQueue  *queue;
  TlTransferStore  *store;
  gboolean          go_on;
  GPtrArray        *transfers;
  TlOverwrite       answer;
  guint             n_asked;
  gint64            began;
  gulong            waiting;
} Drive;

static void G_GNUC_PRINTF (2, 3)
answer (Drive      *self,
        const char *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  drive_script_answer (&self->script, format, arguments);
  va_end (arguments);
}

static char *
to_hex (const char *text)
{
  GString *hex = g_string_new (NULL);

  for (; text != NULL && *text != '\0'; text++)
    g_string_append_printf (hex, "%02x", (guint8) *text);
  if (hex->len == 0)
    g_string_append_c (hex, '-');
  return g_string_free (hex, FALSE);
}

static void
ask_cb (TlTransferQueue           *queue,
        const TlOverwriteQuestion *question,
        Drive                     *self)
{
  self->n_asked++;
  g_printerr ("asked about the %s %s: %" G_GINT64_FORMAT " bytes of %" G_GINT64_FORMAT ", there are %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "\n",
              tl_transfer_is_upload (question->transfer) ? "upload" : "download", tl_transfer_get_name (question->transfer), question->source_size,
              question->source_time, question->target_size, question->target_time);
  tl_transfer_queue_answer (queue, question->transfer, self->answer, TRUE);
}

static void
set_site (Drive *self,
          char **words)
{
  self->client = drive_client_new (words, &self->answerer);
  self->queue = tl_transfer_queue_new ();
  g_object_set (self->queue, "retry-delay", 50u, NULL);
  g_signal_connect (self->queue, "ask", G_CALLBACK (ask_cb), self);
  answer (self, "ok");
}

static void
add (Drive      *self,
     TlTransfer *transfer)
{
  g_ptr_array_add (self->transfers, g_object_ref (transfer));
  answer (self, "ok %u", self->transfers->len - 1);
}

static void
move (Drive  *self,
      char  **words)
{
  const gboolean down = g_str_equal (words[0], "down");
  g_autoptr (GBytes) remote = drive_from_hex (down ? words[1] : words[2]);
  g_autofree char *path = drive_text_from_hex (down ? words[3] : words[1]);
  g_autoptr (GFile) local = g_file_new_for_path (path);

  if (self->began == 0)
    self->began = g_get_monotonic_time ();
  if (down)
    add (self, tl_transfer_queue_download (self->queue, self->client, remote, *words[2] == '1', -1, local));
  else
    add (self, tl_transfer_queue_upload (self->queue, self->client, local, remote));
}

static void
restored_cb (Drive *self,
             guint  n)
{
  answer (self, "ok %u", n);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Drive *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = tl_transfer_store_list_finish (self->store, result, &error);

  g_assert_no_error (error);
  if (self->began == 0)
    self->began = g_get_monotonic_time ();
  if (places->len > 0)
    tl_transfer_queue_attach (self->queue, self->client, self->go_on);
  else
    answer (self, "ok 0");
}

static void
settled_cb (gpointer data)
{
  answer (data, "ok");
}

static void
failed_cb (TlTransferStore *store,
           const char      *message)
{
  g_error ("%s", message);
}

static void
set_store (Drive *self,
           char **words)
{
  g_autofree char *path = drive_text_from_hex (words[1]);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->store = tl_transfer_store_new (file);
  g_signal_connect (self->store, "failed", G_CALLBACK (failed_cb), NULL);
  tl_transfer_queue_set_store (self->queue, self->store);
  g_signal_connect_swapped (self->queue, "restored", G_CALLBACK (restored_cb), self);
  answer (self, "ok");
}

static void
check_over (Drive *self)
{
  guint n_active, n_failed;

  g_object_get (self->queue, "n-active", &n_active, "n-failed", &n_failed, NULL);
  if (n_active > 0)
    return;
  g_clear_signal_handler (&self->waiting, self->queue);
  answer (self, "ok %u %u %.3f", n_failed, self->n_asked, (g_get_monotonic_time () - self->began) / 1e6);
  self->began = 0;
  self->n_asked = 0;
}

static void
tell (Drive      *self,
      TlTransfer *transfer)
{
  g_autofree char *error = to_hex (tl_transfer_get_error (transfer));
  g_autofree char *note = to_hex (tl_transfer_get_note (transfer));
  guint n_files, n_ended;

  g_object_get (transfer, "n-files", &n_files, "n-ended", &n_ended, NULL);
  answer (self, "ok %d %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %u %u %s %s", tl_transfer_get_state (transfer), tl_transfer_get_size (transfer),
          tl_transfer_get_moved (transfer), n_files, n_ended, error, note);
}

static void
tell_failures (Drive *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (self->queue), i);
      g_autofree char *name = to_hex (tl_transfer_get_name (transfer));
      g_autofree char *error = to_hex (tl_transfer_get_error (transfer));

      if (tl_transfer_get_state (transfer) == TL_TRANSFER_FAILED)
        g_string_append_printf (text, " %s:%s", name, error);
    }
  answer (self, "ok%s", text->str);
}

static void
run_command (gpointer   user_data,
             char     **words)
{
  Drive *self = user_data;
  TlTransfer *transfer = NULL;

  if (words[0] != NULL && words[1] != NULL && self->transfers->len > (guint) atoi (words[1]))
    transfer = self->transfers->pdata[atoi (words[1])];
  if (g_str_equal (words[0], "site"))
    set_site (self, words);
  else if (g_str_equal (words[0], "set"))
    {
      g_object_set (self->queue, words[1], (guint) atoi (words[2]), NULL);
      answer (self, "ok");
    }
  else if (g_str_equal (words[0], "limit"))
    {
      tl_ftp_rate_set_limit (tl_ftp_rate_get_shared (FALSE), (guint) atoi (words[1]));
      tl_ftp_rate_set_limit (tl_ftp_rate_get_shared (TRUE), (guint) atoi (words[1]));
      answer (self, "ok");
    }
  else if (g_str_equal (words[0], "timeout"))
    {
      g_object_set (self->client, "timeout", (guint) atoi (words[1]), NULL);
      answer (self, "ok");
    }
  else if (g_str_equal (words[0], "answer"))
    {
      self->answer = (TlOverwrite) atoi (words[1]);
      answer (self, "ok");
    }
  else if (g_str_equal (words[0], "down") || g_str_equal (words[0], "up"))
    move (self, words);
  else if (g_str_equal (words[0], "wait"))
    {
      self->waiting = g_signal_connect_swapped (self->queue, "notify::n-active", G_CALLBACK (check_over), self);
      check_over (self);
    }
  else if (g_str_equal (words[0], "store"))
    set_store (self, words);
  else if (g_str_equal (words[0], "settle"))
    tl_transfer_store_settle (self->store, settled_cb, self);
  else if (g_str_equal (words[0], "attach"))
    {
      self->go_on = *words[1] == '1';
      tl_transfer_store_list_async (self->store, listed_cb, self);
    }
  else if (g_str_equal (words[0], "pause") || g_str_equal (words[0], "resume"))
    {
      if (g_str_equal (words[0], "pause"))
        tl_transfer_queue_pause (self->queue, NULL);
      else
        tl_transfer_queue_resume (self->queue, NULL);
      answer (self, "ok");
    }
  else if (g_str_equal (words[0], "failures"))
    tell_failures (self);
  else if (g_str_equal (words[0], "pipeline"))
    answer (self, "ok %d", tl_ftp_pipeline_get (tl_ftp_client_get_site (self->client)));
  else if (transfer == NULL)
    g_error ("no such command: %s", words[0]);
  else if (g_str_equal (words[0], "tell"))
    tell (self, transfer);
  else
    {
      if (g_str_equal (words[0], "retry"))
        tl_transfer_queue_retry (self->queue, transfer);
      else
        tl_transfer_queue_cancel (self->queue, transfer);
      answer (self, "ok");
    }
}

int
main (void)
{
  Drive self = { .answer = TL_OVERWRITE_SKIP };
  gpointer queue;

  self.transfers = g_ptr_array_new_with_free_func (g_object_unref);
  drive_script_follow (&self.script, run_command, &self);

  queue = self.queue;
  if (queue != NULL)
    {
      tl_ftp_client_close (self.client);
      g_object_add_weak_pointer (queue, &queue);
    }
  g_clear_object (&self.queue);
  g_ptr_array_unref (self.transfers);
  g_clear_object (&self.client);
  g_clear_object (&self.answerer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (self.store != NULL)
    tl_transfer_store_close (self.store);
  g_clear_object (&self.store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (queue != NULL)
    g_printerr ("The queue lives on.\n");
  return queue != NULL ? 1 : 0;
}
