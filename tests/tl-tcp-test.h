/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of TCP sessions share: raw peers on plain sockets, waiting with a deadline, looking into the log. */

#include "tl-session.h"
#include "tl-test-wait.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* For looking into a failure: the log of a session, on the standard error. */
static inline void
test_print_log (TlSession *session)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  TlMessageInfo info;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, i);

      if (!TL_MESSAGE_KIND_IS_DATA (info.kind))
        g_printerr ("%d %.*s\n", info.kind, (int) g_bytes_get_size (bytes), (const char *) g_bytes_get_data (bytes, NULL));
    }
}

static inline guint
test_n_rows (TlSession     *session,
             TlMessageKind  kind)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  TlMessageInfo info;
  guint n = 0;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    if (info.kind == kind)
      n++;
  return n;
}

/* The payload of the @index-th row of a kind, or NULL. */
static inline GBytes *
test_row (TlSession     *session,
          TlMessageKind  kind,
          guint          index)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  TlMessageInfo info;
  guint n = 0;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    if (info.kind == kind && n++ == index)
      return tl_message_source_dup_bytes (source, i);
  return NULL;
}

static inline guint
test_n_lines (TlSession     *session,
              TlMessageKind  kind,
              const char    *part)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  TlMessageInfo info;
  guint n = 0;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      g_autoptr (GBytes) bytes = info.kind == kind ? tl_message_source_dup_bytes (source, i) : NULL;

      if (bytes != NULL && g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), part) != NULL)
        n++;
    }
  return n;
}

static inline gboolean
test_has_line (TlSession     *session,
               TlMessageKind  kind,
               const char    *part)
{
  return test_n_lines (session, kind, part) > 0;
}

static inline TlPeer *
test_peer (TlSession *session,
           guint      position)
{
  g_autoptr (TlPeer) peer = g_list_model_get_item (tl_session_get_peers (session), position);

  return peer;
}

static inline guint
test_n_peers (TlSession *session)
{
  return g_list_model_get_n_items (tl_session_get_peers (session));
}

static inline gboolean
test_send (TlSession  *session,
           TlPeer     *peer,
           const char *data,
           gssize      length,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length < 0 ? strlen (data) : (gsize) length);

  return tl_session_send (session, peer, bytes, error);
}

static inline struct sockaddr_in
raw_address (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };

  return address;
}

/* A connected, non-blocking socket. */
static inline int
raw_connect (guint16 port)
{
  struct sockaddr_in address = raw_address (port);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (fcntl (fd, F_SETFL, O_NONBLOCK), ==, 0);
  return fd;
}

static inline guint16
raw_local_port (int fd)
{
  struct sockaddr_in address;
  socklen_t length = sizeof address;

  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  return ntohs (address.sin_port);
}

static inline int
raw_listen (guint16  port,
            int      backlog,
            guint16 *bound)
{
  struct sockaddr_in address = raw_address (port);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;

  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), ==, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, backlog), ==, 0);
  *bound = raw_local_port (fd);
  return fd;
}

/* A port on which nobody listens. */
static inline guint16
raw_free_port (void)
{
  guint16 port;

  close (raw_listen (0, 1, &port));
  return port;
}

static inline gboolean
raw_accept (int  listener,
            int *fd)
{
  *fd = accept4 (listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return *fd >= 0;
}

static inline void
raw_send (int         fd,
          const char *data,
          gsize       length)
{
  g_assert_cmpint (send (fd, data, length, MSG_NOSIGNAL), ==, (gssize) length);
}

static inline void
raw_reset (int fd)
{
  struct linger linger = { 1, 0 };

  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
  close (fd);
}

typedef struct {
  GByteArray *data;
  gboolean    eof;
  int         errsv;   /* but EAGAIN */
} RawInput;

static inline void
raw_input_clear (RawInput *input)
{
  g_clear_pointer (&input->data, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawInput, raw_input_clear)

/* Reads what is there. Returns how much there is in all. */
static inline gsize
raw_read (int       fd,
          RawInput *input)
{
  static char buffer[256 * 1024];
  gssize n;

  if (input->data == NULL)
    input->data = g_byte_array_new ();
  while (!input->eof && input->errsv == 0 && (n = recv (fd, buffer, sizeof buffer, 0)) != -1)
    {
      if (n == 0)
        input->eof = TRUE;
      else
        g_byte_array_append (input->data, (guint8 *) buffer, (guint) n);
    }
  if (!input->eof && input->errsv == 0 && errno != EAGAIN)
    input->errsv = errno;
  return input->data->len;
}

static inline gboolean
raw_read_to_end (int       fd,
                 RawInput *input)
{
  raw_read (fd, input);
  return input->eof || input->errsv != 0;
}

static inline void
test_count_cb (guint *count)
{
  ++*count;
}
