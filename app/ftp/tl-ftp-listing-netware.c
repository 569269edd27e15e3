/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Novell NetWare: `ls -l` with trustee rights instead of permissions: "d [RWCEAFMS] owner  512 Jan 16 18:53    name". */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

#define MAX_RIGHTS 10

TlFtpLineVerdict
tl_ftp_line_netware (TlFtpParsing     *parsing,
                     TlFtpLine         line,
                     TlFtpLines       *rest,
                     TlFtpListingItem *item)
{
  const guint8 *p = line.p, *rights, *name;

  if (tl_ftp_line_is_total (parsing, line))
    return TL_FTP_LINE_SKIP;
  if (line.end - p < 12 || (*p != 'd' && *p != '-'))
    return TL_FTP_LINE_NO;
  item->kind = *p == 'd' ? TL_FTP_ENTRY_DIRECTORY : TL_FTP_ENTRY_FILE;
  p = tl_scan_blanks (p + 1, line.end);
  if (p >= line.end || *p != '[')
    return TL_FTP_LINE_NO;

  rights = ++p;
  while (p < line.end && p - rights < MAX_RIGHTS && *p != '\0' && strchr ("SRWCEMFAsrwcemfa-", *p) != NULL)
    p++;
  if (p >= line.end || *p != ']')
    return TL_FTP_LINE_NO;
  tl_ftp_item_set_permissions (item, rights, p);

  if (tl_ftp_scan_ls_rest (parsing, p + 1, line.end, item) == TL_FTP_LINE_NO)
    return TL_FTP_LINE_NO;
  /* Four blanks stand before the name. */
  name = tl_scan_blanks (item->name, line.end);
  tl_ftp_item_set_name (item, name, line.end);
  return TL_FTP_LINE_ENTRY;
}
