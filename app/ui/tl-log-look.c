/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the rows of a log view look: mode, character set, wrapping, what is looked for. */

#include "tl-log-look.h"

#include "tl-collapse-model.h"
#include "tl-highlight-home.h"
#include "tl-message-marks.h"

#include <string.h>

#include "tl-set-string.h"

struct _TlLogLook
{
  GObject parent_instance;

  TlMessageSource *source;
  TlMessageSearch *search;
  TlPattern       *pattern;
  TlLogMode        mode;
  TlCharset        charset;
  gboolean         wrap;
  gboolean         is_datagram;
  gboolean         collapse;
  gboolean         spell_controls;
};

enum {
  CHANGED,
  MARKS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLogLook, tl_log_look, G_TYPE_OBJECT)

static void
search_notify_cb (TlLogLook  *self,
                  GParamSpec *pspec,
                  gpointer    search)
{
  g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

static void
rules_cb (TlLogLook *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tl_log_look_dispose (GObject *object)
{
  TlLogLook *self = TL_LOG_LOOK (object);

  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->source);
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  G_OBJECT_CLASS (tl_log_look_parent_class)->dispose (object);
}

static void
tl_log_look_class_init (TlLogLookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_log_look_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_log_look_init (TlLogLook *self)
{
  g_signal_connect_object (tl_highlight_home_get (), "changed", G_CALLBACK (rules_cb), self, G_CONNECT_SWAPPED);
}

TlLogLook *
tl_log_look_new (void)
{
  return g_object_new (TL_TYPE_LOG_LOOK, NULL);
}

void
tl_log_look_set_source (TlLogLook       *self,
                        TlMessageSource *source,
                        TlMessageSearch *search,
                        gboolean         is_datagram)
{
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_set_object (&self->source, source);
  g_set_object (&self->search, search);
  self->is_datagram = is_datagram;
  if (search)
    {
      g_signal_connect_object (search, "notify::n-matches", G_CALLBACK (search_notify_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (search, "notify::busy", G_CALLBACK (search_notify_cb), self, G_CONNECT_SWAPPED);
    }
}

TlMessageSource *
tl_log_look_get_source (TlLogLook *self)
{
  return self->source;
}

TlLogMode
tl_log_look_get_mode (TlLogLook *self)
{
  return self->mode;
}

gboolean
tl_log_look_set_mode (TlLogLook *self,
                      TlLogMode  mode)
{
  if (self->mode == mode)
    return FALSE;
  self->mode = mode;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

TlCharset
tl_log_look_get_charset (TlLogLook *self)
{
  return self->charset;
}

gboolean
tl_log_look_set_charset (TlLogLook *self,
                         TlCharset  charset)
{
  if (self->charset == charset)
    return FALSE;
  self->charset = charset;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
tl_log_look_get_wrap (TlLogLook *self)
{
  return self->wrap;
}

gboolean
tl_log_look_set_wrap (TlLogLook *self,
                      gboolean   wrap)
{
  if (self->wrap == !!wrap)
    return FALSE;
  self->wrap = !!wrap;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
tl_log_look_get_collapse (TlLogLook *self)
{
  return self->collapse;
}

void
tl_log_look_set_collapse (TlLogLook *self,
                          gboolean   collapse)
{
  if (self->collapse == !!collapse)
    return;
  self->collapse = !!collapse;
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
tl_log_look_get_count (TlLogLook *self,
                       guint      position)
{
  guint first, n_rows;

  if (!self->collapse || !self->source || !TL_IS_COLLAPSE_MODEL (self->source)
      || !tl_collapse_model_get_range (TL_COLLAPSE_MODEL (self->source), position, &first, &n_rows))
    return 1;
  return n_rows;
}

gboolean
tl_log_look_get_is_datagram (TlLogLook *self)
{
  return self->is_datagram;
}

void
tl_log_look_set_pattern (TlLogLook *self,
                         TlPattern *pattern)
{
  if (tl_pattern_equal (self->pattern, pattern))
    return;
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  self->pattern = pattern ? tl_pattern_ref (pattern) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
tl_log_look_set_spell_controls (TlLogLook *self,
                                gboolean   spell)
{
  if (self->spell_controls == !!spell)
    return;
  self->spell_controls = !!spell;
  g_signal_emit (self, signals[CHANGED], 0);
}

char *
tl_log_look_finish_text (TlLogLook *self,
                         char      *text)
{
  g_autofree char *own = text;

  return self->spell_controls ? tl_message_text_spell_controls (own) : g_steal_pointer (&own);
}

char *
tl_log_look_preview (TlLogLook      *self,
                     guint           position,
                     TlMessageShape  shape,
                     gboolean       *is_cut)
{
  g_autofree char *text = NULL;
  TlMessageInfo info;
  gboolean cut = FALSE;

  if (self->source && tl_message_source_peek (self->source, position, &info))
    {
      text = tl_message_text_preview (self->source, position, self->mode, self->charset, self->is_datagram, shape);
      text = tl_log_look_finish_text (self, g_steal_pointer (&text));
      cut = tl_message_text_is_cut (&info, self->mode, shape);
      if (self->mode != TL_LOG_MODE_HEX_DUMP || !TL_MESSAGE_KIND_IS_DATA (info.kind))
        text = tl_message_text_limit (g_steal_pointer (&text), shape, &cut);
    }
  if (is_cut)
    *is_cut = cut;
  return text ? g_steal_pointer (&text) : g_strdup ("");
}

PangoAttrList *
tl_log_look_get_attributes (TlLogLook      *self,
                            guint           position,
                            TlMessageShape  shape,
                            const char     *text)
{
  PangoAttrList *list = pango_attr_list_new ();

  /* Rows that the search has not come to are marked when it has: an expression is not tried twice. */
  if (self->pattern && self->source && tl_log_look_is_match (self, tl_message_source_get_id (self->source, position)))
    {
      g_autoptr (GArray) marks = tl_message_marks_find (self->source, position, self->mode, self->charset, self->is_datagram, shape,
                                                        self->spell_controls, self->pattern);

      tl_message_marks_draw (marks, strlen (text) - (g_str_has_suffix (text, " …") ? strlen (" …") : 0), list);
    }
  /* A hyphen at the end of a line would be read as one that was received. */
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  return list;
}

gboolean
tl_log_look_is_match (TlLogLook *self,
                      guint64    id)
{
  return self->search && tl_message_search_matches_id (self->search, id);
}
