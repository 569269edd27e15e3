/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scripted server's connections, in clear and over TLS, and what it does with those for data. */

#include "tl-ftp-test-private.h"

#include <arpa/inet.h>
#include <netinet/in.h>

typedef union {
  struct sockaddr     any;
  struct sockaddr_in  in;
  struct sockaddr_in6 in6;
} Address;

/* Of loopback. @last: of 127.0.0.x. */
static socklen_t
make_address (Address *address,
              int      family,
              guint8   last,
              guint16  port)
{
  memset (address, 0, sizeof *address);
  if (family == AF_INET6)
    {
      address->in6 = (struct sockaddr_in6) { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_port = htons (port) };
      return sizeof address->in6;
    }
  address->in = (struct sockaddr_in) { .sin_family = AF_INET, .sin_addr.s_addr = htonl (0x7f000000u | last), .sin_port = htons (port) };
  return sizeof address->in;
}

int
test_ftp_listen_on (int      family,
                    guint16 *port)
{
  Address address;
  socklen_t length = make_address (&address, family, 1, 0);
  int fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, &address.any, length) != 0)
    {
      if (fd >= 0)
        close (fd);
      return -1;
    }
  g_assert_cmpint (listen (fd, 16), ==, 0);
  getsockname (fd, &address.any, &length);
  *port = ntohs (family == AF_INET6 ? address.in6.sin6_port : address.in.sin_port);
  return fd;
}

int
test_ftp_keep (TestFtp *ftp,
               int      fd)
{
  g_mutex_lock (&ftp->mutex);
  if (fd >= 0)
    g_array_append_val (ftp->fds, fd);
  if (ftp->over && fd >= 0)
    shutdown (fd, SHUT_RDWR);
  g_mutex_unlock (&ftp->mutex);
  return fd;
}

void
test_ftp_close_fd (TestFtp *ftp,
                   int     *fd)
{
  if (*fd < 0)
    return;
  g_mutex_lock (&ftp->mutex);
  for (guint i = 0; i < ftp->fds->len; i++)
    if (g_array_index (ftp->fds, int, i) == *fd)
      {
        g_array_remove_index_fast (ftp->fds, i);
        break;
      }
  close (*fd);
  *fd = -1;
  g_mutex_unlock (&ftp->mutex);
}

