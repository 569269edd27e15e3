/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* Makes two sessions of this computer that talk to each other: opening @first opens @second on the port that the system picked. UDP: two ends, the first
 * answers; else a TCP server that answers and a client. Both (transfer full). */
void tl_try_it_new (gboolean    udp,
                    TlSession **first,
                    TlSession **second);

G_END_DECLS
