package dev.lifeboat.pgrestore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A swap that was made, as table {@code lifeboat.swap} has it; written in the transaction that renames.
 *
 * @param quarantine null when there was no database to put away
 * @param setAside null unless undone
 * @param undoneAt null unless undone
 */
record SwapRow(
        String liveDatabase,
        String quarantine,
        List<String> rolledBack,
        Instant cutOverAt,
        String setAside,
        Instant undoneAt) {
    private static final String WHAT = "Noting the swap";

    static Optional<SwapRow> find(Session session, String target, String incident) {
        return session
                .query(
                        WHAT,
                        SwapRow::of,
                        "SELECT live_database, quarantine, rolled_back, cut_over_at, set_aside, undone_at"
                                + " FROM lifeboat.swap WHERE target = ? AND incident = ?",
                        target,
                        incident)
                .stream()
                .findFirst();
    }

    private static SwapRow of(ResultSet row) throws SQLException {
        OffsetDateTime undoneAt = row.getObject("undone_at", OffsetDateTime.class);
        return new SwapRow(
                row.getString("live_database"),
                row.getString("quarantine"),
                List.of((String[]) row.getArray("rolled_back").getArray()),
                row.getObject("cut_over_at", OffsetDateTime.class).toInstant(),
                row.getString("set_aside"),
                undoneAt == null ? null : undoneAt.toInstant());
    }

    /** In the transaction that renames: the restore database is the live one from now on. */
    static void insert(Session session, RestoreTarget target, String incident, String quarantine) {
        session.update(
                WHAT,
                "INSERT INTO lifeboat.swap (target, incident, live_database, quarantine, rolled_back)"
                        + " SELECT target, ?, ?, ?, rolled_back FROM lifeboat.restore WHERE target = ?",
                incident,
                target.liveDatabase(),
                quarantine,
                target.targetName());
        RestoreRow.delete(session, target);
    }

    /** In the transaction that renames back. */
    static void undo(Session session, String target, String incident, String setAside) {
        session.update(
                WHAT,
                "UPDATE lifeboat.swap SET set_aside = ?, undone_at = clock_timestamp() WHERE target = ? AND incident = ?",
                setAside,
                target,
                incident);
    }

    CutOverResult cutOver() {
        return new CutOverResult(liveDatabase, quarantine, cutOverAt, rolledBack);
    }

    UndoResult undone() {
        return new UndoResult(liveDatabase, setAside, undoneAt);
    }
}
