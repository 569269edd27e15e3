/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session-recording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_RECORDING_CHIP (tl_recording_chip_get_type ())
G_DECLARE_FINAL_TYPE (TlRecordingChip, tl_recording_chip, TL, RECORDING_CHIP, GtkWidget)

/**
 * TlRecordingChip:
 *
 * Shows that a session is being recorded: a red dot, the file, its size, for how long; and stops it ("recording.stop"). Otherwise it is not seen.
 */
void  tl_recording_chip_set_recording (TlRecordingChip    *self,
                                       TlSessionRecording *recording);
/* "a.pcap · 1.2 MB · 1:05". (transfer full) */
char *tl_recording_chip_text          (const char         *name,
                                       guint64             size,
                                       gint64              duration);

G_END_DECLS
