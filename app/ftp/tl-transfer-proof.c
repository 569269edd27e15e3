/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proved of a transfer that has ended. */

#include "tl-transfer-proof.h"

#include "tl-checksum.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

/* To ask of a small file costs more than the file; one that was gone on with is always asked about. */
#define HASH_FROM (64 * 1024)
#define PIECE (256 * 1024)

char *
tl_transfer_proof_dup_note (const TlTransferProof *self)
{
  g_autoptr (GString) note = g_string_new (self->size_matches ? _("226 received · size matches") : _("226 received"));

  if (self->hash != TL_FTP_HASH_NONE)
    {
      g_string_append (note, " · ");
      /* Translators: %s is the name of a hash: “SHA-256 matches” */
      g_string_append_printf (note, _("%s matches"), tl_ftp_hash_get_name (self->hash));
    }
  if (self->unclean)
    {
      g_string_append (note, " · ");
      g_string_append (note, _("ended uncleanly"));
    }
  return g_string_free (g_steal_pointer (&note), FALSE);
}

gboolean
tl_transfer_wants_hash (TlTransfer  *transfer,
                        TlFtpClient *client,
                        guint64      size,
                        gboolean     whole)
{
  return transfer->hashes && size > 0 && (size >= HASH_FROM || !whole) && tl_ftp_client_can_hash (client);
}

static GChecksumType
get_type (TlFtpHash hash)
{
  switch (hash)
    {
    case TL_FTP_HASH_MD5:
      return G_CHECKSUM_MD5;
    case TL_FTP_HASH_SHA1:
      return G_CHECKSUM_SHA1;
    case TL_FTP_HASH_SHA512:
      return G_CHECKSUM_SHA512;
    case TL_FTP_HASH_SHA256:
    case TL_FTP_HASH_CRC32:
    case TL_FTP_HASH_NONE:
    default:
      return G_CHECKSUM_SHA256;
    }
}

char *
tl_transfer_hash_file (int           fd,
                       TlFtpHash     hash,
                       GCancellable *cancellable)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (get_type (hash));
  g_autofree guint8 *bytes = g_malloc (PIECE);
  guint32 crc = 0;
  off_t at = 0;
  gssize n;

  while ((n = pread (fd, bytes, PIECE, at)) > 0 || (n < 0 && errno == EINTR))
    {
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (n <= 0)
        continue;
      if (hash == TL_FTP_HASH_CRC32)
        crc = tl_checksum_add_crc32 (crc, bytes, (gsize) n);
      else
        g_checksum_update (checksum, bytes, n);
      at += n;
    }
  if (n < 0)
    return NULL;
  return hash == TL_FTP_HASH_CRC32 ? g_strdup_printf ("%08x", crc) : g_strdup (g_checksum_get_string (checksum));
}
