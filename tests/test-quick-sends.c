/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends: groups, order, shortcuts, and that nothing is lost on the way through JSON. */
#include "tl-quick-json.h"

#include <locale.h>
#include <string.h>

static TlQuickSend *
send_new (const char *name,
          const char *group)
{
  return g_object_new (TL_TYPE_QUICK_SEND, "name", name, "group", group, NULL);
}

/* "a1 a2|b1": names in order, a bar between groups. */
static char *
describe (TlQuickSends *sends)
{
  GString *out = g_string_new (NULL);
  g_autofree char *group = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sends)); i++)
    {
      g_autoptr (TlQuickSend) send = g_list_model_get_item (G_LIST_MODEL (sends), i);

      if (group != NULL)
        g_string_append_c (out, g_str_equal (group, tl_quick_send_get_group (send)) ? ' ' : '|');
      g_string_append (out, tl_quick_send_get_name (send));
      g_free (group);
      group = g_strdup (tl_quick_send_get_group (send));
    }

  return g_string_free (out, FALSE);
}

static void
assert_order (TlQuickSends *sends,
              const char   *expected)
{
  g_autofree char *order = describe (sends);

  g_assert_cmpstr (order, ==, expected);
}

/* What a view would show that hears of the changes only. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GPtrArray  *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
assert_mirror (TlQuickSends *sends,
               GPtrArray    *mirror)
{
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (sends)));
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr (TlQuickSend) send = g_list_model_get_item (G_LIST_MODEL (sends), i);

      g_assert_true (send == mirror->pdata[i]);
    }
}

static void
count_cb (gpointer unused,
          guint   *count)
{
  ++*count;
}

static void
test_groups (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  const char * const names[] = { "a1", "b1", "a2", "b2", "a3" };
  TlQuickSend *all[G_N_ELEMENTS (names)];
  g_auto (GStrv) groups = NULL;
  guint changes = 0, place;

  g_signal_connect (sends, "items-changed", G_CALLBACK (items_changed_cb), mirror);
  g_signal_connect (sends, "changed", G_CALLBACK (count_cb), &changes);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *group = g_strndup (names[i], 1);
      g_autoptr (TlQuickSend) send = send_new (names[i], group);

      g_assert_true (tl_quick_sends_add (sends, send));
      all[i] = send;
    }
  g_assert_cmpuint (changes, ==, 5);
  assert_order (sends, "a1 a2 a3|b1 b2");

  tl_quick_sends_move (sends, all[4], "a", 0);
  assert_order (sends, "a3 a1 a2|b1 b2");
  tl_quick_sends_move (sends, all[4], "a", 2);
  assert_order (sends, "a1 a3 a2|b1 b2");
  tl_quick_sends_move (sends, all[4], "a", 3);
  assert_order (sends, "a1 a2 a3|b1 b2");
  changes = 0;
  tl_quick_sends_move (sends, all[4], "a", 3);
  g_assert_cmpuint (changes, ==, 0);
  tl_quick_sends_move (sends, all[0], "b", 1);
  assert_order (sends, "a2 a3|b1 a1 b2");
  /* In an editor its group is a field like the others. */
  g_object_set (all[0], "group", "c", NULL);
  assert_order (sends, "a2 a3|b1 b2|a1");
  g_assert_cmpuint (changes, >=, 2);

  place = tl_quick_sends_remove (sends, all[2]);
  g_assert_cmpuint (place, ==, 0);
  assert_order (sends, "a3|b1 b2|a1");
  tl_quick_sends_rename_group (sends, "b", "d");
  groups = tl_quick_sends_dup_groups (sends);
  g_assert_cmpstr (groups[1], ==, "d");
  assert_order (sends, "a3|b1 b2|a1");
  tl_quick_sends_rename_group (sends, "a", "d");
  assert_order (sends, "b1 b2 a3|a1");
  assert_mirror (sends, mirror);
}

