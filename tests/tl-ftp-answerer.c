/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tl-ftp-answerer.h"

#include "tl-tls.h"

static const char *const question_names[] = { "password", "account", "certificate", "clear" };

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_answerer_ask_async (TlFtpAsker          *asker,
                         TlFtpQuestion       *question,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  TestAnswerer *self = TEST_ANSWERER (asker);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_string_append_printf (self->asked, "%s%s", self->asked->len > 0 ? "," : "", question_names[question->kind]);
  g_free (self->known_fingerprint);
  self->known_fingerprint = g_strdup (question->known_fingerprint);
  if (question->certificate != NULL)
    {
      g_free (self->fingerprint);
      self->fingerprint = tl_tls_fingerprint (question->certificate);
    }
  if (self->is_slow)
    {
      g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
      g_source_attach (source, NULL);
      return;
    }
  if (question->kind == TL_FTP_ASK_PASSWORD)
    {
      g_free (question->user);
      g_free (question->password);
      question->user = g_strdup (self->user);
      question->password = g_strdup (self->password);
    }
  else if (question->kind == TL_FTP_ASK_ACCOUNT)
    question->account = g_strdup (self->account);
  question->answered = !self->refuses;
  g_task_return_boolean (task, TRUE);
}

static gboolean
test_answerer_ask_finish (TlFtpAsker    *asker,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
test_answerer_dup_trusted (TlFtpAsker *asker,
                           TlFtpSite  *site)
{
  return g_strdup (TEST_ANSWERER (asker)->trusted);
}

static void
test_answerer_iface_init (TlFtpAskerInterface *iface)
{
  iface->ask_async = test_answerer_ask_async;
  iface->ask_finish = test_answerer_ask_finish;
  iface->dup_trusted = test_answerer_dup_trusted;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestAnswerer, test_answerer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (TL_TYPE_FTP_ASKER, test_answerer_iface_init))

static void
test_answerer_finalize (GObject *object)
{
  TestAnswerer *self = TEST_ANSWERER (object);

  g_free (self->user);
  g_free (self->password);
  g_free (self->account);
  g_free (self->known_fingerprint);
  g_free (self->fingerprint);
  g_free (self->trusted);
  g_string_free (self->asked, TRUE);
  G_OBJECT_CLASS (test_answerer_parent_class)->finalize (object);
}

static void
test_answerer_class_init (TestAnswererClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_answerer_finalize;
}

static void
test_answerer_init (TestAnswerer *self)
{
  self->asked = g_string_new (NULL);
}

TestAnswerer *
test_answerer_new (const char *user,
                   const char *password)
{
  TestAnswerer *self = g_object_new (TEST_TYPE_ANSWERER, NULL);

  self->user = g_strdup (user);
  self->password = g_strdup (password);
  return self;
}
