/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends and sequences as JSON. */
#include "tl-quick-json.h"

#include "tl-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT_NAME "quick-sends"
#define VERSION 1

static const char * const patterns[TL_N_PATTERN_KINDS] = { "text", "regex", "hex" };
static const char * const acts[] = { "send", "expect", "wait" };

void
tl_quick_book_free (TlQuickBook *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->sends);
  g_ptr_array_unref (self->sequences);
  g_free (self);
}

static void
write_text (GString    *out,
            const char *name,
            const char *value)
{
  g_string_append_printf (out, "\"%s\": ", name);
  tl_json_append_string (out, value);
  g_string_append (out, ", ");
}

/* As tl_payload_to_string() has it, which outlives a change of names. */
static void
write_payload (GString         *out,
               const char      *text,
               const TlPayload *payload)
{
  g_autofree char *format = tl_payload_to_string (payload);

  write_text (out, "text", text);
  write_text (out, "format", format);
}

static void
write_send (GString     *out,
            TlQuickSend *send)
{
  g_string_append (out, "    {");
  write_text (out, "name", tl_quick_send_get_name (send));
  write_text (out, "group", tl_quick_send_get_group (send));
  write_payload (out, tl_quick_send_get_text (send), tl_quick_send_get_payload (send));
  g_string_append_printf (out, "\"shortcut\": %u, \"period\": %u}", tl_quick_send_get_shortcut (send), tl_quick_send_get_period (send));
}

static void
write_step (GString        *out,
            TlSequenceStep *step)
{
  const TlStepKind kind = tl_sequence_step_get_kind (step);

  g_string_append (out, "      {");
  write_text (out, "do", acts[kind]);
  write_payload (out, tl_sequence_step_get_text (step), tl_sequence_step_get_payload (step));
  write_text (out, "pattern", patterns[tl_sequence_step_get_pattern (step)]);
  g_string_append_printf (out, "\"fold\": %s, \"from-targets\": %s, \"milliseconds\": %u}",
                          tl_sequence_step_get_fold (step) ? "true" : "false",
                          tl_sequence_step_get_from_targets (step) ? "true" : "false",
                          tl_sequence_step_get_milliseconds (step));
}

static void
write_sequence (GString    *out,
                TlSequence *sequence)
{
  GListModel *steps = G_LIST_MODEL (tl_sequence_get_steps (sequence));

  g_string_append (out, "    {");
  write_text (out, "name", tl_sequence_get_name (sequence));
  g_string_append_printf (out, "\"repeat\": %u, \"goes-on\": %s, \"steps\": [\n",
                          tl_sequence_get_repeat (sequence), tl_sequence_get_goes_on (sequence) ? "true" : "false");
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TlSequenceStep) step = g_list_model_get_item (steps, i);

      write_step (out, step);
      g_string_append (out, i + 1 < g_list_model_get_n_items (steps) ? ",\n" : "\n");
    }
  g_string_append (out, "    ]}");
}

static void
write_list (GString    *out,
            GListModel *list,
            gboolean    is_sends)
{
  const guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      if (is_sends)
        write_send (out, TL_QUICK_SEND (item));
      else
        write_sequence (out, TL_SEQUENCE (item));
      g_string_append (out, i + 1 < n ? ",\n" : "\n");
    }
}

GBytes *
tl_quick_json_write (TlQuickSends *sends)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (TL_IS_QUICK_SENDS (sends), NULL);

  g_string_append_printf (out, "{\n  \"tonglu\": \"%s\",\n  \"version\": %d,\n  \"sends\": [\n", FORMAT_NAME, VERSION);
  write_list (out, G_LIST_MODEL (sends), TRUE);
  g_string_append (out, "  ],\n  \"sequences\": [\n");
  write_list (out, G_LIST_MODEL (tl_quick_sends_get_sequences (sends)), FALSE);
  g_string_append (out, "  ]\n}\n");

  return g_string_free_to_bytes (out);
}

/* An object that is being read. */
typedef struct {
  const TlJson *json;
  GError      **error;
} Reader;

static gboolean
wrong (const Reader *reader,
       const char   *name)
{
  const TlJson *member = tl_json_get_member (reader->json, name);

  g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               member ? _("Line %u: “%s” is not what it can be.") : _("Line %u: “%s” is missing."),
               tl_json_get_line (member ? member : reader->json), name);
  return FALSE;
}

