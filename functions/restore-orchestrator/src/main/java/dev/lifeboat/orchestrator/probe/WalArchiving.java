package dev.lifeboat.orchestrator.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server says of its WAL archive, and every role may ask.
 *
 * @param on whether archive_mode is on
 * @param upSeconds since the server started
 * @param current the segment that is being written
 * @param lastArchived the file that was archived last; null when none was since the statistics were reset, as by a crash
 * @param lastArchivedSeconds since then; null likewise
 * @param failing whether archive_command has failed after it had succeeded last
 */
record WalArchiving(
        boolean on, long upSeconds, String current, String lastArchived, Long lastArchivedSeconds, boolean failing) {
    private static final String QUERY = "SELECT current_setting('archive_mode') <> 'off',"
            + " extract(epoch FROM now() - pg_postmaster_start_time())::bigint,"
            + " pg_walfile_name(pg_current_wal_lsn()), last_archived_wal,"
            + " extract(epoch FROM now() - last_archived_time)::bigint,"
            + " coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)"
            + " FROM pg_stat_archiver WHERE NOT pg_is_in_recovery()";

    /** Null while the server recovers: then it archives nothing of its own. */
    static WalArchiving ask(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(QUERY)) {
            if (!row.next()) {
                return null;
            }
            long seconds = row.getLong(5);
            Long lastArchivedSeconds = row.wasNull() ? null : seconds;
            return new WalArchiving(
                    row.getBoolean(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    lastArchivedSeconds,
                    row.getBoolean(6));
        }
    }
}
