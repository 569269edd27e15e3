/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_APPLICATION (tl_application_get_type ())
G_DECLARE_FINAL_TYPE (TlApplication, tl_application, TL, APPLICATION, AdwApplication)

/* The program: its command line, its actions, its windows. */
TlApplication *tl_application_new          (void);
/* (transfer none): what is kept from run to run. */
GSettings     *tl_application_get_settings (TlApplication *self);
/* (nullable) (transfer none): of the windows of the same kind, the one that was used last before @window. */
GtkWindow     *tl_application_find_other_window (GtkWindow *window);

G_END_DECLS
