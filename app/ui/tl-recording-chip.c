/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That a session is being recorded is no secret: it is seen where the counters are. */

#include "tl-recording-chip.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlRecordingChip
{
  GtkWidget           parent_instance;

  GtkWidget          *box;
  GtkWidget          *dot;
  GtkLabel           *label;
  TlSessionRecording *recording;
  GSignalGroup       *signals;
};

G_DEFINE_FINAL_TYPE (TlRecordingChip, tl_recording_chip, GTK_TYPE_WIDGET)

char *
tl_recording_chip_text (const char *name,
                        guint64     size,
                        gint64      duration)
{
  const guint seconds = (guint) (duration / G_USEC_PER_SEC);
  g_autofree char *size_text = g_format_size (size);
  g_autofree char *time = NULL;

  if (seconds < 3600)
    time = g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
  else
    time = g_strdup_printf ("%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return g_strjoin (" · ", name, size_text, time, NULL);
}

static void
update (TlRecordingChip *self)
{
  TlRecording *recording = self->recording != NULL ? tl_session_recording_get_recording (self->recording) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tip = NULL;
  const char *error;

  gtk_widget_set_visible (GTK_WIDGET (self), recording != NULL);
  if (recording == NULL)
    return;
  name = tl_recording_dup_name (recording);
  error = tl_recording_get_error (recording);
  text = tl_recording_chip_text (name, tl_recording_get_size (recording), tl_recording_get_duration (recording));
  gtk_label_set_label (self->label, text);
  if (error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "warning");
      gtk_widget_set_tooltip_text (self->box, error);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->label), "warning");
  tip = g_strdup_printf (ngettext ("Recording to “%s”: %lu message so far", "Recording to “%s”: %lu messages so far",
                                   (gulong) tl_recording_get_n_written (recording)),
                         name, (gulong) tl_recording_get_n_written (recording));
  gtk_widget_set_tooltip_text (self->box, tip);
}

static void
recording_changed_cb (TlRecordingChip *self)
{
  g_signal_group_set_target (self->signals, self->recording != NULL ? tl_session_recording_get_recording (self->recording) : NULL);
  update (self);
}

static void
tl_recording_chip_dispose (GObject *object)
{
  TlRecordingChip *self = TL_RECORDING_CHIP (object);

  if (self->recording != NULL)
    g_signal_handlers_disconnect_by_data (self->recording, self);
  g_clear_object (&self->recording);
  g_clear_object (&self->signals);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_recording_chip_parent_class)->dispose (object);
}

static void
tl_recording_chip_class_init (TlRecordingChipClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_recording_chip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-recording-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRecordingChip, box);
  gtk_widget_class_bind_template_child (widget_class, TlRecordingChip, dot);
  gtk_widget_class_bind_template_child (widget_class, TlRecordingChip, label);
}

static void
tl_recording_chip_init (TlRecordingChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (TL_TYPE_RECORDING);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

void
tl_recording_chip_set_recording (TlRecordingChip    *self,
                                 TlSessionRecording *recording)
{
  g_return_if_fail (TL_IS_RECORDING_CHIP (self));
  g_return_if_fail (self->recording == NULL);

  self->recording = g_object_ref (recording);
  g_signal_connect_swapped (recording, "notify::recording", G_CALLBACK (recording_changed_cb), self);
  recording_changed_cb (self);
}
