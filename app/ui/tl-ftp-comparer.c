/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a server and that of this machine, compared as long as somebody wants it. */

#include "tl-ftp-comparer.h"

#include "tl-ftp-walk.h"
#include "tl-set-string.h"
#include "tl-task-work.h"

#include <glib/gi18n-lib.h>

/* Files come in batches; ms. */
#define SOON 150

struct _TlFtpComparer
{
  GObject parent_instance;

  TlFtpBrowser     *browser;
  TlLocalPane      *pane;         /* (nullable) */
  gboolean          active;
  gboolean          by_size;
  gboolean          ignore_case;
  gboolean          ignore_hour;
  TlFtpCompareShow  show;
  TlFtpComparison  *comparison;   /* (nullable) */
  char             *problem;
  GCancellable     *running;
  guint             soon_id;
};

enum {
  PROP_0,
  PROP_ACTIVE,
  PROP_BY_SIZE,
  PROP_IGNORE_CASE,
  PROP_IGNORE_HOUR,
  PROP_SHOW,
  PROP_PANE,
  PROP_COMPARISON,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFtpComparer, tl_ftp_comparer, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlFtpCompareShow, tl_ftp_compare_show,
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_DIFFERENT, "different"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_ONLY_LOCAL, "only-local"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_ONLY_REMOTE, "only-remote"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_LOCAL_NEWER, "local-newer"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_REMOTE_NEWER, "remote-newer"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_SIZE, "size"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TL_FTP_COMPARE_SHOW_EQUAL, "equal"))

guint
tl_ftp_compare_show_get_differences (TlFtpCompareShow show)
{
  static const guint differences[TL_N_FTP_COMPARE_SHOWS] = {
    [TL_FTP_COMPARE_SHOW_ALL] = TL_FTP_DIFFERENCES_ALL,
    [TL_FTP_COMPARE_SHOW_DIFFERENT] = TL_FTP_DIFFERENCES_DIFFERENT,
    [TL_FTP_COMPARE_SHOW_ONLY_LOCAL] = 1u << TL_FTP_DIFFERENCE_ONLY_LOCAL,
    [TL_FTP_COMPARE_SHOW_ONLY_REMOTE] = 1u << TL_FTP_DIFFERENCE_ONLY_REMOTE,
    [TL_FTP_COMPARE_SHOW_LOCAL_NEWER] = 1u << TL_FTP_DIFFERENCE_LOCAL_NEWER,
    [TL_FTP_COMPARE_SHOW_REMOTE_NEWER] = 1u << TL_FTP_DIFFERENCE_REMOTE_NEWER,
    [TL_FTP_COMPARE_SHOW_SIZE] = 1u << TL_FTP_DIFFERENCE_SIZE | 1u << TL_FTP_DIFFERENCE_KIND,
    [TL_FTP_COMPARE_SHOW_UNKNOWN] = 1u << TL_FTP_DIFFERENCE_UNKNOWN,
    [TL_FTP_COMPARE_SHOW_EQUAL] = 1u << TL_FTP_DIFFERENCE_EQUAL,
  };

  return differences[show];
}

static void
show_marks (TlFtpComparer *self)
{
  const guint differences = self->comparison ? tl_ftp_compare_show_get_differences (self->show) : TL_FTP_DIFFERENCES_ALL;

  tl_ftp_directory_set_comparison (tl_ftp_browser_get_directory (self->browser), self->comparison, differences);
  if (self->pane)
    tl_local_pane_set_comparison (self->pane, self->comparison, differences);
}

/* Takes @comparison. */
static void
take (TlFtpComparer   *self,
      TlFtpComparison *comparison,
      const char      *problem)
{
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  self->comparison = comparison;
  show_marks (self);
  if (tl_set_string (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARISON]);
}

static void
stop (TlFtpComparer *self)
{
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_handle_id (&self->soon_id, g_source_remove);
}

