/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be set about the shared folder: tables. */

#include "tl-share-page-private.h"

#include "tl-share-words.h"

#include <glib/gi18n-lib.h>

static const TlOptionSpec rights[] = {
  { "anonymous", TL_OPTION_SWITCH, N_("Anonymous visitors"), N_("Everybody who reaches it may read, without a password") },
  { "writable", TL_OPTION_SWITCH, N_("Writing is allowed"), N_("Accounts that may write can upload, rename and delete") },
  { "anonymous-writable", TL_OPTION_SWITCH, N_("Anonymous visitors may write too"), N_("Only where writing is allowed at all") },
};

static const char *const tls_choices[] = { N_("In clear only"), N_("TLS for those who ask for it"), N_("TLS only"), NULL };

static const TlOptionSpec places[] = {
  { "port", TL_OPTION_NUMBER, N_("Port"), N_("2121 is usual; ports below 1024 belong to the system; 0: the system picks one"), 0, 65535 },
  { "tls", TL_OPTION_CHOICE, N_("Encryption"), N_("The certificate is made here, with the first use; visitors compare its fingerprint"), 0, 0, tls_choices },
  { "passive-min", TL_OPTION_NUMBER, N_("Lowest port for data"), N_("For a firewall that lets some ports through; 0: any"), 0, 65535 },
  { "passive-max", TL_OPTION_NUMBER, N_("Highest port for data"), NULL, 0, 65535 },
};

static const TlOptionSpec limits[] = {
  { "max-connections", TL_OPTION_NUMBER, N_("Connections in all"), N_("Who comes when there are so many is told to try again later"), 1, 10000 },
  { "max-per-address", TL_OPTION_NUMBER, N_("Connections from one computer"), N_("Programs that move several files at once need a few"), 1, 10000 },
  { "max-failures", TL_OPTION_NUMBER, N_("Wrong passwords over one connection"), N_("The answer to each comes later: from half a second to 16 seconds"), 1, 100 },
  { "login-seconds", TL_OPTION_NUMBER, N_("Seconds to log in"), NULL, 5, 3600 },
  { "idle-seconds", TL_OPTION_NUMBER, N_("Seconds without a command"), N_("Then the visitor is sent away; not while a file moves"), 10, 86400 },
  { "stall-seconds", TL_OPTION_NUMBER, N_("Seconds in which nothing of a file moves"), N_("Then the transfer is broken off"), 5, 3600 },
  { "max-entries", TL_OPTION_NUMBER, N_("Entries in a listing"), N_("More are left out, and the visitor is told how many"), 100, 1000000 },
};

static void
ports_cb (TlSharePage *self)
{
  g_autofree char *text = tl_share_words_ports (self->server);

  tl_option_row_set_effective (self->ports_row, text);
}

void
tl_share_page_add_options (TlSharePage *self)
{
  static const char *const ports[] = { "notify::port", "notify::passive-min", "notify::passive-max" };
  g_autoptr (GPtrArray) rows = NULL;

  g_ptr_array_unref (tl_option_rows_add (self->rights_group, G_OBJECT (self->server), rights, G_N_ELEMENTS (rights)));
  g_ptr_array_unref (tl_option_rows_add (self->limits_group, G_OBJECT (self->server), limits, G_N_ELEMENTS (limits)));
  rows = tl_option_rows_add (self->place_group, G_OBJECT (self->server), places, G_N_ELEMENTS (places));
  /* The last one says what both ports for data make together. */
  self->ports_row = rows->pdata[rows->len - 1];
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    g_signal_connect_object (self->server, ports[i], G_CALLBACK (ports_cb), self, G_CONNECT_SWAPPED);
  ports_cb (self);
}
