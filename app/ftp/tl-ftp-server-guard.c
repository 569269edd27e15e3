/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes too often. */

#include "tl-ftp-server-guard.h"

#include <string.h>

#define MAX_KNOWN 4096
#define FORGET_US (15 * 60 * G_USEC_PER_SEC)
#define FIRST_DELAY_MS 500
#define MAX_DELAY_MS 16000

typedef struct {
  guint  n_inside;
  guint  n_failures;
  gint64 last;          /* failure, µs, monotonic */
} Known;

struct _TlFtpServerGuard
{
  GHashTable *known;    /* of GBytes → Known */
};

TlFtpServerGuard *
tl_ftp_server_guard_new (void)
{
  TlFtpServerGuard *self = g_new0 (TlFtpServerGuard, 1);

  self->known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
  return self;
}

void
tl_ftp_server_guard_free (TlFtpServerGuard *self)
{
  g_hash_table_unref (self->known);
  g_free (self);
}

static GBytes *
make_key (GInetAddress *address)
{
  const gsize size = g_inet_address_get_native_size (address);

  return g_bytes_new (g_inet_address_to_bytes (address), size == 16 ? 8 : size);
}

/* Whoever is inside is remembered: their number is bounded elsewhere. */
static void
forget (TlFtpServerGuard *self,
        gint64            before)
{
  GHashTableIter iter;
  Known *known;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &known))
    if (known->n_inside == 0 && known->last <= before)
      g_hash_table_iter_remove (&iter);
}

static Known *
know (TlFtpServerGuard *self,
      GInetAddress     *address)
{
  g_autoptr (GBytes) key = make_key (address);
  Known *known = g_hash_table_lookup (self->known, key);

  if (known != NULL)
    return known;
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    forget (self, g_get_monotonic_time () - FORGET_US);
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    forget (self, G_MAXINT64);
  known = g_new0 (Known, 1);
  g_hash_table_insert (self->known, g_steal_pointer (&key), known);
  return known;
}

gboolean
tl_ftp_server_guard_enter (TlFtpServerGuard *self,
                           GInetAddress     *address,
                           guint             max)
{
  Known *known = know (self, address);

  if (known->n_inside >= max)
    return FALSE;
  known->n_inside++;
  return TRUE;
}

void
tl_ftp_server_guard_leave (TlFtpServerGuard *self,
                           GInetAddress     *address)
{
  g_autoptr (GBytes) key = make_key (address);
  Known *known = g_hash_table_lookup (self->known, key);

  g_return_if_fail (known != NULL && known->n_inside > 0);

  known->n_inside--;
  if (known->n_inside == 0 && known->n_failures == 0)
    g_hash_table_remove (self->known, key);
}

guint
tl_ftp_server_guard_fail (TlFtpServerGuard *self,
                          GInetAddress     *address)
{
  Known *known = know (self, address);
  const gint64 now = g_get_monotonic_time ();

  if (now - known->last > FORGET_US)
    known->n_failures = 0;
  known->last = now;
  known->n_failures = MIN (known->n_failures + 1, 16);
  return MIN (FIRST_DELAY_MS << (known->n_failures - 1), MAX_DELAY_MS);
}

void
tl_ftp_server_guard_succeed (TlFtpServerGuard *self,
                             GInetAddress     *address)
{
  know (self, address)->n_failures = 0;
}
