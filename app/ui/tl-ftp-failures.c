/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What did not work, each with its sentence, in a window. */

#include "tl-ftp-failures.h"

#include "tl-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _TlFtpFailure
{
  GObject parent_instance;

  char *name;
  char *message;
};

G_DEFINE_FINAL_TYPE (TlFtpFailure, tl_ftp_failure, G_TYPE_OBJECT)

static void
tl_ftp_failure_finalize (GObject *object)
{
  TlFtpFailure *self = TL_FTP_FAILURE (object);

  g_free (self->name);
  g_free (self->message);

  G_OBJECT_CLASS (tl_ftp_failure_parent_class)->finalize (object);
}

static void
tl_ftp_failure_class_init (TlFtpFailureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_failure_finalize;
}

static void
tl_ftp_failure_init (TlFtpFailure *self)
{
  /* Zeroed already. */
}

TlFtpFailure *
tl_ftp_failure_new (const char *name,
                    const char *message)
{
  TlFtpFailure *self = g_object_new (TL_TYPE_FTP_FAILURE, NULL);

  self->name = g_strdup (name);
  self->message = g_strdup (message);

  return self;
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  add_label (box, "heading");
  add_label (box, "dim-label");
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  TlFtpFailure *failure = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (name), failure->name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), failure->message);
}

static GtkWidget *
make_list (GListModel *failures)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (failures))), factory);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                                                         gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

GtkWidget *
tl_ftp_failures_show (GtkWidget  *parent,
                      const char *title,
                      GListModel *failures,
                      guint       n_more)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, "modal", TRUE, "title", title,
                                    "default-width", 560, "default-height", 420, "content", box, NULL);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_list (failures));
  if (n_more > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_box_append (GTK_BOX (box), label);
    }
  add_escape (window);
  tl_widget_fit_window (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  /* The first label has the focus, and GTK marks all of its text then. */
  if (GTK_IS_LABEL (gtk_window_get_focus (GTK_WINDOW (window))))
    gtk_label_select_region (GTK_LABEL (gtk_window_get_focus (GTK_WINDOW (window))), 0, 0);

  return window;
}
