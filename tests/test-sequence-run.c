/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequences: steps in their order, what is waited for, time-outs, rounds, and the log of it. */
#include "tl-sequence-run.h"

#include "tl-fake-session.h"
#include "tl-session-words.h"

#include <locale.h>
#include <string.h>

typedef struct {
  TlFakeSession *session;
  TlSequence    *sequence;
  TlSequenceRun *run;
  GPtrArray     *targets;
} Fixture;

static void
set_up (Fixture *f)
{
  f->session = fake_session_new (2);
  f->sequence = tl_sequence_new ();
  f->targets = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (f->targets, g_list_model_get_item (tl_session_get_peers (TL_SESSION (f->session)), 0));
  f->run = NULL;
}

static TlSequenceStep *
add (Fixture    *f,
     TlStepKind  kind,
     const char *text,
     guint       milliseconds)
{
  g_autoptr (TlSequenceStep) step = tl_sequence_step_new (kind, text, milliseconds);

  g_list_store_append (tl_sequence_get_steps (f->sequence), step);
  return step;
}

static void
start (Fixture *f)
{
  f->run = tl_sequence_run_new (f->sequence, TL_SESSION (f->session), f->targets);
  tl_sequence_run_start (f->run);
}

static void
tear_down (Fixture *f)
{
  g_assert_finalize_object (f->run);
  g_assert_finalize_object (f->sequence);
  g_ptr_array_unref (f->targets);
  g_assert_finalize_object (f->session);
}

static void
receive (Fixture    *f,
         guint       peer,
         const char *text)
{
  g_autoptr (TlPeer) from = g_list_model_get_item (tl_session_get_peers (TL_SESSION (f->session)), peer);

  tl_message_log_append (tl_session_get_log (TL_SESSION (f->session)), TL_MESSAGE_RECEIVED, 0, tl_peer_get_log_id (from), text, strlen (text));
}

static void
assert_sent (Fixture    *f,
             guint       index,
             const char *expected)
{
  GBytes *bytes;

  g_assert_cmpuint (f->session->sent->len, >, index);
  bytes = f->session->sent->pdata[index];
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

static void
assert_logged (Fixture    *f,
               const char *part)
{
  g_autofree char *text = tl_sequence_run_dup_text (f->run);

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

/* Send A, wait for an answer, wait a while, send B. */
static void
test_steps (void)
{
  Fixture f;
  guint64 n_failed = 9;

  set_up (&f);
  add (&f, TL_STEP_SEND, "A{counter}", 0);
  add (&f, TL_STEP_EXPECT, "OK", 20000);
  add (&f, TL_STEP_WAIT, "", 5);
  add (&f, TL_STEP_SEND, "B", 0);
  start (&f);
  test_wait (f.session->sent->len == 1);
  assert_sent (&f, 0, "A1");
  receive (&f, 0, "not yet");
  /* Half an answer, then the rest: of a stream it is one. */
  receive (&f, 0, " O");
  receive (&f, 0, "K, and more");
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_sent (&f, 1, "B");
  g_object_get (f.run, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 0);
  assert_logged (&f, "\t1\t1\tok\tSent 2 bytes: A1\n");
  assert_logged (&f, "\t1\t2\tok\tCame after ");
  assert_logged (&f, "ms: not yet OK\n");
  assert_logged (&f, "\t1\t3\tok\tWaited 5 ms.\n");
  assert_logged (&f, "\t1\t0\tok\tEnded.\n");
  tear_down (&f);
}

/* Two answers in one piece are two. What came before a question is no answer to it. */
static void
test_stream (void)
{
  Fixture f;

  set_up (&f);
  add (&f, TL_STEP_SEND, "A", 0);
  add (&f, TL_STEP_EXPECT, "OK", 20000);
  add (&f, TL_STEP_EXPECT, "READY", 20000);
  add (&f, TL_STEP_SEND, "B", 0);
  add (&f, TL_STEP_EXPECT, "OK", 1);
  receive (&f, 0, "OK READY");
  start (&f);
  test_wait (f.session->sent->len == 1);
  receive (&f, 0, "OK READY OK");
  test_wait (!tl_sequence_run_is_running (f.run));
  g_assert_cmpuint (f.session->sent->len, ==, 2);
  assert_logged (&f, "\t1\t5\tfailed\t“OK” did not come within 1 ms.\n");
  assert_logged (&f, "Ended at step 5, which failed.");
  tear_down (&f);
}

static void
set_framing (Fixture    *f,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) framing = tl_framing_from_string (text, &error);

  g_assert_no_error (error);
  tl_session_set_framing (TL_SESSION (f->session), framing);
}

/* A stream that is cut into messages is looked at message by message, wherever its segments end. */
static void
test_framed (void)
{
  Fixture f;
  TlSequenceStep *step;

  set_up (&f);
  set_framing (&f, "lines");
  add (&f, TL_STEP_SEND, "A", 0);
  step = add (&f, TL_STEP_EXPECT, "^OK \\d+", 20000);
  g_object_set (step, "pattern", TL_PATTERN_REGEX, NULL);
  add (&f, TL_STEP_EXPECT, "END", 20000);
  add (&f, TL_STEP_SEND, "B", 0);
  start (&f);
  test_wait (f.session->sent->len == 1);
  receive (&f, 0, "OK 1 and no end, not OK 2");
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f.session->sent->len, ==, 1);
  /* Two peers do not mix. */
  receive (&f, 1, "O");
  receive (&f, 0, "\nsecond line O");
  receive (&f, 1, "K 37\nEND");
  receive (&f, 1, "ED\n");
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_sent (&f, 1, "B");
  assert_logged (&f, "ms: OK 1 and no end, not OK 2");
  assert_logged (&f, "ms: ENDED");
  tear_down (&f);
}

