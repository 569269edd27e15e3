/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry for the address of an FTP server. */

#include "tl-ftp-address-entry.h"

#include "tl-address-check.h"

#include <glib/gi18n-lib.h>

struct _TlFtpAddressEntry
{
  TlCheckedEntry parent_instance;

  TlFtpUri      *uri;
  TlFtpSecurity  security;   /* where the address does not say it */
};

G_DEFINE_FINAL_TYPE (TlFtpAddressEntry, tl_ftp_address_entry, TL_TYPE_CHECKED_ENTRY)

/* The port in effect, the encryption, and whose address it is. */
static char *
make_note (TlFtpAddressEntry *self)
{
  g_autoptr (TlAddressCheck) check = tl_address_check_new (self->uri->host);
  const char *scope = check->kind == TL_HOST_NAME ? _("Host name") : tl_host_scope_get_label (check->scope);
  TlFtpSecurity security = tl_ftp_address_entry_get_security (self);
  TlFtpUri effective = *self->uri;

  effective.security = security;
  return g_strdup_printf (_("%s · port %u · %s"), scope, tl_ftp_uri_get_port (&effective), tl_ftp_security_get_label (security));
}

static void
tl_ftp_address_entry_check (TlCheckedEntry *entry,
                            const char     *text,
                            TlVerdict      *verdict)
{
  TlFtpAddressEntry *self = TL_FTP_ADDRESS_ENTRY (entry);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->uri, tl_ftp_uri_free);
  if (!*stripped)
    {
      verdict->note = g_strdup (_("A host, host:port, or an address such as ftp://ftp.example.org/pub/"));
      return;
    }
  self->uri = tl_ftp_uri_parse (stripped, &error);
  if (self->uri)
    {
      verdict->valid = TRUE;
      verdict->note = make_note (self);
    }
  else
    verdict->message = g_strdup (error->message);
}

static void
tl_ftp_address_entry_finalize (GObject *object)
{
  g_clear_pointer (&TL_FTP_ADDRESS_ENTRY (object)->uri, tl_ftp_uri_free);

  G_OBJECT_CLASS (tl_ftp_address_entry_parent_class)->finalize (object);
}

static void
tl_ftp_address_entry_class_init (TlFtpAddressEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_address_entry_finalize;
  TL_CHECKED_ENTRY_CLASS (klass)->check = tl_ftp_address_entry_check;
}

static void
tl_ftp_address_entry_init (TlFtpAddressEntry *self)
{
  gtk_editable_set_width_chars (GTK_EDITABLE (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (self))), 14);
}

const TlFtpUri *
tl_ftp_address_entry_get_uri (TlFtpAddressEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ADDRESS_ENTRY (self), NULL);

  return self->uri;
}

TlFtpSecurity
tl_ftp_address_entry_get_security (TlFtpAddressEntry *self)
{
  g_return_val_if_fail (TL_IS_FTP_ADDRESS_ENTRY (self), TL_FTP_SECURITY_AUTO);

  return self->uri && self->uri->security != TL_FTP_SECURITY_AUTO ? self->uri->security : self->security;
}

void
tl_ftp_address_entry_set_security (TlFtpAddressEntry *self,
                                   TlFtpSecurity      security)
{
  g_return_if_fail (TL_IS_FTP_ADDRESS_ENTRY (self));

  self->security = security;
  tl_checked_entry_recheck (TL_CHECKED_ENTRY (self));
}

void
tl_ftp_address_entry_override_security (TlFtpAddressEntry *self,
                                        TlFtpSecurity      security)
{
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_FTP_ADDRESS_ENTRY (self));

  self->security = security;
  if (self->uri && self->uri->security != TL_FTP_SECURITY_AUTO && self->uri->security != security)
    {
      self->uri->security = security;
      text = tl_ftp_uri_to_string (self->uri, FALSE);
      tl_checked_entry_set_text (TL_CHECKED_ENTRY (self), text);
    }
  else
    tl_checked_entry_recheck (TL_CHECKED_ENTRY (self));
}
