/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target as an ordinary test: over the files of its corpus, and over mutations of them that are the same
 * in every run. Usage: fuzz-NAME CORPUS-FOLDER. TL_FUZZ_ROUNDS sets the number of mutations. */
#include "fuzz.h"

#include <string.h>
#include <gio/gio.h>

#define DEFAULT_ROUNDS 20000
#define MAX_SIZE 4096

static const char *corpus_path;

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
load_corpus (void)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  dir = g_dir_open (corpus_path, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (corpus_path, name, NULL));

  /* The order of a folder is not the same everywhere; the mutations shall be. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize length;

      g_file_get_contents (names->pdata[i], &data, &length, &error);
      g_assert_no_error (error);
      g_ptr_array_add (seeds, g_bytes_new_take (data, length));
    }

  g_assert_cmpuint (seeds->len, >, 0);
  return g_steal_pointer (&seeds);
}

/* A copy in memory of its own size, so that a sanitizer sees a read past the end. */
static void
run_one (const guint8 *data,
         gsize         length)
{
  g_autofree guint8 *copy = g_malloc (MAX (length, 1));

  if (length > 0)
    memcpy (copy, data, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (copy, length), ==, 0);
}

static gsize
pick (GRand *rand,
      gsize  below)
{
  return below == 0 ? 0 : (gsize) g_rand_int_range (rand, 0, (gint32) below);
}

static void
mutate (GRand      *rand,
        GByteArray *input,
        GBytes     *other)
{
  static const guint8 interesting[] = { 0x00, 0x01, 0x7f, 0x80, 0xff, '\n', '\r', '\\', '{', '}', ':', '0', 'x', ' ', '%', 0xd8, 0xe4, 0xf4 };
  gsize at = pick (rand, input->len + 1);
  gsize n = pick (rand, 16) + 1;
  guint8 byte;

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      if (at < input->len)
        input->data[at] ^= (guint8) (1 << pick (rand, 8));
      break;

    case 1:
      if (at < input->len)
        input->data[at] = (guint8) pick (rand, 256);
      break;

    case 2:
      if (at < input->len)
        input->data[at] = interesting[pick (rand, G_N_ELEMENTS (interesting))];
      break;

    case 3:
      byte = interesting[pick (rand, G_N_ELEMENTS (interesting))];
      g_byte_array_append (input, &byte, 1);
      memmove (input->data + at + 1, input->data + at, input->len - 1 - at);
      input->data[at] = byte;
      break;

    case 4:
      if (at < input->len)
        g_byte_array_remove_range (input, (guint) at, (guint) MIN (n, input->len - at));
      break;

    case 5:
      if (at < input->len)
        {
          g_autofree guint8 *part = g_memdup2 (input->data + at, input->len - at);

          g_byte_array_append (input, part, (guint) (MIN (n * 8, input->len - at)));
        }
      break;

    default:
      {
        gsize length;
        const guint8 *data = g_bytes_get_data (other, &length);
        gsize from = pick (rand, length);

        g_byte_array_set_size (input, (guint) at);
        if (length > 0)
          g_byte_array_append (input, data + from, (guint) (length - from));
      }
      break;
    }

  if (input->len > MAX_SIZE)
    g_byte_array_set_size (input, MAX_SIZE);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) seeds = load_corpus ();

  run_one (NULL, 0);
  for (guint i = 0; i < seeds->len; i++)
    run_one (g_bytes_get_data (seeds->pdata[i], NULL), g_bytes_get_size (seeds->pdata[i]));
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) seeds = load_corpus ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7855);
  const char *rounds_text = g_getenv ("TL_FUZZ_ROUNDS");
  guint64 rounds = rounds_text != NULL ? g_ascii_strtoull (rounds_text, NULL, 10) : DEFAULT_ROUNDS;

  for (guint64 i = 0; i < rounds; i++)
    {
      GBytes *seed = seeds->pdata[pick (rand, seeds->len)];
      GBytes *other = seeds->pdata[pick (rand, seeds->len)];
      g_autoptr (GByteArray) input = g_byte_array_new ();

      if (g_bytes_get_size (seed) > 0)
        g_byte_array_append (input, g_bytes_get_data (seed, NULL), (guint) g_bytes_get_size (seed));
      for (gsize n = pick (rand, 6) + 1; n > 0; n--)
        mutate (rand, input, other);

      run_one (input->data, input->len);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 2)
    {
      g_printerr ("Usage: %s CORPUS-FOLDER\n", argv[0]);
      return 2;
    }
  corpus_path = argv[1];

  g_test_add_func ("/fuzz/corpus", test_corpus);
  g_test_add_func ("/fuzz/mutations", test_mutations);

  return g_test_run ();
}
