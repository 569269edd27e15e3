/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Binds a property that is an enumeration from 0 on and the "selected" of @choice, a GtkDropDown or an AdwComboRow with as many rows, both ways. */
void tl_choice_bind (GObject    *object,
                     const char *property,
                     GtkWidget  *choice);

G_END_DECLS
