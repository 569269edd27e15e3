/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scripted server: commands in, answers out. */

#include "tl-ftp-test-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

/* False when the client is done with. */
static gboolean
act (TestFtpClient *client,
     const char    *word)
{
  g_autofree char *text = NULL;
  guint16 port;

  if (g_str_equal (word, "epsv") || g_str_equal (word, "pasv"))
    {
      port = test_ftp_new_data_port (client);
      text = word[0] == 'e' ? g_strdup_printf ("%u", port) : g_strdup_printf ("127,0,0,1,%u,%u", port >> 8, port & 0xffu);
      return test_ftp_end_send (&client->control, text, strlen (text));
    }
  if (g_str_equal (word, "tls"))
    return test_ftp_end_start_tls (&client->control, client->ftp->certificate);
  if (g_str_equal (word, "hang"))
    {
      char nothing[256];

      while (test_ftp_end_receive (&client->control, nothing, sizeof nothing) > 0)
        ;
      return FALSE;
    }
  if (g_str_equal (word, "nul"))
    return test_ftp_end_send (&client->control, "", 1);
  if (g_str_equal (word, "end"))
    return FALSE;
  if (!test_ftp_act_on_data (client, word))
    g_error ("no such act: %s", word);
  return TRUE;
}

static gboolean
play (TestFtpClient *client,
      const char    *script)
{
  const char *end;

  while (*script != '\0')
    {
      if (g_str_has_prefix (script, "{flood}"))
        {
          while (test_ftp_end_send (&client->control, script + 7, strlen (script + 7)))
            ;
          return FALSE;
        }
      if (*script == '{' && (end = strchr (script, '}')) != NULL)
        {
          g_autofree char *word = g_strndup (script + 1, (gsize) (end - script - 1));

          if (!act (client, word))
            return FALSE;
          script = end + 1;
          continue;
        }
      end = strchr (script, '{');
      if (end == NULL)
        end = script + strlen (script);
      if (!test_ftp_end_send (&client->control, script, (gsize) (end - script)))
        return FALSE;
      script = end;
    }
  return TRUE;
}

