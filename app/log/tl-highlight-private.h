/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHighlightRules. */

#include "tl-highlight-rules.h"

G_BEGIN_DECLS

/* Whether a message of that kind with those bytes gets the colour of this rule. */
gboolean tl_highlight_rule_match (TlHighlightRule *self,
                                  TlMessageKind    kind,
                                  TlCharset        charset,
                                  const guint8    *data,
                                  gsize            length);

G_END_DECLS
