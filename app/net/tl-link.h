/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* `udp://127.0.0.1:7855?local=0.0.0.0:7856`, `udp://?local=…&reply=…`, `tcp://host:port`, `tcp-listen://0.0.0.0:8899`.
 * Parameters: reply, framing (tl_framing_to_string()), tls=verify|accept (tcp), local=host:port (udp, tcp), group=address or address%interface (udp, may repeat),
 * reconnect=1, timeout=S (tcp). Unknown parameters are an error that names them.
 * (transfer full): a session, closed, with its typed peer if the link has one; G_IO_ERROR_INVALID_ARGUMENT or TL_SESSION_ERROR: a
 * translated sentence that names the part that is wrong. A host name of a UDP link is looked up; its peer comes when it is found. */
TlSession *tl_link_open   (const char *link,
                           GError    **error);
/* Only checks, without making a session. */
gboolean   tl_link_check  (const char *link,
                           GError    **error);

G_END_DECLS
