/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ls -l and what looks like it. */

static const Sample unix_samples[] = {
  /* links, owner, group: as they come and go */
  { "-rw-r--r--    1 ftp      ftp       1048576 Mar 05 08:15 engine.bin\r\n", "f 1048576 2026-03-05 08:15? p=rw-r--r-- o=ftp g=ftp n=engine.bin" },
  { "drwxr-xr-x    7 root     root         4096 Dec 31  2019 pub\n", "d 4096 2019-12-31 p=rwxr-xr-x o=root g=root n=pub" },
  { "-rw-rw-r-- 1 1004 1004 77 Jul 28 23:59 ids.txt\r\n", "f 77 2026-07-28 23:59? p=rw-rw-r-- o=1004 g=1004 n=ids.txt" },
  { "-rw-r--r--   1 maria          512 Feb  2  2021 no-group.txt\r\n", "f 512 2021-02-02 p=rw-r--r-- o=maria n=no-group.txt" },
  { "-rw-r--r--   2019 Jun 30 07:07 no-owner.txt\r\n", "f 2019 2026-06-30 07:07? p=rw-r--r-- n=no-owner.txt" },
  { "-rw-r--r-- 1 Jo van den Berg staff 9 Jul 1 10:00 spaced owner.txt\r\n", "f 9 2026-07-01 10:00? p=rw-r--r-- o=Jo van den Berg g=staff n=spaced owner.txt" },
  { "drwxrwxr-x               folder        3 Oct 10 10:10 NetPresenz\r\n", "d 3 2025-10-10 10:10? p=rwxrwxr-x n=NetPresenz" },
  { "-rw-r--r--10254 web www-data 88 Apr 4 2014 full-field\r\n", "f 88 2014-04-04 p=rw-r--r-- o=web g=www-data n=full-field" },
  /* what stands behind the permissions */
  { "-rw-rw-r--+ 1 li users 10 Jan 1 2020 acl\n", "f 10 2020-01-01 p=rw-rw-r--+ o=li g=users n=acl" },
  { "-rw-r--r--. 1 li users 11 Jan 1 2020 selinux\n", "f 11 2020-01-01 p=rw-r--r--. o=li g=users n=selinux" },
  { "drwx------@ 4 wu staff 128 Nov 30 2024 Library\n", "d 128 2024-11-30 p=rwx------@ o=wu g=staff n=Library" },
  { "-rwsr-sr-t 1 root root 1 Jan 1 2020 special\n", "f 1 2020-01-01 p=rwsr-sr-t o=root g=root n=special" },
  /* links, devices, and the other kinds */
  { "lrwxrwxrwx 1 root root 9 May 20 2022 www -> /var/www/a\n", "l 9 2022-05-20 p=rwxrwxrwx o=root g=root n=www t=/var/www/a" },
  { "lrwxrwxrwx 1 root root 1 May 20 2022 a -> b -> c\n", "l 1 2022-05-20 p=rwxrwxrwx o=root g=root n=a -> b t=c" },
  { "lrwxrwxrwx 1 root root 6 May 20 2022 a -> b -> c\n", "l 6 2022-05-20 p=rwxrwxrwx o=root g=root n=a t=b -> c" },
  { "-rw-r--r-- 1 root root 6 May 20 2022 a -> b\n", "f 6 2022-05-20 p=rw-r--r-- o=root g=root n=a -> b" },
  { "brw-rw---- 1 root disk 8, 16 Jan 3 09:30 sdb\n", "o - 2026-01-03 09:30? p=rw-rw---- o=root g=disk n=sdb" },
  { "crw-rw-rw- 1 root tty 5,0 Jan 3 09:30 tty\n", "o - 2026-01-03 09:30? p=rw-rw-rw- o=root g=tty n=tty" },
  { "prw-r--r-- 1 mq mq 0 Jan 3 09:30 pipe\n", "o - 2026-01-03 09:30? p=rw-r--r-- o=mq g=mq n=pipe" },
  { "srwxrwxrwx 1 mq mq 0 Jan 3 09:30 socket\n", "o - 2026-01-03 09:30? p=rwxrwxrwx o=mq g=mq n=socket" },
  { "drwxr-xr-x 2 a b 4096 Jan 3 2020 slash/\n", "d 4096 2020-01-03 p=rwxr-xr-x o=a g=b n=slash" },
  /* sizes */
  { "-rw-r--r-- 1 a b 3221225472 Jan 3 2020 3G\n", "f 3221225472 2020-01-03 p=rw-r--r-- o=a g=b n=3G" },
  { "-rw-r--r-- 1 a b -1073741824 Jan 3 2020 3G as a negative number\n", "f - 2020-01-03 p=rw-r--r-- o=a g=b n=3G as a negative number" },
  { "-rw-r--r-- 1 a b 1,234,567 Jan 3 2020 commas\n", "f 1234567 2020-01-03 p=rw-r--r-- o=a g=b n=commas" },
  { "-rw-r--r-- 1 a b 1.234.567 Jan 3 2020 stops\n", "f 1234567 2020-01-03 p=rw-r--r-- o=a g=b n=stops" },
  { "-rw-r--r-- 1 a b 99999999999999999999 Jan 3 2020 too large\n", "f - 2020-01-03 p=rw-r--r-- o=a g=b n=too large" },
  { "-rw-r--r-- 1 a b 4.0K Jan 3 2020 about\n", "f - 2020-01-03 p=rw-r--r-- o=a g=b n=about" },
  /* names */
  { "-rw-r--r-- 1 a b 1 Jan 3 2020  leading and trailing  \r\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n= leading and trailing  " },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020  \n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n= " },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 18:53\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=18:53" },
  { "-rw-r--r-- 1 a b 1 Jan 3 12:00 2003\n", "f 1 2026-01-03 12:00? p=rw-r--r-- o=a g=b n=2003" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 back\\slash\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=back\\slash" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 -rf\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=-rf" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 a/b\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b !n=a/b" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 a\rb\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b !n=a\rb" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 下载.zip", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=下载.zip" },
  { "-rw-r--r-- 1 a b 1 Jan 3 2020 \xcf\xc2\xd4\xd8.zip\n", "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=\xcf\xc2\xd4\xd8.zip" },
  /* not entries */
  { "total 8\r\ndrwxr-xr-x 2 a b 4096 Jan 3 2020 .\r\ndrwxr-xr-x 2 a b 4096 Jan 3 2020 ..\r\n-rw-r--r-- 1 a b 0 Jan 3 2020 .x\r\n",
    "f 0 2020-01-03 p=rw-r--r-- o=a g=b n=.x" },
  { "总用量 8\n-rw-r--r-- 1 a b 0 Jan 3 2020 x\n", "f 0 2020-01-03 p=rw-r--r-- o=a g=b n=x" },
  { "insgesamt 1,5M\n-rw-r--r-- 1 a b 0 Jan 3 2020 x\n", "f 0 2020-01-03 p=rw-r--r-- o=a g=b n=x" },
  { "total 0\r\n", "" },
  /* dates */
  { "-rw-r--r-- 1 a b 1 16 Sep 18:53 day-month\n", "f 1 2025-09-16 18:53? p=rw-r--r-- o=a g=b n=day-month" },
  { "-rw-r--r-- 1 a b 1 16. Sep 2001 day-month\n", "f 1 2001-09-16 p=rw-r--r-- o=a g=b n=day-month" },
  { "-rw-r--r-- 1 a b 1 2005-06-07 21:22 long-iso\n", "f 1 2005-06-07 21:22 p=rw-r--r-- o=a g=b n=long-iso" },
  { "-rw-r--r-- 1 a b 1 2005-06-07 21:22:23.123456789 +0200 full-iso\n", "f 1 2005-06-07 19:22:23 p=rw-r--r-- o=a g=b n=full-iso" },
  { "-rw-r--r-- 1 a b 1 06-07 21:22 iso\n", "f 1 2026-06-07 21:22? p=rw-r--r-- o=a g=b n=iso" },
  { "-rw-r--r-- 1 a b 1 2005-06-07  12.30 old iso\n", "f 1 2005-06-07 p=rw-r--r-- o=a g=b n= 12.30 old iso" },
  { "-rw-r--r-- 1 a b 1 Jul 30 11:00:01 2019 ls -lT\n", "f 1 2019-07-30 11:00:01 p=rw-r--r-- o=a g=b n=ls -lT" },
  { "-rw-r--r-- 1 a b 1 Feb 29 10:00 leap\n", "f 1 2024-02-29 10:00? p=rw-r--r-- o=a g=b n=leap" },
  { "-rw-r--r-- 1 a b 1 Feb 30 10:00 no such day\n", "f 1 - p=rw-r--r-- o=a g=b n=no such day" },
  { "-rw-r--r-- 1 a b 1 Jul 30 11:59 not a day ahead\n", "f 1 2026-07-30 11:59? p=rw-r--r-- o=a g=b n=not a day ahead" },
  { "-rw-r--r-- 1 a b 1 Jul 30 12:01 more than a day ahead\n", "f 1 2025-07-30 12:01? p=rw-r--r-- o=a g=b n=more than a day ahead" },
  { "-rw-r--r-- 1 a b 1 31.12.2019 23:59 points\n", "f 1 2019-12-31 23:59 p=rw-r--r-- o=a g=b n=points" },
  /* Windows NT with Unix's style */
  { "-rwxrwxrwx   1 owner    group         1803128 Jul 10 10:18 ls-lR.Z\r\n", "f 1803128 2026-07-10 10:18? p=rwxrwxrwx o=owner g=group n=ls-lR.Z" },
  { "drwxrwxrwx   1 owner    group               0 Aug  9  2018 Program Files\r\n", "d 0 2018-08-09 p=rwxrwxrwx o=owner g=group n=Program Files" },
};
