/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names: raw bytes for display, from what was typed, and as names of local files; and paths. */

#include "tl-decoder.h"
#include "tl-ftp-error.h"
#include "tl-ftp-name-key.h"
#include "tl-ftp-name.h"
#include "tl-ftp-reply-test.h"

#define AUTO TL_FTP_CHARSET_AUTO
#define GB TL_CHARSET_GB18030

static const struct {
  const char  *name;
  TlFtpCharset charset;
  TlCharset    guess;
  const char  *shown;
  gboolean     valid;
} display_cases[] = {
  { "a.txt", AUTO, GB, "a.txt", TRUE },
  { "", AUTO, GB, "", TRUE },
  { "目录", AUTO, GB, "目录", TRUE },
  { "\xd6\xd0\xce\xc4", AUTO, GB, "中文", TRUE },
  { "\xd6\xd0\xce\xc4", TL_CHARSET_GBK, GB, "中文", TRUE },
  { "\xa4\xa4\xa4\xe5", AUTO, TL_CHARSET_BIG5, "中文", TRUE },
  { "\x93\xfa\x96\x7b", AUTO, TL_CHARSET_SHIFT_JIS, "日本", TRUE },
  { "\x83\x5c\x83\x74\x83\x67", TL_CHARSET_SHIFT_JIS, GB, "ソフト", TRUE }, /* a backslash inside of a character */
  { "\xb3\x5c\xa5\x5c", TL_CHARSET_BIG5, GB, "許功", TRUE },
  { "\xc7\xd1\xb1\xb9", AUTO, TL_CHARSET_EUC_KR, "한국", TRUE },
  { "caf\xe9", AUTO, TL_CHARSET_ISO_8859_1, "café", TRUE },
  /* 目录 in GBK, valid UTF-8 by chance, among others that are not. */
  { "\xc4\xbf\xc2\xbc", AUTO, GB, "目录", TRUE },
  { "\xc4\xbf\xc2\xbc 1.txt", AUTO, GB, "目录 1.txt", TRUE },
  { "\xc4\xbf\xc2\xbc", AUTO, TL_CHARSET_UTF_8, "Ŀ¼", TRUE },
  { "résumé", AUTO, GB, "résumé", TRUE },
  { "Привет", AUTO, GB, "Привет", TRUE },
  /* What the set does not have. */
  { "\xd6\xd0\xce\xc4", TL_CHARSET_UTF_8, GB, "\\xD6\\xD0\\xCE\\xC4", FALSE },
  { "\xd6\xd0\xff.txt", AUTO, GB, "中\\xFF.txt", FALSE },
  { "\xd6\xd0\xce", TL_CHARSET_GBK, GB, "中\\xCE", FALSE },
  { "\\x41", AUTO, GB, "\\x41", TRUE },
  /* Blanks stay; what cannot be seen is made visible. */
  { "  a  ", AUTO, GB, "  a  ", TRUE },
  { "   ", AUTO, GB, "   ", TRUE },
  { "a\tb\nc\rd\033", AUTO, GB, "a␉b␊c␍d␛", TRUE },
  { "a\342\200\256gpj.exe", AUTO, GB, "a<U+202E>gpj.exe", TRUE },
  { "-rf", AUTO, GB, "-rf", TRUE },
};

static void
test_display (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (display_cases); i++)
    {
      gboolean valid = !display_cases[i].valid;
      g_autofree char *shown = tl_ftp_name_display ((const guint8 *) display_cases[i].name, strlen (display_cases[i].name), display_cases[i].charset,
                                                    display_cases[i].guess, &valid);

      g_assert_cmpstr (shown, ==, display_cases[i].shown);
      g_assert_cmpint (valid, ==, display_cases[i].valid);
    }
  {
    gboolean valid;
    g_autofree char *nul = tl_ftp_name_display ((const guint8 *) "a\0b", 3, AUTO, GB, &valid);
    g_autofree char *nothing = tl_ftp_name_display (NULL, 0, AUTO, GB, NULL);

    g_assert_cmpstr (nul, ==, "a␀b");
    g_assert_cmpstr (nothing, ==, "");
  }
}

