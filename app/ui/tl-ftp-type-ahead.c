/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that are typed into a list. */

#include "tl-ftp-type-ahead.h"

#define PAUSE_MS 1000
#define MAX_CHARS 255

struct _TlFtpTypeAhead
{
  GObject parent_instance;

  GString *typed;
  guint    timer;
};

enum {
  TYPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpTypeAhead, tl_ftp_type_ahead, G_TYPE_OBJECT)

static void
pause_cb (gpointer data)
{
  TlFtpTypeAhead *self = data;

  self->timer = 0;
  g_string_truncate (self->typed, 0);
}

static void
commit_cb (TlFtpTypeAhead *self,
           const char     *text)
{
  /* A blank alone chooses a row; it begins no name that anybody would type. */
  if (self->typed->len == 0 && g_str_equal (text, " "))
    return;
  if (self->typed->len + strlen (text) > MAX_CHARS)
    return;
  g_string_append (self->typed, text);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_once (PAUSE_MS, pause_cb, self);
  g_signal_emit (self, signals[TYPED], 0, self->typed->str);
}

static void
tl_ftp_type_ahead_finalize (GObject *object)
{
  TlFtpTypeAhead *self = TL_FTP_TYPE_AHEAD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_string_free (self->typed, TRUE);

  G_OBJECT_CLASS (tl_ftp_type_ahead_parent_class)->finalize (object);
}

static void
tl_ftp_type_ahead_class_init (TlFtpTypeAheadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_type_ahead_finalize;

  signals[TYPED] = g_signal_new ("typed", TL_TYPE_FTP_TYPE_AHEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_ftp_type_ahead_init (TlFtpTypeAhead *self)
{
  self->typed = g_string_new (NULL);
}

TlFtpTypeAhead *
tl_ftp_type_ahead_new (void)
{
  return g_object_new (TL_TYPE_FTP_TYPE_AHEAD, NULL);
}

static void
focus_in_cb (GtkIMContext *context)
{
  gtk_im_context_focus_in (context);
}

static void
focus_out_cb (GtkIMContext *context)
{
  gtk_im_context_reset (context);
  gtk_im_context_focus_out (context);
}

void
tl_ftp_type_ahead_attach (TlFtpTypeAhead *self,
                          GtkWidget      *widget)
{
  g_autoptr (GtkIMContext) context = gtk_im_multicontext_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (TL_IS_FTP_TYPE_AHEAD (self));

  gtk_im_context_set_client_widget (context, widget);
  gtk_im_context_set_use_preedit (context, FALSE);
  g_signal_connect_object (context, "commit", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_key_set_im_context (GTK_EVENT_CONTROLLER_KEY (keys), context);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_in_cb), context, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_out_cb), context, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
}
