/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at the folders of the server in which a plan deletes, and what becomes of them when the connection ends. What is in a folder is put in order on a thread: it may be very much. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-error.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>

/* A look at a folder is not taken again so soon that it takes more than a twentieth of the time. */
#define LOOK_SHARE 20

/* What a thread finds in a listing. */
typedef struct {
  TlFtpSyncRun   *run;       /* the task's source; what is read here does not change meanwhile */
  TlFtpListing   *listing;
  guint32         folder;
  TlFtpSyncNames *names;
  guint           n_new;
} Look;

static void list (GTask *task);

static void
look_free (gpointer data)
{
  Look *look = data;

  tl_ftp_listing_unref (look->listing);
  g_clear_pointer (&look->names, tl_ftp_sync_names_free);
  g_free (look);
}

void
tl_ftp_sync_run_forget_look (TlFtpSyncRun *self)
{
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->names, tl_ftp_sync_names_free);
  g_clear_pointer (&self->links, tl_ftp_sync_names_free);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->link_refusal, g_free);
  self->listed = TL_FTP_SYNC_NO_ITEM;
  self->is_used = FALSE;
  self->is_gone = FALSE;
  self->is_proving = FALSE;
  self->n_new = 0;
}

gboolean
tl_ftp_sync_run_is_look_old (TlFtpSyncRun *self)
{
  const gint64 age = g_get_monotonic_time () - self->listed_at;

  /* At least one thing is deleted by each look. */
  return self->is_used && (self->look_again == 0 || age > MAX (self->look_again, LOOK_SHARE * (self->listed_at - self->list_began)));
}

static gboolean
again_cb (gpointer user_data)
{
  TlFtpSyncRun *self = g_task_get_source_object (user_data);

  self->again_id = 0;
  tl_ftp_sync_run_step (g_steal_pointer (&self->waiting));
  return G_SOURCE_REMOVE;
}

gboolean
tl_ftp_sync_run_try_again (GTask        *task,
                           const GError *error)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  guint delay;

  /* The first one that is given up after that many tries stands for all that follow, until something works again. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)) || !tl_ftp_error_is_transient (error) || self->n_tries >= TL_FTP_SYNC_RUN_MAX_TRIES || ++self->n_tries >= TL_FTP_SYNC_RUN_MAX_TRIES)
    return FALSE;
  g_object_get (self->queue, "retry-delay", &delay, NULL);
  self->waiting = task;
  self->again_id = g_timeout_add (delay << (self->n_tries - 1), again_cb, task);
  return TRUE;
}

static gboolean
is_answer (const GError *error)
{
  return error == NULL || tl_ftp_error_is_refusal (error) || g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
}

/* The server cannot make a list just now. Some say so, with 450, of what is not there or not for this account, which does not pass. */
static gboolean
is_busy_error (const GError *error)
{
  return tl_ftp_error_is_refusal (error) && tl_ftp_error_is_transient (error)
         && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND) && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
}

gboolean
tl_ftp_sync_run_has_broken (GTask        *task,
                            const GError *error,
                            gboolean      of_act)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const gboolean is_busy = error != NULL && !of_act && is_busy_error (error);

  if (is_answer (error) && (!is_busy || self->n_tries + 1 >= TL_FTP_SYNC_RUN_MAX_TRIES))
    {
      if (of_act || is_busy)
        self->n_tries = 0;
      return FALSE;
    }
  /* Also when it broke in the same moment: nobody would end the waiting. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      tl_ftp_sync_run_step (task);
      return TRUE;
    }
  tl_ftp_sync_run_forget_look (self);
  if (tl_ftp_sync_run_try_again (task, error))
    return TRUE;
  tl_ftp_sync_run_keep (self, tl_ftp_sync_run_get_current (self), KEPT_FAILED, error->message);
  tl_ftp_sync_run_keep_all (self);
  tl_ftp_sync_run_step (task);
  return TRUE;
}

/* Whether it must be known of something in the folder that it is no link. */
static gboolean
has_folders (TlFtpSyncRun *self,
             guint32       folder)
{
  for (guint i = self->firsts[folder]; i < self->firsts[folder] + self->n_in[folder]; i++)
    if ((self->fates[i] & FATE_DOOMED) && !(self->fates[i] & FATE_OVER) && tl_ftp_sync_plan_get_item (self->plan, i)->is_folder)
      return TRUE;
  return FALSE;
}

