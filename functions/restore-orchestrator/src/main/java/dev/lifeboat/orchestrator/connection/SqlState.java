package dev.lifeboat.orchestrator.connection;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** What a SQLSTATE says of the server and of its data. Follows appendix A, "PostgreSQL Error Codes". */
public final class SqlState {
    // data_corrupted, index_corrupted, undefined_file (a table's file is gone), io_error.
    private static final Set<String> DAMAGE = Set.of("XX001", "XX002", "58P01", "58030");

    private SqlState() {}

    /** Never null. */
    public static String of(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    /** No answer: refused, unreachable, timed out or cut off. */
    public static boolean isSilent(SQLException e) {
        return of(e).startsWith("08") || of(e).isEmpty();
    }

    /** The role is unknown, may not log in, or its password is wrong. */
    public static boolean isLoginRefused(SQLException e) {
        return of(e).startsWith("28");
    }

    /** The database, or its directory, does not exist. */
    public static boolean isNoSuchDatabase(SQLException e) {
        return of(e).equals("3D000");
    }

    /** The database is there and accepts no connections. */
    public static boolean isClosedDatabase(SQLException e) {
        return of(e).equals("55000");
    }

    /** disk_full: no room on the file system that is written to. */
    public static boolean isDiskFull(SQLException e) {
        return of(e).equals("53100");
    }

    /** read_only_sql_transaction: a standby, or a server that is set so. */
    public static boolean isReadOnly(SQLException e) {
        return of(e).equals("25006");
    }

    /** cannot_connect_now: it starts up, recovers, or shuts down. */
    public static boolean isStartingOrStopping(SQLException e) {
        return of(e).equals("57P03");
    }

    /** The table or schema does not exist. */
    public static boolean isNoSuchTable(SQLException e) {
        return of(e).equals("42P01") || of(e).equals("3F000");
    }

    /** The statement itself is wrong: syntax_error. */
    public static boolean isSyntaxError(SQLException e) {
        return of(e).equals("42601");
    }

    /** query_canceled: it took longer than it may. */
    public static boolean isCanceled(SQLException e) {
        return of(e).equals("57014");
    }

    /** Data on disk is missing or not what it was. */
    public static boolean isDamage(SQLException e) {
        return DAMAGE.contains(of(e));
    }

    /**
     * {@code 28P01: password authentication failed for user "app"}, on one line. Without PostgreSQL's DETAIL, which may quote
     * rows: this ends up in logs.
     */
    public static String describe(SQLException e) {
        String text = message(e).replaceAll("\\s+", " ").strip();
        return of(e).isEmpty() ? text : of(e) + ": " + text;
    }

    private static String message(SQLException e) {
        if (e instanceof PSQLException answered
                && answered.getServerErrorMessage() != null
                && answered.getServerErrorMessage().getMessage() != null) {
            return answered.getServerErrorMessage().getMessage();
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
