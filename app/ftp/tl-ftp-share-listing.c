/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a shared folder, in the lines that FTP clients read. */

#include "tl-ftp-share.h"

#include "tl-ftp-mode.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HALF_YEAR (182 * 24 * 3600)

typedef struct {
  TlFtpShare                *share;
  const TlFtpListingOptions *options;
  const char                *path;
  const char                *pattern;     /* NULL: all names */
  char                      *prefix;      /* before each of them: NULL: nothing */
  int                        dir;
  GByteArray                *lines;
  time_t                     now;
} Listing;

static void
append_time (GString *line,
             time_t   now,
             time_t   when)
{
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  struct tm parts;

  if (gmtime_r (&when, &parts) == NULL)
    gmtime_r (&(time_t) { 0 }, &parts);
  if (when > now - HALF_YEAR && when < now + 24 * 3600)
    g_string_append_printf (line, "%s %2d %02d:%02d", months[parts.tm_mon], parts.tm_mday, parts.tm_hour, parts.tm_min);
  else
    g_string_append_printf (line, "%s %2d %5d", months[parts.tm_mon], parts.tm_mday, parts.tm_year + 1900);
}

/* The owner's name is nobody's business. */
static void
append_long (GString           *line,
             time_t             now,
             const struct stat *info)
{
  g_autofree char *mode = tl_ftp_mode_to_text (info->st_mode & 07777);

  g_string_append_printf (line, "%c%s %3u ftp      ftp      %12" G_GINT64_FORMAT " ",
                          S_ISDIR (info->st_mode) ? 'd' : S_ISLNK (info->st_mode) ? 'l' : '-', mode, (guint) info->st_nlink,
                          (gint64) info->st_size);
  append_time (line, now, info->st_mtime);
  g_string_append_c (line, ' ');
}

static void
append_facts (GString                   *line,
              const TlFtpListingOptions *options,
              const struct stat         *info,
              const char                *type)
{
  const gboolean folder = S_ISDIR (info->st_mode);
  struct tm parts;

  if (options->facts & TL_FTP_FACT_TYPE)
    g_string_append_printf (line, "type=%s;", type);
  if ((options->facts & TL_FTP_FACT_SIZE) && S_ISREG (info->st_mode))
    g_string_append_printf (line, "size=%" G_GINT64_FORMAT ";", (gint64) info->st_size);
  if ((options->facts & TL_FTP_FACT_MODIFY) && gmtime_r (&info->st_mtime, &parts) != NULL)
    g_string_append_printf (line, "modify=%04d%02d%02d%02d%02d%02d;", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                            parts.tm_min, parts.tm_sec);
  if (options->facts & TL_FTP_FACT_PERM)
    g_string_append_printf (line, "perm=%s%s;", folder ? "el" : "r", options->writable ? folder ? "cdfmp" : "adfw" : "");
  if (options->facts & TL_FTP_FACT_MODE)
    g_string_append_printf (line, "UNIX.mode=%04o;", info->st_mode & 07777);
  g_string_append_c (line, ' ');
}

static const char *
type_of (const struct stat *info)
{
  return S_ISDIR (info->st_mode) ? "dir" : S_ISLNK (info->st_mode) ? "OS.unix=slink" : "file";
}

/* A link to a file of the folder is that file; one to a folder stays a link, so that who walks through all folders comes to an end. FALSE: it leads out, or nowhere. */
static gboolean
look_behind_link (Listing     *self,
                  const char  *name,
                  struct stat *info)
{
  g_autofree char *path = *self->path != '\0' ? g_strconcat (self->path, "/", name, NULL) : g_strdup (name);
  struct stat target;

  if (tl_ftp_share_stat (self->share, path, &target) != 0)
    return FALSE;
  if (S_ISREG (target.st_mode))
    *info = target;
  return S_ISREG (target.st_mode) || S_ISDIR (target.st_mode);
}

/* Where a link leads to is told only when that is within the folder: only then is there a line for it. */
static void
append_target (Listing    *self,
               GString    *line,
               const char *name)
{
  char target[4096];
  const ssize_t n = self->dir >= 0 ? readlinkat (self->dir, name, target, sizeof target) : -1;

  if (n <= 0 || memchr (target, '\r', (gsize) n) != NULL || memchr (target, '\n', (gsize) n) != NULL)
    return;
  g_string_append (line, " -> ");
  g_string_append_len (line, target, n);
}

static void
add_line (Listing           *self,
          const char        *name,
          const struct stat *info)
{
  g_autoptr (GString) line = g_string_sized_new (128);

  if (self->options->style == TL_FTP_LISTING_LIST)
    append_long (line, self->now, info);
  else if (self->options->style == TL_FTP_LISTING_FACTS)
    append_facts (line, self->options, info, type_of (info));
  else if (self->prefix != NULL)
    g_string_append (line, self->prefix);
  g_string_append (line, name);
  if (self->options->style == TL_FTP_LISTING_LIST && S_ISLNK (info->st_mode))
    append_target (self, line, name);
  g_string_append (line, "\r\n");
  g_byte_array_append (self->lines, (const guint8 *) line->str, (guint) line->len);
}

/* A character of UTF-8, or a byte that belongs to none. */
static const char *
skip_one (const char *name)
{
  const gboolean begins = ((guint8) *name++ & 0xc0) == 0xc0;

  while (begins && ((guint8) *name & 0xc0) == 0x80)
    name++;
  return name;
}