/* A gap ends a message; the framing may change while it is waited for. */
static void
test_framed_by_gap (void)
{
  Fixture f;
  TlSequenceStep *step;

  set_up (&f);
  set_framing (&f, "gap:20");
  step = add (&f, TL_STEP_EXPECT, "^partial$", 20000);
  g_object_set (step, "pattern", TL_PATTERN_REGEX, NULL);
  step = add (&f, TL_STEP_EXPECT, "^rest$", 20000);
  g_object_set (step, "pattern", TL_PATTERN_REGEX, NULL);
  add (&f, TL_STEP_SEND, "B", 0);
  start (&f);
  test_wait (tl_sequence_run_is_running (f.run));
  receive (&f, 0, "par");
  receive (&f, 0, "tial");
  test_wait (g_list_model_get_n_items (G_LIST_MODEL (tl_sequence_run_get_log (f.run))) > 0);
  set_framing (&f, "fixed:100");
  receive (&f, 0, "rest");
  set_framing (&f, "none");
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_sent (&f, 0, "B");
  assert_logged (&f, "ms: partial\n");
  assert_logged (&f, "ms: rest\n");
  tear_down (&f);
}

static void
test_from (void)
{
  Fixture f;
  TlSequenceStep *step;

  set_up (&f);
  step = add (&f, TL_STEP_EXPECT, "O[K]", 20000);
  g_object_set (step, "pattern", TL_PATTERN_REGEX, "from-targets", TRUE, NULL);
  add (&f, TL_STEP_SEND, "done", 0);
  start (&f);
  test_wait (tl_sequence_run_is_running (f.run));
  receive (&f, 1, "OK");
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f.session->sent->len, ==, 0);
  receive (&f, 0, "OK");
  test_wait (f.session->sent->len == 1);
  test_wait (!tl_sequence_run_is_running (f.run));
  tear_down (&f);
}

/* Three rounds that go on although nothing comes; the counter counts over the rounds. */
static void
test_rounds (void)
{
  Fixture f;
  guint64 n_failed = 0;

  set_up (&f);
  add (&f, TL_STEP_SEND, "{counter}", 0);
  add (&f, TL_STEP_EXPECT, "never", 1);
  g_object_set (f.sequence, "repeat", 3, "goes-on", TRUE, NULL);
  start (&f);
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_sent (&f, 2, "3");
  g_assert_cmpuint (f.session->sent->len, ==, 3);
  g_object_get (f.run, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 3);
  tear_down (&f);
}

/* One that waits for nothing goes on until it is stopped, its log is bounded, and the main loop has its turns. */
static void
test_endless (void)
{
  Fixture f;
  guint sent;

  set_up (&f);
  for (guint i = 0; i < 20; i++)
    add (&f, TL_STEP_SEND, "x", 0);
  g_object_set (f.sequence, "repeat", 0, NULL);
  start (&f);
  test_wait (f.session->sent->len > TL_SEQUENCE_RUN_MAX_LOG + 2000);
  tl_sequence_run_stop (f.run);
  sent = f.session->sent->len;
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f.session->sent->len, ==, sent);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_sequence_run_get_log (f.run))), ==, TL_SEQUENCE_RUN_MAX_LOG);
  assert_logged (&f, "Stopped.");
  tear_down (&f);
}