/* Names as they are in folders, each alone. */
static void
test_guess (void)
{
  static const struct { TlCharset charset; const char *set; const char *names[12]; } sets[] = {
    { TL_CHARSET_GB18030, "GB18030",
      { "文件", "新建文件夹", "下载.txt", "你好世界.doc", "2023年11月报告.pdf", "照片", "音乐", "学生名单(最终版).xls", "桌面", "中国", "数控机床程序" } },
    { TL_CHARSET_BIG5, "BIG5",
      { "目錄", "檔案", "新資料夾", "下載.txt", "你好世界.doc", "2023年11月報告.pdf", "照片", "音樂", "學生名單(最終版).xls", "桌面", "中國" } },
    { TL_CHARSET_SHIFT_JIS, "CP932",
      { "フォルダ", "ファイル", "新しいフォルダー", "テスト.doc", "2023年11月報告書.pdf", "写真", "音楽", "あ", "学生名簿.xls", "日本", "ソフト" } },
    { TL_CHARSET_EUC_KR, "CP949", { "다운로드.txt", "안녕하세요.doc", "2023년11월보고서.pdf", "소프트웨어", "바탕화면", "대한민국" } },
    { TL_CHARSET_ISO_8859_1, "ISO-8859-1", { "café.txt", "Müller", "niño.doc", "français", "résumé.pdf", "naïve", "Straße", "São Paulo" } },
    { TL_CHARSET_UTF_8, "UTF-8", { "目录", "файл", "café", "日本語" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (GString) folder = g_string_new (NULL);

      for (gsize n = 0; n < G_N_ELEMENTS (sets[i].names) && sets[i].names[n] != NULL; n++)
        {
          gsize length;
          g_autofree char *bytes = g_convert (sets[i].names[n], -1, sets[i].set, "UTF-8", NULL, &length, NULL);

          g_assert_nonnull (bytes);
          g_test_message ("%s", sets[i].names[n]);
          g_assert_cmpint (tl_ftp_name_guess ((const guint8 *) bytes, length), ==, sets[i].charset);
          g_string_append_len (folder, bytes, (gssize) length);
          g_string_append_c (folder, '\n');
        }
      g_assert_cmpint (tl_ftp_name_guess ((const guint8 *) folder->str, folder->len), ==, sets[i].charset);

      /* One that is broken does not change what the others are. */
      if (sets[i].charset != TL_CHARSET_UTF_8 && sets[i].charset != TL_CHARSET_ISO_8859_1)
        {
          g_string_append (folder, "\xff\n");
          g_assert_cmpint (tl_ftp_name_guess ((const guint8 *) folder->str, folder->len), ==, sets[i].charset);
        }
    }
  g_assert_cmpint (tl_ftp_name_guess ((const guint8 *) "abc", 3), ==, TL_CHARSET_GB18030);
  g_assert_cmpint (tl_ftp_name_guess (NULL, 0), ==, TL_CHARSET_GB18030);
}

static void
test_encode (void)
{
  static const struct { const char *text; TlFtpCharset charset; const char *bytes; } right[] = {
    { "中文", AUTO, "中文" },
    { "中文", TL_CHARSET_GBK, "\xd6\xd0\xce\xc4" },
    { "中文", TL_CHARSET_BIG5, "\xa4\xa4\xa4\xe5" },
    { "ソフト", TL_CHARSET_SHIFT_JIS, "\x83\x5c\x83\x74\x83\x67" },
    { "한국", TL_CHARSET_EUC_KR, "\xc7\xd1\xb1\xb9" },
    { "é", TL_CHARSET_ISO_8859_1, "\xe9" },
    { " a ", AUTO, " a " },
    { "...", AUTO, "..." },
    { "-rf", AUTO, "-rf" },
    { "a\\b", AUTO, "a\\b" },
  };
  static const struct { const char *text; TlFtpCharset charset; const char *words; } wrong[] = {
    { "", AUTO, "empty" },
    { ".", AUTO, "folders" },
    { "..", AUTO, "folders" },
    { "a/b", AUTO, "“/”" },
    { "a\nb", AUTO, "line break" },
    { "a\rDELE x", AUTO, "line break" },
    { "a\xff", AUTO, "valid text" },
    { "ab한", TL_CHARSET_BIG5, "“한”" },
    { "中", TL_CHARSET_ISO_8859_1, "“中”" },
    { "abc", TL_CHARSET_UTF_16LE, "character set" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = tl_ftp_name_encode (right[i].text, right[i].charset, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), right[i].bytes, strlen (right[i].bytes));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tl_ftp_name_encode (wrong[i].text, wrong[i].charset, &error));
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
      g_assert_nonnull (strstr (error->message, wrong[i].words));
    }
}

static const struct {
  const char  *name;
  gsize        length;
  TlFtpCharset charset;
  const char  *local;
} local_cases[] = {
#define BYTES(literal) literal, sizeof (literal) - 1
  { BYTES ("a.txt"), AUTO, "a.txt" },
  { BYTES ("\xd6\xd0\xce\xc4.txt"), AUTO, "中文.txt" },
  { BYTES ("\xd6\xd0\xff\xce\xc4"), AUTO, "中%FF文" },
  { BYTES ("\xd6\xd0\xce"), TL_CHARSET_GBK, "中%CE" },
  { BYTES ("caf\xe9"), TL_CHARSET_ISO_8859_1, "café" },
  { BYTES ("caf\xe9"), TL_CHARSET_UTF_8, "caf%E9" },
  { BYTES ("\x83\x5c\x83\x74"), TL_CHARSET_SHIFT_JIS, "ソフ" },
  /* Ways out of the folder. */
  { BYTES (""), AUTO, "_" },
  { BYTES ("."), AUTO, "%2E" },
  { BYTES (".."), AUTO, "%2E%2E" },
  { BYTES ("..."), AUTO, "..." },
  { BYTES ("../../etc/passwd"), AUTO, "..%2F..%2Fetc%2Fpasswd" },
  { BYTES ("/etc/passwd"), AUTO, "%2Fetc%2Fpasswd" },
  { BYTES ("..\\..\\x"), AUTO, "..%5C..%5Cx" },
  { BYTES ("C:\\x"), AUTO, "C:%5Cx" },
  { BYTES ("a\0b"), AUTO, "a%00b" },
  /* What cannot be seen. */
  { BYTES ("a\nb\r\t\033\177"), AUTO, "a%0Ab%0D%09%1B%7F" },
  { BYTES ("a\302\205b"), AUTO, "a%C2%85b" },
  { BYTES ("photo\342\200\256gpj.exe"), AUTO, "photo%E2%80%AEgpj.exe" },
  { BYTES ("a\342\201\246b\342\201\251"), AUTO, "a%E2%81%A6b%E2%81%A9" },
  { BYTES ("a\342\200\250b\357\273\277"), AUTO, "a%E2%80%A8b%EF%BB%BF" },
  { BYTES ("👩\342\200\215🔧.png"), AUTO, "👩\342\200\215🔧.png" },
  /* Devices. */
  { BYTES ("CON"), AUTO, "%43ON" },
  { BYTES ("nul.txt"), AUTO, "%6Eul.txt" },
  { BYTES ("com1"), AUTO, "%63om1" },
  { BYTES ("LPT9.x.y"), AUTO, "%4CPT9.x.y" },
  { BYTES ("CONSOLE"), AUTO, "CONSOLE" },
  { BYTES ("COM10"), AUTO, "COM10" },
  { BYTES ("aux "), AUTO, "%61ux " },
  /* Nothing is done to these. */
  { BYTES ("  a  "), AUTO, "  a  " },
  { BYTES ("-rf"), AUTO, "-rf" },
  { BYTES ("50%25"), AUTO, "50%25" },
  { BYTES (".hidden"), AUTO, ".hidden" },
#undef BYTES
};

static void
assert_safe (const char *local)
{
  g_assert_true (g_utf8_validate (local, -1, NULL));
  g_assert_cmpuint (strlen (local), >, 0);
  g_assert_cmpuint (strlen (local), <=, 240);
  g_assert_null (strpbrk (local, "/\\\r\n"));
  g_assert_cmpstr (local, !=, ".");
  g_assert_cmpstr (local, !=, "..");
}

static void
test_local (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (local_cases); i++)
    {
      g_autofree char *local = tl_ftp_name_to_local ((const guint8 *) local_cases[i].name, local_cases[i].length, local_cases[i].charset, GB);

      g_assert_cmpstr (local, ==, local_cases[i].local);
      assert_safe (local);
    }
}

