/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of months. A server's `ls` writes them in the language of whoever started it, in a character set that nothing tells. */

#include "tl-ftp-months.h"

#include <string.h>

#define MAX_WORD 32
#define N_MONTHS 12

/* The sets that a language's names are written in beside UTF-8. No word means two different months in two of them, which is looked at. */
#define WESTERN "ISO-8859-1"
#define CENTRAL "ISO-8859-2", "CP1250"
#define CYRILLIC "CP1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "CP866"
#define GREEK "ISO-8859-7", "CP1253"
#define TURKISH "ISO-8859-9"
#define CHINESE "GB18030", "BIG5"

typedef struct {
  const char *sets[6];
  const char *names;    /* twelve, between blanks; a bar stands between two ways to write one */
} Language;

/* Short forms as they stand in `ls`, and the long ones. English is in all of them. */
static const Language languages[] = {
  { { NULL }, "jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december" },
  /* German, Austrian */
  { { WESTERN }, "jan|jän|januar|jänner feb|februar mär|mrz|märz|maerz apr|april mai jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november dez|dezember" },
  /* French */
  { { WESTERN }, "jan|janv|janvier fév|févr|février|fev|fevr mar|mars avr|avril mai jun|juin jui|juil|juillet aoû|août|aou|aout sep|sept|septembre oct|octobre nov|novembre déc|décembre" },
  /* Spanish */
  { { WESTERN }, "ene|enero feb|febrero mar|marzo abr|abril may|mayo jun|junio jul|julio ago|agosto sep|sept|septiembre oct|octubre nov|noviembre dic|diciembre" },
  /* Italian */
  { { WESTERN }, "gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto set|settembre ott|ottobre nov|novembre dic|dicembre" },
  /* Portuguese */
  { { WESTERN }, "jan|janeiro fev|fevereiro mar|março abr|abril mai|maio jun|junho jul|julho ago|agosto set|setembro out|outubro nov|novembro dez|dezembro" },
  /* Catalan */
  { { WESTERN }, "gen|gener febr|febrer març abr|abril maig juny jul|juliol ag|agost set|setembre oct|octubre nov|novembre des|desembre" },
  /* Dutch */
  { { WESTERN }, "jan|januari feb|februari mrt|maart apr|april mei jun|juni jul|juli aug|augustus sep|september okt|oktober nov|november dec|december" },
  /* Swedish, Danish, Norwegian */
  { { WESTERN }, "jan|januari|januar feb|februari|februar mar|mars|marts apr|april maj|mai jun|juni jul|juli aug|augusti|august sep|september okt|oktober nov|november dec|des|december|desember" },
  /* Finnish */
  { { WESTERN }, "tammi|tammikuu helmi|helmikuu maalis|maaliskuu huhti|huhtikuu touko|toukokuu kesä|kesäkuu heinä|heinäkuu elo|elokuu syys|syyskuu loka|lokakuu marras|marraskuu joulu|joulukuu" },
  /* Polish; the long names are in the genitive */
  { { CENTRAL }, "sty|stycznia lut|lutego mar|marca kwi|kwietnia maj|maja cze|czerwca lip|lipca sie|sierpnia wrz|września paź|października lis|listopada gru|grudnia" },
  /* Czech */
  { { CENTRAL }, "led|ledna úno|února bře|března dub|dubna kvě|května čen|čer|června čec|července srp|srpna zář|září říj|října lis|listopadu pro|prosince" },
  /* Slovak, Hungarian */
  { { CENTRAL }, "jan|január feb|febr|február mar|már|márc|marec|március apr|ápr|apríl|április máj|május jún|június júl|július aug|augusztus sep|sze|szept|september|szeptember okt|október nov|november dec|december" },
  /* Romanian */
  { { CENTRAL }, "ian|ianuarie feb|februarie mar|martie apr|aprilie mai iun|iunie iul|iulie aug|august sep|sept|septembrie oct|octombrie noi|noiembrie dec|decembrie" },
  /* Russian */
  { { CYRILLIC }, "янв|января фев|февр|февраля мар|марта апр|апреля май|мая июн|июня июл|июля авг|августа сен|сент|сентября окт|октября ноя|нояб|ноября дек|декабря" },
  /* Ukrainian */
  { { CYRILLIC }, "січ|січня лют|лютого бер|березня кві|квіт|квітня тра|трав|травня чер|черв|червня лип|липня сер|серп|серпня вер|вересня жов|жовтня лис|листопада гру|груд|грудня" },
  /* Bulgarian */
  { { CYRILLIC }, "яну|януари фев|февруари мар|март апр|април май юни юли авг|август сеп|септември окт|октомври ное|ноември дек|декември" },
  /* Greek */
  { { GREEK }, "ιαν|ιανουαρίου φεβ|φεβρουαρίου μαρ|μαρτίου απρ|απριλίου μαι|μάι|μαΐ|μαΐου ιον|ιουν|ιουνίου ιολ|ιουλ|ιουλίου αυγ|αύγ|αυγούστου σεπ|σεπτεμβρίου οκτ|οκτωβρίου νοε|νοεμβρίου δεκ|δεκεμβρίου" },
  /* Turkish */
  { { TURKISH }, "oca|ocak şub|şubat mar|mart nis|nisan may|mayıs haz|haziran tem|temmuz ağu|ağustos eyl|eylül eki|ekim kas|kasım ara|aralık" },
  /* Chinese, written out */
  { { CHINESE, "CP932", "EUC-JP" }, "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月" },
};

