/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  TL_LINK_UDP,
  TL_LINK_TCP,
  TL_LINK_TCP_LISTEN,
} TlLinkKind;

/**
 * TlLinkParts:
 * @host: (nullable): the other end's, or where to listen; "" to listen on any address; NULL for a UDP link without another end
 * @port: that goes with it, or 0
 * @local_host: (nullable): "" for any address; NULL when the link has no `local`
 * @reply: (nullable): for tl_auto_reply_set_from_link(); bytes that are no UTF-8 text are escapes `\xHH` in it
 * @framing: (nullable): for tl_framing_from_string(), and good for it
 * @tls: (nullable): "verify" or "accept"
 * @groups: addresses of groups, with or without `%interface`
 * @timeout: s, or 0 when the link does not say
 *
 * What a link says, taken apart: the pure half of tl_link_open().
 */
typedef struct {
  TlLinkKind kind;
  char      *host;
  guint16    port;
  char      *local_host;
  guint16    local_port;
  char      *reply;
  char      *framing;
  char      *tls;
  GPtrArray *groups;
  gboolean   reconnect;
  guint      timeout;
} TlLinkParts;

void         tl_link_parts_free  (TlLinkParts *self);
/* G_IO_ERROR_INVALID_ARGUMENT: a translated sentence that names the part that is wrong. */
TlLinkParts *tl_link_parts_parse (const char  *link,
                                  GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLinkParts, tl_link_parts_free)

G_END_DECLS
