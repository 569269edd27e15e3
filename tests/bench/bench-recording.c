/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast messages become lines, records or packets in a file, beside the capture file and beside fprintf() of the same bytes in the same run; and whether a
 * recording keeps up with a log that grows at a rate. */

#include "bench-run.h"

#include "tl-export-row.h"
#include "tl-recording-file.h"
#include "tl-recording-format.h"
#include "tl-recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAYLOAD 64
#define N_PEERS 8
#define N_MESSAGES 200000
#define SLICE_BYTES (256 * 1024)
#define BURST 100

static const TlCaptureAbout about = { .local = "127.0.0.1:40001" };

static const struct {
  const char     *name;
  TlExportFormat  format;
  TlCharset       charset;
  gboolean        is_datagram;
  gboolean        is_binary;   /* bytes that are no text at all */
} cases[] = {
  { "capture", TL_EXPORT_CAPTURE, TL_CHARSET_UTF_8, TRUE, FALSE },
  { "jsonl", TL_EXPORT_JSON_LINES, TL_CHARSET_UTF_8, TRUE, FALSE },
  { "jsonl of a stream", TL_EXPORT_JSON_LINES, TL_CHARSET_UTF_8, FALSE, FALSE },
  { "jsonl GB18030", TL_EXPORT_JSON_LINES, TL_CHARSET_GB18030, TRUE, FALSE },
  { "jsonl of binary", TL_EXPORT_JSON_LINES, TL_CHARSET_UTF_8, TRUE, TRUE },
  { "jsonl of binary as GB18030", TL_EXPORT_JSON_LINES, TL_CHARSET_GB18030, TRUE, TRUE },
  { "text", TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE, FALSE },
  { "text GB18030", TL_EXPORT_TEXT, TL_CHARSET_GB18030, TRUE, FALSE },
  { "text of binary", TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE, TRUE },
  { "csv", TL_EXPORT_CSV, TL_CHARSET_UTF_8, TRUE, FALSE },
  { "received", TL_EXPORT_RECEIVED_BYTES, TL_CHARSET_UTF_8, TRUE, FALSE },
};

/* As a device would write it, or a random one. */
static void
make_payload (guint8   *payload,
              guint     number,
              gboolean  is_binary)
{
  if (!is_binary)
    {
      memset (payload, ' ', PAYLOAD);
      memcpy (payload, "0,23.5,1013.2,OK,temperature and \"pressure\" of third sensor\r\n", 61);
      payload[0] = (guint8) ('0' + number % 10);
      return;
    }
  for (guint i = 0; i < PAYLOAD; i++, number = number * 1103515245 + 12345)
    payload[i] = (guint8) (number >> 16);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* Formats and writes all; ns of this thread's processor time a message. */
static double
run_format (guint       number,
            const char *path)
{
  g_autoptr (TlRecordingFormat) format = tl_recording_format_new (cases[number].format, cases[number].charset, cases[number].is_datagram, &about);
  const GString *header = tl_recording_format_get_header (format);
  TlRecordingFile *file = tl_recording_file_new (path, FALSE, 0, header->str, header->len);
  GString *out = tl_recording_format_get_out (format);
  guint8 payload[PAYLOAD];
  char peer[32];
  double begin;

  begin = now ();
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      TlMessageInfo info = { .time = G_GINT64_CONSTANT (1700000000000000) + i * 10, .offset = (guint64) (i / N_PEERS) * PAYLOAD, .peer = i % N_PEERS + 1,
                             .length = PAYLOAD, .kind = TL_MESSAGE_RECEIVED };
      g_autoptr (GBytes) bytes = NULL;

      make_payload (payload, i, cases[number].is_binary);
      bytes = g_bytes_new_static (payload, PAYLOAD);
      g_snprintf (peer, sizeof peer, "192.168.1.%u:50001", i % N_PEERS + 1);
      tl_recording_format_add (format, &info, peer, bytes);
      if (out->len >= SLICE_BYTES || i + 1 == N_MESSAGES)
        {
          if (!tl_recording_file_write (file, out->str, out->len, NULL))
            g_error ("%s cannot be written", path);
          g_string_truncate (out, 0);
        }
    }
  begin = now () - begin;
  tl_recording_file_free (file);
  return begin / N_MESSAGES * 1e9;
}