static void
test_ends (void)
{
  Fixture f;

  set_up (&f);
  add (&f, TL_STEP_WAIT, "", 60000);
  start (&f);
  tl_session_close (TL_SESSION (f.session));
  g_assert_false (tl_sequence_run_is_running (f.run));
  assert_logged (&f, "the session was closed");
  tear_down (&f);

  /* By whom, where that is known; by what, where something was wrong. */
  set_up (&f);
  add (&f, TL_STEP_WAIT, "", 60000);
  start (&f);
  tl_session_set_outcome (TL_SESSION (f.session), TL_OUTCOME_CLOSED_BY_PEER);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_CLOSED, NULL);
  assert_logged (&f, "Ended: Closed by the peer.");
  tear_down (&f);
  set_up (&f);
  add (&f, TL_STEP_WAIT, "", 60000);
  start (&f);
  tl_session_set_outcome (TL_SESSION (f.session), TL_OUTCOME_RESET);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_FAILED, "The plug was pulled.");
  assert_logged (&f, "Ended: Reset by the peer. The plug was pulled.");
  tear_down (&f);

  /* One that answers and closes has answered. */
  set_up (&f);
  add (&f, TL_STEP_SEND, "x", 0);
  add (&f, TL_STEP_EXPECT, "bye", 60000);
  start (&f);
  test_wait (f.session->sent->len == 1);
  receive (&f, 0, "bye");
  tl_session_set_outcome (TL_SESSION (f.session), TL_OUTCOME_CLOSED_BY_PEER);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_CLOSED, NULL);
  g_assert_false (tl_sequence_run_is_running (f.run));
  assert_logged (&f, "Came after");
  assert_logged (&f, "Ended.");
  tear_down (&f);

  /* What is refused is a failure with the reason. */
  set_up (&f);
  add (&f, TL_STEP_SEND, "x", 0);
  f.session->refusals = G_MAXUINT;
  start (&f);
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_logged (&f, "Could not be sent. refused");
  tear_down (&f);

  /* It goes while it runs. */
  set_up (&f);
  add (&f, TL_STEP_EXPECT, "x", 60000);
  start (&f);
  g_main_context_iteration (NULL, FALSE);
  tear_down (&f);
}

/* What ended it stands in its heading, and a step that waits for what does not come any more has failed. */
static void
test_ending (void)
{
  Fixture f;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint64 n_failed = 0;

  set_up (&f);
  add (&f, TL_STEP_SEND, "x", 0);
  add (&f, TL_STEP_EXPECT, "bye", 60000);
  start (&f);
  test_wait (f.session->sent->len == 1);
  g_main_context_iteration (NULL, FALSE);
  before = tl_sequence_run_describe (f.run);
  g_assert_cmpstr (before, ==, "Round 1, step 2 of 2 · failed: 0");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tl_session_set_outcome (TL_SESSION (f.session), TL_OUTCOME_CLOSED_BY_PEER);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_CLOSED, NULL);
  after = tl_sequence_run_describe (f.run);
  g_assert_cmpstr (after, ==, "Ended: Closed by the peer. Round 1, step 2 of 2 · failed: 1");
  assert_logged (&f, "“bye” had not come when the session ended.");
  g_object_get (f.run, "n-failed", &n_failed, NULL);
  g_assert_cmpuint (n_failed, ==, 1);
  tear_down (&f);

  set_up (&f);
  add (&f, TL_STEP_WAIT, "", 60000);
  start (&f);
  tl_sequence_run_stop (f.run);
  g_clear_pointer (&after, g_free);
  after = tl_sequence_run_describe (f.run);
  g_assert_cmpstr (after, ==, "Stopped. Round 1, step 1 of 1 · failed: 0");
  tear_down (&f);
}

