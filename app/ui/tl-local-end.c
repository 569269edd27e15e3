/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client's own end; a server and a UDP session have theirs in the bar. */

#include "tl-local-end.h"

#include "tl-host-entry.h"
#include "tl-port-entry.h"

#include <glib/gi18n-lib.h>

struct _TlLocalEnd
{
  GObject         parent_instance;

  TlSession      *session;
  TlCheckedEntry *host;
  TlCheckedEntry *port;
  char           *problem;
};

G_DEFINE_FINAL_TYPE (TlLocalEnd, tl_local_end, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
update_problem (TlLocalEnd *self)
{
  const char *host = tl_checked_entry_get_message (self->host);
  const char *port = tl_checked_entry_get_message (self->port);
  char *problem = NULL;

  /* Translators: the name of a field, and what is wrong with its content */
  if (host != NULL || !tl_checked_entry_get_valid (self->host))
    problem = g_strdup_printf (_("%s: %s"), _("Local address"), host != NULL ? host : _("it is not complete"));
  else if (port != NULL || !tl_checked_entry_get_valid (self->port))
    problem = g_strdup_printf (_("%s: %s"), _("Local port"), port != NULL ? port : _("it is not complete"));
  if (g_strcmp0 (self->problem, problem) == 0)
    {
      g_free (problem);
      return;
    }
  g_free (self->problem);
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
host_cb (TlLocalEnd  *self,
         GParamSpec  *pspec,
         TlHostEntry *entry)
{
  if (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)))
    g_object_set (self->session, "local-host", tl_host_entry_get_host (entry), NULL);
}

static void
port_cb (TlLocalEnd  *self,
         GParamSpec  *pspec,
         TlPortEntry *entry)
{
  if (tl_port_entry_get_port (entry) >= 0)
    g_object_set (self->session, "local-port", (guint) tl_port_entry_get_port (entry), NULL);
}

static void
host_pasted_cb (TlPortEntry *other,
                const char  *host,
                guint        port)
{
  tl_port_entry_set_port (other, port);
}

static void
port_pasted_cb (TlHostEntry *other,
                const char  *host,
                guint        port)
{
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (other), host);
}

static void
add_row (TlLocalEnd          *self,
         AdwPreferencesGroup *group,
         GPtrArray           *rows,
         const char          *subtitle,
         GtkWidget           *entry)
{
  g_autofree char *title = NULL;
  GtkWidget *row;

  g_object_get (entry, "label", &title, NULL);
  row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "use-markup", FALSE,
                      "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (entry, 8);
  gtk_widget_set_margin_bottom (entry, 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  g_signal_connect_object (entry, "notify::message", G_CALLBACK (update_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::valid", G_CALLBACK (update_problem), self, G_CONNECT_SWAPPED);
}

static void
tl_local_end_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, TL_LOCAL_END (object)->problem);
}

static void
tl_local_end_dispose (GObject *object)
{
  TlLocalEnd *self = TL_LOCAL_END (object);

  g_clear_object (&self->session);
  g_clear_object (&self->host);
  g_clear_object (&self->port);

  G_OBJECT_CLASS (tl_local_end_parent_class)->dispose (object);
}

static void
tl_local_end_finalize (GObject *object)
{
  g_free (TL_LOCAL_END (object)->problem);

  G_OBJECT_CLASS (tl_local_end_parent_class)->finalize (object);
}

static void
tl_local_end_class_init (TlLocalEndClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_local_end_get_property;
  object_class->dispose = tl_local_end_dispose;
  object_class->finalize = tl_local_end_finalize;

  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_local_end_init (TlLocalEnd *self)
{
}

TlLocalEnd *
tl_local_end_new (TlSession           *session,
                  AdwPreferencesGroup *group,
                  GPtrArray           *rows)
{
  TlLocalEnd *self = g_object_new (TL_TYPE_LOCAL_END, NULL);
  GtkWidget *host = tl_host_entry_new ();
  GtkWidget *port = tl_port_entry_new ();
  g_autofree char *local_host = NULL;
  guint local_port = 0;

  self->session = g_object_ref (session);
  self->host = g_object_ref_sink (TL_CHECKED_ENTRY (host));
  self->port = g_object_ref_sink (TL_CHECKED_ENTRY (port));
  g_object_get (session, "local-host", &local_host, "local-port", &local_port, NULL);
  g_object_set (host, "is-local", TRUE, "optional", TRUE, "width-chars", 14, "label", _("Local address"),
                "text", local_host != NULL ? local_host : "", NULL);
  g_object_set (port, "is-local", TRUE, "protocol", "tcp", "width-chars", 7, "label", _("Local port"), NULL);
  tl_port_entry_set_port (TL_PORT_ENTRY (port), local_port);
  g_signal_connect_object (host, "notify::host", G_CALLBACK (host_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "notify::port", G_CALLBACK (port_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (host, "endpoint-pasted", G_CALLBACK (host_pasted_cb), port, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "endpoint-pasted", G_CALLBACK (port_pasted_cb), host, G_CONNECT_SWAPPED);
  add_row (self, group, rows, _("Empty: the system picks one"), host);
  add_row (self, group, rows, _("0: the system picks one"), port);
  update_problem (self);
  return self;
}

const char *
tl_local_end_get_problem (TlLocalEnd *self)
{
  g_return_val_if_fail (TL_IS_LOCAL_END (self), NULL);

  return self->problem;
}
