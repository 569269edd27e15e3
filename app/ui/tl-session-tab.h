/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tab-content.h"

G_BEGIN_DECLS

/* For TlSessionPage, which is one. */
void tl_session_tab_init (TlTabContentInterface *iface);

G_END_DECLS