/* Groups as wholes. */
static void
test_move_group (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) removed = NULL;
  g_autoptr (GPtrArray) nothing = NULL;
  const char * const names[] = { "a1", "a2", "b1", "c1", "c2" };
  guint changes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *group = g_strndup (names[i], 1);
      g_autoptr (TlQuickSend) send = send_new (names[i], group);

      g_ptr_array_add (mirror, g_object_ref (send));
      g_assert_true (tl_quick_sends_add (sends, send));
    }
  g_signal_connect (sends, "items-changed", G_CALLBACK (items_changed_cb), mirror);
  g_signal_connect (sends, "changed", G_CALLBACK (count_cb), &changes);

  tl_quick_sends_move_group (sends, "c", 0);
  assert_order (sends, "c1 c2|a1 a2|b1");
  tl_quick_sends_move_group (sends, "c", 2);
  assert_order (sends, "a1 a2|c1 c2|b1");
  tl_quick_sends_move_group (sends, "a", G_MAXUINT);
  assert_order (sends, "c1 c2|b1|a1 a2");
  g_assert_cmpuint (changes, ==, 3);
  /* Where it is already, and one that there is not. */
  tl_quick_sends_move_group (sends, "b", 1);
  tl_quick_sends_move_group (sends, "b", 2);
  tl_quick_sends_move_group (sends, "x", 0);
  assert_order (sends, "c1 c2|b1|a1 a2");
  g_assert_cmpuint (changes, ==, 3);
  assert_mirror (sends, mirror);

  removed = tl_quick_sends_remove_group (sends, "c");
  g_assert_cmpuint (removed->len, ==, 2);
  assert_order (sends, "b1|a1 a2");
  /* What is no more in it changes it no more. */
  changes = 0;
  g_object_set (removed->pdata[0], "name", "other", NULL);
  g_assert_cmpuint (changes, ==, 0);
  nothing = tl_quick_sends_remove_group (sends, "c");
  g_assert_cmpuint (nothing->len, ==, 0);
  assert_mirror (sends, mirror);
}

static void
test_undo (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  TlQuickSend *all[3];
  guint place;

  for (guint i = 0; i < 3; i++)
    {
      all[i] = send_new ((const char *[]) { "1", "2", "3" }[i], "g");
      tl_quick_sends_add (sends, all[i]);
    }
  for (guint i = 0; i < 3; i++)
    {
      place = tl_quick_sends_remove (sends, all[i]);
      g_assert_true (tl_quick_sends_insert (sends, all[i], place));
      assert_order (sends, "1 2 3");
    }
  for (guint i = 0; i < 3; i++)
    g_object_unref (all[i]);
}

static void
test_shortcuts (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickSend) first = send_new ("1", "");
  g_autoptr (TlQuickSend) second = send_new ("2", "");

  tl_quick_sends_add (sends, first);
  tl_quick_sends_add (sends, second);
  g_object_set (first, "shortcut", 3, NULL);
  g_assert_true (tl_quick_sends_find_shortcut (sends, 3) == first);
  g_object_set (second, "shortcut", 3, NULL);
  g_assert_true (tl_quick_sends_find_shortcut (sends, 3) == second);
  g_assert_cmpuint (tl_quick_send_get_shortcut (first), ==, 0);
  g_assert_null (tl_quick_sends_find_shortcut (sends, 0));
}

static void
test_bound (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickSend) more = send_new ("more", "");
  g_autoptr (TlQuickBook) book = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TL_QUICK_SENDS_MAX; i++)
    {
      g_autoptr (TlQuickSend) send = send_new ("x", "");

      g_assert_true (tl_quick_sends_add (sends, send));
    }
  g_assert_false (tl_quick_sends_add (sends, more));
  json = tl_quick_json_write (sends);
  book = tl_quick_json_read (json, &error);
  g_assert_no_error (error);
  g_assert_false (tl_quick_sends_add_all (sends, book->sends, book->sequences, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sends)), ==, TL_QUICK_SENDS_MAX);
}