static char *
to_local (const char *name)
{
  char *local = tl_ftp_name_to_local ((const guint8 *) name, strlen (name), AUTO, GB);

  assert_safe (local);
  return local;
}

static void
test_long (void)
{
  g_autoptr (GString) chinese = g_string_new (NULL);
  g_autoptr (GString) escapes = g_string_new (NULL);
  g_autofree char *ascii = g_strnfill (300, 'x');
  g_autofree char *tar = g_strconcat (ascii, ".tar.gz", NULL);
  g_autofree char *txt = g_strconcat (ascii, "1.txt", NULL);
  g_autofree char *txt2 = g_strconcat (ascii, "2.txt", NULL);
  g_autofree char *no_extension = g_strconcat ("a.", ascii, NULL);
  g_autofree char *local_tar = to_local (tar);
  g_autofree char *local_txt = to_local (txt);
  g_autofree char *local_txt2 = to_local (txt2);
  g_autofree char *local_none = to_local (no_extension);

  g_assert_cmpuint (strlen (local_txt), ==, 240);
  g_assert_true (g_str_has_suffix (local_tar, ".tar.gz"));
  g_assert_true (g_str_has_suffix (local_txt, ".txt"));
  g_assert_cmpstr (local_txt, !=, local_txt2);
  g_assert_true (g_str_has_prefix (local_none, "a.xxx"));

  /* Cut neither inside of a character nor of an escape, wherever the cut falls. */
  for (guint pad = 0; pad < 4; pad++)
    {
      g_autofree char *local_chinese = NULL;
      g_autofree char *local_escapes = NULL;

      g_string_printf (chinese, "%.*s", (int) pad, "xxx");
      g_string_printf (escapes, "%.*s", (int) pad, "xxx");
      for (guint i = 0; i < 100; i++)
        {
          g_string_append (chinese, "中");
          g_string_append_c (escapes, '\001');
        }
      g_string_append (chinese, ".txt");
      local_chinese = to_local (chinese->str);
      local_escapes = to_local (escapes->str);
      g_assert_true (g_str_has_suffix (local_chinese, ".txt"));
      for (const char *p = local_escapes + pad; *p == '%'; p += 3)
        g_assert_true (g_str_has_prefix (p, "%01"));
      g_assert_null (strstr (local_escapes, "%~"));
      g_assert_null (strstr (local_escapes, "%0~"));
    }
}

