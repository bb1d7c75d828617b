package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;
import java.util.function.Predicate;

/** Drops databases: only ones that a restore made, or that a drill's swaps put away. */
final class Disposal {
    private static final String WHAT = "Dropping databases";

    private final Sessions sessions;
    private final RestoreTarget target;

    Disposal(Sessions sessions, RestoreTarget target) {
        this.sessions = sessions;
        this.target = target;
    }

    void dropScratch() {
        try (Session session = sessions.administration()) {
            dropRestoreDatabase(session);
            new LiveDoor(sessions, target).reopen(session);
        }
    }

    void dropDrill() {
        try (Session session = sessions.administration()) {
            dropRestoreDatabase(session);
            List<String> made = session.strings(
                    WHAT,
                    "SELECT DISTINCT name FROM lifeboat.swap, unnest(ARRAY[live_database, quarantine, set_aside]) name"
                            + " WHERE target = ? AND name IS NOT NULL",
                    target.targetName());
            if (made.isEmpty() && DatabaseCatalog.exists(session, target.liveDatabase())) {
                throw new RestoreException(
                        Kind.REFUSED,
                        "Database " + target.liveDatabase() + " was not made by a drill of target "
                                + target.targetName() + ".",
                        "Give the drill target a scratch name; if this is one, drop the database by hand.");
            }
            made.forEach(name -> DatabaseCatalog.drop(sessions, session, name));
            session.update(WHAT, "DELETE FROM lifeboat.swap WHERE target = ?", target.targetName());
        }
    }

    /** A session of a newer owner ends this one, so none of its databases can be among those that are found. */
    List<String> dropRestores(Predicate<String> abandoned) {
        try (Session session = sessions.administration()) {
            List<String> names = session.strings(WHAT, "SELECT datname FROM pg_database ORDER BY datname").stream()
                    .filter(abandoned)
                    .toList();
            names.forEach(name -> DatabaseCatalog.drop(sessions, session, name));
            return names;
        }
    }

    private void dropRestoreDatabase(Session session) {
        session.transaction(WHAT, () -> {
            FencingTable.lockAndCompare(session, target.targetName(), target.token());
            RestoreRow.delete(session, target);
        });
        DatabaseCatalog.drop(sessions, session, target.restoreDatabase());
    }
}