static void
test_maker (void)
{
  g_autoptr (TlQuickSend) send = send_new ("n", "");
  g_autoptr (GBytes) bytes = NULL;

  g_object_set (send, "text", "{counter}", NULL);
  g_assert_null (tl_quick_send_get_error (send));
  bytes = tl_payload_maker_make (tl_quick_send_get_maker (send), NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1", 1);
  g_object_set (send, "text", "{conter}", NULL);
  g_assert_nonnull (strstr (tl_quick_send_get_error (send), "position 1"));
  g_assert_null (tl_payload_maker_make (tl_quick_send_get_maker (send), NULL));
}

static char *
random_text (GRand *random)
{
  static const char * const parts[] = {
    "a", "你", "\"", "\\", "\n", "\r", "\t", "\001", "\177", "{time}", "{{", "}", "/", "😀", "\\0", "00 FF", "</b>", "\u2028", " ", "%s",
  };
  GString *out = g_string_new (NULL);

  for (guint n = g_rand_int_range (random, 0, 12); n > 0; n--)
    g_string_append (out, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);

  return g_string_free (out, FALSE);
}

static TlPayload
random_payload (GRand *random)
{
  return (TlPayload) {
    g_rand_int_range (random, 0, TL_N_PAYLOAD_MODES), g_rand_int_range (random, 0, TL_N_CHARSETS),
    g_rand_int_range (random, 0, TL_N_LINE_ENDINGS), g_rand_int_range (random, 0, TL_N_CHECKSUMS), g_rand_boolean (random),
  };
}

static TlSequence *
random_sequence (GRand *random)
{
  g_autofree char *name = random_text (random);
  TlSequence *sequence = g_object_new (TL_TYPE_SEQUENCE, "name", name, "repeat", g_rand_int_range (random, 0, 5),
                                       "goes-on", g_rand_boolean (random), NULL);

  for (guint n = g_rand_int_range (random, 0, 5); n > 0; n--)
    {
      g_autofree char *text = random_text (random);
      g_autoptr (TlSequenceStep) step = tl_sequence_step_new (g_rand_int_range (random, 0, 3), text, g_rand_int_range (random, 0, 5000));
      TlPayload payload = random_payload (random);

      g_object_set (step, "payload", &payload, "pattern", g_rand_int_range (random, 0, TL_N_PATTERN_KINDS),
                    "fold", g_rand_boolean (random), "from-targets", g_rand_boolean (random), NULL);
      g_list_store_append (tl_sequence_get_steps (sequence), step);
    }

  return sequence;
}

static void
assert_same_send (TlQuickSend *a,
                  TlQuickSend *b)
{
  g_assert_cmpstr (tl_quick_send_get_name (a), ==, tl_quick_send_get_name (b));
  g_assert_cmpstr (tl_quick_send_get_group (a), ==, tl_quick_send_get_group (b));
  g_assert_cmpstr (tl_quick_send_get_text (a), ==, tl_quick_send_get_text (b));
  g_assert_true (tl_payload_equal (tl_quick_send_get_payload (a), tl_quick_send_get_payload (b)));
  g_assert_cmpuint (tl_quick_send_get_shortcut (a), ==, tl_quick_send_get_shortcut (b));
  g_assert_cmpuint (tl_quick_send_get_period (a), ==, tl_quick_send_get_period (b));
}

static void
assert_same_sequence (TlSequence *a,
                      TlSequence *b)
{
  GListModel *steps = G_LIST_MODEL (tl_sequence_get_steps (a));

  g_assert_cmpstr (tl_sequence_get_name (a), ==, tl_sequence_get_name (b));
  g_assert_cmpuint (tl_sequence_get_repeat (a), ==, tl_sequence_get_repeat (b));
  g_assert_cmpint (tl_sequence_get_goes_on (a), ==, tl_sequence_get_goes_on (b));
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, g_list_model_get_n_items (G_LIST_MODEL (tl_sequence_get_steps (b))));
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TlSequenceStep) first = g_list_model_get_item (steps, i);
      g_autoptr (TlSequenceStep) second = g_list_model_get_item (G_LIST_MODEL (tl_sequence_get_steps (b)), i);

      g_assert_cmpint (tl_sequence_step_get_kind (first), ==, tl_sequence_step_get_kind (second));
      g_assert_cmpstr (tl_sequence_step_get_text (first), ==, tl_sequence_step_get_text (second));
      g_assert_true (tl_payload_equal (tl_sequence_step_get_payload (first), tl_sequence_step_get_payload (second)));
      g_assert_cmpint (tl_sequence_step_get_pattern (first), ==, tl_sequence_step_get_pattern (second));
      g_assert_cmpint (tl_sequence_step_get_fold (first), ==, tl_sequence_step_get_fold (second));
      g_assert_cmpint (tl_sequence_step_get_from_targets (first), ==, tl_sequence_step_get_from_targets (second));
      g_assert_cmpuint (tl_sequence_step_get_milliseconds (first), ==, tl_sequence_step_get_milliseconds (second));
    }
}

