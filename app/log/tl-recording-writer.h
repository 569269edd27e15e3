/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlRecording only: the thread that writes. */

#include "tl-history-chunk.h"
#include "tl-recording-file.h"
#include "tl-recording-format.h"

G_BEGIN_DECLS

/* How often what the disk did not take is tried again. */
#define TL_RECORDING_RETRY_US (2 * G_USEC_PER_SEC)

/**
 * TlRecordingWriter:
 *
 * Takes batches of messages and writes them in the order in which they came, on a thread of its own. What the disk does not take is tried again
 * every two seconds until it is stopped; then what is left is counted and given up. Counted references; the thread holds one.
 */
typedef struct _TlRecordingWriter TlRecordingWriter;

/* How it stands. */
typedef struct {
  char     *path;       /* of the file that is written */
  char     *error;      /* (nullable): why nothing can be written now, a sentence */
  guint64   size;       /* of that file, bytes */
  guint64   total;      /* of all its files */
  guint64   n_written;  /* messages */
  guint64   n_lost;     /* messages: that were given up at the end */
  guint     n_files;
  gboolean  opened;     /* the first file was made */
  gboolean  done;       /* it has ended */
} TlRecordingStatus;

void               tl_recording_status_clear   (TlRecordingStatus  *status);

/* Begins at once. @format and @file: (transfer full). @max_bytes: of a file; 0: no limit. */
TlRecordingWriter *tl_recording_writer_new     (TlRecordingFormat  *format,
                                                TlRecordingFile    *file,
                                                guint64             max_bytes);
TlRecordingWriter *tl_recording_writer_ref     (TlRecordingWriter  *self);
void               tl_recording_writer_unref   (TlRecordingWriter  *self);
/* @batch: (transfer full). */
void               tl_recording_writer_push    (TlRecordingWriter  *self,
                                                TlHistoryBatch     *batch);
/* For what is pushed from here on. @peer: NULL: our address in general. */
void               tl_recording_writer_set_local (TlRecordingWriter *self,
                                                const char         *peer,
                                                const char         *local);
/* Writes what was pushed, if it can be written, closes the file and ends. */
void               tl_recording_writer_stop    (TlRecordingWriter  *self);
/* Bytes that were pushed and are not written yet. */
gsize              tl_recording_writer_get_pending (TlRecordingWriter *self);
/* A copy. To be cleared. */
void               tl_recording_writer_get_status (TlRecordingWriter *self,
                                                TlRecordingStatus  *status);
/* Until all that have been stopped have ended. Blocks: for the end of the program. */
void               tl_recording_writer_wait_for_all (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecordingWriter, tl_recording_writer_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlRecordingStatus, tl_recording_status_clear)

G_END_DECLS