/* Any bytes make one safe name in every set. */
static void
test_any (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20000; round++)
    {
      guint8 name[320];
      gsize length = (gsize) g_rand_int_range (rand, 0, round % 16 == 0 ? 320 : 24);
      TlFtpCharset charset = g_rand_int_range (rand, -1, TL_N_CHARSETS);
      g_autofree char *local = NULL;
      g_autofree char *shown = NULL;
      gboolean valid;

      for (gsize i = 0; i < length; i++)
        name[i] = (guint8) g_rand_int_range (rand, 0, 256);
      local = tl_ftp_name_to_local (name, length, charset, g_rand_int_range (rand, 0, TL_N_CHARSETS));
      assert_safe (local);
      shown = tl_ftp_name_display (name, length, charset, TL_CHARSET_BIG5, &valid);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

static void
test_paths (void)
{
  static const struct { const char *dir, *name, *path; } joins[] = {
    { "", "a", "a" }, { "/", "a", "/a" }, { "/a", "b", "/a/b" }, { "/a/", "b", "/a/b" }, { "a", "b", "a/b" }, { "/a", "/b", "/b" }, { "/a", "", "/a" },
    { "", "", "" }, { "/a", " b ", "/a/ b " }, { "\xc4\xbf", "\xff", "\xc4\xbf/\xff" },
  };
  static const struct { const char *path, *parent, *basename; } paths[] = {
    { "/", "/", "" }, { "", "", "" }, { "/a", "/", "a" }, { "/a/b", "/a", "b" }, { "/a/b/", "/a", "b" }, { "a", "", "a" }, { "a/b", "a", "b" }, { "a/", "", "a" },
    { "/a//b", "/a", "b" }, { "//a", "/", "a" }, { "///", "/", "" }, { "/ / ", "/ ", " " }, { "/\xff/\xfe", "/\xff", "\xfe" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      g_autoptr (GBytes) dir = make_bytes (joins[i].dir);
      g_autoptr (GBytes) name = make_bytes (joins[i].name);
      g_autoptr (GBytes) path = tl_ftp_path_join (dir, name);

      g_assert_cmpmem (g_bytes_get_data (path, NULL), g_bytes_get_size (path), joins[i].path, strlen (joins[i].path));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GBytes) path = make_bytes (paths[i].path);
      g_autoptr (GBytes) parent = tl_ftp_path_parent (path);
      g_autoptr (GBytes) basename = tl_ftp_path_basename (path);

      g_assert_cmpmem (g_bytes_get_data (parent, NULL), g_bytes_get_size (parent), paths[i].parent, strlen (paths[i].parent));
      g_assert_cmpmem (g_bytes_get_data (basename, NULL), g_bytes_get_size (basename), paths[i].basename, strlen (paths[i].basename));
    }
}

/* One maker for all, so that its memory of pieces is full and written over; beside GLib's keys. */
static void
test_keys (void)
{
  static const char * const pieces[] = { "a", "B", ".", "..", "0", "00", "7", "10", "007", "-", " ", "文件", "é", "e\xcc\x81", "ß", "report", "_",
                                         "a piece that is longer than any that is remembered, and 😀" };
  g_autoptr (TlFtpNameKeys) keys = tl_ftp_name_keys_new ();
  g_autoptr (GString) zeros = g_string_new ("a");

  for (guint i = 0; i < 50000; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (GString) key = g_string_new ("before");
      g_autofree char *theirs = NULL;

      for (gint n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (name, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      theirs = g_utf8_collate_key_for_filename (name->str, -1);
      tl_ftp_name_keys_append (keys, name->str, key);
      g_assert_true (g_str_has_prefix (key->str, "before"));
      g_assert_cmpstr (key->str + strlen ("before"), ==, theirs);
    }
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GString) key = g_string_new (NULL);
      g_autofree char *theirs = NULL;

      g_string_append_c (zeros, '0');
      theirs = g_utf8_collate_key_for_filename (zeros->str, -1);
      tl_ftp_name_keys_append (keys, zeros->str, key);
      g_assert_cmpstr (key->str, ==, theirs);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-name/display", test_display);
  g_test_add_func ("/ftp-name/guess", test_guess);
  g_test_add_func ("/ftp-name/encode", test_encode);
  g_test_add_func ("/ftp-name/local", test_local);
  g_test_add_func ("/ftp-name/long", test_long);
  g_test_add_func ("/ftp-name/keys", test_keys);
  g_test_add_func ("/ftp-name/any", test_any);
  g_test_add_func ("/ftp-name/paths", test_paths);

  return g_test_run ();
}