/* Whatever was typed comes back the same. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260131);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
      g_autoptr (GBytes) json = NULL;
      g_autoptr (TlQuickBook) book = NULL;
      g_autoptr (GError) error = NULL;

      for (guint n = g_rand_int_range (random, 0, 8); n > 0; n--)
        {
          g_autofree char *name = random_text (random);
          g_autofree char *text = random_text (random);
          TlPayload payload = random_payload (random);
          g_autoptr (TlQuickSend) send =
            g_object_new (TL_TYPE_QUICK_SEND, "name", name, "group", (const char *[]) { "", "a", "乙\"" }[n % 3], "text", text,
                          "payload", &payload, "shortcut", g_rand_int_range (random, 0, 10), "period", g_rand_int_range (random, 0, 5000), NULL);
          g_autoptr (TlSequence) sequence = random_sequence (random);

          tl_quick_sends_add (sends, send);
          g_list_store_append (tl_quick_sends_get_sequences (sends), sequence);
        }

      json = tl_quick_json_write (sends);
      book = tl_quick_json_read (json, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (book->sends->len, ==, g_list_model_get_n_items (G_LIST_MODEL (sends)));
      for (guint i = 0; i < book->sends->len; i++)
        {
          g_autoptr (TlQuickSend) send = g_list_model_get_item (G_LIST_MODEL (sends), i);
          g_autoptr (TlSequence) sequence = g_list_model_get_item (G_LIST_MODEL (tl_quick_sends_get_sequences (sends)), i);

          assert_same_send (send, book->sends->pdata[i]);
          assert_same_sequence (sequence, book->sequences->pdata[i]);
        }
    }
}

/* A payload with NUL: typed as an escape or in hex, and the same bytes afterwards. */
static void
test_nul (void)
{
  g_autoptr (TlQuickSends) sends = tl_quick_sends_new ();
  g_autoptr (TlQuickSend) send = send_new ("nul", "");
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TlQuickBook) book = NULL;

  g_object_set (send, "text", "a\\0\\xffb", "payload", &(TlPayload) { TL_PAYLOAD_ESCAPES }, NULL);
  tl_quick_sends_add (sends, send);
  json = tl_quick_json_write (sends);
  book = tl_quick_json_read (json, NULL);
  bytes = tl_payload_maker_make (tl_quick_send_get_maker (book->sends->pdata[0]), NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a\0\xff" "b", 4);
}

static void
test_refused (void)
{
#define HEAD "{\"tonglu\":\"quick-sends\",\"version\":1,\n"
#define SEND "\"name\":\"\",\"group\":\"\",\"text\":\"\",\"format\":\"text;UTF-8;none;none\",\"shortcut\":0,\"period\":0"
  static const struct {
    const char *json;
    const char *part;
    int         code;
  } cases[] = {
    { "", "Line 1", G_IO_ERROR_INVALID_DATA },
    { "[]", "no quick sends of Tonglu", G_IO_ERROR_INVALID_DATA },
    { "{\"tonglu\":1}", "no quick sends of Tonglu", G_IO_ERROR_INVALID_DATA },
    { "{\"tonglu\":\"quick-sends\"}", "“version” is missing", G_IO_ERROR_INVALID_DATA },
    { "{\"tonglu\":\"quick-sends\",\"version\":2,\"x\":1}", "version 2", G_IO_ERROR_NOT_SUPPORTED },
    { HEAD "\"sends\":[]}", "“sequences” is missing", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[],\"sequences\":[],\n\"more\":1}", "Line 3: “more” is not known", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[\n1],\"sequences\":[]}", "Line 3: an object", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[\n{" SEND ",\"x\":1}],\"sequences\":[]}", "Line 3: “x” is not known", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[\n{\"name\":1}],\"sequences\":[]}", "Line 3: “name” is not what it can be", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":{},\"sequences\":[]}", "“sends” is not what it can be", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[],\"sequences\":[\n{\"name\":\"\",\"repeat\":1,\"goes-on\":false,\"steps\":[\n{\"do\":\"jump\"}]}]}", "Line 4: “do”", G_IO_ERROR_INVALID_DATA },
    { HEAD "\"sends\":[],\"sequences\":[\n{\"name\":\"\",\"repeat\":-1,\"goes-on\":false,\"steps\":[]}]}", "Line 3: “repeat”", G_IO_ERROR_INVALID_DATA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (TlQuickBook) book = tl_quick_json_read (json, &error);

      g_test_message ("%u: %s", i, error ? error->message : "-");
      g_assert_null (book);
      g_assert_error (error, G_IO_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quick-sends/groups", test_groups);
  g_test_add_func ("/quick-sends/move-group", test_move_group);
  g_test_add_func ("/quick-sends/undo", test_undo);
  g_test_add_func ("/quick-sends/shortcuts", test_shortcuts);
  g_test_add_func ("/quick-sends/bound", test_bound);
  g_test_add_func ("/quick-sends/maker", test_maker);
  g_test_add_func ("/quick-sends/round-trip", test_round_trip);
  g_test_add_func ("/quick-sends/nul", test_nul);
  g_test_add_func ("/quick-sends/refused", test_refused);
  return g_test_run ();
}