static const struct {
  TlFtpUnit unit;
  const char *bytes;
} units[] = {
  { TL_FTP_UNIT_YEAR, "\xe5\xb9\xb4" },   /* 年, UTF-8 */
  { TL_FTP_UNIT_YEAR, "\xc4\xea" },       /* GBK */
  { TL_FTP_UNIT_YEAR, "\xa6\x7e" },       /* Big5 */
  { TL_FTP_UNIT_YEAR, "\x94\x4e" },       /* Shift_JIS */
  { TL_FTP_UNIT_YEAR, "\xc7\xaf" },       /* EUC-JP */
  { TL_FTP_UNIT_YEAR, "\xeb\x85\x84" },   /* 년 */
  { TL_FTP_UNIT_YEAR, "\xb3\xe2" },       /* EUC-KR */
  { TL_FTP_UNIT_MONTH, "\xe6\x9c\x88" },  /* 月 */
  { TL_FTP_UNIT_MONTH, "\xd4\xc2" },
  { TL_FTP_UNIT_MONTH, "\xa4\xeb" },
  { TL_FTP_UNIT_MONTH, "\x8c\x8e" },
  { TL_FTP_UNIT_MONTH, "\xb7\xee" },
  { TL_FTP_UNIT_MONTH, "\xec\x9b\x94" },  /* 월 */
  { TL_FTP_UNIT_MONTH, "\xbf\xf9" },
  { TL_FTP_UNIT_DAY, "\xe6\x97\xa5" },    /* 日 */
  { TL_FTP_UNIT_DAY, "\xc8\xd5" },
  { TL_FTP_UNIT_DAY, "\xa4\xe9" },
  { TL_FTP_UNIT_DAY, "\x93\xfa" },
  { TL_FTP_UNIT_DAY, "\xc6\xfc" },
  { TL_FTP_UNIT_DAY, "\xec\x9d\xbc" },    /* 일 */
  { TL_FTP_UNIT_DAY, "\xc0\xcf" },
};

static void
add_word (GHashTable *words,
          const char *word,
          int         month)
{
  char key[MAX_WORD + 1];
  gsize length = strlen (word);

  g_return_if_fail (length <= MAX_WORD);
  for (gsize i = 0; i <= length; i++)
    key[i] = g_ascii_tolower (word[i]);
  if (!g_hash_table_contains (words, key))
    g_hash_table_insert (words, g_strdup (key), GINT_TO_POINTER (month));
  else
    g_warn_if_fail (g_hash_table_lookup (words, key) == GINT_TO_POINTER (month));
}

