/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: links on its command line, its actions, and the windows that it opens. */

#include "tl-application.h"

#include "tl-ftp-edit.h"
#include "tl-ftp-home.h"
#include "tl-ftp-saved.h"
#include "tl-ftp-temporary.h"
#include "tl-share-home.h"
#include "tl-highlight-home.h"
#include "tl-history-home.h"
#include "tl-quick-home.h"
#include "tl-history-window.h"
#include "tl-preferences.h"
#include "tl-recording.h"
#include "tl-saved-sessions.h"
#include "tl-transfer-home.h"
#include "tl-widget.h"
#include "tl-window.h"

#include <glib/gi18n-lib.h>

/* As long as a server is waited for (tl-linger.c). */
#define MOST_US (5 * G_USEC_PER_SEC)

struct _TlApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  GtkWidget *history;    /* weak; NULL: it is not open */
};

G_DEFINE_FINAL_TYPE (TlApplication, tl_application, ADW_TYPE_APPLICATION)

/* Installed under a prefix of its own, the program's schema is where GLib does not look. (transfer full) (nullable) */
static GSettingsSchema *
dup_settings_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = source ? g_settings_schema_source_lookup (source, TL_APPLICATION_ID, TRUE) : NULL;
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (schema)
    return schema;

  own = g_settings_schema_source_new_from_directory (TL_DATADIR "/glib-2.0/schemas", source, FALSE, NULL);

  return own ? g_settings_schema_source_lookup (own, TL_APPLICATION_ID, TRUE) : NULL;
}

