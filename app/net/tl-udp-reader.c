/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads datagrams in batches: one system call for many of them, into buffers that hold the largest there can be. */

#include "tl-udp-reader.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
#include <string.h>

#define BUFFER_SIZE 65536
/* Buffers that begin at multiples of a large power of two would share the same few lines of the processor's caches. */
#define BUFFER_STEP (BUFFER_SIZE + 192)
#define CONTROL_SIZE 64

struct _TlUdpReader
{
  int                     fd;
  guint32                 drops;        /* the kernel's count, which wraps around */
  guint32                 drops_taken;
  guint8                 *buffers;
  struct iovec            payloads[TL_UDP_BATCH];
  TlUdpAddress            from[TL_UDP_BATCH];
  struct mmsghdr          headers[TL_UDP_BATCH];
  struct iovec            vectors[TL_UDP_BATCH];
  struct sockaddr_storage addresses[TL_UDP_BATCH];
  union {
    struct cmsghdr align;
    guint8         bytes[CONTROL_SIZE];
  } controls[TL_UDP_BATCH];
};

static void
note_drops (TlUdpReader *self,
            guint32      drops)
{
  /* A datagram carries the count of the moment when it was queued, which may be behind one that was asked for since. */
  if ((gint32) (drops - self->drops) > 0)
    self->drops = drops;
}

TlUdpReader *
tl_udp_reader_new (int fd)
{
  TlUdpReader *self = g_new0 (TlUdpReader, 1);

  self->fd = fd;
  self->buffers = g_malloc ((gsize) TL_UDP_BATCH * BUFFER_STEP);
  for (guint i = 0; i < TL_UDP_BATCH; ++i)
    {
      self->vectors[i].iov_base = self->buffers + (gsize) i * BUFFER_STEP;
      self->vectors[i].iov_len = BUFFER_SIZE;
      self->headers[i].msg_hdr.msg_iov = &self->vectors[i];
      self->headers[i].msg_hdr.msg_iovlen = 1;
      self->headers[i].msg_hdr.msg_name = &self->addresses[i];
    }
  return self;
}

void
tl_udp_reader_free (TlUdpReader *self)
{
  g_free (self->buffers);
  g_free (self);
}

int
tl_udp_reader_read (TlUdpReader         *self,
                    const struct iovec **payloads,
                    const TlUdpAddress **from)
{
  int n;

  for (guint i = 0; i < TL_UDP_BATCH; ++i)
    {
      self->headers[i].msg_hdr.msg_namelen = sizeof self->addresses[i];
      self->headers[i].msg_hdr.msg_control = &self->controls[i];
      self->headers[i].msg_hdr.msg_controllen = sizeof self->controls[i];
    }
  do
    n = recvmmsg (self->fd, self->headers, TL_UDP_BATCH, MSG_DONTWAIT, NULL);
  while (n < 0 && errno == EINTR);

  for (int i = 0; i < n; ++i)
    {
      struct msghdr *header = &self->headers[i].msg_hdr;

      tl_udp_address_from_native (&self->from[i], header->msg_name, header->msg_namelen);
      self->payloads[i] = (struct iovec) { header->msg_iov->iov_base, self->headers[i].msg_len };
      for (struct cmsghdr *control = CMSG_FIRSTHDR (header); control; control = CMSG_NXTHDR (header, control))
        {
          guint32 drops;

          if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SO_RXQ_OVFL)
            continue;
          memcpy (&drops, CMSG_DATA (control), sizeof drops);
          note_drops (self, drops);
        }
    }
  *payloads = self->payloads;
  *from = self->from;
  return n;
}

guint32
tl_udp_reader_take_drops (TlUdpReader *self,
                          gboolean     ask)
{
  guint32 since;
#ifdef SO_MEMINFO
  guint32 info[SK_MEMINFO_VARS] = { 0, };
  socklen_t size = sizeof info;

  if (ask && getsockopt (self->fd, SOL_SOCKET, SO_MEMINFO, info, &size) == 0 && size > SK_MEMINFO_DROPS * sizeof info[0])
    note_drops (self, info[SK_MEMINFO_DROPS]);
#endif
  since = self->drops - self->drops_taken;
  self->drops_taken = self->drops;
  return since;
}

gboolean
tl_udp_reader_read_error (TlUdpReader  *self,
                          TlUdpAddress *to,
                          int          *errsv)
{
  struct sockaddr_storage address;
  union {
    struct cmsghdr align;
    guint8         bytes[512];
  } control;
  struct msghdr header = {
    .msg_name = &address,
    .msg_namelen = sizeof address,
    .msg_control = &control,
    .msg_controllen = sizeof control,
  };
  gssize n;

  memset (&address, 0, sizeof address);
  do
    n = recvmsg (self->fd, &header, MSG_ERRQUEUE | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return FALSE;

  tl_udp_address_from_native (to, &address, header.msg_namelen);
  *errsv = 0;
  for (struct cmsghdr *part = CMSG_FIRSTHDR (&header); part; part = CMSG_NXTHDR (&header, part))
    {
      struct sock_extended_err what;

      if (!(part->cmsg_level == SOL_IP && part->cmsg_type == IP_RECVERR) && !(part->cmsg_level == SOL_IPV6 && part->cmsg_type == IPV6_RECVERR))
        continue;
      memcpy (&what, CMSG_DATA (part), sizeof what);
      *errsv = what.ee_errno;
    }
  return TRUE;
}
