package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;

/**
 * The fencing rows, in table {@code lifeboat.fence} of database {@code postgres}: for each target the token of its newest
 * owner. Every session of a restore says in its application name for whom it acts, and looks at the row <em>after</em> it has
 * said so; whoever raises the token ends the sessions of lower ones <em>after</em> the raise is committed. So each older
 * session either sees the new token, or is seen and ended.
 */
public final class FencingTable {
    private static final String WHAT = "Fencing";

    private FencingTable() {}

    /**
     * Makes {@code token} the target's, and ends every session that acts for a lower one. Does nothing more when it is the
     * target's already.
     *
     * @param target letters, digits, hyphens, dots and underscores, at most 40
     * @param token 1 or more
     * @throws RestoreException of kind FENCED when the target's token is higher already
     */
    public static void raise(Databases databases, String target, long token) {
        try (Session session = Sessions.connect(databases, Sessions.ADMINISTRATION)) {
            raise(session, target, token);
        }
    }

    static void raise(Session session, String target, long token) {
        RestoreTables.create(session);
        if (current(session, target, "") == token) {
            return; // without a lock: a twin of ours that hangs may hold the row
        }
        endOlderSessions(session, target, token);
        int raised = session.update(
                WHAT,
                "INSERT INTO lifeboat.fence AS f (target, token) VALUES (?, ?)"
                        + " ON CONFLICT (target) DO UPDATE SET token = excluded.token WHERE f.token < excluded.token",
                target,
                token);
        if (raised == 0) {
            compare(current(session, target, ""), target, token);
        }
        endOlderSessions(session, target, token);
    }

    /** Locks the row until the transaction's end, so that nobody takes over before it, and compares. */
    static void lockAndCompare(Session session, String target, long token) {
        compare(current(session, target, " FOR UPDATE"), target, token);
    }

    /** Looks, without a lock. */
    static void compare(Session session, String target, long token) {
        compare(current(session, target, ""), target, token);
    }

    private static void compare(long current, String target, long token) {
        if (current != token) {
            throw new RestoreException(
                    Kind.FENCED,
                    "Target " + target + " belongs to fencing token " + current + ", not to our " + token + ".",
                    "A newer recovery has taken over; leave the target to it.");
        }
    }

    private static long current(Session session, String target, String lock) {
        List<Long> tokens = session.query(
                WHAT, row -> row.getLong(1), "SELECT token FROM lifeboat.fence WHERE target = ?" + lock, target);
        return tokens.isEmpty() ? 0 : tokens.get(0);
    }

    private static void endOlderSessions(Session session, String target, long token) {
        String prefix = Sessions.applicationName(target, "");
        Backends.end(
                session,
                WHAT,
                "starts_with(application_name, ?) AND substr(application_name, length(?) + 1) ~ '^[0-9]+$'"
                        + " AND substr(application_name, length(?) + 1)::numeric < ?",
                prefix,
                prefix,
                prefix,
                token);
    }
}