/* Nothing that is not in @names. */
static gboolean
check_names (const Reader       *reader,
             const char * const *names)
{
  const char *unknown;

  if (tl_json_get_kind (reader->json) != TL_JSON_OBJECT)
    {
      g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Line %u: an object in braces was expected."), tl_json_get_line (reader->json));
      return FALSE;
    }

  unknown = tl_json_find_unknown (reader->json, names);
  if (unknown == NULL)
    return TRUE;

  g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Line %u: “%s” is not known; it would be lost."),
               tl_json_get_line (tl_json_get_member (reader->json, unknown)), unknown);
  return FALSE;
}

static gboolean
read_text (const Reader  *reader,
           const char    *name,
           gsize          most,
           const char   **value)
{
  const TlJson *member = tl_json_get_member (reader->json, name);

  *value = member ? tl_json_get_string (member) : NULL;
  if (*value == NULL || strlen (*value) > most)
    return wrong (reader, name);

  return TRUE;
}

static gboolean
read_number (const Reader *reader,
             const char   *name,
             guint         most,
             guint        *value)
{
  const TlJson *member = tl_json_get_member (reader->json, name);
  gint64 number;

  if (member == NULL || !tl_json_get_integer (member, 0, most, &number))
    return wrong (reader, name);

  *value = (guint) number;
  return TRUE;
}

static gboolean
read_truth (const Reader *reader,
            const char   *name,
            gboolean     *value)
{
  const TlJson *member = tl_json_get_member (reader->json, name);

  if (member == NULL || tl_json_get_kind (member) != TL_JSON_BOOLEAN)
    return wrong (reader, name);

  *value = tl_json_get_boolean (member);
  return TRUE;
}

static gboolean
read_word (const Reader       *reader,
           const char         *name,
           const char * const *words,
           guint               n_words,
           guint              *value)
{
  const char *word;

  if (!read_text (reader, name, 100, &word))
    return FALSE;
  for (*value = 0; *value < n_words; ++*value)
    if (g_str_equal (words[*value], word))
      return TRUE;

  return wrong (reader, name);
}

static gboolean
read_payload (const Reader  *reader,
              const char   **text,
              TlPayload     *payload)
{
  const char *format;

  *payload = (TlPayload) { TL_PAYLOAD_TEXT };
  if (!read_text (reader, "text", TL_QUICK_SEND_MAX_TEXT, text) || !read_text (reader, "format", 1000, &format))
    return FALSE;

  return tl_payload_from_string (payload, format) || wrong (reader, "format");
}

/* An array, of at most so many. */
static const TlJson *
read_array (const Reader *reader,
            const char   *name,
            guint         most)
{
  const TlJson *member = tl_json_get_member (reader->json, name);

  if (member == NULL || tl_json_get_kind (member) != TL_JSON_ARRAY || tl_json_get_n_elements (member) > most)
    {
      wrong (reader, name);
      return NULL;
    }

  return member;
}

static gpointer
read_send (const Reader *reader)
{
  static const char * const names[] = { "name", "group", "text", "format", "shortcut", "period", NULL };
  const char *name, *group, *text;
  TlPayload payload;
  guint shortcut = 0, period = 0;

  if (!check_names (reader, names)
      || !read_text (reader, "name", TL_QUICK_SEND_MAX_NAME * 6, &name)
      || !read_text (reader, "group", TL_QUICK_SEND_MAX_NAME * 6, &group)
      || !read_payload (reader, &text, &payload)
      || !read_number (reader, "shortcut", 9, &shortcut)
      || !read_number (reader, "period", TL_QUICK_SEND_MAX_PERIOD, &period))
    return NULL;

  return g_object_new (TL_TYPE_QUICK_SEND, "name", name, "group", group, "text", text, "payload", &payload,
                       "shortcut", shortcut, "period", period, NULL);
}

