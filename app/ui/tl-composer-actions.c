/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the composer sends, by key, menu, timer, file and drop. */

#include "tl-composer-private.h"

#include "tl-composer-text.h"

#include <glib/gi18n-lib.h>

gboolean
tl_composer_is_open (TlComposer *self)
{
  return self->session && tl_session_get_state (self->session) == TL_SESSION_OPEN;
}

static gboolean
check_open (TlComposer *self)
{
  if (!tl_composer_is_open (self))
    tl_draft_show_error (self->draft, _("Nothing is open yet: open or connect first, then send."));

  return tl_composer_is_open (self);
}

static void
start_timer_cb (TlComposer *self)
{
  g_autoptr (GBytes) bytes = tl_draft_build (self->draft);
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  g_autoptr (TlPayloadMaker) maker = NULL;
  g_autoptr (TlTimedSend) timer = NULL;

  if (!bytes || !check_open (self))
    return;

  text = tl_draft_dup_text (self->draft);
  label = tl_composer_shorten (text);
  maker = tl_draft_dup_maker (self->draft);
  timer = tl_timed_send_new (self->session, self->targets, maker, label,
                             tl_timer_popover_get_interval (self->timer_popover),
                             tl_timer_popover_get_count (self->timer_popover));
  if (!tl_send_jobs_add_timer (self->jobs, timer))
    tl_draft_show_error (self->draft, _("Too many timers and files are under way. Stop one of them first."));
}

static void
insert_cb (TlComposer *self,
           const char *macro)
{
  tl_draft_insert (self->draft, macro);
}

static void
reset_counter_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  tl_draft_reset_counter (TL_COMPOSER (widget)->draft);
}

static gboolean
drop_cb (TlComposer   *self,
         const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = list ? gdk_file_list_get_files (list) : NULL;

  for (GSList *l = files; l; l = l->next)
    tl_composer_send_file (self, l->data);

  return files != NULL;
}

static void
send_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tl_composer_send (TL_COMPOSER (widget));
  gtk_widget_grab_focus (GTK_WIDGET (TL_COMPOSER (widget)->draft));
}

static void
send_file_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  tl_file_popover_choose (TL_COMPOSER (widget)->file_popover);
}

static void
timed_send_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  gtk_menu_button_popup (TL_COMPOSER (widget)->timer_button);
}

void
tl_composer_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-file", NULL, send_file_action);
  gtk_widget_class_install_action (widget_class, "composer.timed-send", NULL, timed_send_action);
  gtk_widget_class_install_action (widget_class, "composer.reset-counter", NULL, reset_counter_action);

  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_timer_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
  gtk_widget_class_bind_template_callback (widget_class, tl_composer_send_file);
  gtk_widget_class_bind_template_callback (widget_class, tl_composer_send);
}

gboolean
tl_composer_send (TlComposer *self)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint n_sent;

  g_return_val_if_fail (TL_IS_COMPOSER (self), FALSE);

  bytes = tl_draft_build (self->draft);
  if (!bytes || !check_open (self))
    return FALSE;

  n_sent = tl_session_send_to (self->session, self->targets, bytes, &error);
  if (error)
    {
      g_autofree char *message = tl_composer_describe_refusal (n_sent, error);

      tl_draft_show_error (self->draft, message);
      return FALSE;
    }

  tl_draft_commit (self->draft);

  return TRUE;
}

void
tl_composer_send_file (TlComposer *self,
                       GFile      *file)
{
  g_autoptr (TlFileSend) send = NULL;

  g_return_if_fail (TL_IS_COMPOSER (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!check_open (self))
    return;

  send = tl_file_send_new (self->session, self->targets, file,
                           tl_file_popover_get_piece (self->file_popover), tl_file_popover_get_gap (self->file_popover));
  if (!tl_send_jobs_add_file (self->jobs, send))
    tl_draft_show_error (self->draft, _("Too many timers and files are under way. Stop one of them first."));
}

gboolean
tl_composer_replay (TlComposer *self,
                    TlReplay   *replay,
                    const char *title,
                    gboolean    is_timed)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), FALSE);

  return tl_send_jobs_add_replay (self->jobs, replay, title, is_timed);
}

guint
tl_composer_get_n_running (TlComposer *self)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), 0);

  return tl_send_jobs_get_n_running (self->jobs);
}