/* An expression that gives up says so once, holds up nothing, and finds what comes behind. */
static void
test_undecided (void)
{
  Fixture f;
  TlSequenceStep *step;
  g_autofree char *many = g_strdup_printf ("%060d\n", 0);
  g_autofree char *text = NULL;
  const char *told;

  set_up (&f);
  set_framing (&f, "lines");
  add (&f, TL_STEP_SEND, "A", 0);
  step = add (&f, TL_STEP_EXPECT, "(0+0+)+[yz]", 60000);
  g_object_set (step, "pattern", TL_PATTERN_REGEX, NULL);
  start (&f);
  test_wait (f.session->sent->len == 1);
  for (guint i = 0; i < 100; i++)
    receive (&f, 0, many);
  receive (&f, 0, "00y\n");
  test_wait (!tl_sequence_run_is_running (f.run));
  text = tl_sequence_run_dup_text (f.run);
  assert_logged (&f, "00y");
  told = strstr (text, "has too much to try");
  g_assert_nonnull (told);
  g_assert_null (strstr (told + 1, "has too much to try"));
  tear_down (&f);
}

/* What there is much to try in when the session ends is looked at in more than one turn, and not for long. */
static void
test_ending_slowly (void)
{
  Fixture f;
  g_autofree char *many = g_strdup_printf ("%060d\n", 0);

  set_up (&f);
  set_framing (&f, "lines");
  add (&f, TL_STEP_SEND, "A", 0);
  g_object_set (add (&f, TL_STEP_EXPECT, "(0+0+)+[yz]", 60000), "pattern", TL_PATTERN_REGEX, NULL);
  start (&f);
  test_wait (f.session->sent->len == 1);
  for (guint i = 0; i < 1000; i++)
    receive (&f, 0, many);
  tl_session_set_outcome (TL_SESSION (f.session), TL_OUTCOME_CLOSED_BY_PEER);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_CLOSED, NULL);
  g_assert_true (tl_sequence_run_is_running (f.run));
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_logged (&f, "had not come when the session ended.");
  assert_logged (&f, "Ended: Closed by the peer.");

  /* Nor longer than it is wanted. */
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_OPEN, NULL);
  tl_sequence_run_start (f.run);
  test_wait (f.session->sent->len == 2);
  for (guint i = 0; i < 1000; i++)
    receive (&f, 0, many);
  tl_session_set_state (TL_SESSION (f.session), TL_SESSION_CLOSED, NULL);
  tl_sequence_run_stop (f.run);
  g_assert_false (tl_sequence_run_is_running (f.run));
  assert_logged (&f, "Stopped.");
  tear_down (&f);
}

static void
test_problem (void)
{
  Fixture f;
  g_autofree char *none = NULL;
  g_autofree char *wrong = NULL;

  set_up (&f);
  none = tl_sequence_dup_problem (f.sequence);
  g_assert_nonnull (strstr (none, "no steps"));
  add (&f, TL_STEP_WAIT, "", 1);
  add (&f, TL_STEP_SEND, "{conter}", 0);
  wrong = tl_sequence_dup_problem (f.sequence);
  g_assert_nonnull (strstr (wrong, "Step 2 has a mistake."));
  start (&f);
  g_assert_false (tl_sequence_run_is_running (f.run));
  tear_down (&f);
}

static void
test_flood (void)
{
  Fixture f;
  g_autofree char *piece = g_strnfill (100000, 'x');

  set_up (&f);
  add (&f, TL_STEP_SEND, "A", 0);
  add (&f, TL_STEP_EXPECT, "OK", 60000);
  start (&f);
  test_wait (f.session->sent->len == 1);
  for (guint i = 0; i < 30; i++)
    receive (&f, i % 2, piece);
  receive (&f, 0, "OK");
  test_wait (!tl_sequence_run_is_running (f.run));
  assert_logged (&f, "not all of it was looked at");
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequence-run/steps", test_steps);
  g_test_add_func ("/sequence-run/stream", test_stream);
  g_test_add_func ("/sequence-run/framed", test_framed);
  g_test_add_func ("/sequence-run/framed-by-gap", test_framed_by_gap);
  g_test_add_func ("/sequence-run/from", test_from);
  g_test_add_func ("/sequence-run/rounds", test_rounds);
  g_test_add_func ("/sequence-run/endless", test_endless);
  g_test_add_func ("/sequence-run/ends", test_ends);
  g_test_add_func ("/sequence-run/ending", test_ending);
  g_test_add_func ("/sequence-run/ending-slowly", test_ending_slowly);
  g_test_add_func ("/sequence-run/undecided", test_undecided);
  g_test_add_func ("/sequence-run/problem", test_problem);
  g_test_add_func ("/sequence-run/flood", test_flood);
  return g_test_run ();
}
