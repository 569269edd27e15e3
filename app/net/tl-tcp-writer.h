/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTcpWriterEvents:
 * @sent: a message was taken by the kernel to its last byte
 * @written: some bytes were taken; tl_tcp_writer_get_queued() has changed
 * @empty: nothing waits any more
 * @drained: the queue fell to the low-water mark, after a message had been refused or the queue had been over the mark
 * @failed: nothing more can be written
 *
 * What the owner is told, in this order; all but @failed may call the writer again.
 */
typedef struct {
  void (*sent)    (gpointer owner, const guint8 *data, gsize length);
  void (*written) (gpointer owner);
  void (*empty)   (gpointer owner);
  void (*drained) (gpointer owner);
  void (*failed)  (gpointer owner, const GError *error);
} TlTcpWriterEvents;

/**
 * TlTcpWriter:
 *
 * The bounded queue of messages that wait for a stream that does not block. For this room only.
 */
typedef struct _TlTcpWriter TlTcpWriter;

/* @socket: (nullable): the one whose readiness is that of the stream; NULL where the stream has a readiness of its own. */
TlTcpWriter *tl_tcp_writer_new        (GPollableOutputStream   *output,
                                       GSocket                 *socket,
                                       gsize                    high_water,
                                       gsize                    low_water,
                                       const TlTcpWriterEvents *events,
                                       GObject                 *owner);
void         tl_tcp_writer_free       (TlTcpWriter             *self);
/* False: over the mark, nothing was taken. */
gboolean     tl_tcp_writer_push       (TlTcpWriter             *self,
                                       GBytes                  *bytes);
guint64      tl_tcp_writer_get_queued (TlTcpWriter             *self);
/* Takes what waits out of the queue. Returns the part of the first message that was written already. (transfer full) (nullable) */
GBytes      *tl_tcp_writer_drop       (TlTcpWriter             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTcpWriter, tl_tcp_writer_free)

G_END_DECLS
