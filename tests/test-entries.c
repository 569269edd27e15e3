/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries for hosts and ports. */
#include "tl-edge-scroll.h"
#include "tl-message-text.h"
#include "tl-host-entry.h"
#include "tl-port-entry.h"

#include "tl-ui-test.h"

static GtkEntry *
entry_of (gpointer widget)
{
  return GTK_ENTRY (tl_ui_test_find (widget, GTK_TYPE_ENTRY));
}

static gboolean
is_wrong (gpointer widget)
{
  return gtk_widget_has_css_class (GTK_WIDGET (entry_of (widget)), "error");
}

static const char *
caption_of (gpointer widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child))
        return gtk_label_get_label (GTK_LABEL (child));
    }
  g_assert_not_reached ();
}

/* As a person does: a character at a time. */
static void
type (gpointer    widget,
      const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      int position = -1;

      g_object_get (entry_of (widget), "text-length", &position, NULL);
      gtk_editable_insert_text (GTK_EDITABLE (entry_of (widget)), p, g_utf8_next_char (p) - p, &position);
    }
}

static void
test_host (void)
{
  static const struct {
    const char *text;
    gboolean    is_local;
    gboolean    valid;
    gboolean    wrong;
    const char *host;
  } cases[] = {
    { "", FALSE, FALSE, FALSE, "" },
    { "", TRUE, TRUE, FALSE, "" },
    { "127.0.0.1", FALSE, TRUE, FALSE, "127.0.0.1" },
    { "127.0.0.1", TRUE, TRUE, FALSE, "127.0.0.1" },
    { "１９２。１６８。１。１", FALSE, TRUE, FALSE, "192.168.1.1" },
    { "256.1.1.1", FALSE, FALSE, TRUE, "" },
    { "1.2.3", TRUE, FALSE, TRUE, "" },
    { "::1", FALSE, TRUE, FALSE, "::1" },
    { "[::1]", FALSE, TRUE, FALSE, "::1" },
    { "example.org", FALSE, TRUE, FALSE, "example.org" },
    { "example.org", TRUE, FALSE, TRUE, "" },
    { "exa mple", FALSE, FALSE, TRUE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlHostEntry) entry = g_object_ref_sink (g_object_new (TL_TYPE_HOST_ENTRY, "is-local", cases[i].is_local, NULL));

      g_test_message ("%u: %s", i, cases[i].text);
      type (entry, cases[i].text);
      g_assert_cmpint (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)), ==, cases[i].valid);
      g_assert_cmpint (is_wrong (entry), ==, cases[i].wrong);
      g_assert_cmpstr (tl_host_entry_get_host (entry), ==, cases[i].host);
      g_assert_cmpint (tl_checked_entry_get_message (TL_CHECKED_ENTRY (entry)) != NULL, ==, cases[i].wrong);
      if (cases[i].wrong)
        g_assert_cmpstr (caption_of (entry), ==, tl_checked_entry_get_message (TL_CHECKED_ENTRY (entry)));
      else
        g_assert_cmpstr (caption_of (entry), !=, "");
    }
}

static void
test_optional (void)
{
  g_autoptr (TlHostEntry) host = g_object_ref_sink (g_object_new (TL_TYPE_HOST_ENTRY, "optional", TRUE, NULL));
  g_autoptr (TlPortEntry) port = g_object_ref_sink (g_object_new (TL_TYPE_PORT_ENTRY, "optional", TRUE, NULL));

  g_assert_true (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (host)));
  g_assert_true (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (port)));
  g_object_set (port, "optional", FALSE, NULL);
  g_assert_false (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (port)));
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_notify (void)
{
  g_autoptr (TlHostEntry) entry = g_object_ref_sink (TL_HOST_ENTRY (tl_host_entry_new ()));
  guint n_valid = 0;

  g_signal_connect_swapped (entry, "notify::valid", G_CALLBACK (count_cb), &n_valid);
  type (entry, "10.0.0.1");
  g_assert_true (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)));
  /* "1" to "10.0.0." are no addresses, so it became valid once. */
  g_assert_cmpuint (n_valid, ==, 1);
}

typedef struct {
  char  *host;
  guint  port;
  guint  count;
} Pasted;

static void
pasted_cb (Pasted     *pasted,
           const char *host,
           guint       port)
{
  g_free (pasted->host);
  pasted->host = g_strdup (host);
  pasted->port = port;
  pasted->count++;
}