typedef struct {
  TlFtpListing        *listing;
  char                *path;
  TlFtpCompareOptions  options;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  tl_ftp_listing_unref (work->listing);
  g_free (work->path);
  g_free (work);
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autofree char *root = g_path_get_dirname (work->path);
  g_autofree char *name = g_path_get_basename (work->path);
  g_autoptr (GPtrArray) local = tl_local_walk_list (root, name, TRUE, TL_FTP_WALK_MAX_ITEMS, cancellable, &error);
  TlFtpComparison *comparison = local ? tl_ftp_comparison_new (work->listing, local, &work->options, cancellable) : NULL;

  if (comparison)
    g_task_return_pointer (task, comparison, (GDestroyNotify) tl_ftp_comparison_unref);
  else
    g_task_return_error (task, error ? error : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TlFtpComparer *self = TL_FTP_COMPARER (source);
  g_autoptr (GError) error = NULL;
  TlFtpComparison *comparison = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another has begun since. */
  if (g_task_get_cancellable (G_TASK (result)) != self->running)
    {
      g_clear_pointer (&comparison, tl_ftp_comparison_unref);
      return;
    }
  g_clear_object (&self->running);
  if (comparison && tl_ftp_browser_get_client (self->browser))
    tl_ftp_comparison_tell_clock (comparison, tl_ftp_browser_get_client (self->browser));
  take (self, comparison, error ? error->message : NULL);
}

static void
compare (gpointer data)
{
  TlFtpComparer *self = data;
  GFile *folder = self->pane ? tl_local_pane_get_folder (self->pane) : NULL;
  TlFtpListing *listing = tl_ftp_directory_get_listing (tl_ftp_browser_get_directory (self->browser));
  g_autoptr (GTask) task = NULL;
  Work *work;

  self->soon_id = 0;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  if (!self->active || !listing || !folder)
    {
      take (self, NULL, NULL);
      return;
    }
  if (!g_file_is_native (folder))
    {
      take (self, NULL, _("Only folders of this computer can be compared."));
      return;
    }

  work = g_new0 (Work, 1);
  work->listing = tl_ftp_listing_ref (listing);
  work->path = g_file_get_path (folder);
  tl_ftp_comparer_get_options (self, &work->options);
  if (tl_ftp_browser_get_client (self->browser))
    tl_ftp_compare_options_take_clock (&work->options, tl_ftp_browser_get_client (self->browser), listing);
  self->running = g_cancellable_new ();
  task = g_task_new (self, self->running, compared_cb, NULL);
  g_task_set_source_tag (task, compare);
  g_task_set_task_data (task, work, work_free);
  tl_task_work (task, compare_thread, (GDestroyNotify) tl_ftp_comparison_unref);
}

static void
compare_soon (TlFtpComparer *self)
{
  if (self->active && self->soon_id == 0)
    self->soon_id = g_timeout_add_once (SOON, compare, self);
}

/* Other folders, or other questions: what was found about the last ones is not shown for a moment longer. */
static void
compare_now (TlFtpComparer *self)
{
  stop (self);
  compare (self);
}

static void
folder_cb (TlFtpComparer *self)
{
  if (!self->active)
    return;
  stop (self);
  take (self, NULL, NULL);
  compare (self);
}

static void
set_pane (TlFtpComparer *self,
          TlLocalPane   *pane)
{
  if (self->pane == pane)
    return;
  if (self->pane)
    {
      g_signal_handlers_disconnect_by_data (self->pane, self);
      tl_local_pane_set_comparison (self->pane, NULL, TL_FTP_DIFFERENCES_ALL);
    }
  g_set_object (&self->pane, pane);
  if (pane)
    {
      g_signal_connect_swapped (pane, "notify::folder", G_CALLBACK (folder_cb), self);
      g_signal_connect_swapped (pane, "files-changed", G_CALLBACK (compare_soon), self);
    }
  folder_cb (self);
}

static void
tl_ftp_comparer_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlFtpComparer *self = TL_FTP_COMPARER (object);

  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_BY_SIZE:
      g_value_set_boolean (value, self->by_size);
      break;
    case PROP_IGNORE_CASE:
      g_value_set_boolean (value, self->ignore_case);
      break;
    case PROP_IGNORE_HOUR:
      g_value_set_boolean (value, self->ignore_hour);
      break;
    case PROP_SHOW:
      g_value_set_enum (value, self->show);
      break;
    case PROP_PANE:
      g_value_set_object (value, self->pane);
      break;
    case PROP_COMPARISON:
      g_value_set_boxed (value, self->comparison);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_comparer_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlFtpComparer *self = TL_FTP_COMPARER (object);
  gboolean *flag = id == PROP_ACTIVE ? &self->active : id == PROP_BY_SIZE ? &self->by_size : id == PROP_IGNORE_CASE ? &self->ignore_case : &self->ignore_hour;

  switch (id)
    {
    case PROP_ACTIVE:
    case PROP_BY_SIZE:
    case PROP_IGNORE_CASE:
    case PROP_IGNORE_HOUR:
      if (*flag == g_value_get_boolean (value))
        return;
      *flag = g_value_get_boolean (value);
      compare_now (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SHOW:
      if (self->show == (TlFtpCompareShow) g_value_get_enum (value))
        return;
      self->show = g_value_get_enum (value);
      show_marks (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PANE:
      set_pane (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_ftp_comparer_dispose (GObject *object)
{
  TlFtpComparer *self = TL_FTP_COMPARER (object);

  stop (self);
  if (self->pane)
    g_signal_handlers_disconnect_by_data (self->pane, self);
  if (self->browser)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->pane);
  g_clear_object (&self->browser);
  g_clear_pointer (&self->comparison, tl_ftp_comparison_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (tl_ftp_comparer_parent_class)->dispose (object);
}

static void
tl_ftp_comparer_class_init (TlFtpComparerClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_ftp_comparer_get_property;
  object_class->set_property = tl_ftp_comparer_set_property;
  object_class->dispose = tl_ftp_comparer_dispose;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, both);
  properties[PROP_BY_SIZE] = g_param_spec_boolean ("by-size", NULL, NULL, FALSE, both);
  properties[PROP_IGNORE_CASE] = g_param_spec_boolean ("ignore-case", NULL, NULL, FALSE, both);
  properties[PROP_IGNORE_HOUR] = g_param_spec_boolean ("ignore-hour", NULL, NULL, FALSE, both);
  properties[PROP_SHOW] = g_param_spec_enum ("show", NULL, NULL, TL_TYPE_FTP_COMPARE_SHOW, TL_FTP_COMPARE_SHOW_ALL, both);
  properties[PROP_PANE] = g_param_spec_object ("pane", NULL, NULL, TL_TYPE_LOCAL_PANE, both);
  properties[PROP_COMPARISON] = g_param_spec_boxed ("comparison", NULL, NULL, TL_TYPE_FTP_COMPARISON, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_ftp_comparer_init (TlFtpComparer *self)
{
  /* Zeroed already. */
}

TlFtpComparer *
tl_ftp_comparer_new (TlFtpBrowser *browser)
{
  TlFtpComparer *self = g_object_new (TL_TYPE_FTP_COMPARER, NULL);

  self->browser = g_object_ref (browser);
  g_signal_connect_swapped (browser, "loaded", G_CALLBACK (compare_soon), self);
  g_signal_connect_swapped (browser, "notify::path", G_CALLBACK (folder_cb), self);
  g_signal_connect_swapped (browser, "notify::charset", G_CALLBACK (folder_cb), self);

  return self;
}

TlFtpComparison *
tl_ftp_comparer_get_comparison (TlFtpComparer *self)
{
  g_return_val_if_fail (TL_IS_FTP_COMPARER (self), NULL);

  return self->comparison;
}

void
tl_ftp_comparer_get_options (TlFtpComparer       *self,
                             TlFtpCompareOptions *options)
{
  g_return_if_fail (TL_IS_FTP_COMPARER (self));

  *options = (TlFtpCompareOptions) TL_FTP_COMPARE_OPTIONS_INIT;
  options->by_size = self->by_size;
  options->ignore_case = self->ignore_case;
  options->ignore_hour = self->ignore_hour;
  options->charset = tl_ftp_browser_get_charset (self->browser);
  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &options->guess, NULL);
}