const char *
test_ftp_usual (const char *verb)
{
  static const char *const usual[][2] = {
    { "GREETING", "220 ready\r\n" }, { "USER", "331 password\r\n" }, { "PASS", "230 welcome\r\n" }, { "ACCT", "230 welcome\r\n" },
    { "AUTH", "502 no\r\n" }, { "FEAT", "211-Features\r\n EPSV\r\n MDTM\r\n REST STREAM\r\n SIZE\r\n211 End\r\n" }, { "SYST", "215 UNIX Type: L8\r\n" },
    { "PBSZ", "200 ok\r\n" }, { "PROT", "200 ok\r\n" },
    { "PWD", "257 \"/\" is where you are\r\n" }, { "CWD", "250 ok\r\n" }, { "TYPE", "200 ok\r\n" }, { "NOOP", "200 ok\r\n" },
    { "EPSV", "229 go (|||{epsv}|)\r\n" }, { "PASV", "227 go ({pasv})\r\n" }, { "EPRT", "200 ok\r\n" }, { "PORT", "200 ok\r\n" },
    { "LIST", "150 list\r\n{data}226 done\r\n" }, { "MLSD", "150 list\r\n{data}226 done\r\n" }, { "RETR", "150 file\r\n{data}226 done\r\n" },
    { "STOR", "150 go\r\n{take}226 done\r\n" }, { "APPE", "150 go\r\n{take}226 done\r\n" }, { "REST", "350 ok\r\n" }, { "ABOR", "225 nothing to abort\r\n" },
    { "MKD", "257 \"x\" made\r\n" }, { "RMD", "250 ok\r\n" }, { "DELE", "250 ok\r\n" }, { "RNFR", "350 and\r\n" }, { "RNTO", "250 ok\r\n" },
    { "SITE", "200 ok\r\n" }, { "SIZE", "213 5\r\n" }, { "MDTM", "213 20200102030405\r\n" }, { "QUIT", "221 bye\r\n{end}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i][0], verb) == 0)
      return usual[i][1];
  return "502 unknown\r\n";
}

/* (transfer full) */
static char *
next_answer (TestFtp    *ftp,
             const char *verb)
{
  char *answer;
  GPtrArray *answers;

  g_mutex_lock (&ftp->mutex);
  answers = g_hash_table_lookup (ftp->answers, verb);
  if (answers == NULL)
    answer = g_strdup (test_ftp_usual (verb));
  else if (answers->len > 1)
    answer = g_ptr_array_steal_index (answers, 0);
  else
    answer = g_strdup (g_ptr_array_index (answers, 0));
  g_mutex_unlock (&ftp->mutex);
  return answer;
}

static gboolean
read_line (TestFtpClient *client)
{
  gsize length = 0;

  while (length < sizeof client->line - 1 && test_ftp_end_receive (&client->control, client->line + length, 1) == 1)
    {
      if (client->line[length] == '\n')
        {
          client->line[length > 0 && client->line[length - 1] == '\r' ? length - 1 : length] = '\0';
          return TRUE;
        }
      length++;
    }
  return FALSE;
}

static void
note_port (TestFtpClient *client)
{
  guint high, low;
  g_auto (GStrv) parts = NULL;

  if (sscanf (client->line, "PORT %*u,%*u,%*u,%*u,%u,%u", &high, &low) == 2)
    client->active_port = (guint16) (high * 256 + low);
  else if (g_str_has_prefix (client->line, "EPRT |"))
    {
      parts = g_strsplit (client->line, "|", -1);
      client->active_port = (guint16) g_ascii_strtoull (parts[3], NULL, 10);
    }
}

static gpointer
serve (gpointer data)
{
  TestFtpClient *client = data;
  TestFtp *ftp = client->ftp;
  g_autofree char *greeting = g_steal_pointer (&client->greeting);
  gboolean going = play (client, greeting);

  while (going && read_line (client))
    {
      g_auto (GStrv) words = g_strsplit (client->line, " ", 2);
      g_autofree char *answer = NULL;

      g_mutex_lock (&ftp->mutex);
      g_ptr_array_add (ftp->commands, g_strdup (client->line));
      while (!ftp->over && ftp->commands->len >= ftp->hold)
        g_cond_wait (&ftp->go_on, &ftp->mutex);
      g_mutex_unlock (&ftp->mutex);
      note_port (client);
      g_strlcpy (client->verb, words[0] != NULL ? words[0] : "", sizeof client->verb);
      if (g_str_equal (client->verb, "CWD") && words[1] != NULL)
        g_strlcpy (client->folder, words[1], sizeof client->folder);
      answer = next_answer (ftp, words[0] != NULL ? words[0] : "");
      going = play (client, answer);
    }
  test_ftp_end_close (ftp, &client->data, FALSE);
  test_ftp_close_fd (ftp, &client->data_listener);
  test_ftp_end_close (ftp, &client->control, FALSE);
  g_free (client);
  return NULL;
}

static gpointer
listen_thread (gpointer data)
{
  TestFtp *ftp = data;
  int fd;

  while ((fd = accept4 (ftp->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      TestFtpClient *client = g_new0 (TestFtpClient, 1);
      const int one = 1;

      /* An answer is often several writes: none of them shall wait for the other end. */
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      client->ftp = ftp;
      client->control.fd = test_ftp_keep (ftp, fd);
      client->data.fd = client->data_listener = -1;
      /* In the order in which they come: their threads may begin in another one. */
      client->greeting = next_answer (ftp, "GREETING");
      g_mutex_lock (&ftp->mutex);
      ftp->n_clients++;
      g_ptr_array_add (ftp->threads, g_thread_new ("ftp-client", serve, client));
      g_mutex_unlock (&ftp->mutex);
    }
  return NULL;
}

static TestFtp *
new_on (int family)
{
  guint16 port;
  int listener = test_ftp_listen_on (family, &port);
  TestFtp *ftp;

  if (listener < 0)
    return NULL;
  ftp = g_new0 (TestFtp, 1);
  g_mutex_init (&ftp->mutex);
  g_cond_init (&ftp->go_on);
  ftp->family = family;
  ftp->listener = listener;
  ftp->port = port;
  ftp->hold = G_MAXUINT;
  ftp->threads = g_ptr_array_new ();
  ftp->fds = g_array_new (FALSE, FALSE, sizeof (int));
  ftp->answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  ftp->commands = g_ptr_array_new_with_free_func (g_free);
  ftp->content = g_bytes_new_static ("hello", 5);
  ftp->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  ftp->stored = g_byte_array_new ();
  ftp->thread = g_thread_new ("ftp-server", listen_thread, ftp);
  return ftp;
}

TestFtp *
test_ftp_new (void)
{
  TestFtp *ftp = new_on (AF_INET);

  g_assert_nonnull (ftp);
  return ftp;
}

TestFtp *
test_ftp_new_ipv6 (void)
{
  return new_on (AF_INET6);
}

TestFtp *
test_ftp_new_tls (void)
{
  TestFtp *ftp = test_ftp_new ();

  ftp->certificate = test_ftp_certificate ("tls-self-signed.pem");
  test_ftp_answer (ftp, "AUTH", "234 go\r\n{tls}");
  return ftp;
}

GTlsCertificate *
test_ftp_certificate (const char *name)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (file, &error);

  g_assert_no_error (error);
  return certificate;
}

void
test_ftp_free (TestFtp *ftp)
{
  g_mutex_lock (&ftp->mutex);
  ftp->over = TRUE;
  g_cond_broadcast (&ftp->go_on);
  for (guint i = 0; i < ftp->fds->len; i++)
    shutdown (g_array_index (ftp->fds, int, i), SHUT_RDWR);
  shutdown (ftp->listener, SHUT_RDWR);
  g_mutex_unlock (&ftp->mutex);
  g_thread_join (ftp->thread);
  for (guint i = 0; i < ftp->threads->len; i++)
    g_thread_join (g_ptr_array_index (ftp->threads, i));
  close (ftp->listener);
  g_ptr_array_unref (ftp->threads);
  g_array_unref (ftp->fds);
  g_hash_table_unref (ftp->answers);
  g_ptr_array_unref (ftp->commands);
  g_bytes_unref (ftp->content);
  g_hash_table_unref (ftp->contents);
  g_byte_array_unref (ftp->stored);
  g_clear_object (&ftp->certificate);
  g_clear_object (&ftp->data_certificate);
  g_cond_clear (&ftp->go_on);
  g_mutex_clear (&ftp->mutex);
  g_free (ftp);
}

void
test_ftp_answer (TestFtp    *ftp,
                 const char *verb,
                 const char *answer)
{
  GPtrArray *answers;

  g_mutex_lock (&ftp->mutex);
  answers = g_hash_table_lookup (ftp->answers, verb);
  if (answers == NULL)
    {
      answers = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (ftp->answers, (gpointer) verb, answers);
    }
  g_ptr_array_add (answers, g_strdup (answer));
  g_mutex_unlock (&ftp->mutex);
}

void
test_ftp_answer_only (TestFtp    *ftp,
                      const char *verb,
                      const char *answer)
{
  g_mutex_lock (&ftp->mutex);
  g_hash_table_remove (ftp->answers, verb);
  g_mutex_unlock (&ftp->mutex);
  test_ftp_answer (ftp, verb, answer);
}

void
test_ftp_hold (TestFtp *ftp,
               guint    n)
{
  g_mutex_lock (&ftp->mutex);
  ftp->hold = n;
  g_cond_broadcast (&ftp->go_on);
  g_mutex_unlock (&ftp->mutex);
}

void
test_ftp_content (TestFtp    *ftp,
                  const char *text)
{
  g_autoptr (GBytes) content = test_bytes (text);

  test_ftp_content_bytes (ftp, content);
}

void
test_ftp_content_of (TestFtp    *ftp,
                     const char *of,
                     const char *text)
{
  g_mutex_lock (&ftp->mutex);
  g_hash_table_insert (ftp->contents, g_strdup (of), test_bytes (text));
  g_mutex_unlock (&ftp->mutex);
}

void
test_ftp_content_bytes (TestFtp *ftp,
                        GBytes  *content)
{
  g_mutex_lock (&ftp->mutex);
  g_bytes_unref (ftp->content);
  ftp->content = g_bytes_ref (content);
  g_mutex_unlock (&ftp->mutex);
}

guint
test_ftp_count (TestFtp    *ftp,
                const char *start)
{
  guint n = 0;

  g_mutex_lock (&ftp->mutex);
  for (guint i = 0; i < ftp->commands->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (ftp->commands, i), start))
      n++;
  g_mutex_unlock (&ftp->mutex);
  return n;
}

static guint
get_number (TestFtp     *ftp,
            const guint *number)
{
  guint n;

  g_mutex_lock (&ftp->mutex);
  n = *number;
  g_mutex_unlock (&ftp->mutex);
  return n;
}

guint
test_ftp_n_clients (TestFtp *ftp)
{
  return get_number (ftp, &ftp->n_clients);
}

guint
test_ftp_n_turned_away (TestFtp *ftp)
{
  return get_number (ftp, &ftp->n_turned_away);
}

int
test_ftp_listen (guint16 *port)
{
  return test_ftp_listen_on (AF_INET, port);
}

TlFtpSite *
test_ftp_site (TestFtp *ftp)
{
  return g_object_new (TL_TYPE_FTP_SITE, "host", ftp->family == AF_INET6 ? "::1" : "127.0.0.1", "port", (guint) ftp->port, "security",
                       TL_FTP_SECURITY_NONE, "account-kind", TL_FTP_ACCOUNT_ANONYMOUS, NULL);
}

TlFtpClient *
test_ftp_client (TestFtp *ftp)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (ftp);

  return tl_ftp_client_new (site);
}

gboolean
test_log_has (TlFtpClient   *client,
              TlMessageKind  kind,
              const char    *part)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_ftp_client_get_log (client));
  TlMessageInfo info;

  tl_message_log_flush (tl_ftp_client_get_log (client));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      g_autoptr (GBytes) bytes = info.kind == kind ? tl_message_source_dup_bytes (source, i) : NULL;

      if (bytes != NULL && g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), part) != NULL)
        return TRUE;
    }
  return FALSE;
}
