package dev.lifeboat.pgrestore;

import java.util.List;
import java.util.Map;

/** What a restore's sessions set, after _doSetFixedOutputState of pg_backup_archiver.c and setup_connection of pg_dump.c. */
final class SessionSettings {
    private static final String WHAT = "Setting up a session";
    /** No time limit that the server or the database sets may end a long statement. */
    private static final List<String> TIMEOUTS = List.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "transaction_timeout");

    private static final Map<String, String> REPLAY = Map.ofEntries(
            Map.entry("search_path", ""),
            Map.entry("check_function_bodies", "off"),
            Map.entry("xmloption", "content"),
            Map.entry("client_min_messages", "warning"),
            Map.entry("row_security", "off"),
            Map.entry("default_tablespace", ""),
            Map.entry("default_transaction_read_only", "off"),
            // A stricter one would make connections fail that write the progress table at the same time.
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("session_replication_role", "origin"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("escape_string_warning", "off"),
            // PostgreSQL writes NULL in an array, and "NULL" for the text, whatever is set; off would make texts of
            // both.
            Map.entry("array_nulls", "on"));

    /** What COPY text depends on. DateStyle begins with ISO in any case: the driver insists. */
    private static final Map<String, String> COPY_TEXT = Map.of(
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "TimeZone", "UTC",
            "extra_float_digits", "3",
            "bytea_output", "hex",
            "lc_monetary", "C",
            "synchronize_seqscans", "off");

    private SessionSettings() {}

    static void apply(Session session) {
        // Before anything that could take longer than a limit of the role's or the database's.
        session.execute(WHAT, "SET statement_timeout = 0");
        // First of all: the role's or the database's settings may make a session someone else, who may not do the rest.
        session.execute(WHAT, "SET ROLE NONE");
        session.query(
                WHAT,
                row -> row.getString(1),
                "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY (string_to_array(?, ','))",
                String.join(",", TIMEOUTS));
        REPLAY.forEach((name, value) -> set(session, name, value));
        // What is said to be done must be on the disk, whatever the role, the database or the server is set to.
        session.strings(
                WHAT,
                "SELECT set_config('synchronous_commit', 'local', false) WHERE current_setting('synchronous_commit') = 'off'");
    }

    /** For sessions that load rows: money is read by the locale of whoever dumped it, all else says by itself what it means. */
    static void prepareLoad(Session session) {
        fixCopyText(session);
        useOwnValue(session, "lc_monetary");
    }

    /**
     * For sessions that load rows or build indexes. A crash of the server may lose what was committed last, and with it the row
     * that says so, since both are in the same WAL: that work is done once more. That the restore is finished is noted by a
     * commit that waits for the disk, and so for all before it. Sorting in memory is what makes an index fast: as much as the
     * server was given to cache with (2 GB of it at most), divided among the connections, and never less than it is set to.
     *
     * @param connections how many work at the same time, 1 or more
     */
    static void hasten(Session session, int connections) {
        session.execute(WHAT, "SET synchronous_commit = off");
        session.strings(
                WHAT,
                "SELECT set_config('maintenance_work_mem', greatest(own.setting::bigint, least(cache.setting::bigint * 8, 2097152)"
                        + " / ?)::text || 'kB', false) FROM pg_settings own, pg_settings cache"
                        + " WHERE own.name = 'maintenance_work_mem' AND cache.name = 'shared_buffers'",
                connections);
    }

    /**
     * For sessions that build indexes: while every connection has work of its own, helpers of PostgreSQL's would only take the cores from
     * each other, and an index that is built with helpers is sorted on disk instead of in memory.
     *
     * @param withOthers false for the server's own number of helpers
     */
    static void shareCores(Session session, boolean withOthers) {
        session.execute(
                WHAT,
                withOthers ? "SET max_parallel_maintenance_workers = 0" : "RESET max_parallel_maintenance_workers");
    }

    /** For sessions that read rows as text: what the text of a verified backup depends on. */
    static void fixCopyText(Session session) {
        COPY_TEXT.forEach((name, value) -> set(session, name, value));
    }

    /**
     * The same as a plain pg_dump of this database by this role sees it, which fixes some of it and leaves the rest to the role's,
     * the database's and the server's settings.
     */
    static void usePlainCopyText(Session session) {
        List.of("TimeZone", "bytea_output", "lc_monetary").forEach(name -> useOwnValue(session, name));
    }

    /**
     * What sessions of this role in this database read and write text by, for what is computed in them, such as materialised views: the
     * driver has set its own. Of DateStyle it is only how numbers are ordered, since the driver insists on ISO.
     */
    static void useOwnText(Session session) {
        useOwnValue(session, "TimeZone");
        useOwnValue(session, "extra_float_digits");
        set(session, "DateStyle", "ISO, " + DateOrder.of(ownValues(session, "DateStyle")));
    }

    private static void useOwnValue(Session session, String name) {
        set(session, name, ownValues(session, name).get(0));
    }

    /** Of the role in the database, of the role, the database, the server: the first is what a session has that sets nothing. */
    private static List<String> ownValues(Session session, String name) {
        return session.strings(
                WHAT,
                "SELECT value FROM (SELECT CASE WHEN setrole <> 0 AND setdatabase <> 0 THEN 1 WHEN setrole <> 0 THEN 2"
                        + " WHEN setdatabase <> 0 THEN 3 ELSE 4 END AS rank, substr(setting, strpos(setting, '=') + 1) AS value"
                        + " FROM pg_db_role_setting, unnest(setconfig) setting"
                        + " WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"
                        + " AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))"
                        + " AND lower(split_part(setting, '=', 1)) = lower(?)"
                        + " UNION ALL SELECT 5, setting FROM pg_file_settings WHERE lower(name) = lower(?) AND applied"
                        + " UNION ALL SELECT 6, boot_val FROM pg_settings WHERE lower(name) = lower(?)) found"
                        + " ORDER BY rank",
                name,
                name,
                name);
    }

    /** The same for the rest of a transaction that loads rows; money is read by the locale of whoever dumped it. */
    static void fixCopyTextHere(Session session) {
        COPY_TEXT.forEach((name, value) -> {
            if (!name.equals("lc_monetary")) {
                session.strings(WHAT, "SELECT set_config(?, ?, true)", name, value);
            }
        });
    }

    /** Whether a restore's sessions set it themselves, whatever a script says: limits on time, and the encoding of the connection. */
    static boolean isOurs(String name) {
        return TIMEOUTS.contains(name) || name.equals("client_encoding");
    }

    private static void set(Session session, String name, String value) {
        session.strings(WHAT, "SELECT set_config(?, ?, false)", name, value);
    }
}