static void
test_paste (void)
{
  static const struct {
    const char *text;
    const char *host;
    guint       port;
  } cases[] = {
    { "192.168.1.5:8080", "192.168.1.5", 8080 },
    { "[::1]:7855", "::1", 7855 },
    { "１０。０。０。１：８０", "10.0.0.1", 80 },
    { "http://example.org:8081/a?b", "example.org", 8081 },
    { "tcp://10.1.1.1:9", "10.1.1.1", 9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlHostEntry) entry = g_object_ref_sink (TL_HOST_ENTRY (tl_host_entry_new ()));
      Pasted pasted = { 0 };

      g_test_message ("%s", cases[i].text);
      g_signal_connect_swapped (entry, "endpoint-pasted", G_CALLBACK (pasted_cb), &pasted);
      tl_checked_entry_set_text (TL_CHECKED_ENTRY (entry), cases[i].text);
      g_assert_cmpuint (pasted.count, ==, 1);
      g_assert_cmpstr (pasted.host, ==, cases[i].host);
      g_assert_cmpuint (pasted.port, ==, cases[i].port);
      g_assert_cmpstr (tl_host_entry_get_host (entry), ==, cases[i].host);
      g_assert_true (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)));
      g_free (pasted.host);
    }

  /* The same into the field of the port. */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlPortEntry) entry = g_object_ref_sink (TL_PORT_ENTRY (tl_port_entry_new ()));
      Pasted pasted = { 0 };

      g_signal_connect_swapped (entry, "endpoint-pasted", G_CALLBACK (pasted_cb), &pasted);
      tl_checked_entry_set_text (TL_CHECKED_ENTRY (entry), cases[i].text);
      g_assert_cmpuint (pasted.count, ==, 1);
      g_assert_cmpstr (pasted.host, ==, cases[i].host);
      g_assert_cmpint (tl_port_entry_get_port (entry), ==, (int) cases[i].port);
      g_free (pasted.host);
    }
}

/* Typed, the port is not taken away before it is whole. */
static void
test_typed_endpoint (void)
{
  g_autoptr (TlHostEntry) entry = g_object_ref_sink (TL_HOST_ENTRY (tl_host_entry_new ()));
  Pasted pasted = { 0 };

  g_signal_connect_swapped (entry, "endpoint-pasted", G_CALLBACK (pasted_cb), &pasted);
  type (entry, "10.0.0.1:8080");
  g_assert_cmpuint (pasted.count, ==, 0);
  g_assert_cmpstr (tl_checked_entry_get_text (TL_CHECKED_ENTRY (entry)), ==, "10.0.0.1:8080");
  g_assert_false (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)));
  g_assert_false (is_wrong (entry));

  g_signal_emit_by_name (entry_of (entry), "activate");
  g_assert_cmpuint (pasted.count, ==, 1);
  g_assert_cmpuint (pasted.port, ==, 8080);
  g_assert_cmpstr (tl_host_entry_get_host (entry), ==, "10.0.0.1");
  g_free (pasted.host);
}

static void
test_port (void)
{
  static const struct {
    const char *text;
    gboolean    is_local;
    gboolean    wrong;
    int         port;
    const char *note;
  } cases[] = {
    { "", FALSE, FALSE, -1, NULL },
    { "0", FALSE, TRUE, -1, NULL },
    { "0", TRUE, FALSE, 0, NULL },
    { "80", FALSE, FALSE, 80, "http" },
    { "８０８０", FALSE, FALSE, 8080, NULL },
    { "65535", FALSE, FALSE, 65535, NULL },
    { "65536", FALSE, TRUE, -1, NULL },
    { "-1", FALSE, TRUE, -1, NULL },
    { "8o", FALSE, TRUE, -1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlPortEntry) entry = g_object_ref_sink (g_object_new (TL_TYPE_PORT_ENTRY, "is-local", cases[i].is_local, NULL));

      g_test_message ("%u: %s", i, cases[i].text);
      type (entry, cases[i].text);
      g_assert_cmpint (tl_port_entry_get_port (entry), ==, cases[i].port);
      g_assert_cmpint (tl_checked_entry_get_valid (TL_CHECKED_ENTRY (entry)), ==, cases[i].port >= 0);
      g_assert_cmpint (is_wrong (entry), ==, cases[i].wrong);
      g_assert_cmpstr (caption_of (entry), !=, "");
      if (cases[i].note)
        g_assert_nonnull (strstr (caption_of (entry), cases[i].note));
    }
}

static void
test_port_property (void)
{
  g_autoptr (TlPortEntry) entry = g_object_ref_sink (TL_PORT_ENTRY (tl_port_entry_new ()));

  tl_port_entry_set_port (entry, 8899);
  g_assert_cmpstr (tl_checked_entry_get_text (TL_CHECKED_ENTRY (entry)), ==, "8899");
  tl_port_entry_set_port (entry, -1);
  g_assert_cmpstr (tl_checked_entry_get_text (TL_CHECKED_ENTRY (entry)), ==, "");
  g_object_set (entry, "port", 0, NULL);
  g_assert_true (is_wrong (entry));
  g_object_set (entry, "is-local", TRUE, NULL);
  g_assert_false (is_wrong (entry));
  g_assert_cmpint (tl_port_entry_get_port (entry), ==, 0);
}

