/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The highlight rules of the program, kept in its settings. */

#include "tl-highlight-home.h"

#define KEY "highlight-rules"
/* Who types a pattern does not write the settings at each key. */
#define SAVE_MS 400

static TlHighlightRules *rules;
static GSettings *settings;
static guint save_id;

static void
save (void)
{
  g_autoptr (GVariant) variant = tl_highlight_rules_serialize (rules);
  g_autoptr (GVariant) kept = g_settings_get_value (settings, KEY);

  if (!g_variant_equal (variant, kept))
    g_settings_set_value (settings, KEY, variant);
}

static void
save_cb (gpointer unused)
{
  save_id = 0;
  save ();
}

static void
changed_cb (void)
{
  if (save_id == 0)
    save_id = g_timeout_add_once (SAVE_MS, save_cb, NULL);
}

/* Another window of the desktop, or a person with dconf, has written them. */
static void
settings_changed_cb (void)
{
  g_autoptr (GVariant) variant = tl_highlight_rules_serialize (rules);
  g_autoptr (GVariant) kept = g_settings_get_value (settings, KEY);

  if (save_id == 0 && !g_variant_equal (variant, kept))
    tl_highlight_rules_restore (rules, kept);
}

TlHighlightRules *
tl_highlight_home_get (void)
{
  if (rules == NULL)
    rules = tl_highlight_rules_new ();
  return rules;
}

void
tl_highlight_home_start (GSettings *from)
{
  g_autoptr (GVariant) kept = NULL;

  g_return_if_fail (G_IS_SETTINGS (from));
  g_return_if_fail (settings == NULL);

  settings = g_object_ref (from);
  kept = g_settings_get_value (settings, KEY);
  tl_highlight_rules_restore (tl_highlight_home_get (), kept);
  g_signal_connect (rules, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (settings, "changed::" KEY, G_CALLBACK (settings_changed_cb), NULL);
}

void
tl_highlight_home_close (void)
{
  if (settings != NULL)
    {
      g_clear_handle_id (&save_id, g_source_remove);
      save ();
      g_signal_handlers_disconnect_by_func (settings, settings_changed_cb, NULL);
    }
  g_clear_object (&settings);
  g_clear_object (&rules);
}
