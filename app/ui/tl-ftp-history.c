/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that were left. */

#include "tl-ftp-history.h"

void
tl_ftp_history_init (TlFtpHistory *self)
{
  self->back = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->forward = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

void
tl_ftp_history_destroy (TlFtpHistory *self)
{
  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_clear_pointer (&self->forward, g_ptr_array_unref);
}

void
tl_ftp_history_clear (TlFtpHistory *self)
{
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->forward, 0);
}

static void
push (GPtrArray *paths,
      GBytes    *path)
{
  if (!path)
    return;
  if (paths->len >= TL_FTP_HISTORY_MAX)
    g_ptr_array_remove_index (paths, 0);
  g_ptr_array_add (paths, g_bytes_ref (path));
}

static void
pop (GPtrArray *paths)
{
  if (paths->len > 0)
    g_ptr_array_remove_index (paths, paths->len - 1);
}

void
tl_ftp_history_move (TlFtpHistory *self,
                     TlFtpMove     move,
                     GBytes       *from,
                     GBytes       *to)
{
  switch (move)
    {
    case TL_FTP_MOVE_GO:
      if (from && !g_bytes_equal (from, to))
        {
          push (self->back, from);
          g_ptr_array_set_size (self->forward, 0);
        }
      break;
    case TL_FTP_MOVE_BACK:
      pop (self->back);
      push (self->forward, from);
      break;
    case TL_FTP_MOVE_FORWARD:
      pop (self->forward);
      push (self->back, from);
      break;
    case TL_FTP_MOVE_STAY:
    default:
      break;
    }
}

GBytes *
tl_ftp_history_peek (TlFtpHistory *self,
                     TlFtpMove     move)
{
  GPtrArray *paths = move == TL_FTP_MOVE_BACK ? self->back : self->forward;

  return paths->len > 0 ? g_ptr_array_index (paths, paths->len - 1) : NULL;
}
