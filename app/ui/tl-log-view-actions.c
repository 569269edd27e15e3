/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of a log view. */

#include "tl-log-view-private.h"

#include "tl-highlight-home.h"
#include "tl-highlight-window.h"
#include "tl-session-capture.h"
#include "tl-message-export.h"

#include <glib/gi18n-lib.h>

static void
show_toast (TlLogView *self,
            const char *text)
{
  /* The text may hold a name from outside, and a toast's title is markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* The first selected row, or GTK_INVALID_LIST_POSITION. */
static guint
selected_row (TlLogView *self)
{
  g_autoptr (GtkBitset) selected = self->rows ? gtk_selection_model_get_selection (self->rows) : NULL;

  return selected && !gtk_bitset_is_empty (selected) ? gtk_bitset_get_minimum (selected)
                                                     : GTK_INVALID_LIST_POSITION;
}

static void
copied_cb (TlLogCopy  *copy,
           const char *text,
           guint       n_copied,
           gpointer    user_data)
{
  TlLogView *self = user_data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  if (n_copied < tl_log_copy_get_n_rows (copy))
    {
      g_autofree char *note = NULL;

      note = g_strdup_printf (ngettext ("The first %u message was copied; export them to have all of them",
                                        "The first %u messages were copied; export them to have all of them", n_copied),
                              n_copied);
      show_toast (self, note);
    }
  g_clear_pointer (&self->copying, tl_log_copy_free);
}

static void
copy (TlLogView     *self,
      TlLogCopyKind  kind)
{
  g_autoptr (GtkBitset) selected = self->rows ? tl_log_view_get_selected_messages (self) : NULL;

  if (!selected || gtk_bitset_is_empty (selected))
    {
      show_toast (self, _("Select the messages to copy first"));
      return;
    }
  g_clear_pointer (&self->copying, tl_log_copy_free);
  self->copying = tl_log_copy_new (TL_MESSAGE_SOURCE (self->filter), selected, kind, tl_log_look_get_charset (self->look),
                                   tl_log_look_get_is_datagram (self->look), TL_LOG_COPY_MAX_BYTES, copied_cb, self);
  tl_log_copy_start (self->copying);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  copy (TL_LOG_VIEW (widget), TL_LOG_COPY_TEXT);
}

static void
copy_hex_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  copy (TL_LOG_VIEW (widget), TL_LOG_COPY_HEX);
}

static void
copy_rows_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  copy (TL_LOG_VIEW (widget), TL_LOG_COPY_ROWS);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  if (TL_LOG_VIEW (widget)->rows)
    gtk_selection_model_select_all (TL_LOG_VIEW (widget)->rows);
}

static void
clear_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  TlLogView *self = TL_LOG_VIEW (widget);

  if (self->log)
    tl_message_log_clear (self->log);
}

static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  tl_find_bar_open (TL_LOG_VIEW (widget)->find_bar);
}

static void
find_next_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  tl_find_bar_step (TL_LOG_VIEW (widget)->find_bar, TRUE);
}

static void
find_previous_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  tl_find_bar_step (TL_LOG_VIEW (widget)->find_bar, FALSE);
}

static void
details_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  guint position = selected_row (TL_LOG_VIEW (widget));

  if (position != GTK_INVALID_LIST_POSITION)
    tl_log_view_show_details (TL_LOG_VIEW (widget), position);
}

static void
only_peer_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  TlLogView *self = TL_LOG_VIEW (widget);
  guint position = selected_row (self);
  TlMessageInfo info;

  if (position != GTK_INVALID_LIST_POSITION
      && tl_message_source_peek (TL_MESSAGE_SOURCE (self->runs), position, &info) && info.peer != 0)
    tl_peer_choice_set_peer (self->peers, tl_message_source_peer_name (TL_MESSAGE_SOURCE (self->runs), info.peer));
}

static void
show_everything_cb (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  g_object_set (widget, "show-calls", TRUE, NULL);
  tl_log_view_clear_filter (TL_LOG_VIEW (widget));
}

static void
filter_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  tl_log_view_open_filter (TL_LOG_VIEW (widget));
}

static void
unfold_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  guint position = selected_row (TL_LOG_VIEW (widget));

  if (position != GTK_INVALID_LIST_POSITION)
    tl_log_view_unfold (TL_LOG_VIEW (widget), position);
}

static void
highlight_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_window_present (GTK_WINDOW (tl_highlight_window_new (tl_highlight_home_get (), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL)));
}

static void
scroll_to_end_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  TlLogView *self = TL_LOG_VIEW (widget);

  tl_log_view_forget_place (self);
  g_object_set (self, "paused", FALSE, NULL);
  tl_log_follow_scroll_to_end (tl_log_list_get_follow (tl_log_view_get_list (self)));
}

/* From the keyboard: at the row that has the focus. */
static void
menu_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  TlLogView *self = TL_LOG_VIEW (widget);
  GtkWidget *list = GTK_WIDGET (tl_log_view_get_list (self));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  guint position = selected_row (self);
  graphene_rect_t bounds;

  if (position == GTK_INVALID_LIST_POSITION || !focus || !gtk_widget_is_ancestor (focus, list)
      || !gtk_widget_compute_bounds (focus, list, &bounds))
    return;
  tl_log_view_show_menu (self, position, bounds.origin.x + 12, bounds.origin.y + bounds.size.height / 2,
                         TL_LOG_LIST (list));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (TlLogView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 n_rows = tl_message_export_finish (TL_MESSAGE_SOURCE (source), result, &error);

  if (n_rows < 0)
    {
      text = g_strdup (error->message);
      /* A toast may be too narrow for the whole sentence, and is gone soon. */
      if (self->log)
        tl_message_log_append_text (self->log, TL_MESSAGE_ERROR, 0, text);
    }
  else
    text = g_strdup_printf (ngettext ("%lu message exported", "%lu messages exported",
                                      n_rows),
                            (gulong) n_rows);
  show_toast (self, text);
}

