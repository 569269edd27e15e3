/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: each row is bound to a key of the settings. */

#include "tl-preferences.h"

#include "tl-charset.h"

#include <glib/gi18n-lib.h>

struct _TlPreferences
{
  AdwPreferencesWindow parent_instance;

  GtkSwitch *enter_sends;
  GtkSwitch *restore_sessions;
  AdwComboRow *charset;
  GtkSpinButton *log_megabytes;
  GtkSpinButton *log_messages;
  GtkSwitch *history;
  GtkSpinButton *history_days;
  GtkSpinButton *history_megabytes;
  GtkSpinButton *ftp_parallel;
  GtkSpinButton *ftp_parallel_most;
  GtkSwitch *ftp_continue;
  GtkSpinButton *ftp_download_limit;
  GtkSpinButton *ftp_upload_limit;
  GtkSwitch *ftp_hashes;
};

G_DEFINE_FINAL_TYPE (TlPreferences, tl_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static gboolean
charset_to_selected (GValue *value,
                     GVariant *variant,
                     gpointer user_data)
{
  TlCharset charset = TL_CHARSET_UTF_8;

  tl_charset_from_name (g_variant_get_string (variant, NULL), &charset);
  g_value_set_uint (value, charset);

  return TRUE;
}

static GVariant *
selected_to_charset (const GValue *value,
                     const GVariantType *type,
                     gpointer user_data)
{
  return g_variant_new_string (tl_charset_get_name (g_value_get_uint (value)));
}

static void
tl_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_PREFERENCES);

  G_OBJECT_CLASS (tl_preferences_parent_class)->dispose (object);
}

static void
tl_preferences_class_init (TlPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, enter_sends);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, restore_sessions);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, charset);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, log_megabytes);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, log_messages);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, history);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, history_days);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, history_megabytes);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_parallel);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_parallel_most);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_continue);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_download_limit);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_upload_limit);
  gtk_widget_class_bind_template_child (widget_class, TlPreferences, ftp_hashes);
}

static void
tl_preferences_init (TlPreferences *self)
{
  g_autoptr (GtkStringList) names = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < TL_N_CHARSETS; i++)
    gtk_string_list_append (names, tl_charset_get_name (i));
  adw_combo_row_set_model (self->charset, G_LIST_MODEL (names));
}

GtkWidget *
tl_preferences_new (GSettings *settings)
{
  TlPreferences *self = g_object_new (TL_TYPE_PREFERENCES, NULL);

  g_settings_bind (settings, "enter-sends", self->enter_sends, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "restore-sessions", self->restore_sessions, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "log-megabytes", self->log_megabytes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "log-messages", self->log_messages, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "history", self->history, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "history-days", self->history_days, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "history-megabytes", self->history_megabytes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-parallel", self->ftp_parallel, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-parallel-most", self->ftp_parallel_most, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-download-limit", self->ftp_download_limit, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-upload-limit", self->ftp_upload_limit, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-hashes", self->ftp_hashes, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ftp-continue", self->ftp_continue, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "charset", self->charset, "selected", G_SETTINGS_BIND_DEFAULT,
                                charset_to_selected, selected_to_charset, NULL, NULL);

  return GTK_WIDGET (self);
}
