/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows it with the focus at the default answer, also when it is narrow: Enter gives that one. */
void tl_message_dialog_present (AdwMessageDialog *dialog);

G_END_DECLS
