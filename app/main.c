/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door: the locale, then the application. */

#include "tl-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

/* The language that the environment asks for, in gettext's order. */
static const char *
wanted_language (void)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value && *value)
        return value;
    }

  return "";
}

/* Where a locale is not installed, setlocale() leaves "C", for which gettext translates nothing, whatever LANGUAGE says. C.UTF-8 is always
 * there, and with it LANGUAGE is enough. */
static void
set_up_locale (void)
{
  const char *messages;
  const char *localedir = g_getenv ("TONGLU_LOCALEDIR");

  if (!setlocale (LC_ALL, ""))
    {
      g_autofree char *language = g_strdup (wanted_language ());

      language[strcspn (language, ".@")] = '\0';
      setlocale (LC_ALL, "C.UTF-8");
      if (*language)
        g_setenv ("LANGUAGE", language, FALSE);
    }

  messages = setlocale (LC_MESSAGES, NULL);
  if (g_getenv ("LANGUAGE") && (g_str_equal (messages, "C") || g_str_equal (messages, "POSIX")))
    {
      setlocale (LC_CTYPE, "C.UTF-8");
      setlocale (LC_MESSAGES, "C.UTF-8");
    }

  /* Where the locale is not Chinese but the language is, Fontconfig would pick Japanese shapes of the Han characters. */
  if (g_str_has_prefix (wanted_language (), "zh_CN") || g_str_equal (wanted_language (), "zh"))
    g_setenv ("FC_LANG", "zh-cn", FALSE);

  /* It would ask the environment again, undo this, and warn of a locale that is not there. */
  gtk_disable_setlocale ();

  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : TL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Without a session bus nothing can read the window aloud, and GTK would warn of the missing bus at each start: over ssh, say. */
static void
set_up_accessibility (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  g_autofree char *launcher = g_find_program_in_path ("dbus-launch");

  if (!g_getenv ("DBUS_SESSION_BUS_ADDRESS") && !g_file_test (bus, G_FILE_TEST_EXISTS) && !launcher)
    g_setenv ("GTK_A11Y", "none", FALSE);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (TlApplication) application = NULL;

  /* A limit on the size of files is an error of the one who writes, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);
  set_up_locale ();
  set_up_accessibility ();
  g_set_application_name (_("Tonglu"));

  application = tl_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
