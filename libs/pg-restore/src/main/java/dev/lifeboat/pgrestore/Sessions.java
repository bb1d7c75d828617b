package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;

/** Opens the sessions of a restore: each is named after its target and token, fenced, and free of surprising settings. */
final class Sessions {
    /** The database that is never restored: it holds the fencing rows, and renames are made from it. */
    static final String ADMINISTRATION = "postgres";

    private static final int ATTEMPTS = 300;

    private final Databases databases;
    private final RestoreTarget target;

    Sessions(Databases databases, RestoreTarget target) {
        this.databases = databases;
        this.target = target;
    }

    /** A session in database {@code postgres}, the only one that runs this target's steps there: an older one is ended. */
    Session administration() {
        return takingOver(open(ADMINISTRATION), "steps");
    }

    /**
     * A session in the restore database, the only one that does {@code work} there: an older one is ended.
     *
     * @param work such as {@code shard 3}
     */
    Session restoring(String work) {
        return takingOver(open(target.restoreDatabase()), work);
    }

    /** A session that shares its database with any others. */
    Session open(String database) {
        Session session = connect(database);
        try {
            session.execute(
                    "Naming a session",
                    "SET application_name = "
                            + Sql.literal(applicationName(target.targetName(), Long.toString(target.token()))));
            checkFence(database, session);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void checkFence(String database, Session session) {
        if (database.equals(ADMINISTRATION)) {
            FencingTable.raise(session, target.targetName(), target.token());
            return;
        }
        try (Session administration = connect(ADMINISTRATION)) {
            FencingTable.raise(administration, target.targetName(), target.token());
        }
    }

    private Session connect(String database) {
        return connect(databases, database);
    }

    /** A session with no settings that surprise; neither named nor fenced. */
    static Session connect(Databases databases, String database) {
        Session session = bare(databases, database);
        try {
            SessionSettings.apply(session);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** A session as the role and the database have it, which need not be a superuser's. */
    static Session bare(Databases databases, String database) {
        try {
            return new Session(databases.connect(database));
        } catch (SQLException e) {
            throw Failures.of("Connecting to database " + database, null, e);
        }
    }

    /**
     * The older holder's process may be dead, frozen or alive: its client can't be asked, so the newer one wins.
     */
    private Session takingOver(Session session, String work) {
        long key = lockKey(target.targetName(), work);
        String what = "Taking over " + work + " of target " + target.targetName();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (session.asks(what, "SELECT pg_try_advisory_lock(?)", key)) {
                    return session;
                }
                endHolder(session, what, key);
                Backends.pause();
            }
            throw new RestoreException(
                    Kind.UNAVAILABLE,
                    what + " failed: another session holds its lock, and does not end.",
                    "Try again; look for a session named lifeboat/… in pg_stat_activity when it lasts.");
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void endHolder(Session session, String what, long key) {
        List<Boolean> ended = session.query(
                what,
                row -> row.getBoolean(1),
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND classid::bigint = (? >> 32) & 4294967295 AND objid::bigint = ? & 4294967295"
                        + " AND pid <> pg_backend_pid()",
                key,
                key);
        assert ended.size() <= 1 : "an exclusive lock has one holder";
    }

    /** Ends every other session of this target's steps in the session's database. */
    void endOthers(Session session, String what) {
        Backends.end(
                session,
                what,
                "datname = current_database() AND starts_with(application_name, ?)",
                applicationName(target.targetName(), ""));
    }

    static String applicationName(String target, String token) {
        return "lifeboat/" + target + "/" + token;
    }

    /** The key of an advisory lock. */
    static long lockKey(String target, String work) {
        return ByteBuffer.wrap(Digests.sha256(target + "/" + work)).getLong();
    }
}
