/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlRecordingWriter only, in its thread: the files of a recording, one after the other. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlRecordingFile:
 *
 * A file that grows by whole pieces: one that does not go onto the disk is taken back, so that what stands there can always be read. When it rotates, the files have running
 * numbers before their suffix ("a-0001.pcap"), none that is there already is touched, and only so many of them are kept.
 */
typedef struct _TlRecordingFile TlRecordingFile;

/* @rotates: the files have numbers. @max_files: 0: all are kept. @header: what stands at the beginning of each. */
TlRecordingFile *tl_recording_file_new    (const char       *path,
                                           gboolean          rotates,
                                           guint             max_files,
                                           const char       *header,
                                           gsize             header_length);
void             tl_recording_file_free   (TlRecordingFile  *self);
/* Makes the first file, or goes on with it. G_FILE_ERROR, a sentence. */
gboolean         tl_recording_file_open   (TlRecordingFile  *self,
                                           GError          **error);
/* All or nothing. When the file has been taken away meanwhile, the next piece begins another one. */
gboolean         tl_recording_file_write  (TlRecordingFile  *self,
                                           const char       *data,
                                           gsize             length,
                                           GError          **error);
/* What is written next stands in the next file. FALSE: not all of this one may be on the disk. */
gboolean         tl_recording_file_close  (TlRecordingFile  *self,
                                           GError          **error);
/* The one that was opened last. */
const char      *tl_recording_file_get_path (TlRecordingFile *self);
/* Of that one, in bytes; 0 while none is open. */
guint64          tl_recording_file_get_size (TlRecordingFile *self);
/* How many were made. */
guint            tl_recording_file_get_n_files (TlRecordingFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecordingFile, tl_recording_file_free)

G_END_DECLS
