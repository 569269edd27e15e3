/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_CHECKSUM (tl_checksum_get_type ())

/**
 * TlChecksum:
 *
 * What a composer can append. LRC is the two's complement of the sum (Modbus ASCII); CRC16-Modbus is sent low byte first,
 * as Modbus RTU does; CRC16-CCITT is CCITT-FALSE (0x1021, 0xFFFF), high byte first; CRC32 is IEEE 802.3, high byte first.
 */
typedef enum {
  TL_CHECKSUM_NONE,
  TL_CHECKSUM_SUM8,
  TL_CHECKSUM_XOR,
  TL_CHECKSUM_LRC,
  TL_CHECKSUM_CRC16_MODBUS,
  TL_CHECKSUM_CRC16_CCITT,
  TL_CHECKSUM_CRC32,
} TlChecksum;

#define TL_N_CHECKSUMS (TL_CHECKSUM_CRC32 + 1)
#define TL_CHECKSUM_MAX_SIZE 4

GType       tl_checksum_get_type (void);
/* The name to show ("CRC-16/MODBUS"), translated where it has words. */
const char *tl_checksum_get_label (TlChecksum    checksum);
/* "crc16-modbus", and back, where "crc16" is one too: for what is stored, and for macros. */
const char *tl_checksum_get_word (TlChecksum     checksum);
gboolean    tl_checksum_from_word (const char   *word,
                                  TlChecksum    *checksum);
/* Writes 0–4 bytes in the order of transmission and returns how many. */
gsize       tl_checksum_compute  (TlChecksum    checksum,
                                  const guint8 *data,
                                  gsize         length,
                                  guint8       *out);
/* Piece by piece: @crc is that of all before, 0 at first. */
guint32     tl_checksum_add_crc32 (guint32        crc,
                                  const guint8 *data,
                                  gsize         length);
GBytes     *tl_checksum_append   (TlChecksum    checksum,
                                  GBytes       *bytes);

G_END_DECLS
