package dev.lifeboat.pgrestore;

import java.util.List;

/**
 * Transactions that were prepared for two-phase commit in the live database: they belong to no session, yet keep it from being
 * renamed. They are rolled back; for a cut-over, which ones is noted before it is done.
 */
final class PreparedTransactions {
    private static final String WHAT = "Ending prepared transactions";

    private final Sessions sessions;
    private final RestoreTarget target;

    PreparedTransactions(Sessions sessions, RestoreTarget target) {
        this.sessions = sessions;
        this.target = target;
    }

    /** Ends those of the live database, which must be closed and empty. */
    void rollBack(Session administration) {
        List<String> identifiers = administration.strings(
                WHAT, "SELECT gid FROM pg_prepared_xacts WHERE database = ?", target.liveDatabase());
        if (identifiers.isEmpty()) {
            return;
        }
        identifiers.forEach(identifier -> administration.update(
                WHAT,
                "UPDATE lifeboat.restore SET rolled_back = array_append(rolled_back, ?)"
                        + " WHERE target = ? AND NOT ? = ANY (rolled_back)",
                identifier,
                target.targetName(),
                identifier));
        // Only a session in the same database can end them: the door opens for as long as ours needs to come in.
        DatabaseCatalog.admit(administration, target.liveDatabase(), true);
        try (Session live = sessions.open(target.liveDatabase())) {
            DatabaseCatalog.admit(administration, target.liveDatabase(), false);
            identifiers.forEach(identifier -> live.execute(WHAT, "ROLLBACK PREPARED " + Sql.literal(identifier)));
        }
        Backends.endAllIn(administration, WHAT, target.liveDatabase());
    }
}