static TlWindow *
get_window (TlApplication *self)
{
  /* The last used first. */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (TL_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
about_cb (GSimpleAction *action,
          GVariant *parameter,
          gpointer user_data)
{
  TlApplication *self = TL_APPLICATION (user_data);
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  adw_show_about_window (parent,
                         "application-name", _("Tonglu"),
                         "application-icon", TL_APPLICATION_ID,
                         "version", TL_VERSION,
                         "developer-name", _("The Tonglu authors"),
                         "comments", _("A network workbench: talk over UDP and TCP, browse FTP servers, and see every byte."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  TlApplication *self = TL_APPLICATION (user_data);
  GtkWidget *preferences = tl_preferences_new (self->settings);

  gtk_window_set_transient_for (GTK_WINDOW (preferences),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  tl_widget_fit_window (GTK_WINDOW (preferences));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
history_cb (GSimpleAction *action,
            GVariant *parameter,
            gpointer user_data)
{
  TlApplication *self = TL_APPLICATION (user_data);
  g_autofree char *name = g_settings_get_string (self->settings, "charset");
  TlCharset charset = TL_CHARSET_UTF_8;

  if (!self->history)
    {
      tl_charset_from_name (name, &charset);
      g_set_weak_pointer (&self->history, tl_history_window_new (tl_history_home_get (), charset));
      g_settings_bind (self->settings, "history-collapse", tl_history_window_get_log (TL_HISTORY_WINDOW (self->history)), "collapse",
                       G_SETTINGS_BIND_DEFAULT);
      gtk_window_set_application (GTK_WINDOW (self->history), GTK_APPLICATION (self));
    }
  gtk_window_present (GTK_WINDOW (self->history));
}

static void
new_window_cb (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  TlApplication *self = TL_APPLICATION (user_data);

  gtk_window_present (GTK_WINDOW (tl_window_new (self)));
}

/* Each window asks for itself; those that have nothing open are gone at once. */
static void
quit_cb (GSimpleAction *action,
         GVariant *parameter,
         gpointer user_data)
{
  TlApplication *self = TL_APPLICATION (user_data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l; l = l->next)
    if (TL_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "history", .activate = history_cb },
  { .name = "new-window", .activate = new_window_cb },
  { .name = "quit", .activate = quit_cb },
};

static const struct {
  const char *action;
  const char *accelerators[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.history", { "<Control><Shift>h" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.new-folder", { "<Control><Shift>n" } },
  { "win.new-session", { "<Control>t", "<Control>n" } },
  { "win.close-tab", { "<Control>w" } },
  { "win.move-tab", { "<Control><Shift>m" } },
  { "win.open-link", { "<Control>o" } },
  { "win.show-page::udp", { "<Alt>1" } },
  { "win.show-page::tcp", { "<Alt>2" } },
  { "win.show-page::ftp", { "<Alt>3" } },
  { "win.menu", { "F10" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

static gint
tl_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", _("Tonglu"), TL_VERSION);
      return 0;
    }

  /* GTK would end the program with a line of its own, which helps nobody. */
  if (!gtk_init_check ())
    {
      g_printerr ("%s\n%s\n",
                  _("There is no display to show the window on (neither Wayland nor X11)."),
                  _("To use Tonglu in a browser on this machine, start it with: app/run --web"));
      return 1;
    }

  schema = dup_settings_schema ();
  if (!schema)
    {
      g_printerr (_("The settings schema %s is not installed: install the program with meson install, or start it with app/run.\n"),
                  TL_APPLICATION_ID);
      return 1;
    }

  return -1;
}

/* All links are checked before the first is opened: a typing error in the third leaves nothing half done. */
static gboolean
check_links (GApplicationCommandLine *command_line,
             const char *const *links,
             TlWindow *window)
{
  for (guint i = 0; links && links[i]; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;

      if (tl_window_check_link (links[i], &error))
        continue;

      shown = tl_ftp_link_dup_shown (links[i]);
      g_application_command_line_printerr (command_line, "%s: %s\n", shown, error->message);
      if (window)
        tl_window_toast (window, error->message);
      return FALSE;
    }

  return TRUE;
}

static int
tl_application_command_line (GApplication *application,
                             GApplicationCommandLine *command_line)
{
  TlApplication *self = TL_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **links = NULL;
  TlWindow *window = get_window (self);

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &links);
  if (!check_links (command_line, links, window))
    return 1;

  if (!window)
    {
      window = tl_window_new (self);
      if (!links && g_settings_get_boolean (self->settings, "restore-sessions"))
        tl_window_offer_saved_sessions (window);
      tl_window_offer_transfers (window);
      tl_window_offer_edits (window);
    }

  for (guint i = 0; links && links[i]; i++)
    tl_window_open_link (window, links[i], NULL);

  gtk_window_present (GTK_WINDOW (window));

  return 0;
}

static void
tl_application_startup (GApplication *application)
{
  TlApplication *self = TL_APPLICATION (application);
  g_autoptr (GSettingsSchema) schema = dup_settings_schema ();

  G_APPLICATION_CLASS (tl_application_parent_class)->startup (application);

  self->settings = g_settings_new_full (schema, NULL, NULL);
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), TL_DATADIR "/icons");
  gtk_window_set_default_icon_name (TL_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].accelerators);
  tl_transfer_home_start (self->settings);
  tl_ftp_temporary_clean_async (NULL, NULL, NULL);
  tl_highlight_home_start (self->settings);
  tl_history_home_start (self->settings);
}

/* The history alone is not the program. */
static void
tl_application_window_removed (GtkApplication *application,
                               GtkWindow *window)
{
  TlApplication *self = TL_APPLICATION (application);

  GTK_APPLICATION_CLASS (tl_application_parent_class)->window_removed (application, window);
  if (TL_IS_WINDOW (window) && !get_window (self) && self->history)
    gtk_window_destroy (GTK_WINDOW (self->history));
}

/* The main loop has ended: what bookmarks and trust are still to be written is written now. */
static void
tl_application_shutdown (GApplication *application)
{
  tl_transfer_home_close ();
  tl_share_home_close ();
  tl_ftp_home_close ();
  tl_quick_home_close ();
  tl_highlight_home_close ();
  tl_history_home_close ();
  tl_recording_wait_for_all ();
  tl_ftp_temporary_end ();
  if (!tl_ftp_edit_wait_for_all (MOST_US))
    g_printerr ("%s\n", _("The disk with the copies of edited files did not answer. What was saved and not uploaded is offered at the next start."));

  G_APPLICATION_CLASS (tl_application_parent_class)->shutdown (application);
}

static void
tl_application_dispose (GObject *object)
{
  TlApplication *self = TL_APPLICATION (object);

  g_clear_weak_pointer (&self->history);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tl_application_parent_class)->dispose (object);
}

static void
tl_application_class_init (TlApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = tl_application_dispose;
  application_class->handle_local_options = tl_application_handle_local_options;
  application_class->command_line = tl_application_command_line;
  application_class->startup = tl_application_startup;
  application_class->shutdown = tl_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = tl_application_window_removed;
}

static void
tl_application_init (TlApplication *self)
{
  static const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[LINK…]") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("A network workbench: UDP chat, TCP server and client, FTP browser."));
  g_application_set_option_context_description (
      G_APPLICATION (self),
      _("Links open sessions at once:\n"
        "  udp://127.0.0.1:7855?local=0.0.0.0:7856    chat with a UDP peer\n"
        "  udp://?local=127.0.0.1:7855&reply=hello    a UDP server that answers\n"
        "  tcp-listen://0.0.0.0:8899?reply=@echo      a TCP server that echoes\n"
        "  tcp://127.0.0.1:8899                       a TCP client\n"
        "  ftp://ftp.example.org/pub/                 an FTP server; also ftps:// and ftpes://\n"));
}

TlApplication *
tl_application_new (void)
{
  return g_object_new (TL_TYPE_APPLICATION,
                       "application-id", TL_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/org/tonglu/Tonglu",
                       NULL);
}

GSettings *
tl_application_get_settings (TlApplication *self)
{
  g_return_val_if_fail (TL_IS_APPLICATION (self), NULL);

  return self->settings;
}

GtkWindow *
tl_application_find_other_window (GtkWindow *window)
{
  GtkApplication *application;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  application = gtk_window_get_application (window);
  for (GList *l = application ? gtk_application_get_windows (application) : NULL; l; l = l->next)
    if (l->data != window && G_OBJECT_TYPE (l->data) == G_OBJECT_TYPE (window))
      return l->data;

  return NULL;
}
