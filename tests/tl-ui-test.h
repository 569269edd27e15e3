/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of widgets share: a display or a skip, the style sheet, waiting, pictures. */
#pragma once

#include "tl-test-wait.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

/* What a library allocates as it is loaded is its own: GLib lets go of its first table of quarks, on purpose, when a second one is needed,
 * and a whole window needs it. The leak checker sees no stack beyond g_malloc() there, so that a suppression could not name it. */
static void (*const tl_ui_test_before_libraries) (void) __attribute__ ((section (".preinit_array"), used)) = __lsan_disable;

__attribute__ ((constructor)) static void
tl_ui_test_after_libraries (void)
{
  __lsan_enable ();
}
#endif

typedef gboolean (*TlUiTestCondition) (gpointer data);

static char *tl_ui_test_data;

static inline void
tl_ui_test_remove_data (void)
{
  const char *command[] = { "rm", "-rf", tl_ui_test_data, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_pointer (&tl_ui_test_data, g_free);
}

/* Bookmarks and the history are the test's own, not those of one that runs at the same time or did before. */
static inline void
tl_ui_test_make_data (void)
{
  tl_ui_test_data = g_dir_make_tmp ("tonglu-data-XXXXXX", NULL);
  g_assert_nonnull (tl_ui_test_data);
  g_setenv ("XDG_DATA_HOME", tl_ui_test_data, TRUE);
  atexit (tl_ui_test_remove_data);
}

/* Call first in main(). Without a display the program ends here and the test counts as skipped. */
static inline void
tl_ui_test_init (int    *argc,
                 char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  g_test_init (argc, argv, NULL);
  tl_ui_test_make_data ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      exit (0);
    }
  adw_init ();
  /* GTK 4.8 warns of a cursor that blinks in a selection, when a field has been given the focus and its text in one turn. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/tonglu/Tonglu/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/tonglu/Tonglu/icons");
}

/* Runs the main loop until @condition holds; fails, naming @awaited, when it does not within the deadline. */
static inline void
tl_ui_test_wait (TlUiTestCondition condition,
                 gpointer          data,
                 const char       *awaited)
{
  test_wait_for (condition (data), awaited);
}

static inline void
tl_ui_test_frame_cb (GdkFrameClock *clock,
                     gpointer       data)
{
  ++*(guint *) data;
}

/* Runs the main loop until the window of @widget has been painted @frames more times, so that layout has settled. */
static inline void
tl_ui_test_frames (GtkWidget *widget,
                   guint      frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint seen = 0;
  gulong handler;

  g_assert_nonnull (clock);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (tl_ui_test_frame_cb), &seen);
  test_wait_for ((gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT), seen >= frames), "frames to be painted");
  g_signal_handler_disconnect (clock, handler);
}

/* Until nothing is left to be done at once: idle sources come after frames, and what can be done is decided in one. */
static inline void
tl_ui_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline gboolean
tl_ui_test_is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

/* The same of a popover that was popped up. It wants the pointer: while another test on the same display has that, GTK leaves it visible and not mapped, and it
 * is shown again. */
static inline gboolean
tl_ui_test_is_popped_up (gpointer data)
{
  if (!gtk_widget_get_mapped (data) && gtk_widget_get_visible (data))
    {
      gtk_widget_set_visible (data, FALSE);
      gtk_widget_set_visible (data, TRUE);
    }
  return gtk_widget_get_mapped (data);
}

/* A presented window of that size with @child in it; gtk_window_destroy() it. */
static inline GtkWidget *
tl_ui_test_window (GtkWidget *child,
                   int        width,
                   int        height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, child, "the window to be mapped");
  tl_ui_test_frames (window, 3);
  return window;
}

static inline void
tl_ui_test_set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* Paints @widget (a mapped window, or a part of one) into <build>/tests/screenshots/@name.png. */
static inline void
tl_ui_test_screenshot (GtkWidget  *widget,
                       const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "screenshots", NULL);
  g_autofree char *file = g_strconcat (folder, "/", name, ".png", NULL);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  tl_ui_test_frames (widget, 2);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, file));
}

/* Activates @action of @widget as soon as it can be done: what can be is decided when all else has settled. */
static inline void
tl_ui_test_act (GtkWidget  *widget,
                const char *action)
{
  GtkWidget *button = gtk_button_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, widget);
  tl_ui_test_frames (widget, 3);
  test_wait_for (gtk_widget_get_sensitive (button), action);
  gtk_widget_unparent (button);
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

/* Whether a label that is shown in @widget has @part in its text. */
static inline gboolean
tl_ui_test_shows (GtkWidget  *widget,
                  const char *part)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (tl_ui_test_shows (child, part))
      return TRUE;
  return FALSE;
}

/* The first widget of that type at or below @widget, or NULL; also where nothing was found before. */
static inline GtkWidget *
tl_ui_test_find (GtkWidget *widget,
                 GType      type)
{
  if (widget == NULL || g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = tl_ui_test_find (child, type);

      if (found)
        return found;
    }
  return NULL;
}
