/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-recording.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_SESSION_RECORDING (tl_session_recording_get_type ())
G_DECLARE_FINAL_TYPE (TlSessionRecording, tl_session_recording, TL, SESSION_RECORDING, GObject)

/**
 * TlSessionRecording:
 *
 * Records a session to a file: from when the user wants it until the user does not, or until the session, once it has been open, is closed or has
 * failed; reconnecting is a part of it. Can begin before the session opens, so that its first bytes are in the file. Does not hold the session.
 *
 * Read-only properties: "recording" (TlRecording, nullable: the one that runs), "can-start" (boolean), "can-stop" (boolean).
 */
TlSessionRecording *tl_session_recording_new   (TlSession                *session);
/* @options: is_datagram is the session's own. */
void                tl_session_recording_start (TlSessionRecording       *self,
                                                const char               *path,
                                                const TlRecordingOptions *options);
void                tl_session_recording_stop  (TlSessionRecording       *self);
/* (nullable) */
TlRecording        *tl_session_recording_get_recording (TlSessionRecording *self);

G_END_DECLS
