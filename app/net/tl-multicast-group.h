/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-udp-session.h"

G_BEGIN_DECLS

/* For TlUdpSession. NULL when @address is no multicast address: TL_SESSION_ERROR_ADDRESS. */
TlMulticastGroup *tl_multicast_group_new   (const char       *address,
                                            guint             interface,
                                            GError          **error);
gboolean          tl_multicast_group_equal (TlMulticastGroup *self,
                                            TlMulticastGroup *other);
/* (transfer full): the `group=` of a link: "239.1.2.3", "239.1.2.3%eth0". */
char             *tl_multicast_group_dup_link (TlMulticastGroup *self);
gboolean          tl_multicast_group_is_joined (TlMulticastGroup *self);
/* Calls setsockopt on the session's socket, with a line in its log; what is wrong is in "error" too. */
gboolean          tl_multicast_group_join  (TlMulticastGroup *self,
                                            TlSession        *session,
                                            GSocket          *socket,
                                            GError          **error);
void              tl_multicast_group_leave (TlMulticastGroup *self,
                                            TlSession        *session,
                                            GSocket          *socket);
/* The socket is gone, and with it the membership. */
void              tl_multicast_group_ended (TlMulticastGroup *self);

G_END_DECLS
