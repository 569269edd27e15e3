/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every line of a control connection. */

#include "tl-ftp-transcript.h"

#include "tl-ftp-words.h"
#include "tl-log-view.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlFtpTranscript
{
  GtkWidget     parent_instance;

  TlLogView    *log;
  GtkEntry     *entry;
  GtkLabel     *meaning;

  TlFtpClient  *client;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TlFtpTranscript, tl_ftp_transcript, GTK_TYPE_WIDGET)

typedef struct {
  TlFtpTranscript *transcript;
  char            *text;
} Typed;

static void
typed_free (Typed *typed)
{
  g_object_unref (typed->transcript);
  g_free (typed->text);
  g_free (typed);
}

static char *
explain (TlMessageKind  kind,
         GBytes        *bytes)
{
  g_autofree char *line = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (kind == TL_MESSAGE_SENT)
    return tl_ftp_words_for_command (line);
  /* A line within a reply of several has no code of its own: none is explained. */
  if (kind == TL_MESSAGE_RECEIVED && g_ascii_isdigit (line[0]))
    return tl_ftp_words_for_reply (atoi (line), line);
  return NULL;
}

/* The password is not to be read over somebody's shoulder either. */
static void
changed_cb (TlFtpTranscript *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean secret = g_ascii_strncasecmp (text, "PASS ", 5) == 0 || g_ascii_strncasecmp (text, "ACCT ", 5) == 0;
  g_autofree char *meaning = *text ? tl_ftp_words_for_command (text) : NULL;

  gtk_entry_set_visibility (self->entry, !secret);
  gtk_label_set_label (self->meaning, meaning ? meaning : "");
}

/* What could not be sent stands there again, to be mended; but not over what was typed meanwhile. */
static void
give_back (TlFtpTranscript *self,
           const char      *text)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (TlFtpTranscript) self = g_object_ref (((Typed *) data)->transcript);
  g_autoptr (GError) error = NULL;
  TlFtpReply *reply = tl_ftp_client_raw_finish (TL_FTP_CLIENT (source), result, &error);

  /* What was said is in the log already. */
  if (reply)
    tl_ftp_reply_unref (reply);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      give_back (self, ((Typed *) data)->text);
      gtk_widget_activate_action (GTK_WIDGET (self), "ftp.toast", "s", error->message);
    }
  typed_free (data);
}

static void
activate_cb (TlFtpTranscript *self)
{
  /* A blank at the end may be one of a file's name. */
  g_autofree char *text = g_strchug (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (GBytes) command = NULL;
  Typed *typed;

  if (!self->client || !*text)
    return;
  command = g_bytes_new (text, strlen (text));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  typed = g_new (Typed, 1);
  *typed = (Typed) { g_object_ref (self), g_steal_pointer (&text) };
  tl_ftp_client_raw_async (self->client, command, self->cancellable, replied_cb, typed);
}

static void
tl_ftp_transcript_dispose (GObject *object)
{
  TlFtpTranscript *self = TL_FTP_TRANSCRIPT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_TRANSCRIPT);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->client);

  G_OBJECT_CLASS (tl_ftp_transcript_parent_class)->dispose (object);
}

static void
tl_ftp_transcript_class_init (TlFtpTranscriptClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_transcript_dispose;

  g_type_ensure (TL_TYPE_LOG_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-transcript.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpTranscript, log);
  gtk_widget_class_bind_template_child (widget_class, TlFtpTranscript, entry);
  gtk_widget_class_bind_template_child (widget_class, TlFtpTranscript, meaning);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_ftp_transcript_init (TlFtpTranscript *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  tl_log_view_set_explain (self->log, explain);
}

void
tl_ftp_transcript_set_client (TlFtpTranscript *self,
                              TlFtpClient     *client)
{
  g_return_if_fail (TL_IS_FTP_TRANSCRIPT (self));

  if (!g_set_object (&self->client, client))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tl_log_view_set_source (self->log, client ? TL_MESSAGE_SOURCE (tl_ftp_client_get_log (client)) : NULL, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), client != NULL);
}