/* The ids of the selected messages, in their order. (transfer full) (nullable): NULL: of all rows */
static GArray *
dup_selected_ids (TlLogView *self)
{
  g_autoptr (GtkBitset) selected = tl_log_view_get_selected_messages (self);
  GArray *ids;
  GtkBitsetIter iter;
  guint position;

  /* There may be ten million. */
  if (gtk_bitset_get_size (selected) == g_list_model_get_n_items (G_LIST_MODEL (self->filter)))
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      const guint64 id = tl_message_source_get_id (TL_MESSAGE_SOURCE (self->filter), position);

      g_array_append_val (ids, id);
    }

  return ids;
}

static void
export_capture (TlLogView       *self,
                TlMessageSource *source,
                GArray          *ids,
                GFile           *file)
{
  TlCaptureAbout about = { .is_tcp = !tl_log_look_get_is_datagram (self->look) };
  g_autoptr (GHashTable) locals = NULL;

  if (self->session)
    tl_session_describe_capture (self->session, &about);
  else if (self->recorded)
    about = (TlCaptureAbout) {
      .is_tcp = !self->recorded->is_datagram,
      .we_listen = g_strcmp0 (self->recorded->kind, "tcp-server") == 0,
      .local = self->recorded->local,
    };
  locals = about.locals;
  tl_message_export_capture_async (source, ids, file, &about, NULL, exported_cb, g_object_ref (self));
}

void
tl_log_view_export (TlLogView     *self,
                    GFile         *file,
                    TlExportWhat   what,
                    TlExportFormat format)
{
  TlMessageSource *source = what == TL_EXPORT_ALL ? self->base : TL_MESSAGE_SOURCE (self->filter);
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (TL_IS_LOG_VIEW (self));

  if (!self->base)
    return;
  if (what == TL_EXPORT_SELECTED)
    ids = dup_selected_ids (self);
  if (format == TL_EXPORT_CAPTURE)
    {
      export_capture (self, source, ids, file);
      return;
    }
  tl_message_export_some_async (source, ids, file, format, tl_log_look_get_charset (self->look),
                                tl_log_look_get_is_datagram (self->look), NULL, exported_cb, g_object_ref (self));
}

static void
file_chosen_cb (TlExportDialog *dialog,
                GFile          *file,
                TlLogView      *self)
{
  tl_log_view_export (self, file, tl_export_dialog_get_what (dialog), tl_export_dialog_get_format (dialog));
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  TlLogView *self = TL_LOG_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkBitset) selected = self->rows ? tl_log_view_get_selected_messages (self) : NULL;
  GtkWidget *dialog;

  if (!self->base)
    return;
  dialog = tl_export_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 g_list_model_get_n_items (G_LIST_MODEL (self->base)),
                                 g_list_model_get_n_items (G_LIST_MODEL (self->filter)),
                                 (guint) gtk_bitset_get_size (selected));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const struct {
  const char                 *name;
  GtkWidgetActionActivateFunc activate;
  gboolean                    needs_log;
} verbs[] = {
  { "log.copy", copy_cb, TRUE },
  { "log.copy-hex", copy_hex_cb, TRUE },
  { "log.copy-rows", copy_rows_cb, TRUE },
  { "log.select-all", select_all_cb, TRUE },
  { "log.clear", clear_cb, TRUE },
  { "log.find", find_cb, FALSE },
  { "log.find-next", find_next_cb, FALSE },
  { "log.find-previous", find_previous_cb, FALSE },
  { "log.details", details_cb, TRUE },
  { "log.only-peer", only_peer_cb, TRUE },
  { "log.filter", filter_cb, FALSE },
  { "log.highlight", highlight_cb, FALSE },
  { "log.unfold", unfold_cb, TRUE },
  { "log.show-everything", show_everything_cb, FALSE },
  { "log.scroll-to-end", scroll_to_end_cb, FALSE },
  { "log.menu", menu_cb, TRUE },
  { "log.export", export_cb, TRUE },
};

void
tl_log_view_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const properties[] = { "mode", "charset", "show", "bubbles", "wrap", "show-calls", "paused", "collapse" };
  const GdkModifierType control = GDK_CONTROL_MASK;
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (widget_class, verbs[i].name, NULL, verbs[i].activate);
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      g_autofree char *name = g_strconcat ("log.", properties[i], NULL);

      gtk_widget_class_install_property_action (widget_class, name, properties[i]);
    }

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, control, "log.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F4, 0, "log.filter", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, control, "log.find-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F3, 0, "log.find-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, both, "log.find-previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F3, GDK_SHIFT_MASK, "log.find-previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, control, "log.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, both, "log.copy-hex", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, control, "log.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, control, "log.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, control, "log.scroll-to-end", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "log.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "log.menu", NULL);
}

void
tl_log_view_update_actions (TlLogView *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].needs_log)
      gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].name, verbs[i].activate == clear_cb ? self->log != NULL : self->base != NULL);
}
