/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTcpReaderEvents:
 * @got: bytes came, which are valid during the call; false: no more of them now
 * @over: the stream has ended, in order (NULL) or with an error; it may be stopped then
 */
typedef struct {
  gboolean (*got)  (gpointer owner, const guint8 *data, gsize length);
  void     (*over) (gpointer owner, const GError *error);
} TlTcpReaderEvents;

/**
 * TlTcpReader:
 *
 * Reads a stream that does not block, within the share of the main loop that is due to it. For this room only.
 */
typedef struct _TlTcpReader TlTcpReader;

/* @socket: (nullable): the one whose readiness is that of the stream; NULL where the stream has a readiness of its own. */
TlTcpReader *tl_tcp_reader_new        (GPollableInputStream    *input,
                                       GSocket                 *socket,
                                       const TlTcpReaderEvents *events,
                                       GObject                 *owner);
void         tl_tcp_reader_free       (TlTcpReader             *self);
void         tl_tcp_reader_start      (TlTcpReader             *self);
void         tl_tcp_reader_stop       (TlTcpReader             *self);
gboolean     tl_tcp_reader_is_running (TlTcpReader             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTcpReader, tl_tcp_reader_free)

G_END_DECLS
