/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a session's options. Its pages depend on the kind of the session, so that it is put together here. */

#include "tl-options-window.h"

#include "tl-closures.h"
#include "tl-framing-page.h"
#include "tl-multicast-page.h"
#include "tl-reply-page.h"
#include "tl-socket-page.h"
#include "tl-udp-session.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlOptionsWindow
{
  AdwPreferencesWindow parent_instance;

  TlSession *session;
  char      *problem;
};

enum {
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlOptionsWindow, tl_options_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
add_page (TlOptionsWindow *self,
          GtkWidget       *page,
          const char      *name)
{
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page), name);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
}

static void
title_changed_cb (TlOptionsWindow *self)
{
  g_autofree char *session_title = tl_session_dup_title (self->session);
  g_autofree char *title = g_strdup_printf (_("Options of %s"), session_title);

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
problem_changed_cb (TlOptionsWindow *self,
                    GParamSpec      *pspec,
                    TlSocketPage    *page)
{
  g_free (self->problem);
  g_object_get (page, "problem", &self->problem, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
tl_options_window_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_string (value, TL_OPTIONS_WINDOW (object)->problem);
}

/* Closed, it takes a text that could not be used with it, and the session keeps what it had. Told here: what is notified while an object is
 * disposed of reaches nobody. */
static void
tl_options_window_unmap (GtkWidget *widget)
{
  TlOptionsWindow *self = TL_OPTIONS_WINDOW (widget);

  GTK_WIDGET_CLASS (tl_options_window_parent_class)->unmap (widget);
  if (self->problem == NULL)
    return;
  g_clear_pointer (&self->problem, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
tl_options_window_finalize (GObject *object)
{
  g_free (TL_OPTIONS_WINDOW (object)->problem);

  G_OBJECT_CLASS (tl_options_window_parent_class)->finalize (object);
}

static void
tl_options_window_dispose (GObject *object)
{
  g_clear_object (&TL_OPTIONS_WINDOW (object)->session);

  G_OBJECT_CLASS (tl_options_window_parent_class)->dispose (object);
}

static void
tl_options_window_class_init (TlOptionsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_options_window_get_property;
  object_class->dispose = tl_options_window_dispose;
  object_class->finalize = tl_options_window_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = tl_options_window_unmap;

  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_options_window_init (TlOptionsWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 620);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

GtkWidget *
tl_options_window_new (TlSession *session)
{
  TlOptionsWindow *self;
  GtkWidget *socket_page;
  TlKind kind;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_OPTIONS_WINDOW, NULL);
  self->session = g_object_ref (session);
  kind = tl_kind_of_session (session);
  socket_page = tl_socket_page_new (session);
  add_page (self, socket_page, "connection");
  g_signal_connect_object (socket_page, "notify::problem", G_CALLBACK (problem_changed_cb), self, G_CONNECT_SWAPPED);
  if (kind == TL_KIND_UDP)
    add_page (self, tl_multicast_page_new (TL_UDP_SESSION (session)), "multicast");
  add_page (self, tl_reply_page_new (tl_session_get_auto_reply (session)), "auto-reply");
  if (kind != TL_KIND_UDP)
    add_page (self, tl_framing_page_new (session), "framing");
  g_signal_connect_object (session, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
  title_changed_cb (self);
  return GTK_WIDGET (self);
}

void
tl_options_window_present (TlOptionsWindow *self,
                           GtkWidget       *parent,
                           const char      *name)
{
  g_return_if_fail (TL_IS_OPTIONS_WINDOW (self));

  if (name != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self), name);
  /* Each time: the page may have moved to another window. */
  tl_widget_present_over (GTK_WINDOW (self), parent != NULL ? gtk_widget_get_root (parent) : NULL);
}
