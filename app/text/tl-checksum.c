/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlChecksum: the checksums that device protocols end their messages with. */
#include "tl-checksum.h"

#include <string.h>
#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlChecksum, tl_checksum,
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_SUM8, "sum8"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_XOR, "xor"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_LRC, "lrc"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_CRC16_MODBUS, "crc16-modbus"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_CRC16_CCITT, "crc16-ccitt"),
                    G_DEFINE_ENUM_VALUE (TL_CHECKSUM_CRC32, "crc32"))

static guint8
sum8 (const guint8 *data,
      gsize         length)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length; i++)
    sum = (guint8) (sum + data[i]);

  return sum;
}

static guint8
xor8 (const guint8 *data,
      gsize         length)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length; i++)
    sum ^= data[i];

  return sum;
}

/* For the polynomials that run from the low bit: 0xA001 (Modbus), 0xEDB88320 (IEEE 802.3). */
static guint32
crc_low_first (const guint8 *data,
               gsize         length,
               guint32       crc,
               guint32       polynomial)
{
  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? crc >> 1 ^ polynomial : crc >> 1;
    }

  return crc;
}

static guint16
crc16_ccitt (const guint8 *data,
             gsize         length)
{
  guint32 crc = 0xffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= (guint32) data[i] << 8;
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
    }

  return (guint16) crc;
}

const char *
tl_checksum_get_label (TlChecksum checksum)
{
  switch (checksum)
    {
    case TL_CHECKSUM_NONE:
      return _("No checksum");
    case TL_CHECKSUM_SUM8:
      return _("Sum (8 bits)");
    case TL_CHECKSUM_XOR:
      return _("XOR (8 bits)");
    case TL_CHECKSUM_LRC:
      return "LRC";
    case TL_CHECKSUM_CRC16_MODBUS:
      return "CRC-16/MODBUS";
    case TL_CHECKSUM_CRC16_CCITT:
      return "CRC-16/CCITT";
    case TL_CHECKSUM_CRC32:
      return "CRC-32";
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Words of our own: what is stored outlives a change of the names that are shown. */
static const char * const words[TL_N_CHECKSUMS] = {
  "none", "sum8", "xor", "lrc", "crc16-modbus", "crc16-ccitt", "crc32",
};

const char *
tl_checksum_get_word (TlChecksum checksum)
{
  g_return_val_if_fail ((guint) checksum < TL_N_CHECKSUMS, "none");

  return words[checksum];
}

gboolean
tl_checksum_from_word (const char *word,
                       TlChecksum *checksum)
{
  g_return_val_if_fail (word != NULL, FALSE);

  if (g_str_equal (word, "crc16"))
    {
      *checksum = TL_CHECKSUM_CRC16_MODBUS;
      return TRUE;
    }

  for (guint i = 0; i < TL_N_CHECKSUMS; i++)
    if (g_str_equal (words[i], word))
      {
        *checksum = i;
        return TRUE;
      }

  return FALSE;
}

gsize
tl_checksum_compute (TlChecksum    checksum,
                     const guint8 *data,
                     gsize         length,
                     guint8       *out)
{
  guint32 crc;

  g_return_val_if_fail (data != NULL || length == 0, 0);
  g_return_val_if_fail (out != NULL, 0);

  switch (checksum)
    {
    case TL_CHECKSUM_NONE:
      return 0;

    case TL_CHECKSUM_SUM8:
      out[0] = sum8 (data, length);
      return 1;

    case TL_CHECKSUM_XOR:
      out[0] = xor8 (data, length);
      return 1;

    case TL_CHECKSUM_LRC:
      out[0] = (guint8) (0x100 - sum8 (data, length));
      return 1;

    case TL_CHECKSUM_CRC16_MODBUS:
      crc = crc_low_first (data, length, 0xffff, 0xa001);
      out[0] = (guint8) crc;
      out[1] = (guint8) (crc >> 8);
      return 2;

    case TL_CHECKSUM_CRC16_CCITT:
      crc = crc16_ccitt (data, length);
      out[0] = (guint8) (crc >> 8);
      out[1] = (guint8) crc;
      return 2;

    case TL_CHECKSUM_CRC32:
      crc = GUINT32_TO_BE (~crc_low_first (data, length, 0xffffffff, 0xedb88320));
      memcpy (out, &crc, sizeof crc);
      return 4;

    default:
      g_return_val_if_reached (0);
    }
}

guint32
tl_checksum_add_crc32 (guint32       crc,
                       const guint8 *data,
                       gsize         length)
{
  return ~crc_low_first (data, length, ~crc, 0xedb88320);
}

GBytes *
tl_checksum_append (TlChecksum  checksum,
                    GBytes     *bytes)
{
  guint8 sum[TL_CHECKSUM_MAX_SIZE];
  const guint8 *data;
  gsize length, n_sum;
  guint8 *joined;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  n_sum = tl_checksum_compute (checksum, data, length, sum);
  if (n_sum == 0)
    return g_bytes_ref (bytes);

  joined = g_malloc (length + n_sum);
  if (length > 0)
    memcpy (joined, data, length);
  memcpy (joined + length, sum, n_sum);

  return g_bytes_new_take (joined, length + n_sum);
}
