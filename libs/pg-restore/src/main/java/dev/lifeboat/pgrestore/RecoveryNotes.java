package dev.lifeboat.pgrestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What recoveries have noted of a target in database {@code postgres}, as far as it explains what a look at the live database sees.
 *
 * @param token the fencing token that acted last; 0 when none has
 * @param liveClosed whether the live database admits nobody on a recovery's account: it was preparing or swapping
 * @param cutOver whether the incident's swap was made, and not undone
 */
public record RecoveryNotes(long token, boolean liveClosed, boolean cutOver) {
    private static final RecoveryNotes NONE = new RecoveryNotes(0, false, false);

    private static final String NOTES = """
            SELECT coalesce((SELECT token FROM lifeboat.fence WHERE target = ?), 0),
                   EXISTS (SELECT FROM lifeboat.fence WHERE target = ? AND closed_database = ?),
                   EXISTS (SELECT FROM lifeboat.swap WHERE target = ? AND incident = ? AND undone_at IS NULL)""";

    /**
     * Reads the notes and changes nothing: not the fencing token either.
     *
     * @param administration a connection to database {@code postgres}, in auto-commit mode
     * @throws SQLException when PostgreSQL does not answer
     */
    public static RecoveryNotes read(Connection administration, String target, String liveDatabase, String incident)
            throws SQLException {
        if (!hasTables(administration)) {
            return NONE;
        }
        try (PreparedStatement query = administration.prepareStatement(NOTES)) {
            query.setString(1, target);
            query.setString(2, target);
            query.setString(3, liveDatabase);
            query.setString(4, target);
            query.setString(5, incident);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new RecoveryNotes(row.getLong(1), row.getBoolean(2), row.getBoolean(3));
            }
        }
    }

    private static boolean hasTables(Connection administration) throws SQLException {
        String exist = "SELECT to_regclass('lifeboat.fence') IS NOT NULL AND to_regclass('lifeboat.swap') IS NOT NULL";
        try (PreparedStatement query = administration.prepareStatement(exist);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
