/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-json.h"

G_BEGIN_DECLS

/* Reads a file of quick sends off the main loop; no more of it than TL_QUICK_JSON_MAX. G_IO_ERROR_NOT_FOUND, or what tl_quick_json_read() says, or what the system said, each
 * as a sentence. */
void         tl_quick_file_load_async  (GFile                *file,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full) */
TlQuickBook *tl_quick_file_load_finish (GAsyncResult         *result,
                                        GError              **error);
/* Writes @json whole or not at all, readable by the user alone, off the main loop; makes the folder. */
void         tl_quick_file_save_async  (GFile                *file,
                                        GBytes               *json,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean     tl_quick_file_save_finish (GAsyncResult         *result,
                                        GError              **error);
/* The same at once, for the end of the program. */
gboolean     tl_quick_file_save        (GFile                *file,
                                        GBytes               *json,
                                        GError              **error);

G_END_DECLS
