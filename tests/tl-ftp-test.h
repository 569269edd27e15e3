/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * An FTP server for tests, on a thread, which does what a script says. For each verb there is an answer: text that is sent as it stands (with line ends of its own),
 * in which these words stand for acts:
 *
 *   {data}    takes the data connection, sends the content, closes it        {open}   the same, and leaves it open
 *   {half}    sends the first half and resets the connection                 {take}   reads what is uploaded, to the end
 *   {accept}  takes the data connection, sends nothing                       {shut}   closes the data connection
 *   {epsv}    listens for a data connection, and is its port                 {pasv}   the same as "h1,h2,…,p2" of 127.0.0.1
 *   {port}    goes to where PORT or EPRT said                                {end}    closes the control connection
 *   {hang}    says nothing more, until the test is over                      {flood}  repeats the rest of the answer until the other end has gone
 *
 * test_ftp_answer() sets the answers of a verb: the first call of it gets the first one, the last one is for all others. What is not set is answered as a
 * plain server does.
 */

#include "tl-ftp-client.h"
#include "tl-test-wait.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  GMutex      mutex;
  int         listener;
  guint16     port;
  GThread    *thread;
  GPtrArray  *threads;      /* one a client */
  GArray     *fds;          /* all that are open */
  GHashTable *answers;      /* verb -> GPtrArray of text */
  GPtrArray  *commands;     /* as they came, without line ends */
  GBytes     *content;
  GByteArray *stored;
  guint       n_clients;
  guint       hold;         /* from that many commands on, no answer; G_MAXUINT: none */
  GCond       go_on;
  gboolean    over;
} TestFtp;

typedef struct {
  TestFtp *ftp;
  int      fd;
  int      data_listener;
  int      data;
  guint16  active_port;
  char     line[8192];
} TestFtpClient;

static inline int
test_ftp_keep (TestFtp *ftp,
               int      fd)
{
  g_mutex_lock (&ftp->mutex);
  if (fd >= 0)
    g_array_append_val (ftp->fds, fd);
  if (ftp->over && fd >= 0)
    shutdown (fd, SHUT_RDWR);
  g_mutex_unlock (&ftp->mutex);
  return fd;
}

static inline void
test_ftp_close (TestFtp *ftp,
                int     *fd)
{
  if (*fd < 0)
    return;
  g_mutex_lock (&ftp->mutex);
  for (guint i = 0; i < ftp->fds->len; i++)
    if (g_array_index (ftp->fds, int, i) == *fd)
      {
        g_array_remove_index_fast (ftp->fds, i);
        break;
      }
  close (*fd);
  *fd = -1;
  g_mutex_unlock (&ftp->mutex);
}

static inline int
test_ftp_listen (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 16), ==, 0);
  getsockname (fd, (struct sockaddr *) &address, &length);
  *port = ntohs (address.sin_port);
  return fd;
}

static inline gboolean
test_ftp_send (int         fd,
               const void *bytes,
               gsize       length)
{
  const char *data = bytes;

  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static inline void
test_ftp_take_data (TestFtpClient *client)
{
  if (client->data < 0 && client->data_listener >= 0)
    client->data = test_ftp_keep (client->ftp, accept4 (client->data_listener, NULL, NULL, SOCK_CLOEXEC));
}

static inline void
test_ftp_send_content (TestFtpClient *client,
                       gboolean       half)
{
  gsize length;
  const void *bytes = g_bytes_get_data (client->ftp->content, &length);

  test_ftp_take_data (client);
  test_ftp_send (client->data, bytes, half ? length / 2 : length);
}

static inline void
test_ftp_receive (TestFtpClient *client)
{
  guint8 buffer[65536];
  gssize n;

  test_ftp_take_data (client);
  while ((n = recv (client->data, buffer, sizeof buffer, 0)) > 0)
    {
      g_mutex_lock (&client->ftp->mutex);
      g_byte_array_append (client->ftp->stored, buffer, (guint) n);
      g_mutex_unlock (&client->ftp->mutex);
    }
  test_ftp_close (client->ftp, &client->data);
}

static inline void
test_ftp_reset (TestFtpClient *client)
{
  const struct linger linger = { 1, 0 };

  setsockopt (client->data, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  test_ftp_close (client->ftp, &client->data);
}

static inline guint16
test_ftp_new_data_port (TestFtpClient *client)
{
  guint16 port;

  test_ftp_close (client->ftp, &client->data);
  test_ftp_close (client->ftp, &client->data_listener);
  client->data_listener = test_ftp_keep (client->ftp, test_ftp_listen (&port));
  return port;
}

static inline void
test_ftp_go_to_port (TestFtpClient *client)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons (client->active_port) };

  client->data = test_ftp_keep (client->ftp, socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect (client->data, (struct sockaddr *) &address, sizeof address) != 0)
    test_ftp_close (client->ftp, &client->data);
}