static void
look_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Look *look = data;
  TlFtpSyncRun *run = look->run;
  const guint n = run->n_in[look->folder];
  g_autofree GBytes **known = g_new (GBytes *, n);
  guint n_known = 0;

  look->names = tl_ftp_sync_names_new (look->listing);
  for (guint i = 0; i < n; i++)
    if (tl_ftp_sync_plan_get_item (run->plan, run->firsts[look->folder] + i)->remote_name != NULL)
      known[n_known++] = tl_ftp_sync_plan_get_item (run->plan, run->firsts[look->folder] + i)->remote_name;
  look->n_new = tl_ftp_sync_names_count_others (look->names, known, n_known);
  g_task_return_pointer (worker, NULL, NULL);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (source);
  Look *look = g_task_get_task_data (G_TASK (result));

  if (self->is_plain)
    self->links = g_steal_pointer (&look->names);
  else
    {
      self->names = g_steal_pointer (&look->names);
      self->n_new = look->n_new;
    }
  self->is_plain = !self->is_plain && self->at == STEP_DELETE && tl_ftp_listing_get_format (self->listing) == TL_FTP_LISTING_MLSD &&
                   (self->is_proving || has_folders (self, self->listed));
  if (self->is_plain && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    list (task);
  else
    tl_ftp_sync_run_step (task);
}

/* Why what it does not show may be there all the same. (transfer full) (nullable) */
static char *
dup_refusal (TlFtpListing *listing,
             const GError *refused)
{
  g_autoptr (GError) cut = NULL;

  if (listing == NULL)
    return g_strdup (refused->message);
  if (!tl_job_is_whole (listing, &cut))
    return g_strdup (cut->message);
  if (tl_ftp_listing_is_said (listing))
    return g_strdup (_("The server sent no list of this folder, and only said that nothing is there: that is no proof, and it was left as it is."));
  if (tl_ftp_listing_get_n_unparsed (listing) > 0)
    return g_strdup (_("Some lines of the server's list were not understood: what seems to be missing there is left as it is"));
  return NULL;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  Look *look;

  if (tl_ftp_sync_run_has_broken (task, error, FALSE))
    return;
  if (self->is_plain)
    self->link_refusal = dup_refusal (listing, error);
  else
    {
      self->listed = self->looking_at;
      self->listed_at = g_get_monotonic_time ();
      self->listing = listing != NULL ? tl_ftp_listing_ref (listing) : NULL;
      self->is_gone = g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
      self->refusal = dup_refusal (listing, error);
    }
  if (listing == NULL)
    {
      tl_ftp_sync_run_step (task);
      return;
    }
  look = g_new0 (Look, 1);
  look->run = self;
  look->listing = listing;
  look->folder = self->listed;
  tl_ftp_sync_run_work (task, look, look_free, look_thread, looked_cb);
}

static void
list (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  GBytes *path = tl_ftp_sync_plan_get_folder (self->plan, self->looking_at)->remote;

  if (self->is_plain)
    tl_ftp_client_list_plain_async (self->client, path, g_task_get_cancellable (task), listed_cb, task);
  else
    tl_ftp_client_list_async (self->client, path, g_task_get_cancellable (task), listed_cb, task);
}

static void
look (GTask    *task,
      guint32   folder,
      gboolean  is_proving)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);

  tl_ftp_sync_run_forget_look (self);
  self->list_began = g_get_monotonic_time ();
  self->looking_at = folder;
  self->is_proving = is_proving;
  self->is_plain = FALSE;
  list (task);
}

void
tl_ftp_sync_run_look (GTask   *task,
                      guint32  folder)
{
  look (task, folder, FALSE);
}

void
tl_ftp_sync_run_look_for_links (GTask   *task,
                                guint32  folder)
{
  look (task, folder, TRUE);
}