/* The same bytes, a row a call. */
static double
run_fprintf (const char *path,
             gboolean    has_rows)
{
  g_autofree char *other = g_strconcat (path, ".fprintf", NULL);
  g_autofree char *contents = NULL;
  const gsize piece = PAYLOAD;
  gsize length;
  FILE *file = fopen (other, "w");
  double begin;

  if (file == NULL || !g_file_get_contents (path, &contents, &length, NULL))
    g_error ("%s cannot be read", path);
  begin = now ();
  for (const char *p = contents; p < contents + length;)
    {
      const char *newline = has_rows ? memchr (p, '\n', (gsize) (contents + length - p)) : NULL;
      const gsize n = newline != NULL ? (gsize) (newline + 1 - p) : MIN (piece, (gsize) (contents + length - p));

      if (has_rows)
        fprintf (file, "%.*s", (int) n, p);
      else
        fwrite (p, 1, n, file);
      p += n;
    }
  fclose (file);
  begin = now () - begin;
  remove (other);
  return begin / N_MESSAGES * 1e9;
}

static void
run_formats (const char *path,
             guint       runs)
{
  g_print ("%-28s %9s %14s %16s %16s\n", "64 B", "ns", "messages/s", "of the capture's", "of fprintf's");
  for (guint number = 0; number < G_N_ELEMENTS (cases); number++)
    {
      double costs[BENCH_MAX_RUNS], of_capture[BENCH_MAX_RUNS], of_fprintf[BENCH_MAX_RUNS];

      for (guint run = 0; run < runs; run++)
        {
          const double capture = run_format (0, path);

          costs[run] = run_format (number, path);
          of_capture[run] = capture / costs[run];
          of_fprintf[run] = run_fprintf (path, cases[number].format <= TL_EXPORT_JSON_LINES) / costs[run];
        }
      g_print ("%-28s %9.0f %14.0f %16.2f %16.2f\n", cases[number].name, bench_median (costs, runs), 1e9 / bench_median (costs, runs),
               bench_median (of_capture, runs), bench_median (of_fprintf, runs));
    }
}

/* Messages come into a log at @rate; says what the recording took. */
static void
run_flow (const char *path,
          guint       number,
          guint       rate,
          guint       seconds)
{
  const TlRecordingOptions options = { cases[number].format, cases[number].charset, cases[number].is_datagram, 0, 0 };
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, "192.168.1.1:50001");
  g_autoptr (TlRecording) recording = tl_recording_new (log, path, &options, &about);
  const gint64 computed = bench_processor_time ();
  const gint64 begin = g_get_monotonic_time ();
  const guint64 all = (guint64) rate * seconds;
  guint8 payload[PAYLOAD];
  gint64 behind;
  guint64 n = 0;

  while (n < all)
    {
      const guint64 due = MIN (all, (guint64) (g_get_monotonic_time () - begin) * rate / G_USEC_PER_SEC);

      for (guint i = 0; n < due && i < 10 * BURST; n++, i++)
        {
          make_payload (payload, (guint) n, cases[number].is_binary);
          tl_message_log_append (log, TL_MESSAGE_RECEIVED, 0, peer, payload, PAYLOAD);
        }
      g_main_context_iteration (NULL, FALSE);
      if (n == due && n < all)
        g_usleep (1000);
    }
  behind = g_get_monotonic_time ();
  tl_recording_stop (recording);
  while (tl_recording_get_running (recording))
    bench_turn ();
  behind = g_get_monotonic_time () - behind;
  g_print ("%-28s %10u/s %12" G_GUINT64_FORMAT " written %10" G_GUINT64_FORMAT " lost, %4.1f s behind at the end, %3.0f %% of a processor\n", cases[number].name, rate,
           tl_recording_get_n_written (recording), tl_recording_get_n_lost (recording), (double) behind / G_USEC_PER_SEC,
           (double) (bench_processor_time () - computed) / 1e7 / seconds);
}

int
main (int    argc,
      char **argv)
{
  int runs = 5, seconds = 5, rate = 100000;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "Pairs of each format", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "Of each flow; 0: none", "N" },
    { "rate", 0, 0, G_OPTION_ARG_INT, &rate, "Messages a second of a flow", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- formats of a recording");
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL, *path = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  runs = CLAMP (runs, 0, BENCH_MAX_RUNS);
  folder = g_dir_make_tmp ("tonglu-bench-XXXXXX", &error);
  if (folder == NULL)
    g_error ("%s", error->message);
  path = g_build_filename (folder, "recording", NULL);

  bench_print_machine ();
  if (runs > 0)
    run_formats (path, (guint) runs);
  for (guint number = 0; seconds > 0 && number < G_N_ELEMENTS (cases); number++)
    run_flow (path, number, (guint) rate, (guint) seconds);
  remove (path);
  remove (folder);
  return EXIT_SUCCESS;
}
