/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HOST ▸ DIR ▸ DIR. */

#include "tl-ftp-path-bar.h"

#include "tl-ftp-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Of a deeper path the first parts are left out; the text has all of them. */
#define MAX_CRUMBS 24
/* Characters of a part. */
#define MAX_WHOLE 24

struct _TlFtpPathBar
{
  GtkWidget          parent_instance;

  GtkStack          *stack;
  GtkScrolledWindow *scrolled;
  GtkBox            *crumbs;
  GtkEntry          *entry;
  GtkStack          *reload_stack;

  TlFtpBrowser      *browser;
  guint              scroll_id;
};

G_DEFINE_FINAL_TYPE (TlFtpPathBar, tl_ftp_path_bar, GTK_TYPE_WIDGET)

static TlCharset
get_guess (TlFtpPathBar *self)
{
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  return guess;
}

static void
crumb_cb (TlFtpPathBar *self,
          GtkButton    *button)
{
  tl_ftp_browser_go (self->browser, g_object_get_data (G_OBJECT (button), "tl-path"));
}

static void
add_crumb (TlFtpPathBar *self,
           const char   *text,
           GBytes       *path,
           gboolean      last)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();

  /* Where one is is read whole, unless it is very long. */
  if (!last || g_utf8_strlen (text, MAX_WHOLE + 1) > MAX_WHOLE)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WHOLE);
      gtk_label_set_width_chars (GTK_LABEL (label), last ? MAX_WHOLE : MIN ((int) g_utf8_strlen (text, 12), 12));
    }
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "tl-crumb");
  if (last)
    gtk_widget_add_css_class (button, "tl-here");
  g_object_set_data_full (G_OBJECT (button), "tl-path", g_bytes_ref (path), (GDestroyNotify) g_bytes_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (crumb_cb), self, G_CONNECT_SWAPPED);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->crumbs)))
    {
      GtkWidget *arrow = gtk_label_new ("▸");

      gtk_widget_add_css_class (arrow, "dim-label");
      gtk_box_append (self->crumbs, arrow);
    }
  gtk_box_append (self->crumbs, button);
}

static void
add_parts (TlFtpPathBar *self,
           GBytes       *path)
{
  gsize length, begin = 1;
  const char *bytes = g_bytes_get_data (path, &length);
  TlCharset guess = get_guess (self);
  TlFtpCharset charset = tl_ftp_browser_get_charset (self->browser);
  guint n_parts = 0, skip;

  for (gsize i = 1; i < length; i++)
    n_parts += bytes[i - 1] == '/' && bytes[i] != '/';
  skip = n_parts > MAX_CRUMBS ? n_parts - MAX_CRUMBS : 0;
  for (gsize i = 1; i <= length; i++)
    if (i == length || bytes[i] == '/')
      {
        if (i > begin && skip > 0)
          skip--;
        else if (i > begin)
          {
            g_autoptr (GBytes) to_here = g_bytes_new_from_bytes (path, 0, i);
            g_autofree char *text = tl_ftp_name_display ((const guint8 *) bytes + begin, i - begin, charset, guess, NULL);

            add_crumb (self, text, to_here, i == length);
          }
        begin = i + 1;
      }
}

/* After the crumbs have their sizes, so that where one is is seen. */
static void
scroll_cb (gpointer data)
{
  TlFtpPathBar *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scrolled);

  self->scroll_id = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
scroll_to_end (TlFtpPathBar *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_once (scroll_cb, self);
}

static void
refresh (TlFtpPathBar *self)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->crumbs))))
    gtk_box_remove (self->crumbs, child);
  if (path && client)
    {
      g_autofree char *host = tl_ftp_site_dup_title (tl_ftp_client_get_site (client));
      g_autoptr (GBytes) root = g_bytes_new_static ("/", 1);

      add_crumb (self, host, root, g_bytes_get_size (path) <= 1);
      add_parts (self, path);
      scroll_to_end (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), path != NULL);
}

static void
loading_cb (TlFtpPathBar *self)
{
  gtk_stack_set_visible_child_name (self->reload_stack, tl_ftp_browser_is_loading (self->browser) ? "stop" : "reload");
}

static void
set_wrong (TlFtpPathBar *self,
           const char   *message)
{
  if (message)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), message);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, message ? "dialog-error-symbolic" : NULL);
  gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY, message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message ? message : "", -1);
}

static GBytes *
parse (TlFtpPathBar  *self,
       GError       **error)
{
  return tl_ftp_path_from_text (gtk_editable_get_text (GTK_EDITABLE (self->entry)), tl_ftp_browser_get_path (self->browser),
                                tl_ftp_browser_get_charset (self->browser), get_guess (self), error);
}

static void
changed_cb (TlFtpPathBar *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) path = parse (self, &error);

  set_wrong (self, error ? error->message : NULL);
}

static void
end_editing (TlFtpPathBar *self)
{
  gtk_stack_set_visible_child_name (self->stack, "crumbs");
}

static void
activate_cb (TlFtpPathBar *self)
{
  g_autoptr (GBytes) path = parse (self, NULL);

  if (!path)
    return;
  end_editing (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "ftp.focus-files", NULL);
  if (g_bytes_get_size (path) > 0)
    tl_ftp_browser_go (self->browser, path);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  end_editing (TL_FTP_PATH_BAR (widget));
  gtk_widget_activate_action (widget, "ftp.focus-files", NULL);
}

static void
leave_cb (TlFtpPathBar *self)
{
  end_editing (self);
}

static void
tl_ftp_path_bar_dispose (GObject *object)
{
  TlFtpPathBar *self = TL_FTP_PATH_BAR (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->browser)
    {
      g_signal_handlers_disconnect_by_data (self->browser, self);
      g_signal_handlers_disconnect_by_data (tl_ftp_browser_get_directory (self->browser), self);
    }
  g_clear_object (&self->browser);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_FTP_PATH_BAR);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_ftp_path_bar_parent_class)->dispose (object);
}

static void
tl_ftp_path_bar_class_init (TlFtpPathBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_ftp_path_bar_dispose;

  gtk_widget_class_install_action (widget_class, "path.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "path.cancel", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-ftp-path-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFtpPathBar, stack);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPathBar, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPathBar, crumbs);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPathBar, entry);
  gtk_widget_class_bind_template_child (widget_class, TlFtpPathBar, reload_stack);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
tl_ftp_path_bar_init (TlFtpPathBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A narrower window shows the end too. */
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled), "changed", G_CALLBACK (scroll_to_end), self, G_CONNECT_SWAPPED);
}

void
tl_ftp_path_bar_set_browser (TlFtpPathBar *self,
                             TlFtpBrowser *browser)
{
  g_return_if_fail (TL_IS_FTP_PATH_BAR (self));
  g_return_if_fail (!self->browser);

  self->browser = g_object_ref (browser);
  g_signal_connect_swapped (browser, "notify::path", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (browser, "notify::charset", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (browser, "notify::loading", G_CALLBACK (loading_cb), self);
  g_signal_connect_swapped (tl_ftp_browser_get_directory (browser), "notify::guess", G_CALLBACK (refresh), self);
  refresh (self);
  loading_cb (self);
}

void
tl_ftp_path_bar_edit (TlFtpPathBar *self)
{
  GBytes *path;
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_FTP_PATH_BAR (self));

  path = tl_ftp_browser_get_path (self->browser);
  if (!path)
    return;
  text = tl_ftp_text_path (path, tl_ftp_browser_get_charset (self->browser), get_guess (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
