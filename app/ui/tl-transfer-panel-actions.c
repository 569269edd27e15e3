/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the panel of transfers can do with those that are selected, by menu and keys. */

#include "tl-transfer-panel-private.h"

#include "tl-ftp-failures.h"
#include "tl-show-file.h"
#include "tl-transfer-row.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

/* Shown by name; the others are counted. */
#define MOST_FAILED 20000

/* (element-type TlTransfer) (transfer full) */
static GPtrArray *
dup_selected (TlTransferPanel *self)
{
  GPtrArray *transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      TlTransfer *transfer = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (transfer != NULL)
        g_ptr_array_add (transfers, transfer);
    }
  return transfers;
}

static gboolean
has_file (TlTransfer *transfer)
{
  return tl_transfer_is_upload (transfer) || tl_transfer_get_state (transfer) == TL_TRANSFER_DONE;
}

void
tl_transfer_panel_update_actions (TlTransferPanel *self)
{
  g_autoptr (GPtrArray) transfers = dup_selected (self);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean active = FALSE, paused = FALSE, ended = FALSE, error = FALSE, over = FALSE;
  guint n_items = self->queue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;
  guint n_active = 0, n_failed = 0, n_paused = 0;

  if (self->queue != NULL)
    g_object_get (self->queue, "n-active", &n_active, "n-failed", &n_failed, "n-paused", &n_paused, NULL);
  for (guint i = 0; i < transfers->len; i++)
    {
      TlTransfer *transfer = transfers->pdata[i];

      active |= tl_transfer_is_active (transfer);
      paused |= tl_transfer_get_state (transfer) == TL_TRANSFER_PAUSED;
      ended |= !tl_transfer_is_active (transfer) && tl_transfer_get_state (transfer) != TL_TRANSFER_DONE &&
               tl_transfer_get_state (transfer) != TL_TRANSFER_PAUSED;
      over |= tl_transfer_is_over (transfer);
      error |= tl_transfer_get_error (transfer) != NULL;
    }
  gtk_widget_action_set_enabled (widget, "transfers.cancel", active || paused);
  gtk_widget_action_set_enabled (widget, "transfers.priority", active || paused);
  gtk_widget_action_set_enabled (widget, "transfers.limit", active || paused);
  gtk_widget_action_set_enabled (widget, "transfers.move-first", active || paused);
  gtk_widget_action_set_enabled (widget, "transfers.move-last", active || paused);
  gtk_widget_action_set_enabled (widget, "transfers.pause", active);
  gtk_widget_action_set_enabled (widget, "transfers.resume", paused);
  gtk_widget_action_set_enabled (widget, "transfers.retry", ended);
  gtk_widget_action_set_enabled (widget, "transfers.remove", over);
  gtk_widget_action_set_enabled (widget, "transfers.delete", active || paused || over);
  gtk_widget_action_set_enabled (widget, "transfers.copy-error", error);
  gtk_widget_action_set_enabled (widget, "transfers.open", transfers->len == 1 && has_file (transfers->pdata[0]));
  gtk_widget_action_set_enabled (widget, "transfers.show", transfers->len == 1 && has_file (transfers->pdata[0]));
  gtk_widget_action_set_enabled (widget, "transfers.cancel-all", n_active + n_paused > 0);
  gtk_widget_action_set_enabled (widget, "transfers.pause-all", n_active > 0);
  gtk_widget_action_set_enabled (widget, "transfers.resume-all", n_paused > 0);
  gtk_widget_action_set_enabled (widget, "transfers.retry-failed", n_failed > 0);
  gtk_widget_action_set_enabled (widget, "transfers.show-failed", n_failed > 0);
  gtk_widget_set_visible (self->failed_button, n_failed > 0);
  gtk_widget_action_set_enabled (widget, "transfers.clear", n_items > n_active + n_paused + n_failed);
}

GtkWindow *
tl_transfer_panel_get_window (TlTransferPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);
  GFile *file;

  if (transfers->len != 1 || !has_file (transfers->pdata[0]))
    return;
  file = tl_transfer_get_local (transfers->pdata[0]);
  if (g_str_equal (name, "transfers.open"))
    tl_show_file_open (file, tl_transfer_panel_get_window (self));
  else
    tl_show_file_in_folder (file, tl_transfer_panel_get_window (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);

  for (guint i = 0; i < transfers->len; i++)
    tl_transfer_queue_cancel (self->queue, transfers->pdata[i]);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);

  tl_transfer_queue_remove (self->queue, transfers);
}

/* The key: what is over leaves the list, what is not is given up. */
static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);
  g_autoptr (GPtrArray) going = g_ptr_array_new ();

  /* Cancelling is over at once for one that waits, which would then leave the list too. */
  for (guint i = 0; i < transfers->len; i++)
    if (!tl_transfer_is_over (transfers->pdata[i]))
      g_ptr_array_add (going, transfers->pdata[i]);
  if (transfers->len > going->len)
    tl_transfer_queue_remove (self->queue, transfers);
  for (guint i = 0; i < going->len; i++)
    tl_transfer_queue_cancel (self->queue, going->pdata[i]);
}

static void
pause_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);
  const gboolean pauses = g_str_equal (name, "transfers.pause");

  for (guint i = 0; i < transfers->len; i++)
    if (pauses)
      tl_transfer_queue_pause (self->queue, transfers->pdata[i]);
    else
      tl_transfer_queue_resume (self->queue, transfers->pdata[i]);
}

