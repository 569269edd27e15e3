/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driven programs share. */

#include "drive-answerer.h"

#include <string.h>

typedef GObjectClass DriveAnswererClass;

GType drive_answerer_get_type (void);

static const char *const question_names[] = { "password", "account", "certificate", "clear" };

/* Yes to everything; the script looks at what was asked. */
static void
drive_answerer_ask_async (TlFtpAsker          *asker,
                    TlFtpQuestion       *question,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  DriveAnswerer *self = (DriveAnswerer *) asker;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_string_append_printf (self->asked, "%s%s", self->asked->len > 0 ? "," : "", question_names[question->kind]);
  if (question->kind == TL_FTP_ASK_PASSWORD)
    {
      g_free (question->user);
      g_free (question->password);
      question->user = g_strdup (self->user);
      question->password = g_strdup (self->password);
    }
  question->answered = TRUE;
  g_task_return_boolean (task, TRUE);
}

static gboolean
drive_answerer_ask_finish (TlFtpAsker    *asker,
                     GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
drive_answerer_iface_init (TlFtpAskerInterface *iface)
{
  iface->ask_async = drive_answerer_ask_async;
  iface->ask_finish = drive_answerer_ask_finish;
}

G_DEFINE_TYPE_WITH_CODE (DriveAnswerer, drive_answerer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (TL_TYPE_FTP_ASKER, drive_answerer_iface_init))

static void
drive_answerer_finalize (GObject *object)
{
  DriveAnswerer *self = (DriveAnswerer *) object;

  g_free (self->user);
  g_free (self->password);
  g_string_free (self->asked, TRUE);
  G_OBJECT_CLASS (drive_answerer_parent_class)->finalize (object);
}

static void
drive_answerer_class_init (DriveAnswererClass *klass)
{
  klass->finalize = drive_answerer_finalize;
}

static void
drive_answerer_init (DriveAnswerer *self)
{
  self->asked = g_string_new (NULL);
}

DriveAnswerer *
drive_answerer_new (const char *user,
                    const char *password)
{
  DriveAnswerer *self = g_object_new (drive_answerer_get_type (), NULL);

  self->user = g_strdup (user);
  self->password = g_strdup (password);
  return self;
}

GBytes *
drive_from_hex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (hex == NULL || g_str_equal (hex, "-"))
    return NULL;
  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
drive_text_from_hex (const char *hex)
{
  g_autoptr (GBytes) bytes = drive_from_hex (hex);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL) ?: "", g_bytes_get_size (bytes)) : NULL;
}
