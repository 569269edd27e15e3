/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Permissions of remote files: nine boxes and the octal number, each of which follows the other. */

#include "tl-ftp-permissions-dialog.h"

#include "tl-ftp-mode.h"

#include <glib/gi18n-lib.h>

#define N_BITS 9

typedef struct {
  AdwMessageDialog *dialog;
  GtkCheckButton   *bits[N_BITS];
  GtkEntry         *octal;
  GtkLabel         *text;
  int               mode;       /* of what is chosen now, -1: no number */
  gboolean          syncing;
  TlFtpModeFunc     func;
  gpointer          user_data;
  GDestroyNotify    destroy;
} Permissions;

static void
permissions_free (gpointer  data,
                  GClosure *closure)
{
  Permissions *self = data;

  if (self->destroy)
    self->destroy (self->user_data);
  g_free (self);
}

static void
show_mode (Permissions *self)
{
  g_autofree char *text = self->mode < 0 ? NULL : tl_ftp_mode_to_text (self->mode);

  gtk_label_set_label (self->text, text ? text : _("Three or four digits from 0 to 7, such as 644"));
  /* Several that differ begin without a mode, which is no mistake. */
  if (text || *gtk_editable_get_text (GTK_EDITABLE (self->octal)) == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->octal), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->octal), "error");
  adw_message_dialog_set_response_enabled (self->dialog, "apply", text != NULL);
}

static void
octal_changed_cb (GtkEditable *editable,
                  gpointer     user_data)
{
  Permissions *self = user_data;

  if (self->syncing)
    return;
  self->mode = tl_ftp_mode_parse (gtk_editable_get_text (editable));
  self->syncing = TRUE;
  for (guint i = 0; self->mode >= 0 && i < N_BITS; i++)
    gtk_check_button_set_active (self->bits[i], (self->mode & (0400 >> i)) != 0);
  self->syncing = FALSE;
  show_mode (self);
}

static void
bit_toggled_cb (GtkCheckButton *button,
                gpointer        user_data)
{
  Permissions *self = user_data;
  g_autofree char *octal = NULL;

  if (self->syncing)
    return;
  /* The special bits have no box: they stay as the number has them. */
  self->mode = self->mode < 0 ? 0 : self->mode & 07000;
  for (guint i = 0; i < N_BITS; i++)
    if (gtk_check_button_get_active (self->bits[i]))
      self->mode |= 0400 >> i;
  octal = tl_ftp_mode_to_octal (self->mode);
  self->syncing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->octal), octal);
  self->syncing = FALSE;
  show_mode (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Permissions *self = user_data;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  self->func (g_str_equal (response, "apply") ? self->mode : -1, self->user_data);
}

static void
add_boxes (Permissions *self,
           GtkGrid     *grid)
{
  const char *const who[] = { _("Owner"), _("Group"), _("Others") };
  const char *const what[] = { _("Read"), _("Write"), _("Execute") };

  for (int row = 0; row < 3; row++)
    {
      GtkWidget *label = gtk_label_new (who[row]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_grid_attach (grid, label, 0, row, 1, 1);
      for (int column = 0; column < 3; column++)
        {
          GtkWidget *box = gtk_check_button_new_with_label (what[column]);
          /* Translators: who and what, for a screen reader: “Owner: Read” */
          g_autofree char *name = g_strdup_printf (_("%s: %s"), who[row], what[column]);

          gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
          g_signal_connect (box, "toggled", G_CALLBACK (bit_toggled_cb), self);
          gtk_grid_attach (grid, box, 1 + column, row, 1, 1);
          self->bits[row * 3 + column] = GTK_CHECK_BUTTON (box);
        }
    }
}

static void
add_number (Permissions *self,
            GtkGrid     *grid)
{
  GtkWidget *label = gtk_label_new (_("Octal"));
  GtkWidget *octal = gtk_entry_new ();
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (octal), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (octal), 6);
  gtk_entry_set_max_length (GTK_ENTRY (octal), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (octal), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Octal"), -1);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (text), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 20);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_grid_attach (grid, label, 0, 3, 1, 1);
  gtk_grid_attach (grid, octal, 1, 3, 1, 1);
  gtk_grid_attach (grid, text, 2, 3, 2, 1);
  self->octal = GTK_ENTRY (octal);
  self->text = GTK_LABEL (text);
  g_signal_connect (octal, "changed", G_CALLBACK (octal_changed_cb), self);
  gtk_entry_set_activates_default (GTK_ENTRY (octal), TRUE);
}

static GtkWidget *
make_grid (Permissions *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_halign (grid, GTK_ALIGN_CENTER);
  add_boxes (self, GTK_GRID (grid));
  add_number (self, GTK_GRID (grid));

  return grid;
}

GtkWidget *
tl_ftp_permissions_dialog_ask (GtkWidget      *parent,
                               const char     *name,
                               guint           n_entries,
                               int             mode,
                               TlFtpModeFunc   func,
                               gpointer        user_data,
                               GDestroyNotify  destroy)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  Permissions *self = g_new0 (Permissions, 1);
  g_autofree char *octal = mode < 0 ? g_strdup ("") : tl_ftp_mode_to_octal (mode);
  g_autofree char *several = g_strdup_printf (ngettext ("%u file or folder", "%u files and folders", n_entries), n_entries);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  self->mode = -1;
  adw_message_dialog_set_heading (self->dialog, _("Permissions"));
  adw_message_dialog_set_body_use_markup (self->dialog, FALSE);
  adw_message_dialog_set_body (self->dialog, n_entries == 1 ? name : several);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "apply", _("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "apply");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, make_grid (self));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, permissions_free, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->octal), octal);
  octal_changed_cb (GTK_EDITABLE (self->octal), self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (self->octal));

  return dialog;
}
