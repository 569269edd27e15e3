/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of a session and of its socket, with the values read back from the system. */

#include "tl-socket-page.h"

#include "tl-closures.h"
#include "tl-local-end.h"
#include "tl-option-row.h"

#include <glib/gi18n-lib.h>

struct _TlSocketPage
{
  AdwPreferencesPage   parent_instance;

  AdwPreferencesGroup *kind_group;
  AdwPreferencesGroup *tls_group;
  AdwActionRow        *tls_row;
  AdwActionRow        *fingerprint_row;
  AdwPreferencesGroup *socket_group;

  TlSession           *session;
  TlLocalEnd          *local_end;     /* of a client */
  GPtrArray           *closed_rows;   /* that can be edited only while closed */
  GPtrArray           *socket_rows;
};

G_DEFINE_FINAL_TYPE (TlSocketPage, tl_socket_page, ADW_TYPE_PREFERENCES_PAGE)

#define ALL_KINDS ((1u << TL_KIND_UDP) | (1u << TL_KIND_SERVER) | (1u << TL_KIND_CLIENT))
#define TCP_KINDS ((1u << TL_KIND_SERVER) | (1u << TL_KIND_CLIENT))

static const char * const tls_choices[] = {
  N_("Off"),
  N_("On, certificate must be good"),
  N_("On, accept any certificate"),
  NULL,
};

static const TlOptionSpec session_specs[] = {
  { "dual-stack", TL_OPTION_SWITCH, N_("IPv4 on the IPv6 address too"),
    N_("Listening on :: also takes clients that come over IPv4") },
  { "max-clients", TL_OPTION_NUMBER, N_("Clients at most"), N_("More are turned away, and told in the log"), 1, 100000 },
  { "backlog", TL_OPTION_NUMBER, N_("Waiting connections"), N_("How many the system holds until they are accepted"), 1, 65535 },
  { "keep-ended", TL_OPTION_SWITCH, N_("Keep clients that left in the list"), N_("The newest 100 of them") },
  { "close-on-eof", TL_OPTION_SWITCH, N_("Close when the other end has finished"),
    N_("Otherwise a half-closed connection stays, and can be sent to") },
  { "timeout", TL_OPTION_NUMBER, N_("Give up connecting after (seconds)"), NULL, 1, 600 },
  { "reconnect", TL_OPTION_SWITCH, N_("Connect again by itself"), N_("After 1, 2, 4 … at most 30 seconds") },
  { "tls", TL_OPTION_CHOICE, N_("TLS"), NULL, 0, 0, tls_choices },
};

static const TlOptionSpec socket_specs[] = {
  { "reuse-address", TL_OPTION_SWITCH, N_("Share the address (SO_REUSEADDR)"),
    N_("Several programs may use the same address and port"), 0, 0, NULL, (1u << TL_KIND_UDP) | (1u << TL_KIND_SERVER) },
  { "broadcast", TL_OPTION_SWITCH, N_("Allow broadcasts (SO_BROADCAST)"),
    N_("Switched on by itself when a target is a broadcast address"), 0, 0, NULL, 1u << TL_KIND_UDP },
  { "no-delay", TL_OPTION_SWITCH, N_("Send small messages at once (TCP_NODELAY)"),
    N_("Otherwise the system may hold them back to join them"), 0, 0, NULL, TCP_KINDS },
  { "keep-alive", TL_OPTION_SWITCH, N_("Ask silent peers whether they are there (SO_KEEPALIVE)"), NULL, 0, 0, NULL, TCP_KINDS },
  { "keep-alive-idle", TL_OPTION_NUMBER, N_("Silence before the first question (seconds, TCP_KEEPIDLE)"), NULL, 0, 32767, NULL, TCP_KINDS },
  { "keep-alive-interval", TL_OPTION_NUMBER, N_("Time between questions (seconds, TCP_KEEPINTVL)"), NULL, 0, 32767, NULL, TCP_KINDS },
  { "keep-alive-count", TL_OPTION_NUMBER, N_("Unanswered questions until it is given up (TCP_KEEPCNT)"), NULL, 0, 127, NULL, TCP_KINDS },
  { "linger", TL_OPTION_NUMBER, N_("Wait for unsent bytes when closing (seconds, SO_LINGER)"), N_("−1: off"), -1, 32767, NULL, TCP_KINDS },
  { "receive-buffer", TL_OPTION_NUMBER, N_("Receive buffer (bytes, SO_RCVBUF)"), N_("Linux takes twice what is asked for"), 0, 1073741824, NULL, ALL_KINDS },
  { "send-buffer", TL_OPTION_NUMBER, N_("Send buffer (bytes, SO_SNDBUF)"), N_("Linux takes twice what is asked for"), 0, 1073741824, NULL, ALL_KINDS },
  { "ttl", TL_OPTION_NUMBER, N_("Hops that packets may take (IP_TTL)"), NULL, 0, 255, NULL, ALL_KINDS },
};

static void
show_effective (TlSocketPage *self)
{
  g_autoptr (TlSocketOptions) effective = tl_session_read_options (self->session, NULL);
  gboolean is_open = tl_session_get_state (self->session) == TL_SESSION_OPEN;

  for (guint i = 0; i < self->socket_rows->len; i++)
    {
      TlOptionRow *row = g_ptr_array_index (self->socket_rows, i);
      g_autofree char *value = NULL;
      g_autofree char *sentence = NULL;

      if (effective != NULL)
        value = tl_option_value_text (effective, tl_option_row_get_spec (row)->property);
      sentence = tl_effective_label (value, is_open || effective != NULL);
      tl_option_row_set_effective (row, sentence);
    }
}

