/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast listings of each format are taken apart, beside a bare search for line ends and beside GLib's splitting in the same run; what an entry costs in
 * memory; and how long the main loop is held up while a large folder is shown, sorted and filtered. */

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
#define N_RUNS 3
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

typedef struct {
  const char *name;
  TlFtpListingFormat format;
  const char *heading;     /* above all lines */
  const char *line;        /* printf: number, 1 to 28, 0 to 23, name */
  gboolean latin;          /* its names are of letters and digits alone */
} Kind;

static const Kind kinds[] = {
  { "LIST of Unix", TL_FTP_LISTING_UNIX, "", "-rw-r--r--    1 1000     1000     %1$8u Jan %2$2u  20%3$02u %4$s\r\n", FALSE },
  { "LIST of Unix, Chinese dates", TL_FTP_LISTING_UNIX, "", "-rw-r--r--    1 ftp      ftp      %1$8u 11月 %2$2u  20%3$02u %4$s\r\n", FALSE },
  { "MLSD", TL_FTP_LISTING_MLSD, "",
    "modify=202402%2$02u%3$02u3005;perm=adfrw;size=%1$u;type=file;unique=803U%1$X;UNIX.group=1000;UNIX.groupname=users;UNIX.mode=0644;UNIX.owner=1000;"
    "UNIX.ownername=li; %4$s\r\n", FALSE },
  { "LIST of DOS and IIS", TL_FTP_LISTING_DOS, "", "03-%2$02u-21  %3$02u:45 %1$20u %4$s\r\n", FALSE },
  { "LIST of EPLF", TL_FTP_LISTING_EPLF, "", "+i131072.%1$u,m15779342%2$02u,r,s%3$u,\t%4$s\r\n", FALSE },
  { "LIST of VMS", TL_FTP_LISTING_VMS, "Directory DKA0:[ANON]\r\n\r\n", "%4$s;%3$u  %1$u/%1$u  %2$u-MAR-2004 %3$02u:22:10.55  [ANON,LI]  (RWED,RWED,RE,)\r\n", TRUE },
  { "LIST of MVS", TL_FTP_LISTING_MVS, "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname\r\n",
    "VOL%1$03u 3390   2020/05/%2$02u  1   %3$2u  FB      80 27920  PS  %4$s\r\n", TRUE },
  { "LIST of OS/400", TL_FTP_LISTING_OS400, "", "LIWEI       %1$10u 02/%2$02u/20 %3$02u:09:55 *STMF      %4$s\r\n", FALSE },
  { "LIST of OS/2", TL_FTP_LISTING_OS2, "", "%1$10u      A          06-%2$02u-99  %3$02u:44  %4$s\r\n", FALSE },
  { "LIST of NetWare", TL_FTP_LISTING_NETWARE, "", "- [R----F--] wang  %1$10u Nov %2$02u  20%3$02u    %4$s\r\n", FALSE },
  { "LIST of VxWorks", TL_FTP_LISTING_VXWORKS, "", "%1$10u    Nov-%2$02u-2006  %3$02u:20:30   %4$s\r\n", FALSE },
};

/* @names: (out): the bytes of all names. */
static GBytes *
make_answer (const Kind *kind,
             guint       n,
             gsize      *names)
{
  GString *answer = g_string_sized_new ((gsize) n * 180);

  g_string_append (answer, kind->heading);
  *names = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%06u.DAT", i % 4 == 0 && !kind->latin ? "数据" : "MEASUREMENT", (i * 7919u) % n);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (answer, kind->line, i, i % 28 + 1, i % 24, name);
#pragma GCC diagnostic pop
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

/* The plain way: strings of lines, and of their words. */
static double
run_words (GBytes *answer)
{
  gint64 begin = get_cpu_time ();
  g_autofree char *text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint n = 0;

  for (; lines[n] != NULL; n++)
    {
      g_auto (GStrv) words = g_strsplit_set (lines[n], " ;", -1);

      if (words == NULL)
        break;
    }
  return (double) (get_cpu_time () - begin) / n;
}

static double
run_parse (const Kind *kind,
           GBytes     *answer,
           gsize      *memory)
{
  TlFtpListingHints hints = { .now = g_get_real_time () / G_USEC_PER_SEC, .is_mlsd = kind->format == TL_FTP_LISTING_MLSD };
  gint64 begin = get_cpu_time ();
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (answer, &hints, NULL);
  guint n = tl_ftp_listing_get_n_entries (listing);

  *memory = tl_ftp_listing_get_memory (listing);
  if (n != N_LINES || tl_ftp_listing_get_format (listing) != kind->format)
    g_error ("%s: %u entries instead of %u", kind->name, n, N_LINES);
  return (double) (get_cpu_time () - begin) / n;
}

static void
bench_parse (const Kind *kind)
{
  gsize names, memory = 0;
  g_autoptr (GBytes) answer = make_answer (kind, N_LINES, &names);
  double split_times[N_RUNS], word_times[N_RUNS], parse_times[N_RUNS], split, words, parse;

  for (guint i = 0; i < N_RUNS; i++)
    {
      split_times[i] = run_split (answer);
      word_times[i] = run_words (answer);
      parse_times[i] = run_parse (kind, answer, &memory);
    }
  split = get_median (split_times);
  words = get_median (word_times);
  parse = get_median (parse_times);
  printf ("%-28s %6.1f MB %7.3f s %9.1f %11.1f %9.1f x %9.2f x %9.1f\n", kind->name, (double) g_bytes_get_size (answer) / 1e6, parse * N_LINES / 1e9, parse, split,
          parse / split, parse / words, (double) (memory - names) / N_LINES);
  fflush (stdout);
}

static void
bench_formats (void)
{
  printf ("%d lines, processor time, medians of %d runs\n", N_LINES, N_RUNS);
  printf ("%-28s %9s %9s %9s %11s %11s %11s %9s\n", "", "answer", "parsed", "ns a line", "memchr: ns", "to memchr", "to strsplit", "bytes");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    bench_parse (&kinds[i]);
  printf ("memchr: finds the line ends and nothing else. strsplit: GLib's g_strsplit() into lines, and each into words. bytes: of memory an entry, beside its name.\n\n");
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
  g_autoptr (GBytes) answer = make_answer (&kinds[0], N_ROWS, &names);
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
  bench_formats ();
  bench_directory ();
  return 0;
}
