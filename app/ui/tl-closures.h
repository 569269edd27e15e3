/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-peer-words.h"
#include "tl-session-words.h"

G_BEGIN_DECLS

/* Derived state: pure functions from what the rooms below tell to what a widget shows. */

/* Which of the three a session is. */
TlKind      tl_kind_of_session          (TlSession       *session);

gboolean    tl_state_is_active          (TlSessionState   state);
/* Translated: "Listening", "Not connected", … */
const char *tl_state_word               (TlKind           kind,
                                         TlSessionState   state);
/* The style class of the pill for the state: one of Adwaita's colour classes. */
const char *tl_state_css_class          (TlSessionState   state,
                                         TlOutcome        outcome);
/* The name of a symbolic icon for the state, for a tab. */
const char *tl_state_icon_name          (TlKind           kind,
                                         TlSessionState   state);
/* Translated: "Reconnecting in 3 s…"; without a time to wait for, the word of the state. Both in µs, monotonic; 0: none. (transfer full) */
char       *tl_state_retry_text         (gint64           retry_at,
                                         gint64           now);
/* Translated, with a mnemonic: what a click on the open button does in that state. */
const char *tl_open_button_label        (TlKind           kind,
                                         TlSessionState   state);
/* Translated: the sentence of the open button's tooltip. */
const char *tl_open_button_tooltip      (TlKind           kind,
                                         TlSessionState   state,
                                         gboolean         fields_valid);
gboolean    tl_open_button_sensitive    (TlSessionState   state,
                                         gboolean         fields_valid);
/* Whether the address fields may be edited. */
gboolean    tl_fields_editable          (TlSessionState   state);

/* Whether the effective local endpoint says more than the fields beside it. @port: -1 for none. */
gboolean    tl_local_endpoint_tells     (const char      *endpoint,
                                         const char      *host,
                                         int              port);

/* The same with its date. (transfer full) */
char       *tl_date_and_time            (gint64           time);
/* Without the date, for where there is little room. */
char       *tl_time_of_day              (gint64           time);
/* Whether a name contains what was typed into a search field; case and full-width forms do not matter. */
gboolean    tl_name_matches             (const char      *name,
                                         const char      *needle);

/* Translated: what the system made of an option: "In effect: 4096". NULL while closed. @effective: NULL: the system does not tell. (transfer full) (nullable) */
char       *tl_effective_label          (const char      *effective,
                                         gboolean         is_open);
/* A value of TlSocketOptions as people read it. @property_name of that type. (transfer full) */
char       *tl_option_value_text        (TlSocketOptions *options,
                                         const char      *property_name);

G_END_DECLS
