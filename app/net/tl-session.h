/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-auto-reply.h"
#include "tl-framing.h"
#include "tl-message-log.h"
#include "tl-peer.h"
#include "tl-socket-options.h"

G_BEGIN_DECLS

#define TL_TYPE_SESSION_STATE (tl_session_state_get_type ())

typedef enum {
  TL_SESSION_CLOSED,
  TL_SESSION_OPENING,
  TL_SESSION_OPEN,
  TL_SESSION_CLOSING,
  TL_SESSION_FAILED,
  TL_SESSION_RECONNECTING,
} TlSessionState;

GType tl_session_state_get_type (void);

#define TL_TYPE_DISCONNECT_KIND (tl_disconnect_kind_get_type ())

typedef enum {
  TL_DISCONNECT_GRACEFUL,   /* send what waits, shutdown, wait for the other's FIN within a limit, close */
  TL_DISCONNECT_HALF_CLOSE, /* shutdown(SHUT_WR): we send no more, and still receive */
  TL_DISCONNECT_RESET,      /* SO_LINGER 0, close: RST */
} TlDisconnectKind;

GType tl_disconnect_kind_get_type (void);

#define TL_SESSION_ERROR (tl_session_error_quark ())

typedef enum {
  TL_SESSION_ERROR_NOT_OPEN,
  TL_SESSION_ERROR_NO_PEER,      /* nobody to send to */
  TL_SESSION_ERROR_QUEUE_FULL,   /* a peer does not read: nothing was queued for it */
  TL_SESSION_ERROR_TOO_LARGE,    /* a datagram over the protocol's limit */
  TL_SESSION_ERROR_ADDRESS,      /* the address is of the other family, or no address */
  TL_SESSION_ERROR_FAILED,       /* what the system said, as a sentence with errno */
  TL_SESSION_ERROR_REFUSED,      /* the same, of a connection that did not come about; so are the next two */
  TL_SESSION_ERROR_TIMED_OUT,
  TL_SESSION_ERROR_UNREACHABLE,
} TlSessionError;

GQuark tl_session_error_quark (void);

/**
 * TlSessionCounters:
 *
 * Since the session was made or the counters were cleared.
 */
typedef struct {
  guint64 rx_messages;
  guint64 rx_bytes;
  guint64 tx_messages;
  guint64 tx_bytes;
  guint64 kernel_drops;      /* UDP: SO_RXQ_OVFL */
  guint64 replies_held;      /* auto-replies that the loop guard held back */
} TlSessionCounters;

#define TL_SESSION_RATE_SAMPLES 60

#define TL_TYPE_SESSION (tl_session_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlSession, tl_session, TL, SESSION, GObject)

struct _TlSessionClass
{
  GObjectClass parent_class;

  void      (*open)       (TlSession *self);
  void      (*close)      (TlSession *self);
  gboolean  (*send)       (TlSession *self, TlPeer *peer, GBytes *bytes, GError **error);
  gboolean  (*disconnect) (TlSession *self, TlPeer *peer, TlDisconnectKind kind, GError **error);
  char     *(*dup_link)   (TlSession *self);
  char     *(*dup_title)  (TlSession *self);
  GSocket  *(*get_socket) (TlSession *self, TlPeer *peer);
  const char *(*state_label) (TlSessionState state);   /* the words of the log and of the view */
  gboolean    is_datagram;   /* each message stands alone: framing does not apply */
};

/**
 * TlSession:
 *
 * One opened thing with a state, counters, a log and peers; the only API that a view uses for sockets.
 *
 * Read-only properties: "state", "log", "peers" (GListModel of TlPeer), "title" (for a tab), "error" (string, nullable: why it failed, translated, with the
 * original reason), "local-endpoint" (string, nullable: what it is bound to), "n-queued" (uint64: bytes that wait to be sent).
 * Writable: "auto-reply", "options", "framing" (boxed; what auto-reply takes for a message on a stream),
 * "private" (boolean, FALSE at first: what is said is not to be kept in the history).
 * Signals: "tick" (counters or rates changed; at most ten times a second, one last time when things are quiet),
 * "drained" (TlPeer): its queue fell below the low-water mark after a send had been refused or had waited.
 */
TlSessionState     tl_session_get_state      (TlSession *self);
/* The state in one or two words, translated, for a view; it changes with "state". */
const char        *tl_session_get_state_label (TlSession *self);
TlMessageLog      *tl_session_get_log        (TlSession *self);
GListModel        *tl_session_get_peers      (TlSession *self);
TlAutoReply       *tl_session_get_auto_reply (TlSession *self);
TlSocketOptions   *tl_session_get_options    (TlSession *self);
const TlFraming   *tl_session_get_framing    (TlSession *self);
void               tl_session_set_framing    (TlSession *self,
                                              const TlFraming *framing);
gboolean           tl_session_get_private    (TlSession *self);
void               tl_session_set_private    (TlSession *self,
                                              gboolean   is_private);
const char        *tl_session_get_error      (TlSession *self);
const char        *tl_session_get_local_endpoint (TlSession *self);
/* The same, but what it was bound to last stays when it closes. */
const char        *tl_session_get_last_local_endpoint (TlSession *self);
char              *tl_session_dup_title      (TlSession *self);
/* The session as a link that the command line opens. (transfer full) */
char              *tl_session_dup_link       (TlSession *self);
const TlSessionCounters *tl_session_get_counters (TlSession *self);
void               tl_session_clear_counters (TlSession *self);
/* Bytes and messages a second over the last second, and the bytes a second (rx + tx) of the last TL_SESSION_RATE_SAMPLES seconds, oldest first. */
void               tl_session_get_rates      (TlSession *self,
                                              double    *rx_bytes,
                                              double    *tx_bytes,
                                              double    *rx_messages,
                                              double    *tx_messages);
const guint64     *tl_session_get_rate_samples (TlSession *self);

/* Starts to open, listen or connect; does nothing unless closed or failed. What comes of it is the state, and lines in the log. */
void               tl_session_open           (TlSession *self);
/* Closes in order, or cancels opening and reconnecting. */
void               tl_session_close          (TlSession *self);
gboolean           tl_session_is_active      (TlSession *self);
/* Sends to one peer; the bytes are queued whole or refused whole. TL_SESSION_ERROR. */
gboolean           tl_session_send           (TlSession *self,
                                              TlPeer    *peer,
                                              GBytes    *bytes,
                                              GError   **error);
/* Sends to each of @peers, or to all that can be sent to when NULL. Returns the number of peers that took it; with fewer than all, @error tells the first refusal. */
guint              tl_session_send_to        (TlSession *self,
                                              GPtrArray *peers,
                                              GBytes    *bytes,
                                              GError   **error);
gboolean           tl_session_disconnect     (TlSession *self,
                                              TlPeer    *peer,
                                              TlDisconnectKind kind,
                                              GError   **error);
/* (transfer full) (nullable): the effective options of the session's socket, or of a peer's. */
TlSocketOptions   *tl_session_read_options   (TlSession *self,
                                              TlPeer    *peer);
/* (transfer full) (nullable): a TCP connection's TCP_INFO as lines for people: round trip, retransmits, congestion window, state. */
char              *tl_session_dup_tcp_info   (TlSession *self,
                                              TlPeer    *peer);

G_END_DECLS