static void
pause_all_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);

  if (g_str_equal (name, "transfers.pause-all"))
    tl_transfer_queue_pause (self->queue, NULL);
  else
    tl_transfer_queue_resume (self->queue, NULL);
}

static void
priority_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);

  tl_transfer_queue_set_priority (self->queue, transfers, g_variant_get_int32 (parameter));
}

static void
limit_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);

  for (guint i = 0; i < transfers->len; i++)
    tl_transfer_queue_set_limit (self->queue, transfers->pdata[i], (guint) g_variant_get_int32 (parameter));
}

/* They stay selected. */
static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);
  gboolean first = g_str_equal (name, "transfers.move-first");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  tl_transfer_queue_move (self->queue, transfers, first);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->selection), first ? 0 : n - transfers->len, transfers->len, TRUE);
  if (transfers->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", first ? 0 : n - 1);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GPtrArray) transfers = dup_selected (self);

  for (guint i = 0; i < transfers->len; i++)
    tl_transfer_queue_retry (self->queue, transfers->pdata[i]);
}

static void
retry_failed_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  guint n_more = 0;
  /* Not the folders that only tell of it: what was cancelled in them stays so. */
  g_autoptr (GPtrArray) failed = tl_transfer_queue_list_failed (self->queue, G_MAXUINT, &n_more);

  for (guint i = 0; i < failed->len; i++)
    tl_transfer_queue_retry (self->queue, failed->pdata[i]);
}

static void
cancel_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  tl_transfer_queue_cancel_all (TL_TRANSFER_PANEL (widget)->queue);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  tl_transfer_queue_clear (TL_TRANSFER_PANEL (widget)->queue, FALSE);
}

/* Each that failed with its sentence, however long the list is. */
static void
show_failed_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  guint n_more = 0;
  g_autoptr (GPtrArray) failed = tl_transfer_queue_list_failed (self->queue, MOST_FAILED, &n_more);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) store = g_list_store_new (TL_TYPE_FTP_FAILURE);

  for (guint i = 0; i < failed->len; i++)
    {
      g_autofree char *path = tl_transfer_dup_path_text (failed->pdata[i]);

      g_ptr_array_add (rows, tl_ftp_failure_new (path, tl_transfer_get_error (failed->pdata[i])));
    }
  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  tl_ftp_failures_show (widget, _("Not Transferred"), G_LIST_MODEL (store), n_more);
}

static void
copy_error_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  g_autoptr (GPtrArray) transfers = dup_selected (TL_TRANSFER_PANEL (widget));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < transfers->len; i++)
    {
      TlTransfer *transfer = transfers->pdata[i];

      if (tl_transfer_get_error (transfer) != NULL && tl_transfer_is_folder (transfer))
        {
          g_autofree char *failures = tl_transfer_queue_dup_failures (TL_TRANSFER_PANEL (widget)->queue, transfer);

          g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", tl_transfer_get_name (transfer), tl_transfer_get_error (transfer));
          if (*failures != '\0')
            g_string_append_printf (text, "\n%s", failures);
        }
      else if (tl_transfer_get_error (transfer) != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", tl_transfer_get_name (transfer), tl_transfer_get_error (transfer));
    }
  if (text->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static guint
find (TlTransferPanel *self,
      TlTransfer      *transfer)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlTransfer) there = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (there == transfer)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

void
tl_transfer_panel_pressed_cb (TlTransferPanel *self,
                              int              n_press,
                              double           x,
                              double           y,
                              GtkGestureClick *gesture)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *row = tl_widget_pick_row (view, x, y, TL_TYPE_TRANSFER_ROW);
  guint position;

  if (row == NULL)
    return;
  position = find (self, tl_transfer_row_get_transfer (TL_TRANSFER_ROW (row)));
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  tl_transfer_panel_update_actions (self);
  tl_widget_popup_row_menu (self->menu, view, x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (gtk_bitset_is_empty (selected))
    return;
  tl_transfer_panel_update_actions (self);
  tl_widget_popup_row_menu_at_focus (self->menu, GTK_WIDGET (self->view));
}

static void
add_shortcuts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "transfers.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_ALT_MASK, "transfers.move-first", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, GDK_ALT_MASK, "transfers.move-last", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "transfers.retry", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "transfers.copy-error", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "transfers.show", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "transfers.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "transfers.menu", NULL);
}

void
tl_transfer_panel_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "transfers.open", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "transfers.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "transfers.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "transfers.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "transfers.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "transfers.priority", "i", priority_action);
  gtk_widget_class_install_action (widget_class, "transfers.limit", "i", limit_action);
  gtk_widget_class_install_action (widget_class, "transfers.move-first", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "transfers.move-last", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "transfers.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "transfers.resume", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "transfers.pause-all", NULL, pause_all_action);
  gtk_widget_class_install_action (widget_class, "transfers.resume-all", NULL, pause_all_action);
  gtk_widget_class_install_action (widget_class, "transfers.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "transfers.copy-error", NULL, copy_error_action);
  gtk_widget_class_install_action (widget_class, "transfers.cancel-all", NULL, cancel_all_action);
  gtk_widget_class_install_action (widget_class, "transfers.retry-failed", NULL, retry_failed_action);
  gtk_widget_class_install_action (widget_class, "transfers.show-failed", NULL, show_failed_action);
  gtk_widget_class_install_action (widget_class, "transfers.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "transfers.menu", NULL, menu_action);
  add_shortcuts (widget_class);
}
