/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transfers of a queue, a row each. */

#include "tl-transfer-panel.h"

#include "tl-widget.h"

struct _TlTransferPanel
{
  GtkWidget        parent_instance;

  TlTransferQueue *queue;
};

enum {
  PROP_QUEUE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTransferPanel, tl_transfer_panel, GTK_TYPE_WIDGET)

static void
tl_transfer_panel_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_QUEUE:
      g_value_set_object (value, TL_TRANSFER_PANEL (object)->queue);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_panel_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_QUEUE:
      tl_transfer_panel_set_queue (TL_TRANSFER_PANEL (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_transfer_panel_dispose (GObject *object)
{
  TlTransferPanel *self = TL_TRANSFER_PANEL (object);

  tl_transfer_panel_set_queue (self, NULL);
  tl_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (tl_transfer_panel_parent_class)->dispose (object);
}

static void
tl_transfer_panel_class_init (TlTransferPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_transfer_panel_get_property;
  object_class->set_property = tl_transfer_panel_set_property;
  object_class->dispose = tl_transfer_panel_dispose;

  props[PROP_QUEUE] = g_param_spec_object ("queue", NULL, NULL, TL_TYPE_TRANSFER_QUEUE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-transfer-panel.ui");
  gtk_widget_class_set_css_name (widget_class, "transferpanel");
}

static void
tl_transfer_panel_init (TlTransferPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TlTransferQueue *
tl_transfer_panel_get_queue (TlTransferPanel *self)
{
  g_return_val_if_fail (TL_IS_TRANSFER_PANEL (self), NULL);

  return self->queue;
}

void
tl_transfer_panel_set_queue (TlTransferPanel *self,
                             TlTransferQueue *queue)
{
  g_return_if_fail (TL_IS_TRANSFER_PANEL (self));

  if (g_set_object (&self->queue, queue))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUEUE]);
}