/* False when the client is done with. */
static inline gboolean
test_ftp_act (TestFtpClient *client,
              const char    *word,
              gsize          length)
{
  g_autofree char *text = NULL;
  guint16 port;

#define TEST_IS(name) (length == strlen (name) && memcmp (word, name, length) == 0)
  if (TEST_IS ("data"))
    {
      test_ftp_send_content (client, FALSE);
      test_ftp_close (client->ftp, &client->data);
    }
  else if (TEST_IS ("open"))
    test_ftp_send_content (client, FALSE);
  else if (TEST_IS ("half"))
    {
      test_ftp_send_content (client, TRUE);
      test_ftp_reset (client);
    }
  else if (TEST_IS ("take"))
    test_ftp_receive (client);
  else if (TEST_IS ("accept"))
    test_ftp_take_data (client);
  else if (TEST_IS ("shut"))
    test_ftp_close (client->ftp, &client->data);
  else if (TEST_IS ("port"))
    test_ftp_go_to_port (client);
  else if (TEST_IS ("epsv") || TEST_IS ("pasv"))
    {
      port = test_ftp_new_data_port (client);
      text = TEST_IS ("epsv") ? g_strdup_printf ("%u", port) : g_strdup_printf ("127,0,0,1,%u,%u", port >> 8, port & 0xffu);
      return test_ftp_send (client->fd, text, strlen (text));
    }
  else if (TEST_IS ("hang"))
    {
      char nothing[256];

      while (recv (client->fd, nothing, sizeof nothing, 0) > 0)
        ;
      return FALSE;
    }
  else if (TEST_IS ("end"))
    return FALSE;
  else
    g_error ("no such act: %.*s", (int) length, word);
#undef TEST_IS
  return TRUE;
}

static inline gboolean
test_ftp_play (TestFtpClient *client,
               const char    *script)
{
  const char *end;

  while (*script != '\0')
    {
      if (g_str_has_prefix (script, "{flood}"))
        {
          while (test_ftp_send (client->fd, script + 7, strlen (script + 7)))
            ;
          return FALSE;
        }
      if (*script == '{' && (end = strchr (script, '}')) != NULL)
        {
          if (!test_ftp_act (client, script + 1, (gsize) (end - script - 1)))
            return FALSE;
          script = end + 1;
          continue;
        }
      end = strchr (script, '{');
      if (end == NULL)
        end = script + strlen (script);
      if (!test_ftp_send (client->fd, script, (gsize) (end - script)))
        return FALSE;
      script = end;
    }
  return TRUE;
}

