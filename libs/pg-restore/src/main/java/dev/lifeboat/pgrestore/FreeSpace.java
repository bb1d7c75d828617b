package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.Compression;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much room there is for a restore, where the server can say: PostgreSQL has no function for it, but a role that may run programs on
 * the server's machine can have {@code df} run there. What a restore needs is foretold by its least: see decision 19.
 */
final class FreeSpace {
    private static final String WHAT = "Asking for free space";
    /** Rows in heap pages with their headers and indexes: hardly ever less than the same rows compressed by gzip or better. */
    private static final double OF_COMPRESSED = 1;
    /** The heap may compress long values, and keeps bytea in half of what text takes. */
    private static final double OF_UNCOMPRESSED = 0.25;
    /** It may be bloated, or hold what the backup does not. */
    private static final double OF_LIVE = 0.5;

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1_000_000;
    private static final String PATH = """
            SELECT CASE WHEN ? IN ('', 'pg_default') THEN current_setting('data_directory')
                ELSE pg_tablespace_location((SELECT oid FROM pg_tablespace WHERE spcname = ?)) END""";
    private static final String SIZES = """
            SELECT coalesce((SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?), 0),
                coalesce((SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?), 0)""";
    /** Each line as it is, with characters that df does not write as delimiter and quote. */
    private static final String LINES = " WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')";
    /** Of {@code df -P}: file system, blocks, used, available, capacity, mounted on. */
    private static final Pattern LINE = Pattern.compile(".*\\s[0-9]+\\s+[0-9]+\\s+([0-9]{1,15})\\s+[0-9]+%\\s+/.*");

    private final String path;
    private final long free;
    private final long needed;
    private final String unknown;

    private FreeSpace(String path, long free, long needed, String unknown) {
        this.path = path;
        this.free = free;
        this.needed = needed;
        this.unknown = unknown;
    }

    /**
     * @param administration in database {@code postgres}
     * @param dataBytes of the archive's rows and large objects, as it has them; 0 when that is not known
     */
    static FreeSpace ask(
            Session administration, DumpContents archive, SourceDatabase source, RestoreTarget target, long dataBytes) {
        if (!administration.asks(WHAT, "SELECT pg_has_role('pg_execute_server_program', 'USAGE')")) {
            return unknown("the role may not run programs on the server (pg_execute_server_program)");
        }
        String tablespace = source.tablespace().stream().findFirst().orElse("");
        if (others(archive, tablespace)) {
            return unknown("the dump's objects lie in several tablespaces");
        }
        try {
            return ask(administration, tablespace, target, least(archive, dataBytes));
        } catch (RestoreException e) {
            if (e.kind() != RestoreException.Kind.REFUSED) {
                throw e;
            }
            return unknown("df could not be run on the server");
        }
    }

    private static FreeSpace ask(Session session, String tablespace, RestoreTarget target, long least) {
        String path = session.strings(WHAT, PATH, tablespace, tablespace).get(0);
        if (path == null || path.isEmpty()) {
            return unknown("tablespace " + tablespace + " is not there");
        }
        OptionalLong available = available(session, path);
        if (available.isEmpty()) {
            return unknown("df said something else than POSIX has it");
        }
        return session.query(
                        WHAT,
                        row -> new FreeSpace(
                                path,
                                // What is half made there is dropped first.
                                available.getAsLong() + row.getLong(2),
                                Math.max(least, (long) (row.getLong(1) * OF_LIVE)),
                                null),
                        SIZES,
                        target.liveDatabase(),
                        target.restoreDatabase())
                .get(0);
    }

    private static OptionalLong available(Session session, String path) {
        String program = "df -P -k '" + path.replace("'", "'\\''") + "'";
        String[] lines = new String[1];
        session.transaction(WHAT, () -> {
            session.execute(WHAT, "CREATE TEMPORARY TABLE lifeboat_df (line text) ON COMMIT DROP");
            session.execute(WHAT, "COPY pg_temp.lifeboat_df FROM PROGRAM " + Sql.literal(program) + LINES);
            lines[0] = String.join("\n", session.strings(WHAT, "SELECT line FROM pg_temp.lifeboat_df"));
        });
        return lines[0].lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)) * KILOBYTE)
                .findFirst();
    }

    private static boolean others(DumpContents archive, String tablespace) {
        return archive.entries().stream()
                .map(TocEntry::tablespace)
                .filter(Objects::nonNull)
                .anyMatch(each -> !each.isEmpty() && !each.equals(tablespace));
    }

    private static long least(DumpContents archive, long dataBytes) {
        boolean compressed = archive.header().compression() != Compression.NONE;
        return (long) (dataBytes * (compressed ? OF_COMPRESSED : OF_UNCOMPRESSED));
    }

    private static FreeSpace unknown(String why) {
        return new FreeSpace(null, 0, 0, why);
    }

    /** What is wrong with it, if it is known to be too little. */
    Optional<String> problem() {
        return unknown == null && free < needed
                ? Optional.of("it has " + megabytes(free) + " free at " + path + ", and the restore takes at least "
                        + megabytes(needed))
                : Optional.empty();
    }

    /** For people: {@code 1,234 MB free at /var/lib/postgresql/data, at least 56 MB needed}, or why that is not known. */
    String shown() {
        return unknown == null
                ? megabytes(free) + " free at " + path + ", at least " + megabytes(needed) + " needed"
                : "not known: " + unknown;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
    }
}