char *
tl_socket_page_dup_effective (TlSession *session,
                              TlPeer    *peer)
{
  g_autoptr (TlSocketOptions) effective = tl_session_read_options (session, peer);
  GString *text;

  if (effective == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (socket_specs); i++)
    if (socket_specs[i].tag & (1u << TL_KIND_CLIENT))
      {
        g_autofree char *value = tl_option_value_text (effective, socket_specs[i].property);

        if (text->len > 0)
          g_string_append_c (text, '\n');
        /* Translators: an option and its value */
        g_string_append_printf (text, _("%s: %s"), _(socket_specs[i].title), value);
      }
  return g_string_free (text, FALSE);
}

static void
show_tls (TlSocketPage *self)
{
  g_autofree char *description = NULL;
  g_autofree char *fingerprint = NULL;

  if (tl_kind_of_session (self->session) != TL_KIND_CLIENT)
    return;

  g_object_get (self->session, "tls-description", &description, "tls-fingerprint", &fingerprint, NULL);
  adw_action_row_set_subtitle (self->tls_row, description != NULL ? description : "");
  adw_action_row_set_subtitle (self->fingerprint_row, fingerprint != NULL ? fingerprint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tls_row), description != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fingerprint_row), fingerprint != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tls_group), description != NULL || fingerprint != NULL);
}

static void
show_editable (TlSocketPage *self)
{
  gboolean editable = tl_fields_editable (tl_session_get_state (self->session));

  for (guint i = 0; i < self->closed_rows->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->closed_rows, i), editable);
  adw_preferences_group_set_description (self->kind_group, editable ? NULL : _("Can be changed while it is closed."));
}

static void
changed_cb (TlSocketPage *self)
{
  show_effective (self);
  show_editable (self);
  show_tls (self);
}

static void
copy_fingerprint_cb (TlSocketPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), adw_action_row_get_subtitle (self->fingerprint_row));
}

static void
problem_changed_cb (TlSocketPage *self)
{
  g_object_notify (G_OBJECT (self), "problem");
}

static void
add_session_rows (TlSocketPage *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  self->closed_rows = g_ptr_array_new ();
  rows = tl_option_rows_add (self->kind_group, G_OBJECT (self->session), session_specs, G_N_ELEMENTS (session_specs));
  for (guint i = 0; i < rows->len; i++)
    {
      const char *property = tl_option_row_get_spec (g_ptr_array_index (rows, i))->property;

      if (!g_str_equal (property, "keep-ended") && !g_str_equal (property, "close-on-eof") &&
          !g_str_equal (property, "reconnect"))
        g_ptr_array_add (self->closed_rows, g_ptr_array_index (rows, i));
    }
  if (tl_kind_of_session (self->session) == TL_KIND_CLIENT)
    {
      self->local_end = tl_local_end_new (self->session, self->kind_group, self->closed_rows);
      g_signal_connect_object (self->local_end, "notify::problem", G_CALLBACK (problem_changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->kind_group), rows->len > 0);
}

static void
add_socket_rows (TlSocketPage *self)
{
  TlKind kind = tl_kind_of_session (self->session);

  self->socket_rows = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (socket_specs); i++)
    if (socket_specs[i].tag & (1u << kind))
      {
        g_autoptr (GPtrArray) rows = tl_option_rows_add (self->socket_group,
                                                         G_OBJECT (tl_session_get_options (self->session)),
                                                         &socket_specs[i], 1);

        g_ptr_array_extend (self->socket_rows, rows, NULL, NULL);
      }
}

static void
tl_socket_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlSocketPage *self = TL_SOCKET_PAGE (object);

  /* There is no other. */
  g_value_set_string (value, self->local_end != NULL ? tl_local_end_get_problem (self->local_end) : NULL);
}

static void
tl_socket_page_dispose (GObject *object)
{
  TlSocketPage *self = TL_SOCKET_PAGE (object);

  g_clear_object (&self->local_end);
  g_clear_pointer (&self->closed_rows, g_ptr_array_unref);
  g_clear_pointer (&self->socket_rows, g_ptr_array_unref);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (tl_session_get_options (self->session), self);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tl_socket_page_parent_class)->dispose (object);
}

static void
tl_socket_page_class_init (TlSocketPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = tl_socket_page_get_property;
  G_OBJECT_CLASS (klass)->dispose = tl_socket_page_dispose;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_string ("problem", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-socket-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSocketPage, kind_group);
  gtk_widget_class_bind_template_child (widget_class, TlSocketPage, tls_group);
  gtk_widget_class_bind_template_child (widget_class, TlSocketPage, tls_row);
  gtk_widget_class_bind_template_child (widget_class, TlSocketPage, fingerprint_row);
  gtk_widget_class_bind_template_child (widget_class, TlSocketPage, socket_group);
  gtk_widget_class_bind_template_callback (widget_class, copy_fingerprint_cb);
}

static void
tl_socket_page_init (TlSocketPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_socket_page_new (TlSession *session)
{
  TlSocketPage *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_SOCKET_PAGE, NULL);
  self->session = g_object_ref (session);
  add_session_rows (self);
  add_socket_rows (self);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (session, "notify::tls-description", G_CALLBACK (show_tls), self);
  g_signal_connect_swapped (tl_session_get_options (session), "notify", G_CALLBACK (show_effective), self);
  changed_cb (self);
  return GTK_WIDGET (self);
}
