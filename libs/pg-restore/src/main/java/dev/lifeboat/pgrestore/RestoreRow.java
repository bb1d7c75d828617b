package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.Set;

/** The note, in database {@code postgres}, that a target's restore database was built from an archive. */
final class RestoreRow {
    private static final String WHAT = "Noting what the restore database is built from";
    private static final String OF_TARGET =
            " FROM lifeboat.restore WHERE target = ? AND restore_database = ? AND archive_id = ?";

    private RestoreRow() {}

    static boolean exists(Session session, RestoreTarget target, String archiveId) {
        return session.asks(WHAT, "SELECT true" + OF_TARGET, target.targetName(), target.restoreDatabase(), archiveId);
    }

    static boolean isFinished(Session session, RestoreTarget target, String archiveId) {
        return session.asks(
                WHAT, "SELECT finished" + OF_TARGET, target.targetName(), target.restoreDatabase(), archiveId);
    }

    /**
     * Whether it is finished.
     *
     * @throws RestoreException of kind REFUSED when it was not even begun
     */
    static boolean isFinishedOnceBegun(Sessions sessions, RestoreTarget target, String archiveId) {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            if (!exists(administration, target, archiveId)) {
                throw new RestoreException(
                        Kind.REFUSED,
                        "Database " + target.restoreDatabase() + " was not prepared from this backup.",
                        "Prepare it and restore every shard of the plan first.");
            }
            return isFinished(administration, target, archiveId);
        }
    }

    static void requireFinished(Session session, RestoreTarget target, String archiveId) {
        if (!isFinished(session, target, archiveId)) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "Database " + target.restoreDatabase() + " is not a finished restore of this backup.",
                    "Prepare it, restore every shard and finish it first.");
        }
    }

    /** @param missingRoles left out of it */
    static void insert(Session session, RestoreTarget target, String archiveId, Set<String> missingRoles) {
        session.update(
                WHAT,
                "INSERT INTO lifeboat.restore (target, restore_database, archive_id, missing_roles) VALUES (?, ?, ?, ?)",
                target.targetName(),
                target.restoreDatabase(),
                archiveId,
                missingRoles.toArray(String[]::new));
    }

    /** Another role has vanished since the restore began, and is left out of what is still to come. */
    static void leaveOut(Session session, RestoreTarget target, Set<String> missingRoles) {
        session.update(
                WHAT,
                "UPDATE lifeboat.restore SET missing_roles = ? WHERE target = ?",
                missingRoles.toArray(String[]::new),
                target.targetName());
    }

    /** Without the roles that are left out of the restore, which stays so to its end, whoever makes them meanwhile. */
    static WithoutRoles withoutRoles(Session session, RestoreTarget target, String archiveId) {
        return new WithoutRoles(missingRoles(session, target, archiveId));
    }

    static Set<String> missingRoles(Session session, RestoreTarget target, String archiveId) {
        return Set.copyOf(session.strings(
                WHAT,
                "SELECT unnest(missing_roles)" + OF_TARGET,
                target.targetName(),
                target.restoreDatabase(),
                archiveId));
    }

    static void finish(Session session, RestoreTarget target) {
        session.update(WHAT, "UPDATE lifeboat.restore SET finished = true WHERE target = ?", target.targetName());
    }

    static void delete(Session session, RestoreTarget target) {
        session.update(WHAT, "DELETE FROM lifeboat.restore WHERE target = ?", target.targetName());
    }
}
