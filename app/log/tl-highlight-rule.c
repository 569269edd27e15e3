/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlHighlightRule: what gets which colour. */

#include "tl-highlight-private.h"

#include "tl-set-string.h"

#include <glib/gi18n-lib.h>
#include <time.h>

struct _TlHighlightRule
{
  GObject parent_instance;

  gboolean             enabled;
  TlPatternKind        kind;
  char                *text;
  gboolean             match_case;
  TlHighlightDirection direction;
  TlHighlightColor     color;
  gboolean             bold;
  char                *error;

  TlPattern           *pattern;    /* of the set that was asked for last */
  TlCharset            charset;
  gboolean             compiled;
  gint64               second;     /* in which `spent` was spent */
  gint64               spent;
  gboolean             suspected;  /* too much time went by: from now on that of the processor counts */
  gboolean             set_aside;
};

enum {
  PROP_0,
  PROP_ENABLED,
  PROP_KIND,
  PROP_TEXT,
  PROP_MATCH_CASE,
  PROP_DIRECTION,
  PROP_COLOR,
  PROP_BOLD,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlHighlightRule, tl_highlight_rule, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TlHighlightColor, tl_highlight_color,
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_RED, "red"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_ORANGE, "orange"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_YELLOW, "yellow"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_GREEN, "green"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_BLUE, "blue"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_PURPLE, "purple"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_BROWN, "brown"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_GREY, "grey"))

G_DEFINE_ENUM_TYPE (TlHighlightDirection, tl_highlight_direction,
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_BOTH, "both"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (TL_HIGHLIGHT_SENT, "sent"))

static void
set_error (TlHighlightRule *self,
           const char      *error)
{
  if (tl_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
compile (TlHighlightRule *self,
         TlCharset        charset)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->pattern, tl_pattern_unref);
  self->compiled = TRUE;
  self->charset = charset;
  if (*self->text != '\0')
    self->pattern = tl_pattern_new (self->kind, self->text, charset, !self->match_case, &error);
  set_error (self, error != NULL ? error->message : NULL);
}

/* What is looked for is another thing now. */
static void
pattern_changed (TlHighlightRule *self)
{
  self->set_aside = FALSE;
  self->spent = 0;
  self->suspected = FALSE;
  compile (self, self->charset);
}

/* Microseconds. The clock on the wall costs next to nothing, but it also counts what others do on a busy machine. */
static gint64
get_time (TlHighlightRule *self)
{
  struct timespec used;

  if (!self->suspected || clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used) != 0)
    return g_get_monotonic_time ();
  return used.tv_sec * (gint64) G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
spend (TlHighlightRule *self,
       gint64           time)
{
  const gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (self->second != second)
    {
      self->suspected = self->suspected && self->spent > TL_HIGHLIGHT_MAX_TIME / 4;
      self->spent = 0;
    }
  self->second = second;
  self->spent += time;
  if (self->spent <= TL_HIGHLIGHT_MAX_TIME)
    return;

  self->set_aside = self->suspected;
  self->suspected = TRUE;
  self->spent = 0;
}

/* A pattern is bounded, but two hundred rows are shown at once, and each of a flood anew. */
static gboolean
look (TlHighlightRule *self,
      const guint8    *data,
      gsize            length)
{
  const gint64 begin = get_time (self);
  const TlPatternVerdict verdict = tl_pattern_judge (self->pattern, data, length);

  spend (self, get_time (self) - begin);
  if (self->set_aside)
    set_error (self, _("This takes too long to look for, and colours nothing until it is changed."));
  else if (verdict == TL_PATTERN_GAVE_UP)
    set_error (self, _("In some messages this has too much to try and gives up: they are not coloured."));
  return verdict == TL_PATTERN_PRESENT;
}

