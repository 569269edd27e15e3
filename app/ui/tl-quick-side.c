/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A widget with the quick sends beside it. */
#include "tl-quick-side.h"

#include "tl-quick-pane.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlQuickSide
{
  GtkWidget      parent_instance;

  AdwFlap       *flap;
  TlQuickPane   *pane;
  TlComposer    *composer;
  gboolean       put_away;   /* for want of room, until there is some again */
};

enum {
  PROP_0,
  PROP_CONTENT,
  PROP_COMPOSER,
  PROP_SHOWN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlQuickSide, tl_quick_side, GTK_TYPE_WIDGET)

static void
session_cb (TlQuickSide *self)
{
  g_autoptr (TlSession) session = NULL;

  g_object_get (self->composer, "session", &session, NULL);
  tl_quick_pane_set_session (self->pane, session);
}

static void
targets_cb (TlQuickSide *self)
{
  g_autoptr (GPtrArray) targets = NULL;

  g_object_get (self->composer, "targets", &targets, NULL);
  tl_quick_pane_set_targets (self->pane, targets);
}

static void
use_composer (TlQuickSide *self,
              TlComposer  *composer)
{
  if (!g_set_object (&self->composer, composer) || !composer)
    return;

  g_signal_connect_object (composer, "notify::session", G_CALLBACK (session_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "notify::targets", G_CALLBACK (targets_cb), self, G_CONNECT_SWAPPED);
  session_cb (self);
  targets_cb (self);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlQuickSide *self = TL_QUICK_SIDE (widget);
  g_autofree char *text = tl_composer_dup_text (self->composer);
  g_autoptr (TlQuickSend) send = g_object_new (TL_TYPE_QUICK_SEND, "text", text, "payload", tl_composer_get_payload (self->composer), NULL);

  tl_quick_pane_edit (self->pane, send);
}

static void
shown_cb (TlQuickSide *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN]);
}

/* An AdwFlap that is not locked would show in a wide window what nobody has asked for. */
static void
folded_cb (TlQuickSide *self)
{
  const gboolean folded = adw_flap_get_folded (self->flap);
  const gboolean revealed = adw_flap_get_reveal_flap (self->flap);

  if (folded)
    self->put_away = revealed;
  if (folded ? revealed : self->put_away)
    tl_widget_reveal_flap (self->flap, !folded);
}

static void
tl_quick_side_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlQuickSide *self = TL_QUICK_SIDE (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_flap_get_content (self->flap));
      break;
    case PROP_COMPOSER:
      g_value_set_object (value, self->composer);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_side_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlQuickSide *self = TL_QUICK_SIDE (object);

  switch (id)
    {
    case PROP_CONTENT:
      adw_flap_set_content (self->flap, g_value_get_object (value));
      break;
    case PROP_COMPOSER:
      use_composer (self, g_value_get_object (value));
      break;
    case PROP_SHOWN:
      tl_widget_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_side_dispose (GObject *object)
{
  TlQuickSide *self = TL_QUICK_SIDE (object);

  g_clear_object (&self->composer);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_quick_side_parent_class)->dispose (object);
}

static void
tl_quick_side_class_init (TlQuickSideClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_quick_side_get_property;
  object_class->set_property = tl_quick_side_set_property;
  object_class->dispose = tl_quick_side_dispose;

  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_COMPOSER] = g_param_spec_object ("composer", NULL, NULL, TL_TYPE_COMPOSER, flags);
  props[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (TL_TYPE_QUICK_PANE);
  gtk_widget_class_install_property_action (widget_class, "quick.show", "shown");
  gtk_widget_class_install_action (widget_class, "quick.save", NULL, save_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-side.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickSide, flap);
  gtk_widget_class_bind_template_child (widget_class, TlQuickSide, pane);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
tl_quick_side_init (TlQuickSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
tl_quick_side_activate (TlQuickSide *self,
                        const char  *action)
{
  g_return_val_if_fail (TL_IS_QUICK_SIDE (self), FALSE);

  /* What the pane has not is looked for above it. */
  return gtk_widget_activate_action (GTK_WIDGET (self->pane), action, NULL);
}
