/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files that make up TlAddressCheck only. */

#include "tl-address-check.h"

G_BEGIN_DECLS

/**
 * TlAddressText:
 * @text: normalised, without the blanks around; each of its characters stands for one of the original
 * @lead: characters that were taken away at the front
 */
typedef struct {
  char *text;
  int   lead;
} TlAddressText;

/* @text must be valid UTF-8. */
void     tl_address_text_init  (TlAddressText       *self,
                                const char          *text);
void     tl_address_text_clear (TlAddressText       *self);

/* Makes @check invalid because of what stands from @start to @end, both inside the text. Takes @message. Returns FALSE. */
gboolean tl_address_fail       (TlAddressCheck      *check,
                                const TlAddressText *text,
                                const char          *start,
                                const char          *end,
                                char                *message);
/* What stands from @start to @end, cut short where it is long, fit for a sentence. (transfer full) */
char    *tl_address_excerpt    (const char          *start,
                                const char          *end);

/* Each parses from @start to @end, and fills in kind, scope and host, or the message. */
gboolean tl_address_check_ipv4 (TlAddressCheck      *check,
                                const TlAddressText *text,
                                const char          *start,
                                const char          *end);
/* @in_url: the zone may be written `%25zone` (RFC 6874). */
gboolean tl_address_check_ipv6 (TlAddressCheck      *check,
                                const TlAddressText *text,
                                const char          *start,
                                const char          *end,
                                gboolean             in_url);
gboolean tl_address_check_name (TlAddressCheck      *check,
                                const TlAddressText *text,
                                const char          *start,
                                const char          *end);
/* Whether a text without colons is meant as an IPv4 address, right or wrong. */
gboolean tl_address_means_ipv4 (const char          *start,
                                const char          *end);

/* The port from @start to @end. NULL, or the translated sentence about what stands from *@bad_start to *@bad_end. (transfer full) */
char    *tl_port_parse         (const char          *start,
                                const char          *end,
                                int                 *port,
                                const char         **bad_start,
                                const char         **bad_end);
/* (nullable): the name of a service by its port. */
const char *tl_port_get_service (int                 port,
                                 const char         *protocol);

G_END_DECLS
