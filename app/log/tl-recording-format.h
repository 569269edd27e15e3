/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlRecordingWriter only, in its thread: messages as they stand in the file. */

#include "tl-message-export.h"

G_BEGIN_DECLS

typedef struct _TlRecordingFormat TlRecordingFormat;

/* @about: (nullable): for TL_EXPORT_CAPTURE. */
TlRecordingFormat *tl_recording_format_new        (TlExportFormat        format,
                                                   TlCharset             charset,
                                                   gboolean              is_datagram,
                                                   const TlCaptureAbout *about);
void               tl_recording_format_free       (TlRecordingFormat    *self);
/* What stands at the beginning of each file. */
const GString     *tl_recording_format_get_header (TlRecordingFormat    *self);
/* Appends one message to what waits to be written. */
void               tl_recording_format_add        (TlRecordingFormat    *self,
                                                   const TlMessageInfo  *info,
                                                   const char           *peer,
                                                   GBytes               *bytes);
void               tl_recording_format_set_local  (TlRecordingFormat    *self,
                                                   const char           *peer,
                                                   const char           *local);
/* What follows stands in another file. */
void               tl_recording_format_begin_file (TlRecordingFormat    *self);
void               tl_recording_format_end        (TlRecordingFormat    *self);
/* (transfer none): what waits to be written, for the writer to truncate. */
GString           *tl_recording_format_get_out    (TlRecordingFormat    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecordingFormat, tl_recording_format_free)

G_END_DECLS
