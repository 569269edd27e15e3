/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-capture.h"
#include "tl-message-export.h"
#include "tl-message-log.h"

G_BEGIN_DECLS

/* What may wait for the disk, in bytes: what comes beyond that is not recorded, and counted. */
#define TL_RECORDING_MAX_PENDING (64 * 1024 * 1024)

/**
 * TlRecordingOptions:
 * @format: not TL_EXPORT_C_ARRAY
 * @charset: of the text, where the format has some
 * @is_datagram: each message is a text of its own
 * @max_bytes: the size after which the next file begins; 0: one file without limit
 * @max_files: how many files are kept then, the newest; 0: all
 */
typedef struct {
  TlExportFormat format;
  TlCharset      charset;
  gboolean       is_datagram;
  guint64        max_bytes;
  guint          max_files;
} TlRecordingOptions;

#define TL_TYPE_RECORDING (tl_recording_get_type ())
G_DECLARE_FINAL_TYPE (TlRecording, tl_recording, TL, RECORDING, GObject)

/**
 * TlRecording:
 *
 * A log being written to a file while it grows, from now until it is stopped: in batches, at least four times a second, on a thread of its own, so that a program
 * that is killed has lost less than a second of it. What the disk does not take is tried again every two seconds, and waits in memory up to TL_RECORDING_MAX_PENDING
 * bytes; that, and how much is missing at the end, is told in the log itself. The log goes on in any case. With a limit of size the files have running numbers before
 * their suffix. To be used on the main loop's thread.
 *
 * Read-only properties: "running" (boolean: until all is written after it was stopped), "error" (string, nullable: why nothing can be written now, or why it
 * ended, a sentence). Signal "changed": size, name or counts changed; at most four times a second.
 */

/* Begins at once. @about: (nullable): for TL_EXPORT_CAPTURE. A file that is there is replaced, unless there is a limit of size: then the number is one that is free. */
TlRecording *tl_recording_new           (TlMessageLog             *log,
                                         const char               *path,
                                         const TlRecordingOptions *options,
                                         const TlCaptureAbout     *about);
/* Our address from here on, towards @peer or (NULL) in general; for TL_EXPORT_CAPTURE. */
void         tl_recording_set_local     (TlRecording              *self,
                                         const char               *peer,
                                         const char               *local);
void         tl_recording_stop          (TlRecording              *self);
gboolean     tl_recording_get_running   (TlRecording              *self);
const char  *tl_recording_get_error     (TlRecording              *self);
/* The file that is written, as a person reads it. (transfer full) */
char        *tl_recording_dup_name      (TlRecording              *self);
/* Of that file, in the encoding of file names. */
const char  *tl_recording_get_path      (TlRecording              *self);
/* Bytes: of that file; of all that were made. */
guint64      tl_recording_get_size      (TlRecording              *self);
guint64      tl_recording_get_total     (TlRecording              *self);
guint        tl_recording_get_n_files   (TlRecording              *self);
/* Messages: in the files; that are missing there. */
guint64      tl_recording_get_n_written (TlRecording              *self);
guint64      tl_recording_get_n_lost    (TlRecording              *self);
/* For how long it has been going on, in µs. */
gint64       tl_recording_get_duration  (TlRecording              *self);
/* Until everything that was stopped has been written. Blocks: for the end of the program. */
void         tl_recording_wait_for_all  (void);

G_END_DECLS
