package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;

/**
 * Whether the live database admits anybody ({@code ALLOW_CONNECTIONS}, which holds for superusers too). That we closed it is
 * noted in the transaction that closes it, so that an abandoned restore can be undone by anyone.
 */
final class LiveDoor {
    private static final String WHAT = "Looking at the live database";
    /** Objects that neither initdb nor an extension made. */
    private static final String HAS_USER_OBJECTS = """
            SELECT EXISTS (
                SELECT FROM (
                    SELECT 'pg_class'::regclass AS class, oid FROM pg_class UNION ALL
                    SELECT 'pg_proc'::regclass, oid FROM pg_proc UNION ALL
                    SELECT 'pg_type'::regclass, oid FROM pg_type UNION ALL
                    SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_' UNION ALL
                    SELECT 'pg_largeobject_metadata'::regclass, oid FROM pg_largeobject_metadata) object
                WHERE oid >= 16384 AND NOT EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = class AND d.objid = object.oid AND d.deptype IN ('e', 'i')))
            """;

    private final Sessions sessions;
    private final RestoreTarget target;

    LiveDoor(Sessions sessions, RestoreTarget target) {
        this.sessions = sessions;
        this.target = target;
    }

    /**
     * Closes the live database when it is freshly made and holds nothing: applications whose roles are about to come back would
     * take it for theirs, and write what the swap then puts away.
     */
    void closeIfEmpty(Session administration) {
        if (!DatabaseCatalog.admits(administration, target.liveDatabase())) {
            return; // there is none, or it is closed already
        }
        try (Session live = sessions.open(target.liveDatabase())) {
            if (live.asks(WHAT, HAS_USER_OBJECTS)) {
                return;
            }
            close(administration, target.liveDatabase());
            Backends.end(live, WHAT, "datname = current_database() AND backend_type <> 'autovacuum worker'");
            if (live.asks(WHAT, HAS_USER_OBJECTS)) {
                reopen(administration); // somebody was faster, so there is something to keep working on
            }
        }
    }

    void close(Session administration, String... databases) {
        administration.transaction("Closing the live database", () -> {
            FencingTable.lockAndCompare(administration, target.targetName(), target.token());
            for (String database : databases) {
                DatabaseCatalog.admit(administration, database, false);
            }
            note(administration, target.liveDatabase());
        });
    }

    /** Admits applications to the live database again, if it was us who closed it. */
    void reopen(Session administration) {
        administration.transaction("Opening the live database", () -> {
            FencingTable.lockAndCompare(administration, target.targetName(), target.token());
            List<String> closed = administration.strings(
                    WHAT,
                    "SELECT closed_database FROM lifeboat.fence WHERE target = ? AND closed_database = ?",
                    target.targetName(),
                    target.liveDatabase());
            if (!closed.isEmpty() && DatabaseCatalog.exists(administration, target.liveDatabase())) {
                DatabaseCatalog.admit(administration, target.liveDatabase(), true);
            }
            note(administration, null);
        });
    }

    /** Notes, in the caller's transaction, which database admits nobody on our account. */
    void note(Session administration, String closed) {
        int noted = administration.update(
                WHAT, "UPDATE lifeboat.fence SET closed_database = ? WHERE target = ?", closed, target.targetName());
        if (noted != 1) {
            throw new RestoreException(
                    Kind.FENCED,
                    "The fencing row of target " + target.targetName() + " is gone.",
                    "Somebody removed schema lifeboat from database postgres; start the recovery anew.");
        }
    }
}
