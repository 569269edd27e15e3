/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast listings are taken apart, beside a bare search for line ends in the same run; what an entry costs in memory; and how long the main loop is
 * held up while a large folder is shown, sorted and filtered. */

#include "tl-ftp-directory.h"

#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tl-ftp-names.h"

#define N_LINES 1000000
#define N_ROWS 100000
#define N_RUNS 5
#define FRAME_MS 16

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *values)
{
  qsort (values, N_RUNS, sizeof *values, compare_doubles);
  return values[N_RUNS / 2];
}

/* Nanoseconds that this thread has computed: what else the machine does is not counted. */
static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* Lines as vsftpd writes them, or ProFTPD for MLSD. @names: (out): the bytes of all names. */
static GBytes *
make_answer (guint    n,
             gboolean mlsd,
             gsize   *names)
{
  GString *answer = g_string_sized_new ((gsize) n * (mlsd ? 180 : 90));

  *names = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%06u.dat", i % 4 == 0 ? "数据" : "measurement", (i * 7919u) % n);

      if (mlsd)
        g_string_append_printf (answer,
                                "modify=20240229103005;perm=adfrw;size=%u;type=file;unique=803U%X;UNIX.group=1000;UNIX.groupname=users;"
                                "UNIX.mode=0644;UNIX.owner=1000;UNIX.ownername=li; %s\r\n",
                                i, i, name);
      else
        g_string_append_printf (answer, "-rw-r--r--    1 1000     1000     %8u Jan %2u  20%02u %s\r\n", i, i % 28 + 1, i % 24, name);
      *names += strlen (name);
    }
  return g_string_free_to_bytes (answer);
}

static double
run_split (GBytes *answer)
{
  gsize length;
  const char *p = g_bytes_get_data (answer, &length);
  const char *end = p + length;
  gint64 begin = get_cpu_time ();
  guint n = 0;

  while (p < end && (p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      p++;
      n++;
      /* So that the compiler does not see through it. */
      __asm__ volatile ("" : : "r" (p) : "memory");
    }
  return (double) (get_cpu_time () - begin) / n;
}

static double
run_parse (GBytes  *answer,
           gboolean mlsd,
           gsize   *memory)
{
  TlFtpListingHints hints = { .now = g_get_real_time () / G_USEC_PER_SEC, .is_mlsd = mlsd };
  gint64 begin = get_cpu_time ();
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (answer, &hints, NULL);
  guint n = tl_ftp_listing_get_n_entries (listing);

  *memory = tl_ftp_listing_get_memory (listing);
  if (n != N_LINES)
    g_error ("%u entries instead of %u", n, N_LINES);
  return (double) (get_cpu_time () - begin) / n;
}

static void
bench_parse (const char *what,
             gboolean    mlsd)
{
  gsize names, memory = 0;
  g_autoptr (GBytes) answer = make_answer (N_LINES, mlsd, &names);
  double split_times[N_RUNS], parse_times[N_RUNS], split, parse;

  for (guint i = 0; i < N_RUNS; i++)
    {
      split_times[i] = run_split (answer);
      parse_times[i] = run_parse (answer, mlsd, &memory);
    }
  split = get_median (split_times);
  parse = get_median (parse_times);
  printf ("%s, %d lines, %zu bytes, processor time, median of %d runs\n", what, N_LINES, g_bytes_get_size (answer), N_RUNS);
  printf ("memchr for line ends: %8.1f ns a line, %6.3f s\n", split, split * N_LINES / 1e9);
  printf ("parsed:               %8.1f ns a line, %6.3f s\n", parse, parse * N_LINES / 1e9);
  printf ("ratio:                %8.1f\n", parse / split);
  printf ("memory:               %8.1f bytes an entry beside its name\n\n", (double) (memory - names) / N_LINES);
}

/* The bytes that are in use, of the heap and mapped. */
static gsize
get_heap (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static gboolean
is_busy (TlFtpDirectory *directory)
{
  gboolean busy;

  g_object_get (directory, "busy", &busy, NULL);
  return busy;
}

/* Runs the main loop until the rows are in order. The longest turn of it, the setting included, in processor time, which waiting for a thread takes none of. */
static void
settle (TlFtpDirectory *directory,
        const char     *what,
        gint64          begin,
        gint64          cpu_begin)
{
  gint64 turn = cpu_begin, longest = 0;

  do
    {
      longest = MAX (longest, get_cpu_time () - turn);
      while (is_busy (directory) && !g_main_context_pending (NULL))
        g_usleep (200);
      turn = get_cpu_time ();
      g_main_context_iteration (NULL, FALSE);
    }
  while (is_busy (directory) || g_main_context_pending (NULL));
  longest = MAX (longest, get_cpu_time () - turn);

  printf ("%-22s %8.1f ms, the main loop held up for %5.2f ms at most%s\n", what, (double) (g_get_monotonic_time () - begin) / 1000, (double) longest / 1e6,
          longest > FRAME_MS * 1000000 ? "  MORE THAN A FRAME" : "");
}

static void
bench_directory (void)
{
  gsize names, heap = get_heap (), with_listing;
  g_autoptr (GBytes) answer = make_answer (N_ROWS, FALSE, &names);
  gsize answer_size = get_heap () - heap;
  TlFtpListingHints hints = { .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (TlFtpDirectory) directory = tl_ftp_directory_new ();
  gint64 begin, cpu_begin;

  listing = tl_ftp_listing_parse (answer, &hints, NULL);
  with_listing = get_heap () - heap - answer_size;
  printf ("a folder of %d entries, %s\n", N_ROWS, setlocale (LC_COLLATE, NULL));

#define STEP(what, code) \
  begin = g_get_monotonic_time (); \
  cpu_begin = get_cpu_time (); \
  code; \
  settle (directory, what, begin, cpu_begin)

  STEP ("shown, by name", tl_ftp_directory_set_listing (directory, listing));
  STEP ("by name, descending", g_object_set (directory, "descending", TRUE, NULL));
  STEP ("by size", g_object_set (directory, "sort", TL_FTP_SORT_SIZE, NULL));
  STEP ("by time", g_object_set (directory, "sort", TL_FTP_SORT_TIME, NULL));
  STEP ("by owner", g_object_set (directory, "sort", TL_FTP_SORT_OWNER, NULL));
  STEP ("filter", g_object_set (directory, "filter", "99", NULL));
  STEP ("no filter", g_object_set (directory, "filter", NULL, NULL));
  STEP ("character set", g_object_set (directory, "charset", TL_CHARSET_GB18030, NULL));
  STEP ("type-ahead, in vain", tl_ftp_directory_find_prefix (directory, "zzz", 0));
  printf ("memory:                %8.1f MiB with listing (%.1f MiB), order and sort keys\n", (double) (get_heap () - heap - answer_size) / (1 << 20),
          (double) with_listing / (1 << 20));
}

int
main (void)
{
  setlocale (LC_ALL, "");
  bench_parse ("LIST of Unix", FALSE);
  bench_parse ("MLSD", TRUE);
  bench_directory ();
  return 0;
}