static inline const char *
test_ftp_usual (const char *verb)
{
  static const char *const usual[][2] = {
    { "GREETING", "220 ready\r\n" }, { "USER", "331 password\r\n" }, { "PASS", "230 welcome\r\n" }, { "ACCT", "230 welcome\r\n" },
    { "AUTH", "502 no\r\n" }, { "FEAT", "211-Features\r\n EPSV\r\n MDTM\r\n REST STREAM\r\n SIZE\r\n211 End\r\n" }, { "SYST", "215 UNIX Type: L8\r\n" },
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
static inline char *
test_ftp_next_answer (TestFtp    *ftp,
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

static inline gboolean
test_ftp_read_line (TestFtpClient *client)
{
  gsize length = 0;

  while (length < sizeof client->line - 1 && recv (client->fd, client->line + length, 1, 0) == 1)
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

static inline void
test_ftp_note_port (TestFtpClient *client)
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

static inline gpointer
test_ftp_serve (gpointer data)
{
  TestFtpClient *client = data;
  TestFtp *ftp = client->ftp;
  g_autofree char *greeting = test_ftp_next_answer (ftp, "GREETING");
  gboolean going = test_ftp_play (client, greeting);

  while (going && test_ftp_read_line (client))
    {
      g_auto (GStrv) words = g_strsplit (client->line, " ", 2);
      g_autofree char *answer = NULL;

      g_mutex_lock (&ftp->mutex);
      g_ptr_array_add (ftp->commands, g_strdup (client->line));
      while (!ftp->over && ftp->commands->len >= ftp->hold)
        g_cond_wait (&ftp->go_on, &ftp->mutex);
      g_mutex_unlock (&ftp->mutex);
      test_ftp_note_port (client);
      answer = test_ftp_next_answer (ftp, words[0] != NULL ? words[0] : "");
      going = test_ftp_play (client, answer);
    }
  test_ftp_close (ftp, &client->data);
  test_ftp_close (ftp, &client->data_listener);
  test_ftp_close (ftp, &client->fd);
  g_free (client);
  return NULL;
}

static inline gpointer
test_ftp_thread (gpointer data)
{
  TestFtp *ftp = data;
  int fd;

  while ((fd = accept4 (ftp->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      TestFtpClient *client = g_new0 (TestFtpClient, 1);

      client->ftp = ftp;
      client->fd = test_ftp_keep (ftp, fd);
      client->data = client->data_listener = -1;
      g_mutex_lock (&ftp->mutex);
      ftp->n_clients++;
      g_ptr_array_add (ftp->threads, g_thread_new ("ftp-client", test_ftp_serve, client));
      g_mutex_unlock (&ftp->mutex);
    }
  return NULL;
}

static inline TestFtp *
test_ftp_new (void)
{
  TestFtp *ftp = g_new0 (TestFtp, 1);

  g_mutex_init (&ftp->mutex);
  g_cond_init (&ftp->go_on);
  ftp->hold = G_MAXUINT;
  ftp->threads = g_ptr_array_new ();
  ftp->fds = g_array_new (FALSE, FALSE, sizeof (int));
  ftp->answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  ftp->commands = g_ptr_array_new_with_free_func (g_free);
  ftp->content = g_bytes_new_static ("hello", 5);
  ftp->stored = g_byte_array_new ();
  ftp->listener = test_ftp_listen (&ftp->port);
  ftp->thread = g_thread_new ("ftp-server", test_ftp_thread, ftp);
  return ftp;
}

static inline void
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
  g_byte_array_unref (ftp->stored);
  g_cond_clear (&ftp->go_on);
  g_mutex_clear (&ftp->mutex);
  g_free (ftp);
}

/* The answer to a further call of @verb ("GREETING" is one); the last one stays. */
static inline void
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

/* The @n-th command and all after it wait for their answer, until it is set to G_MAXUINT. */
static inline void
test_ftp_hold (TestFtp *ftp,
               guint    n)
{
  g_mutex_lock (&ftp->mutex);
  ftp->hold = n;
  g_cond_broadcast (&ftp->go_on);
  g_mutex_unlock (&ftp->mutex);
}

/* What the data connections bring. */
static inline void
test_ftp_content (TestFtp    *ftp,
                  const char *text)
{
  g_mutex_lock (&ftp->mutex);
  g_bytes_unref (ftp->content);
  ftp->content = g_bytes_new (text, strlen (text));
  g_mutex_unlock (&ftp->mutex);
}

/* How many commands began with @start so far. */
static inline guint
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

static inline guint
test_ftp_n_clients (TestFtp *ftp)
{
  guint n;

  g_mutex_lock (&ftp->mutex);
  n = ftp->n_clients;
  g_mutex_unlock (&ftp->mutex);
  return n;
}

/* An anonymous site of this server, without encryption. (transfer full) */
static inline TlFtpSite *
test_ftp_site (TestFtp *ftp)
{
  return g_object_new (TL_TYPE_FTP_SITE, "host", "127.0.0.1", "port", (guint) ftp->port, "security", TL_FTP_SECURITY_NONE, "account-kind",
                       TL_FTP_ACCOUNT_ANONYMOUS, NULL);
}

/* (transfer full) */
static inline TlFtpClient *
test_ftp_client (TestFtp *ftp)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (ftp);

  return tl_ftp_client_new (site);
}

static inline GBytes *
test_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* For the callback of any operation: waits for it, and counts how often it was called. */
typedef struct {
  GAsyncResult *result;
  guint         n_calls;
} TestCall;

static inline void
test_call_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TestCall *call = user_data;

  call->n_calls++;
  g_set_object (&call->result, result);
}

static inline gboolean
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
