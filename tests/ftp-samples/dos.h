/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DOS and IIS. */

static const Sample dos_samples[] = {
  { "03-15-04  11:20AM       <DIR>          inetpub\r\n", "d - 2004-03-15 11:20 n=inetpub" },
  { "03-15-04  12:20AM       <DIR>          midnight\r\n", "d - 2004-03-15 00:20 n=midnight" },
  { "11-30-1998  12:05PM                 2048 noon.htm\r\n", "f 2048 1998-11-30 12:05 n=noon.htm" },
  { "07-09-21  07:45PM             12345678 setup file.exe\r\n", "f 12345678 2021-07-09 19:45 n=setup file.exe" },
  { "2021-12-24  18:30       <DIR>          iso\r\n", "d - 2021-12-24 18:30 n=iso" },
  { "24.12.2021  18:30            1.234 german.txt\r\n", "f 1234 2021-12-24 18:30 n=german.txt" },
  { "12/24/2021  06:30 PM             1,234,567 american.txt\r\n", "f 1234567 2021-12-24 18:30 n=american.txt" },
  { "24/12/2021  18:30                  7 british.txt\r\n", "f 7 2021-12-24 18:30 n=british.txt" },
  { "07-09-21  07:45PM                    1  one leading blank\r\n", "f 1 2021-07-09 19:45 n= one leading blank" },
  { "07-09-21  07:45PM       <DIR>            two leading blanks\r\n", "d - 2021-07-09 19:45 n=  two leading blanks" },
  { "07-09-21  07:45PM 123        left.txt\r\n", "f 123 2021-07-09 19:45 n=left.txt" },
  { "07-09-21  07:45PM <DIR> near\r\n", "d - 2021-07-09 19:45 n=near" },
  { "2021-12-24  18:30    <JUNCTION>     Documents [C:\\Users\\li\\Documents]\r\n", "l - 2021-12-24 18:30 n=Documents t=C:\\Users\\li\\Documents" },
  { "2021-12-24  18:30    <SYMLINKD>     data [..\\d]\r\n2021-12-24  18:30    <SYMLINK>      a.txt [b.txt]\r\n",
    "l - 2021-12-24 18:30 n=data t=..\\d\nl - 2021-12-24 18:30 n=a.txt t=b.txt" },
  { "07-09-21  07:45PM       <DIR>          .\r\n07-09-21  07:45PM       <DIR>          ..\r\n07-09-21  07:45PM                    0 \xd0\xc2\xbd\xa8.txt\r\n",
    "f 0 2021-07-09 19:45 n=\xd0\xc2\xbd\xa8.txt" },
  /* The order of day and month is one for all lines, also for those before the one that tells it. */
  { "03-04-21  07:45PM                    1 a\r\n13-04-21  07:45PM                    2 b\r\n", "f 1 2021-04-03 19:45 n=a\nf 2 2021-04-13 19:45 n=b" },
  { "03-04-21  07:45PM                    1 a\r\n03-14-21  07:45PM                    2 b\r\n", "f 1 2021-03-04 19:45 n=a\nf 2 2021-03-14 19:45 n=b" },
  { "01-01-99  09:00AM                    3 last century\r\n", "f 3 1999-01-01 09:00 n=last century" },
  { "01-01-121  09:00AM                    3 year since 1900\r\n", "f 3 2021-01-01 09:00 n=year since 1900" },
  { "13-32-21  09:00AM                    3 no such day\r\n", "f 3 - n=no such day" },
};
