package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one place that says which failure of PostgreSQL, of the archive or of its source is of which kind. */
final class Failures {
    /** Classes of SQLSTATE: connection exception, insufficient resources, operator intervention, system error. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58");
    /** Serialization failure, deadlock, object in use, lock not available. */
    private static final Set<String> PASSING_STATES = Set.of("40001", "40P01", "55006", "55P03");

    private static final String DISK_FULL = "53100";
    private static final long MEGABYTE = 1_000_000;

    private Failures() {}

    /**
     * @param what what was being done, such as an entry's label
     * @param statement the SQL, or null when connecting
     */
    static RestoreException of(String what, String statement, SQLException cause) {
        String state = cause.getSQLState();
        Kind kind = isPassing(state) ? Kind.UNAVAILABLE : Kind.REFUSED;
        String message = what + " failed: " + serverMessage(cause) + " (SQLSTATE " + state + ")"
                + (statement == null ? "" : " at: " + SqlStatement.shown(statement)) + ".";
        return new RestoreException(kind, message, hint(kind, state, cause), cause);
    }

    static RestoreException of(String what, IOException cause) {
        if (cause.getCause() instanceof SQLException sql) {
            return of(what, null, sql);
        }
        return new RestoreException(
                Kind.UNAVAILABLE,
                what + " failed: the archive can't be read: " + cause.getMessage() + ".",
                "Try again; look at where the backup is stored when it lasts.",
                cause);
    }

    static RestoreException of(String what, ArchiveException cause) {
        return new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                what + " failed: " + cause.getMessage(),
                "Restore the next older verified backup.",
                cause);
    }

    static RestoreException tooWide(String what, OutOfMemoryError cause) {
        return new RestoreException(
                Kind.REFUSED,
                what + " failed: a row's text does not fit into this process' memory of "
                        + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB.",
                "Give the process memory for the longest row, 1 GB at most (on the command line _JAVA_OPTIONS=-Xmx2g, a function's MemorySize),"
                        + " then try again: what is restored stays.",
                cause);
    }

    private static boolean isPassing(String state) {
        if (state == null) {
            return true; // the driver's own failures: the connection broke before the server answered
        }
        return !state.equals(DISK_FULL)
                && (PASSING_STATES.contains(state)
                        || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2))));
    }

    private static String serverMessage(SQLException cause) {
        if (cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            ServerErrorMessage server = postgres.getServerErrorMessage();
            String detail = server.getDetail() == null || quotesRows(cause) ? "" : " (" + server.getDetail() + ")";
            return server.getSeverity() + ": " + server.getMessage() + detail;
        }
        return cause.getMessage();
    }

    /** Data exceptions and violated constraints: their detail is a key or a row, and a message ends up in logs and mails. */
    private static boolean quotesRows(SQLException cause) {
        String state = cause.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static String hint(Kind kind, String state, SQLException cause) {
        if (DISK_FULL.equals(state)) {
            return "Make room on PostgreSQL's volume, then try again.";
        }
        if (cause instanceof PSQLException postgres
                && postgres.getServerErrorMessage() != null
                && postgres.getServerErrorMessage().getHint() != null) {
            return postgres.getServerErrorMessage().getHint();
        }
        return kind == Kind.UNAVAILABLE
                ? "Try again; look at PostgreSQL's pod and its log when it lasts."
                : "PostgreSQL's documentation lists the SQLSTATE in Appendix A; trying again gives the same answer.";
    }
}
