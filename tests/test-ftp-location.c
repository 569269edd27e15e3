/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The location bar: what it says of encryption, in all its places, and what it makes of what is typed; and the preferences that are about FTP. */

#include "tl-ftp-address-entry.h"
#include "tl-ftp-location-bar.h"
#include "tl-ftp-security-button.h"
#include "tl-preferences.h"
#include "tl-transfer-queue.h"

#include "tl-ui-test.h"

typedef struct {
  GtkWidget           *window;
  TlFtpLocationBar    *bar;
  TlFtpAddressEntry   *address;
  TlFtpSecurityButton *security;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->bar = g_object_new (TL_TYPE_FTP_LOCATION_BAR, NULL);
  self->window = tl_ui_test_window (GTK_WIDGET (self->bar), 900, 200);
  self->address = TL_FTP_ADDRESS_ENTRY (tl_ui_test_find (GTK_WIDGET (self->bar), TL_TYPE_FTP_ADDRESS_ENTRY));
  self->security = TL_FTP_SECURITY_BUTTON (tl_ui_test_find (GTK_WIDGET (self->bar), TL_TYPE_FTP_SECURITY_BUTTON));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
type (Fixture    *self,
      const char *text)
{
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (self->address), text);
}

static char *
dup_note (Fixture *self)
{
  char *note;

  g_object_get (self->address, "note", &note, NULL);
  return note;
}

static TlFtpSecurity
get_choice (Fixture *self)
{
  TlFtpSecurity security;

  g_object_get (self->security, "security", &security, NULL);
  return security;
}

static TlFtpSecurity
get_site_security (Fixture *self)
{
  g_autoptr (TlFtpSite) site = tl_ftp_location_bar_dup_site (self->bar, NULL, NULL);
  TlFtpSecurity security;

  g_object_get (site, "security", &security, NULL);
  return security;
}

/* Each choice is what the note says, with the port that comes with it, what the button says, and what is connected with. */
static void
test_choice (Fixture       *self,
             gconstpointer  data)
{
  static const struct { TlFtpSecurity security; const char *port, *icon; } cases[] = {
    { TL_FTP_SECURITY_NONE, "port 21 ", "channel-insecure-symbolic" },
    { TL_FTP_SECURITY_AUTO, "port 21 ", "channel-secure-symbolic" },
    { TL_FTP_SECURITY_IMPLICIT, "port 990 ", "channel-secure-symbolic" },
    { TL_FTP_SECURITY_EXPLICIT, "port 21 ", "channel-secure-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *label = tl_ftp_security_get_label (cases[i].security);
      GtkWidget *button = tl_ui_test_find (GTK_WIDGET (self->security), GTK_TYPE_MENU_BUTTON);
      GtkWidget *image = tl_ui_test_find (button, GTK_TYPE_IMAGE);
      g_autofree char *note = NULL;

      type (self, "ftp.example.org");
      g_object_set (self->security, "security", cases[i].security, NULL);
      note = dup_note (self);
      g_assert_nonnull (strstr (note, label));
      g_assert_nonnull (strstr (note, cases[i].port));
      g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (button), label));
      g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, cases[i].icon);
      g_assert_cmpint (get_site_security (self), ==, cases[i].security);
    }
}

/* An address says it, the button follows; the button says another thing, the address follows. */
static void
test_address (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *note = NULL;

  type (self, "ftps://ftp.example.org/pub/");
  g_assert_cmpint (get_choice (self), ==, TL_FTP_SECURITY_IMPLICIT);
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_IMPLICIT);
  g_object_set (self->security, "security", TL_FTP_SECURITY_NONE, NULL);
  g_assert_cmpstr (tl_checked_entry_get_text (TL_CHECKED_ENTRY (self->address)), ==, "ftp://ftp.example.org/pub/");
  g_assert_cmpint (get_choice (self), ==, TL_FTP_SECURITY_NONE);
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_NONE);
  note = dup_note (self);
  g_assert_nonnull (strstr (note, "Not encrypted"));

  /* What only the address had asked for goes with it; what was chosen stays. */
  type (self, "ftp://other.example.org/");
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_NONE);
  type (self, "ftpes://other.example.org/");
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_EXPLICIT);
  type (self, "ftp://other.example.org/");
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_AUTO);
}

/* A site that is not encrypted, as a bookmark has it. */
static void
test_site (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "host", "127.0.0.1", "port", 2121u, "security", TL_FTP_SECURITY_NONE, NULL);
  g_autofree char *note = NULL;

  tl_ftp_location_bar_set_site (self->bar, site, NULL);
  note = dup_note (self);
  g_assert_nonnull (strstr (note, "Not encrypted"));
  g_assert_cmpint (get_site_security (self), ==, TL_FTP_SECURITY_NONE);
}

/* All states, encrypted or not, each choice: never a closed lock on a connection in clear, nor the other way round. */
static void
test_look (void)
{
  for (TlFtpState state = TL_FTP_CLOSED; state <= TL_FTP_FAILED; state++)
    for (TlFtpSecurity choice = TL_FTP_SECURITY_AUTO; choice <= TL_FTP_SECURITY_NONE; choice++)
      for (int encrypted = 0; encrypted < 2; encrypted++)
        {
          gboolean active = state != TL_FTP_CLOSED && state != TL_FTP_FAILED;
          gboolean decided = active && (encrypted || state >= TL_FTP_LOGGING_IN);
          TlFtpSecurityLook look;

          tl_ftp_security_look (state, encrypted, choice, &look);
          g_assert_cmpstr (look.css_class, ==, !decided ? NULL : encrypted ? "success" : "warning");
          g_assert_cmpstr (look.icon, ==, (decided ? !encrypted : choice == TL_FTP_SECURITY_NONE) ? "channel-insecure-symbolic" : "channel-secure-symbolic");
          g_assert_cmpstr (look.label, ==, !decided ? (choice == TL_FTP_SECURITY_NONE ? "Without encryption" : "Encryption") : encrypted ? "Encrypted" : "Not encrypted");
          g_assert_cmpstr (look.headline, ==, !active ? "Not connected" : !decided ? "Connecting" : look.label);
        }
}

/* The number of transfers is the queue's at once, and back. */
static void
test_parallel (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.tonglu.Tonglu");
  g_autoptr (TlTransferQueue) queue = tl_transfer_queue_new ();
  GtkWidget *preferences = tl_preferences_new (settings);
  GtkSpinButton *spin = GTK_SPIN_BUTTON (gtk_widget_get_template_child (preferences, TL_TYPE_PREFERENCES, "ftp_parallel"));
  guint parallel;

  g_settings_bind (settings, "ftp-parallel", queue, "parallel", G_SETTINGS_BIND_DEFAULT);
  g_assert_cmpfloat (gtk_spin_button_get_value (spin), ==, 4);
  gtk_spin_button_set_value (spin, 5);
  g_object_get (queue, "parallel", &parallel, NULL);
  g_assert_cmpuint (parallel, ==, 5);
  gtk_spin_button_set_value (spin, 100);
  g_assert_cmpuint (g_settings_get_uint (settings, "ftp-parallel"), ==, 10);
  g_settings_reset (settings, "ftp-parallel");
  g_assert_cmpfloat (gtk_spin_button_get_value (spin), ==, 4);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-location/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("choice", test_choice);
  ADD ("address", test_address);
  ADD ("site", test_site);
  g_test_add_func ("/ftp-location/look", test_look);
  g_test_add_func ("/ftp-location/parallel", test_parallel);
  return g_test_run ();
}