gboolean
test_ftp_end_send (TestFtpEnd *end,
                   const void *bytes,
                   gsize       length)
{
  const char *data = bytes;

  if (end->tls != NULL)
    return g_output_stream_write_all (g_io_stream_get_output_stream (end->tls), bytes, length, NULL, NULL, NULL);
  while (length > 0)
    {
      gssize n = send (end->fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

gssize
test_ftp_end_receive (TestFtpEnd *end,
                      void       *buffer,
                      gsize       size)
{
  if (end->tls != NULL)
    return g_input_stream_read (g_io_stream_get_input_stream (end->tls), buffer, size, NULL, NULL);
  return recv (end->fd, buffer, size, 0);
}

gboolean
test_ftp_end_start_tls (TestFtpEnd      *end,
                        GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (dup (end->fd), &error);
  g_autoptr (GSocketConnection) connection = NULL;

  g_assert_no_error (error);
  connection = g_socket_connection_factory_create_connection (socket);
  end->tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, &error);
  g_assert_no_error (error);
  return g_tls_connection_handshake (G_TLS_CONNECTION (end->tls), NULL, NULL);
}

void
test_ftp_end_close (TestFtp    *ftp,
                    TestFtpEnd *end,
                    gboolean    properly)
{
  if (end->tls != NULL && properly)
    g_io_stream_close (end->tls, NULL, NULL);
  else if (end->tls != NULL)
    shutdown (end->fd, SHUT_RDWR);
  g_clear_object (&end->tls);
  test_ftp_close_fd (ftp, &end->fd);
}

static void
secure_data (TestFtpClient *client)
{
  TestFtp *ftp = client->ftp;

  if (client->control.tls != NULL && client->data.fd >= 0 && !ftp->data_in_clear)
    test_ftp_end_start_tls (&client->data, ftp->data_certificate != NULL ? ftp->data_certificate : ftp->certificate);
}

static void
take_data (TestFtpClient *client)
{
  if (client->data.fd >= 0 || client->data_listener < 0)
    return;
  client->data.fd = test_ftp_keep (client->ftp, accept4 (client->data_listener, NULL, NULL, SOCK_CLOEXEC));
  secure_data (client);
}

static gboolean
send_content (TestFtpClient *client,
              gboolean       half)
{
  g_autoptr (GBytes) content = NULL;
  gsize length;
  const void *bytes;

  g_mutex_lock (&client->ftp->mutex);
  content = g_hash_table_lookup (client->ftp->contents, client->verb);
  if (content == NULL)
    content = g_hash_table_lookup (client->ftp->contents, client->folder);
  content = g_bytes_ref (content != NULL ? content : client->ftp->content);
  g_mutex_unlock (&client->ftp->mutex);
  bytes = g_bytes_get_data (content, &length);
  take_data (client);
  return test_ftp_end_send (&client->data, bytes, half ? length / 2 : length);
}

static void
receive (TestFtpClient *client)
{
  guint8 buffer[65536];
  gssize n;

  take_data (client);
  while ((n = test_ftp_end_receive (&client->data, buffer, sizeof buffer)) > 0)
    {
      g_mutex_lock (&client->ftp->mutex);
      g_byte_array_append (client->ftp->stored, buffer, (guint) n);
      g_mutex_unlock (&client->ftp->mutex);
    }
  test_ftp_end_close (client->ftp, &client->data, TRUE);
}

static void
reset (TestFtpClient *client)
{
  const struct linger linger = { 1, 0 };

  setsockopt (client->data.fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  test_ftp_end_close (client->ftp, &client->data, FALSE);
}

guint16
test_ftp_new_data_port (TestFtpClient *client)
{
  guint16 port = 0;

  test_ftp_end_close (client->ftp, &client->data, TRUE);
  test_ftp_close_fd (client->ftp, &client->data_listener);
  client->data_listener = test_ftp_keep (client->ftp, test_ftp_listen_on (client->ftp->family, &port));
  return port;
}

static void
go_to_port (TestFtpClient *client)
{
  Address address;
  socklen_t length = make_address (&address, client->ftp->family, 1, client->active_port);

  client->data.fd = test_ftp_keep (client->ftp, socket (client->ftp->family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect (client->data.fd, &address.any, length) != 0)
    test_ftp_close_fd (client->ftp, &client->data.fd);
  secure_data (client);
}

/* All of 127/8 is this computer, and 127.0.0.2 is not the address that the client talks to. */
static void
send_stranger (TestFtpClient *client)
{
  Address here, there;
  socklen_t here_length = make_address (&here, AF_INET, 2, 0);
  socklen_t there_length = make_address (&there, AF_INET, 1, client->active_port);
  int fd = test_ftp_keep (client->ftp, socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  char byte;

  if (bind (fd, &here.any, here_length) == 0 && connect (fd, &there.any, there_length) == 0 && recv (fd, &byte, 1, 0) <= 0)
    {
      g_mutex_lock (&client->ftp->mutex);
      client->ftp->n_turned_away++;
      g_mutex_unlock (&client->ftp->mutex);
    }
  test_ftp_close_fd (client->ftp, &fd);
}

gboolean
test_ftp_act_on_data (TestFtpClient *client,
                      const char    *word)
{
  if (g_str_equal (word, "data") || g_str_equal (word, "cut"))
    {
      send_content (client, FALSE);
      test_ftp_end_close (client->ftp, &client->data, word[0] == 'd');
    }
  else if (g_str_equal (word, "open"))
    send_content (client, FALSE);
  else if (g_str_equal (word, "pour"))
    {
      while (send_content (client, FALSE))
        ;
      test_ftp_end_close (client->ftp, &client->data, FALSE);
    }
  else if (g_str_equal (word, "half"))
    {
      send_content (client, TRUE);
      reset (client);
    }
  else if (g_str_equal (word, "take"))
    receive (client);
  else if (g_str_equal (word, "accept"))
    take_data (client);
  else if (g_str_equal (word, "shut"))
    test_ftp_end_close (client->ftp, &client->data, TRUE);
  else if (g_str_equal (word, "port"))
    go_to_port (client);
  else if (g_str_equal (word, "stranger"))
    send_stranger (client);
  else
    return FALSE;
  return TRUE;
}