gboolean
tl_highlight_rule_match (TlHighlightRule *self,
                         TlMessageKind    kind,
                         TlCharset        charset,
                         const guint8    *data,
                         gsize            length)
{
  if (!self->enabled || self->set_aside || (self->direction == TL_HIGHLIGHT_RECEIVED && kind != TL_MESSAGE_RECEIVED) ||
      (self->direction == TL_HIGHLIGHT_SENT && kind != TL_MESSAGE_SENT))
    return FALSE;
  if (!self->compiled || self->charset != charset)
    compile (self, charset);
  return self->pattern != NULL && look (self, data, length);
}

static void
tl_highlight_rule_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlHighlightRule *self = TL_HIGHLIGHT_RULE (object);

  switch (property_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_MATCH_CASE:
      g_value_set_boolean (value, self->match_case);
      break;
    case PROP_DIRECTION:
      g_value_set_enum (value, self->direction);
      break;
    case PROP_COLOR:
      g_value_set_enum (value, self->color);
      break;
    case PROP_BOLD:
      g_value_set_boolean (value, self->bold);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static gboolean
set_int (int *place,
         int  value)
{
  if (*place == value)
    return FALSE;
  *place = value;
  return TRUE;
}

static void
tl_highlight_rule_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlHighlightRule *self = TL_HIGHLIGHT_RULE (object);
  gboolean changed = FALSE;

  switch (property_id)
    {
    case PROP_ENABLED:
      changed = set_int (&self->enabled, g_value_get_boolean (value));
      break;
    case PROP_KIND:
      changed = set_int ((int *) &self->kind, g_value_get_enum (value));
      break;
    case PROP_TEXT:
      changed = tl_set_string (&self->text, g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      break;
    case PROP_MATCH_CASE:
      changed = set_int (&self->match_case, g_value_get_boolean (value));
      break;
    case PROP_DIRECTION:
      changed = set_int ((int *) &self->direction, g_value_get_enum (value));
      break;
    case PROP_COLOR:
      changed = set_int ((int *) &self->color, g_value_get_enum (value));
      break;
    case PROP_BOLD:
      changed = set_int (&self->bold, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
  if (!changed)
    return;
  if (property_id == PROP_KIND || property_id == PROP_TEXT || property_id == PROP_MATCH_CASE)
    pattern_changed (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
tl_highlight_rule_finalize (GObject *object)
{
  TlHighlightRule *self = TL_HIGHLIGHT_RULE (object);

  g_free (self->text);
  g_free (self->error);
  g_clear_pointer (&self->pattern, tl_pattern_unref);

  G_OBJECT_CLASS (tl_highlight_rule_parent_class)->finalize (object);
}

static void
tl_highlight_rule_class_init (TlHighlightRuleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_highlight_rule_get_property;
  object_class->set_property = tl_highlight_rule_set_property;
  object_class->finalize = tl_highlight_rule_finalize;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_PATTERN_KIND, TL_PATTERN_TEXT, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_MATCH_CASE] = g_param_spec_boolean ("match-case", NULL, NULL, FALSE, flags);
  properties[PROP_DIRECTION] = g_param_spec_enum ("direction", NULL, NULL, TL_TYPE_HIGHLIGHT_DIRECTION, TL_HIGHLIGHT_BOTH, flags);
  properties[PROP_COLOR] = g_param_spec_enum ("color", NULL, NULL, TL_TYPE_HIGHLIGHT_COLOR, TL_HIGHLIGHT_RED, flags);
  properties[PROP_BOLD] = g_param_spec_boolean ("bold", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_highlight_rule_init (TlHighlightRule *self)
{
  self->enabled = TRUE;
  self->text = g_strdup ("");
}

TlHighlightRule *
tl_highlight_rule_new (void)
{
  return g_object_new (TL_TYPE_HIGHLIGHT_RULE, NULL);
}

TlHighlightColor
tl_highlight_rule_get_color (TlHighlightRule *self)
{
  return self->color;
}

gboolean
tl_highlight_rule_get_bold (TlHighlightRule *self)
{
  return self->bold;
}
