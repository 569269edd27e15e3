/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a link of a session, and says while it is typed what is wrong with it. */

#include "tl-link-dialog.h"

#include "tl-widget.h"
#include "tl-window.h"

#include <glib/gi18n-lib.h>

struct _TlLinkDialog
{
  AdwWindow parent_instance;

  GtkEntry *entry;
  GtkLabel *message;
  GtkButton *open_button;
};

enum {
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLinkDialog, tl_link_dialog, ADW_TYPE_WINDOW)

static char *
dup_link (TlLinkDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
changed_cb (TlLinkDialog *self)
{
  g_autofree char *link = dup_link (self);
  g_autoptr (GError) error = NULL;
  gboolean valid = *link && tl_window_check_link (link, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), valid);
  if (error)
    {
      gtk_label_set_text (self->message, error->message);
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
    }
  else
    {
      gtk_label_set_text (self->message, _("udp://…, tcp://…, tcp-listen://… or ftp://…, as “Copy Link” writes them."));
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
    }
}

static void
open_cb (TlLinkDialog *self)
{
  g_autofree char *link = dup_link (self);

  if (!*link || !tl_window_check_link (link, NULL))
    return;

  g_signal_emit (self, signals[OPENED], 0, link);
  gtk_window_close (GTK_WINDOW (self));
}

static void
tl_link_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_LINK_DIALOG);

  G_OBJECT_CLASS (tl_link_dialog_parent_class)->dispose (object);
}

static void
tl_link_dialog_class_init (TlLinkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_link_dialog_dispose;

  signals[OPENED] = g_signal_new ("opened", TL_TYPE_LINK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-link-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLinkDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, TlLinkDialog, message);
  gtk_widget_class_bind_template_child (widget_class, TlLinkDialog, open_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
tl_link_dialog_init (TlLinkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entry));
}

GtkWidget *
tl_link_dialog_new (GtkWindow *parent)
{
  GtkWidget *self = g_object_new (TL_TYPE_LINK_DIALOG, "transient-for", parent, NULL);

  tl_widget_fit_window (GTK_WINDOW (self));
  return self;
}