/* "*" and "?". In time that grows with the product of both lengths: the pattern comes from a stranger. */
static gboolean
matches (const char *pattern,
         const char *name)
{
  const char *star = NULL, *mark = NULL;

  if (*name == '.' && *pattern != '.')
    return FALSE;
  while (*name != '\0')
    {
      if (*pattern == '*')
        {
          star = pattern++;
          mark = name;
        }
      else if (*pattern == '?')
        {
          pattern++;
          name = skip_one (name);
        }
      else if (*pattern == *name)
        {
          pattern++;
          name++;
        }
      else if (star != NULL)
        {
          pattern = star + 1;
          name = ++mark;
        }
      else
        return FALSE;
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

/* Whether there is a line for it. */
static gboolean
add_entry (Listing    *self,
           const char *name)
{
  struct stat info;

  if (g_str_equal (name, ".") || g_str_equal (name, "..") || strpbrk (name, "\r\n") != NULL)
    return FALSE;
  if (self->pattern != NULL && !matches (self->pattern, name))
    return FALSE;
  if (fstatat (self->dir, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
    return FALSE;
  if (S_ISLNK (info.st_mode) && !look_behind_link (self, name, &info))
    return FALSE;
  if (!S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode) && !S_ISLNK (info.st_mode))
    return FALSE;
  add_line (self, name, &info);
  return TRUE;
}

static int
list_folder (Listing      *self,
             int           fd,
             GCancellable *cancellable,
             guint        *left_out)
{
  DIR *stream = fdopendir (fd);
  const struct dirent *entry;
  guint n = 0;

  if (stream == NULL)
    {
      const int errsv = errno;

      close (fd);
      return errsv;
    }
  self->dir = fd;
  while ((entry = readdir (stream)) != NULL && !g_cancellable_is_cancelled (cancellable))
    {
      if (n >= self->options->max_entries)
        (*left_out)++;
      else
        n += add_entry (self, entry->d_name) ? 1 : 0;
    }
  closedir (stream);
  if (g_cancellable_is_cancelled (cancellable))
    return ECANCELED;
  return self->pattern != NULL && n == 0 ? ENOENT : 0;
}

/* LIST and NLST of a file are a line for it. */
static int
list_file (Listing *self)
{
  const char *slash = strrchr (self->path, '/');
  const char *name = slash != NULL ? slash + 1 : self->path;
  struct stat info;
  const int errsv = tl_ftp_share_stat (self->share, self->path, &info);

  if (errsv == 0 && self->options->style == TL_FTP_LISTING_FACTS)
    return ENOTDIR;
  if (errsv == 0)
    add_line (self, self->options->typed != NULL ? self->options->typed : name, &info);
  return errsv;
}

/* A folder has what it is called before each name. */
static char *
dup_prefix (const char *typed)
{
  return typed != NULL ? g_strconcat (typed, g_str_has_suffix (typed, "/") ? "" : "/", NULL) : NULL;
}

/* "folder/IMG?.jpg", say: opens the folder; -ENOENT when there is nothing that stands for others. */
static int
open_for_pattern (Listing  *self,
                  char    **folder)
{
  const char *slash = strrchr (self->path, '/');
  const char *typed = self->options->typed;
  const char *typed_slash = typed != NULL ? strrchr (typed, '/') : NULL;
  const char *pattern = slash != NULL ? slash + 1 : self->path;

  if (strpbrk (pattern, "*?") == NULL)
    return -ENOENT;
  self->pattern = pattern;
  self->prefix = typed_slash != NULL ? g_strndup (typed, (gsize) (typed_slash + 1 - typed)) : NULL;
  *folder = slash != NULL ? g_strndup (self->path, (gsize) (slash - self->path)) : g_strdup ("");
  self->path = *folder;
  return tl_ftp_share_open_path (self->share, *folder, O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);
}

int
tl_ftp_share_list (TlFtpShare                *self,
                   const char                *path,
                   const TlFtpListingOptions *options,
                   GCancellable              *cancellable,
                   GBytes                   **lines,
                   guint                     *left_out)
{
  Listing listing = { .share = self, .options = options, .path = path, .dir = -1, .lines = g_byte_array_new (), .now = time (NULL) };
  g_autofree char *folder = NULL;
  int fd = tl_ftp_share_open_path (self, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);
  int errsv;

  *left_out = 0;
  *lines = NULL;
  if (fd >= 0)
    listing.prefix = dup_prefix (options->typed);
  else if (fd == -ENOENT && options->style != TL_FTP_LISTING_FACTS)
    fd = open_for_pattern (&listing, &folder);
  if (fd >= 0)
    errsv = list_folder (&listing, fd, cancellable, left_out);
  else
    errsv = fd == -ENOTDIR && listing.pattern == NULL ? list_file (&listing) : -fd;
  if (errsv == 0)
    *lines = g_byte_array_free_to_bytes (listing.lines);
  else
    g_byte_array_unref (listing.lines);
  g_free (listing.prefix);
  return errsv;
}

int
tl_ftp_share_describe (TlFtpShare                *self,
                       const char                *path,
                       const TlFtpListingOptions *options,
                       const char                *shown,
                       char                     **line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  struct stat info;
  const int errsv = tl_ftp_share_stat (self, path, &info);

  if (errsv != 0)
    return errsv;
  append_facts (text, options, &info, type_of (&info));
  g_string_append (text, shown);
  *line = g_string_free (g_steal_pointer (&text), FALSE);
  return 0;
}