static void
test_addresses (void)
{
  GtkWidget *entry = g_object_new (TL_TYPE_HOST_ENTRY, "is-local", TRUE, "label", "Local address", NULL);
  GtkWidget *window = tl_ui_test_window (entry, 300, 200);
  GtkWidget *button = tl_ui_test_find (entry, GTK_TYPE_MENU_BUTTON);
  GMenuModel *model;
  g_autoptr (GMenuModel) first = NULL;
  g_autofree char *target = NULL;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  model = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))));
  g_assert_cmpint (g_menu_model_get_n_items (model), ==, 2);
  first = g_menu_model_get_item_link (model, 0, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (first), ==, 4);
  g_assert_true (g_menu_model_get_item_attribute (first, 1, "target", "s", &target));
  g_assert_cmpstr (target, ==, "127.0.0.1");
  g_assert_true (gtk_widget_activate_action (button, "host.pick", "s", target));
  g_assert_cmpstr (tl_host_entry_get_host (TL_HOST_ENTRY (entry)), ==, "127.0.0.1");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_field (GtkWidget  *box,
           GType       type,
           const char *label,
           gboolean    is_local,
           const char *text)
{
  GtkWidget *field = g_object_new (type, "label", label, "is-local", is_local, "text", text, NULL);

  gtk_widget_set_hexpand (field, type == TL_TYPE_HOST_ENTRY);
  gtk_box_append (GTK_BOX (box), field);
}

/* A bar of four fields and a button fits into one row of 900 pixels, and a wrong field does not make it wider. */
static void
test_bar (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label ("Connect");
  GtkWidget *window;
  int minimum;

  add_field (box, TL_TYPE_HOST_ENTRY, "Remote address", FALSE, "192.168.1.300");
  add_field (box, TL_TYPE_PORT_ENTRY, "Remote port", FALSE, "80");
  add_field (box, TL_TYPE_HOST_ENTRY, "Local address", TRUE, "");
  add_field (box, TL_TYPE_PORT_ENTRY, "Local port", TRUE, "70000");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), button);

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 700);

  window = tl_ui_test_window (box, 900, 120);
  tl_ui_test_set_dark (FALSE);
  tl_ui_test_screenshot (window, "entries-light");
  tl_ui_test_set_dark (TRUE);
  tl_ui_test_screenshot (window, "entries-dark");
  tl_ui_test_set_dark (FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where a dragged row makes the list scroll, and how fast. */
static void
test_edges (void)
{
  g_assert_cmpfloat (tl_edge_scroll_get_speed (200, 400), ==, 0);
  g_assert_cmpfloat (tl_edge_scroll_get_speed (39, 400), <, 0);
  g_assert_cmpfloat (tl_edge_scroll_get_speed (361, 400), >, 0);
  g_assert_cmpfloat (tl_edge_scroll_get_speed (1, 400), <, tl_edge_scroll_get_speed (30, 400));
  g_assert_cmpfloat (tl_edge_scroll_get_speed (0, 400), ==, -tl_edge_scroll_get_speed (400, 400));
  /* No faster outside; a low list has a middle too; one without a height does not scroll. */
  g_assert_cmpfloat (tl_edge_scroll_get_speed (-500, 400), ==, tl_edge_scroll_get_speed (0, 400));
  g_assert_cmpfloat (tl_edge_scroll_get_speed (20, 40), ==, 0);
  g_assert_cmpfloat (tl_edge_scroll_get_speed (0, 0), ==, 0);
}

/* Outside of the log too, no box with digits is shown: spelled exactly where the font lacks the picture. */
static void
test_controls (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  g_autofree char *shown = tl_message_text_for_widget (label, "a␍好");
  g_autofree char *plain = tl_message_text_for_widget (label, "a好");

  g_assert_cmpstr (shown, ==, tl_message_text_must_spell (label) ? "a‹CR›好" : "a␍好");
  g_assert_cmpstr (plain, ==, "a好");
  g_object_unref (label);
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/entries/edge-scroll", test_edges);
  g_test_add_func ("/entries/controls", test_controls);
  g_test_add_func ("/entries/host", test_host);
  g_test_add_func ("/entries/optional", test_optional);
  g_test_add_func ("/entries/notify", test_notify);
  g_test_add_func ("/entries/paste", test_paste);
  g_test_add_func ("/entries/typed-endpoint", test_typed_endpoint);
  g_test_add_func ("/entries/port", test_port);
  g_test_add_func ("/entries/port-property", test_port_property);
  g_test_add_func ("/entries/addresses", test_addresses);
  g_test_add_func ("/entries/bar", test_bar);
  return g_test_run ();
}