/* A word in UTF-8, and in each of the language's sets that has all its letters. */
static void
add_in_sets (GHashTable     *words,
             const Language *language,
             const char     *word,
             int             month)
{
  add_word (words, word, month);
  if (g_str_is_ascii (word))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (language->sets) && language->sets[i] != NULL; i++)
    {
      g_autofree char *bytes = g_convert (word, -1, language->sets[i], "UTF-8", NULL, NULL, NULL);

      if (bytes != NULL)
        add_word (words, bytes, month);
    }
}

/* In small letters, with a capital, in capitals: outside ASCII the look-up does not fold, as it does not know the set. */
static void
add_spellings (GHashTable     *words,
               const Language *language,
               const char     *word,
               int             month)
{
  g_autofree char *upper = g_utf8_strup (word, -1);
  const char *rest = g_utf8_next_char (word);
  g_autofree char *first = g_utf8_strup (word, rest - word);
  g_autofree char *title = g_strconcat (first, rest, NULL);

  add_in_sets (words, language, word, month);
  add_in_sets (words, language, upper, month);
  add_in_sets (words, language, title, month);
}

static GHashTable *
get_words (void)
{
  static GHashTable *table = NULL;

  if (g_once_init_enter (&table))
    {
      GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          g_auto (GStrv) months = g_strsplit (languages[i].names, " ", -1);

          g_assert (g_strv_length (months) == N_MONTHS);
          for (int month = 0; month < N_MONTHS; month++)
            {
              g_auto (GStrv) names = g_strsplit (months[month], "|", -1);

              for (guint j = 0; names[j] != NULL; j++)
                add_spellings (words, &languages[i], names[j], month + 1);
            }
        }
      g_once_init_leave (&table, words);
    }

  return table;
}

/* Three letters of ASCII: nearly every line that there is. */
static int
scan_english (const guint8 *p)
{
#define WORD(a, b, c) ((guint32) (a) << 16 | (guint32) (b) << 8 | (guint32) (c))
  switch (WORD (p[0] | 0x20, p[1] | 0x20, p[2] | 0x20))
    {
    case WORD ('j', 'a', 'n'): return 1;
    case WORD ('f', 'e', 'b'): return 2;
    case WORD ('m', 'a', 'r'): return 3;
    case WORD ('a', 'p', 'r'): return 4;
    case WORD ('m', 'a', 'y'): return 5;
    case WORD ('j', 'u', 'n'): return 6;
    case WORD ('j', 'u', 'l'): return 7;
    case WORD ('a', 'u', 'g'): return 8;
    case WORD ('s', 'e', 'p'): return 9;
    case WORD ('o', 'c', 't'): return 10;
    case WORD ('n', 'o', 'v'): return 11;
    case WORD ('d', 'e', 'c'): return 12;
    default: return 0;
    }
#undef WORD
}

static gboolean
ends_word (guint8 byte)
{
  return byte == ' ' || byte == '\t' || byte == '.' || byte == ',' || byte == '-' || byte == '/' || byte == ':' || g_ascii_isdigit (byte);
}

const guint8 *
tl_ftp_month_scan (const guint8 *p,
                   const guint8 *end,
                   int          *month)
{
  const guint8 *q = p;
  char word[MAX_WORD + 1];

  if (end - p > 3 && ends_word (p[3]) && (*month = scan_english (p)) != 0)
    {
      q = p + 3;
      return q < end && *q == '.' ? q + 1 : q;
    }

  while (q < end && q - p < MAX_WORD && !ends_word (*q) && *q != '\0')
    {
      word[q - p] = g_ascii_tolower ((char) *q);
      q++;
    }
  if (q - p < 2 || (q < end && !ends_word (*q)))
    return NULL;

  word[q - p] = '\0';
  *month = GPOINTER_TO_INT (g_hash_table_lookup (get_words (), word));
  if (*month == 0)
    return NULL;
  return q < end && *q == '.' ? q + 1 : q;
}

const guint8 *
tl_ftp_unit_scan (const guint8 *p,
                  const guint8 *end,
                  TlFtpUnit     unit)
{
  if (p >= end || *p < 0x80)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize length = strlen (units[i].bytes);

      if (units[i].unit == unit && (gsize) (end - p) >= length && memcmp (p, units[i].bytes, length) == 0)
        return p + length;
    }

  return NULL;
}
