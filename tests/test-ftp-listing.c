/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpListing: samples of every format, one line each or a few, and what is more than a line. */

#include "tl-ftp-listing.h"

#include "tl-ftp-listing-test.h"

typedef struct {
  const char *bytes;
  const char *expected;    /* test_describe() of each entry, a newline between them */
} Sample;

#include "ftp-samples/unix.h"
#include "ftp-samples/mlsd.h"
#include "ftp-samples/dos.h"
#include "ftp-samples/others.h"

static void
check_samples (const Sample      *samples,
               gsize              n_samples,
               TlFtpListingFormat format)
{
  for (gsize i = 0; i < n_samples; i++)
    {
      g_autoptr (TlFtpListing) listing = test_listing_at (samples[i].bytes, -1, TEST_NOW, format == TL_FTP_LISTING_MLSD);
      g_autoptr (GString) described = g_string_new (NULL);
      g_autofree char *escaped = g_strescape (samples[i].bytes, NULL);

      g_test_message ("%s", escaped);
      for (guint j = 0; j < tl_ftp_listing_get_n_entries (listing); j++)
        {
          g_autofree char *line = test_describe (listing, j);

          g_string_append_printf (described, "%s%s", j > 0 ? "\n" : "", line);
        }
      g_assert_cmpstr (described->str, ==, samples[i].expected);
      g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (listing), ==, 0);
      g_assert_cmpint (tl_ftp_listing_get_format (listing), ==, format);
    }
}

/* What the letters, or the digits, of permissions are as a number. */
static void
test_modes (void)
{
  static const struct {
    const char *bytes;
    int mode;
  } modes[] = {
    { "-rw-r--r-- 1 a b 1 Jan 3 2020 x", 0644 },
    { "d--------- 1 a b 1 Jan 3 2020 x", 0 },
    { "-rwsr-xr-x 1 a b 1 Jan 3 2020 x", 04755 },
    { "-rwSrwlrwT 1 a b 1 Jan 3 2020 x", 07666 },
    { "drwxrwxrwt 1 a b 1 Jan 3 2020 x", 01777 },
    { "drwxrwsr-x+ 1 a b 1 Jan 3 2020 x", 02775 },
    { "-rwa------ 1 a b 1 Jan 3 2020 x", -1 },
    { "d????????? ? ? ? ? ? x", -1 },
    { "type=file;UNIX.mode=0100644; x", 0644 },
    { "type=file;UNIX.mode=; x", -1 },
    { "type=file;perm=adfrw; x", -1 },
    { "+up1777,\tx", 01777 },
    { "+up8,\tx", -1 },
    { "03-15-04  11:20AM       <DIR>          x", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (TlFtpListing) listing = test_listing (modes[i].bytes);
      TlFtpListingItem item;

      g_test_message ("%s", modes[i].bytes);
      g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
      tl_ftp_listing_get_entry (listing, 0, &item);
      g_assert_cmpint (item.mode, ==, modes[i].mode);
    }
}

#define TEST_FORMAT(name, FORMAT) \
  static void \
  test_##name (void) \
  { \
    check_samples (name##_samples, G_N_ELEMENTS (name##_samples), TL_FTP_LISTING_##FORMAT); \
  }

TEST_FORMAT (unix, UNIX)
TEST_FORMAT (mlsd, MLSD)
TEST_FORMAT (dos, DOS)
TEST_FORMAT (eplf, EPLF)
TEST_FORMAT (netware, NETWARE)
TEST_FORMAT (vms, VMS)
TEST_FORMAT (mvs, MVS)
TEST_FORMAT (os400, OS400)
TEST_FORMAT (os2, OS2)
TEST_FORMAT (vxworks, VXWORKS)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-listing/unix", test_unix);
  g_test_add_func ("/ftp-listing/mlsd", test_mlsd);
  g_test_add_func ("/ftp-listing/dos", test_dos);
  g_test_add_func ("/ftp-listing/eplf", test_eplf);
  g_test_add_func ("/ftp-listing/netware", test_netware);
  g_test_add_func ("/ftp-listing/vms", test_vms);
  g_test_add_func ("/ftp-listing/mvs", test_mvs);
  g_test_add_func ("/ftp-listing/os400", test_os400);
  g_test_add_func ("/ftp-listing/os2", test_os2);
  g_test_add_func ("/ftp-listing/vxworks", test_vxworks);
  g_test_add_func ("/ftp-listing/modes", test_modes);

  return g_test_run ();
}
