/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the system's table of routes: what it answers is what joining a group without an interface goes by. */

#include "tl-interface.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  struct nlmsghdr header;
  struct rtmsg    route;
  struct rtattr   attribute;
  guint8          address[16];
} Question;

static gboolean
ask (int           fd,
     GInetAddress *address)
{
  const gsize size = g_inet_address_get_native_size (address);
  const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  Question question = { 0 };

  question.header.nlmsg_type = RTM_GETROUTE;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.header.nlmsg_len = offsetof (Question, address) + size;
  question.route.rtm_family = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? AF_INET : AF_INET6;
  question.route.rtm_dst_len = size * 8;
  question.attribute.rta_type = RTA_DST;
  question.attribute.rta_len = RTA_LENGTH (size);
  memcpy (question.address, g_inet_address_to_bytes (address), size);
  return sendto (fd, &question, question.header.nlmsg_len, 0, (const struct sockaddr *) &kernel, sizeof kernel) >= 0;
}

/* The kernel answers within the call that asks. */
static guint
take_answer (int fd)
{
  union {
    struct nlmsghdr header;
    char            bytes[4096];
  } answer;
  const gssize length = recv (fd, &answer, sizeof answer, MSG_DONTWAIT);
  const struct rtattr *attribute;
  guint index = 0;
  int rest;

  if (length < 0 || !NLMSG_OK (&answer.header, (gsize) length) || answer.header.nlmsg_type != RTM_NEWROUTE)
    return 0;
  rest = RTM_PAYLOAD (&answer.header);
  for (attribute = RTM_RTA (NLMSG_DATA (&answer.header)); RTA_OK (attribute, rest); attribute = RTA_NEXT (attribute, rest))
    if (attribute->rta_type == RTA_OIF && RTA_PAYLOAD (attribute) >= sizeof index)
      memcpy (&index, RTA_DATA (attribute), sizeof index);
  return index;
}

guint
tl_interface_find_route (GInetAddress *address)
{
  guint index = 0;
  int fd;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), 0);

  fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0)
    return 0;
  if (ask (fd, address))
    index = take_answer (fd);
  close (fd);
  return index;
}
