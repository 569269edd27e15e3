/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checksums, against published check values. */
#include "tl-checksum.h"

#define BYTES(s) (s), sizeof (s) - 1

static const struct {
  TlChecksum  checksum;
  const char *bytes;
  gsize       length;
  const char *sum;
  gsize       n_sum;
} cases[] = {
  { TL_CHECKSUM_NONE, BYTES ("123456789"), BYTES ("") },
  { TL_CHECKSUM_SUM8, BYTES ("123456789"), BYTES ("\xdd") },
  { TL_CHECKSUM_SUM8, BYTES (""), BYTES ("\0") },
  { TL_CHECKSUM_SUM8, BYTES ("\xff\xff"), BYTES ("\xfe") },
  { TL_CHECKSUM_XOR, BYTES ("123456789"), BYTES ("\x31") },
  { TL_CHECKSUM_XOR, BYTES (""), BYTES ("\0") },
  { TL_CHECKSUM_LRC, BYTES ("123456789"), BYTES ("\x23") },
  { TL_CHECKSUM_LRC, BYTES ("\xf7\x03\x13\x89\x00\x0a"), BYTES ("\x60") },
  { TL_CHECKSUM_LRC, BYTES (""), BYTES ("\0") },
  { TL_CHECKSUM_CRC16_MODBUS, BYTES ("123456789"), BYTES ("\x37\x4b") },
  { TL_CHECKSUM_CRC16_MODBUS, BYTES ("\x01\x03\x00\x00\x00\x0a"), BYTES ("\xc5\xcd") },
  { TL_CHECKSUM_CRC16_MODBUS, BYTES (""), BYTES ("\xff\xff") },
  { TL_CHECKSUM_CRC16_CCITT, BYTES ("123456789"), BYTES ("\x29\xb1") },
  { TL_CHECKSUM_CRC16_CCITT, BYTES ("A"), BYTES ("\xb9\x15") },
  { TL_CHECKSUM_CRC16_CCITT, BYTES (""), BYTES ("\xff\xff") },
  { TL_CHECKSUM_CRC32, BYTES ("123456789"), BYTES ("\xcb\xf4\x39\x26") },
  { TL_CHECKSUM_CRC32, BYTES ("The quick brown fox jumps over the lazy dog"), BYTES ("\x41\x4f\xa3\x39") },
  { TL_CHECKSUM_CRC32, BYTES (""), BYTES ("\0\0\0\0") },
};

static void
test_compute (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 sum[TL_CHECKSUM_MAX_SIZE];
      gsize n_sum = tl_checksum_compute (cases[i].checksum, (const guint8 *) cases[i].bytes, cases[i].length, sum);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpmem (sum, n_sum, cases[i].sum, cases[i].n_sum);
    }
}

static void
test_append (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].length);
      g_autoptr (GBytes) joined = tl_checksum_append (cases[i].checksum, bytes);
      const guint8 *data = g_bytes_get_data (joined, NULL);
      gsize n_data = cases[i].length;

      g_assert_cmpuint (g_bytes_get_size (joined), ==, n_data + cases[i].n_sum);
      g_assert_cmpmem (data, n_data, cases[i].bytes, n_data);
      if (cases[i].n_sum > 0)
        g_assert_cmpmem (data + n_data, cases[i].n_sum, cases[i].sum, cases[i].n_sum);
    }
}

/* What a receiver relies on: the sum over message and checksum is a constant. */
static void
test_residue (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static ("\x11\x03\x00\x6b\x00\x03", 6);
  static const TlChecksum zero[] = { TL_CHECKSUM_XOR, TL_CHECKSUM_CRC16_MODBUS, TL_CHECKSUM_CRC16_CCITT };

  for (gsize i = 0; i < G_N_ELEMENTS (zero); i++)
    {
      g_autoptr (GBytes) joined = tl_checksum_append (zero[i], message);
      guint8 sum[TL_CHECKSUM_MAX_SIZE];
      gsize n_sum = tl_checksum_compute (zero[i], g_bytes_get_data (joined, NULL), g_bytes_get_size (joined), sum);

      for (gsize j = 0; j < n_sum; j++)
        g_assert_cmpuint (sum[j], ==, 0);
    }
}

static void
test_labels (void)
{
  for (guint i = 0; i < TL_N_CHECKSUMS; i++)
    {
      g_assert_nonnull (tl_checksum_get_label (i));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (tl_checksum_get_label (i), !=, tl_checksum_get_label (j));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/checksum/compute", test_compute);
  g_test_add_func ("/checksum/append", test_append);
  g_test_add_func ("/checksum/residue", test_residue);
  g_test_add_func ("/checksum/labels", test_labels);

  return g_test_run ();
}