static gpointer
read_step (const Reader *reader)
{
  static const char * const names[] = { "do", "text", "format", "pattern", "fold", "from-targets", "milliseconds", NULL };
  const char *text;
  TlPayload payload;
  TlSequenceStep *step;
  gboolean fold = FALSE, from_targets = FALSE;
  guint kind = 0, pattern = 0, milliseconds = 0;

  if (!check_names (reader, names)
      || !read_word (reader, "do", acts, G_N_ELEMENTS (acts), &kind)
      || !read_payload (reader, &text, &payload)
      || !read_word (reader, "pattern", patterns, G_N_ELEMENTS (patterns), &pattern)
      || !read_truth (reader, "fold", &fold)
      || !read_truth (reader, "from-targets", &from_targets)
      || !read_number (reader, "milliseconds", TL_SEQUENCE_MAX_MILLISECONDS, &milliseconds))
    return NULL;

  step = tl_sequence_step_new (kind, text, milliseconds);
  g_object_set (step, "payload", &payload, "pattern", pattern, "fold", fold, "from-targets", from_targets, NULL);

  return step;
}

/* (transfer full) (nullable): what @read makes of each. */
static GPtrArray *
read_all (const TlJson *array,
          gpointer    (*read) (const Reader *),
          GError      **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < tl_json_get_n_elements (array); i++)
    {
      const Reader reader = { tl_json_get_element (array, i), error };
      gpointer item = read (&reader);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (all, item);
    }

  return g_steal_pointer (&all);
}

static gpointer
read_sequence (const Reader *reader)
{
  static const char * const names[] = { "name", "repeat", "goes-on", "steps", NULL };
  const TlJson *array;
  g_autoptr (GPtrArray) steps = NULL;
  TlSequence *sequence;
  const char *name;
  gboolean goes_on = FALSE;
  guint repeat = 0;

  if (!check_names (reader, names)
      || !read_text (reader, "name", TL_QUICK_SEND_MAX_NAME * 6, &name)
      || !read_number (reader, "repeat", TL_SEQUENCE_MAX_REPEAT, &repeat)
      || !read_truth (reader, "goes-on", &goes_on)
      || !(array = read_array (reader, "steps", TL_SEQUENCE_MAX_STEPS))
      || !(steps = read_all (array, read_step, reader->error)))
    return NULL;

  sequence = g_object_new (TL_TYPE_SEQUENCE, "name", name, "repeat", repeat, "goes-on", goes_on, NULL);
  g_list_store_splice (tl_sequence_get_steps (sequence), 0, 0, steps->pdata, steps->len);

  return sequence;
}

/* Before all else: somebody else's file is told as that. */
static gboolean
check_kind (const Reader *reader)
{
  const TlJson *kind = tl_json_get_member (reader->json, "tonglu");
  guint version = 0;

  if (kind == NULL || g_strcmp0 (tl_json_get_string (kind), FORMAT_NAME) != 0)
    {
      g_set_error_literal (reader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("These are no quick sends of Tonglu."));
      return FALSE;
    }
  if (!read_number (reader, "version", G_MAXINT, &version))
    return FALSE;
  if (version == VERSION)
    return TRUE;

  g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("The file is of version %u, which this Tonglu does not know; use a later one."), version);
  return FALSE;
}

TlQuickBook *
tl_quick_json_read (GBytes  *json,
                    GError **error)
{
  static const char * const names[] = { "tonglu", "version", "sends", "sequences", NULL };
  g_autoptr (TlJson) root = NULL;
  g_autoptr (GPtrArray) sends = NULL;
  g_autoptr (GPtrArray) sequences = NULL;
  const TlJson *array;
  TlQuickBook *self;

  if (g_bytes_get_size (json) > TL_QUICK_JSON_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("The file is larger than %d MiB; these are no quick sends of Tonglu."),
                   TL_QUICK_JSON_MAX / 1024 / 1024);
      return NULL;
    }

  root = tl_json_parse (json, error);
  if (root == NULL)
    return NULL;

  const Reader reader = { root, error };

  if (!check_kind (&reader) || !check_names (&reader, names)
      || !(array = read_array (&reader, "sends", TL_QUICK_SENDS_MAX))
      || !(sends = read_all (array, read_send, error))
      || !(array = read_array (&reader, "sequences", TL_QUICK_SENDS_MAX_SEQUENCES))
      || !(sequences = read_all (array, read_sequence, error)))
    return NULL;

  self = g_new0 (TlQuickBook, 1);
  self->sends = g_steal_pointer (&sends);
  self->sequences = g_steal_pointer (&sequences);

  return self;
}
