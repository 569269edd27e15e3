/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords that others type into their FTP programs to come into the shared folder. */

#include "tl-ftp-password.h"

#include "tl-ftp-server-work.h"

#include <crypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#define GROUPS 4
#define GROUP 4

/* The parameters of the hash of one that does not exist are those of the others: to find out costs as much. */
static char *
make_setting (void)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];

  /* NULL: the best that the system has. */
  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting) == NULL && crypt_gensalt_rn (NULL, 0, NULL, 0, setting, sizeof setting) == NULL)
    return NULL;
  return g_strdup (setting);
}

static char *
run_crypt (const char *password,
           const char *setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_rn (password, setting, data, sizeof *data);
  char *copy = hash != NULL && *hash != '*' ? g_strdup (hash) : NULL;

  explicit_bzero (data, sizeof *data);
  g_free (data);
  return copy;
}

char *
tl_ftp_password_hash (const char *password)
{
  g_autofree char *setting = make_setting ();

  g_return_val_if_fail (password != NULL, NULL);

  return setting != NULL && strlen (password) <= TL_FTP_PASSWORD_MAX ? run_crypt (password, setting) : NULL;
}

static gboolean
are_equal (const char *a,
           const char *b)
{
  const gsize length = strlen (a);
  guint8 difference = strlen (b) != length;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[difference != 0 && i >= strlen (b) ? 0 : i]);
  return difference == 0;
}

gboolean
tl_ftp_password_verify (const char *password,
                        const char *hash)
{
  g_autofree char *setting = hash != NULL ? g_strdup (hash) : make_setting ();
  g_autofree char *mine = NULL;
  const gboolean too_long = strlen (password) > TL_FTP_PASSWORD_MAX;

  if (setting == NULL)
    return FALSE;
  mine = run_crypt (too_long ? "" : password, setting);
  return mine != NULL && are_equal (mine, setting) && hash != NULL && !too_long;
}

char *
tl_ftp_password_make (void)
{
  /* 30 of them; a byte over 239 would favour some. */
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz3456789";
  GString *text = g_string_new (NULL);

  while (text->len < GROUPS * (GROUP + 1) - 1)
    {
      guint8 byte;

      if (text->len % (GROUP + 1) == GROUP)
        g_string_append_c (text, '-');
      do
        while (getrandom (&byte, 1, 0) != 1);
      while (byte >= 240);
      g_string_append_c (text, letters[byte % 30]);
    }
  return g_string_free (text, FALSE);
}

static void
free_secret (gpointer data)
{
  char *secret = data;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
hash_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  char *hash = tl_ftp_password_hash (data);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("This password cannot be kept: it is too long, or this system has no method for it. Choose a shorter one."));
}

void
tl_ftp_password_hash_async (const char          *password,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (password != NULL);

  g_task_set_source_tag (task, tl_ftp_password_hash_async);
  g_task_set_task_data (task, g_strdup (password), free_secret);
  tl_ftp_server_work (task, hash_thread, g_free);
}

char *
tl_ftp_password_hash_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
