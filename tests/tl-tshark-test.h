/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tshark makes of a capture file. */
#pragma once

#include <gio/gio.h>
#include <string.h>

G_GNUC_UNUSED static char *
run_tshark (const char *file,
            ...)
{
  static const char *const checks[] = { "ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE" };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  char *output = NULL;
  const char *argument;
  int status;
  va_list args;

  g_ptr_array_add (arguments, (char *) "tshark");
  g_ptr_array_add (arguments, (char *) "-r");
  g_ptr_array_add (arguments, (char *) file);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_ptr_array_add (arguments, (char *) "-o");
      g_ptr_array_add (arguments, (char *) checks[i]);
    }
  va_start (args, file);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (char *) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);

  g_assert_true (g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error));
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("tshark: %s %s", error->message, errors);
  return output;
}

/* Nothing that tshark would warn of. */
G_GNUC_UNUSED static void
assert_clean (const char *file)
{
  g_autofree char *bad = run_tshark (file, "-Y",
                                     "_ws.malformed || _ws.short || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0"
                                     " || _ws.expert.severity >= 6291456", NULL);

  g_assert_cmpstr (bad, ==, "");
}

/* The hex digits of what tshark says that one side of a stream sent. (transfer full) */
G_GNUC_UNUSED static char *
dup_followed (const char *path,
              const char *stream,
              gboolean    server)
{
  g_autofree char *tap = g_strconcat ("follow,tcp,raw,", stream, NULL);
  g_autofree char *output = run_tshark (path, "-q", "-z", tap, NULL);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  GString *all = g_string_new (NULL);
  gboolean begun = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "Node 1:"))
        begun = TRUE;
      else if (begun && !g_str_has_prefix (lines[i], "=") && g_str_has_prefix (lines[i], "\t") == server)
        g_string_append (all, g_strstrip (lines[i]));
    }
  return g_string_free (all, FALSE);
}
