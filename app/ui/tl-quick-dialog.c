/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a quick send is written. */
#include "tl-quick-dialog.h"

#include "tl-composer-text.h"
#include "tl-format-options.h"
#include "tl-message-entry.h"
#include "tl-message-text.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TlQuickDialog
{
  AdwWindow        parent_instance;

  AdwEntryRow     *name;
  AdwEntryRow     *group;
  GtkMenuButton   *groups_button;
  TlFormatOptions *format;
  TlMessageEntry  *text;
  GtkLabel        *verdict;
  AdwComboRow     *shortcut;
  GtkAdjustment   *period;

  TlQuickSends    *sends;
  TlQuickSend     *send;       /* (nullable): the one that is changed */
  TlQuickSend     *draft;
};

G_DEFINE_FINAL_TYPE (TlQuickDialog, tl_quick_dialog, ADW_TYPE_WINDOW)

static void
say (TlQuickDialog *self,
     const char    *sentence,
     gboolean       is_error)
{
  gtk_label_set_label (self->verdict, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "error");
}

/* What is wrong and where, or what will be sent. */
static void
changed_cb (TlQuickDialog *self)
{
  g_autofree char *text = NULL;
  g_autofree char *described = NULL;
  g_autofree char *preview = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPayloadPlan) plan = NULL;
  gsize position = 0;

  if (!self->draft)
    return;

  text = tl_message_entry_dup_text (self->text);
  g_object_set (self->draft, "text", text, "payload", tl_format_options_get_payload (self->format), NULL);
  g_object_set (self->text, "monospace", tl_quick_send_get_payload (self->draft)->mode != TL_PAYLOAD_TEXT, NULL);
  plan = tl_payload_plan_new (tl_quick_send_get_payload (self->draft), text, NULL, &position, &error);
  tl_message_entry_mark (self->text, error ? position : 0);
  bytes = error ? NULL : tl_payload_maker_make (tl_quick_send_get_maker (self->draft), &error);
  described = bytes ? tl_composer_describe_preview (tl_quick_send_get_payload (self->draft), bytes) : NULL;
  preview = described ? tl_message_text_for_widget (GTK_WIDGET (self), described) : NULL;
  say (self, error ? error->message : preview, error != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quick-dialog.save", bytes && g_bytes_get_size (bytes) > 0);
}

static void
insert_cb (TlQuickDialog *self,
           const char    *macro)
{
  tl_message_entry_insert (self->text, macro);
}

static void
group_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (TL_QUICK_DIALOG (widget)->group), g_variant_get_string (parameter, NULL));
}

/* The first characters of @text, and no more than there may be. */
static char *
dup_bounded (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), TL_QUICK_SEND_MAX_NAME));
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TlQuickDialog *self = TL_QUICK_DIALOG (widget);
  g_autofree char *name = dup_bounded (self->name);
  g_autofree char *group = dup_bounded (self->group);
  TlQuickSend *target = self->send ? self->send : self->draft;

  changed_cb (self);
  if (tl_quick_send_get_error (self->draft))
    return;
  if (strlen (tl_quick_send_get_text (self->draft)) > TL_QUICK_SEND_MAX_TEXT)
    {
      say (self, _("The text is longer than 1 MiB; send it as a file."), TRUE);
      return;
    }

  g_object_set (target, "name", name, "text", tl_quick_send_get_text (self->draft),
                "payload", tl_quick_send_get_payload (self->draft), "shortcut", adw_combo_row_get_selected (self->shortcut),
                "period", (guint) gtk_adjustment_get_value (self->period), "group", group, NULL);
  if (!self->send && !tl_quick_sends_add (self->sends, target))
    {
      say (self, _("There are too many quick sends. Delete some first."), TRUE);
      return;
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (TlQuickDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "quick-dialog.save", NULL);
}

static void
fill_groups (TlQuickDialog *self)
{
  g_auto (GStrv) groups = tl_quick_sends_dup_groups (self->sends);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; groups[i]; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (!*groups[i])
        continue;
      item = g_menu_item_new (groups[i], NULL);
      g_menu_item_set_action_and_target (item, "quick-dialog.group", "s", groups[i]);
      g_menu_append_item (menu, item);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->groups_button), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
  gtk_menu_button_set_menu_model (self->groups_button, G_MENU_MODEL (menu));
}

static void
fill_shortcuts (TlQuickDialog *self)
{
  g_autoptr (GtkStringList) shortcuts = gtk_string_list_new (NULL);

  gtk_string_list_append (shortcuts, C_("shortcut", "None"));
  for (guint i = 1; i <= 9; i++)
    {
      TlQuickSend *owner = tl_quick_sends_find_shortcut (self->sends, i);
      g_autofree char *key = g_strdup_printf (_("Ctrl+%u"), i);
      /* Translators: a shortcut, and the quick send that has it now */
      g_autofree char *taken = owner && owner != self->send ? g_strdup_printf (_("%s, now of “%s”"), key, tl_quick_send_get_name (owner)) : NULL;

      gtk_string_list_append (shortcuts, taken ? taken : key);
    }
  adw_combo_row_set_model (self->shortcut, G_LIST_MODEL (shortcuts));
}

static void
tl_quick_dialog_dispose (GObject *object)
{
  TlQuickDialog *self = TL_QUICK_DIALOG (object);

  g_clear_object (&self->sends);
  g_clear_object (&self->send);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (tl_quick_dialog_parent_class)->dispose (object);
}

static void
tl_quick_dialog_class_init (TlQuickDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_quick_dialog_dispose;
  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  g_type_ensure (TL_TYPE_MESSAGE_ENTRY);
  gtk_widget_class_install_action (widget_class, "quick-dialog.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "quick-dialog.group", "s", group_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, group);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, groups_button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, format);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, text);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, verdict);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, shortcut);
  gtk_widget_class_bind_template_child (widget_class, TlQuickDialog, period);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
tl_quick_dialog_init (TlQuickDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_quick_dialog_new (TlQuickSends *sends,
                     TlQuickSend  *send)
{
  TlQuickDialog *self = g_object_new (TL_TYPE_QUICK_DIALOG, NULL);
  g_autoptr (TlQuickSend) draft = send ? tl_quick_send_copy (send) : tl_quick_send_new ();

  self->sends = g_object_ref (sends);
  if (send && tl_quick_sends_has (sends, send))
    self->send = g_object_ref (send);
  gtk_window_set_title (GTK_WINDOW (self), self->send ? _("Edit Quick Send") : _("New Quick Send"));
  fill_groups (self);
  fill_shortcuts (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name), tl_quick_send_get_name (draft));
  gtk_editable_set_text (GTK_EDITABLE (self->group), tl_quick_send_get_group (draft));
  tl_format_options_set_payload (self->format, tl_quick_send_get_payload (draft));
  tl_message_entry_set_text (self->text, tl_quick_send_get_text (draft));
  adw_combo_row_set_selected (self->shortcut, tl_quick_send_get_shortcut (draft));
  gtk_adjustment_set_value (self->period, tl_quick_send_get_period (draft));
  self->draft = g_steal_pointer (&draft);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}
