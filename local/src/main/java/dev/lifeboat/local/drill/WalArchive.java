package dev.lifeboat.local.drill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What PostgreSQL's pod archives while a drill runs, as it lies in the bucket. */
final class WalArchive {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String WAL = "pgbackrest/archive/" + Names.STANZA + "/";
    private static final String BASE_BACKUPS = "pgbackrest/backup/" + Names.STANZA + "/";

    private final DrillEnvironment environment;
    private final Console console;

    WalArchive(DrillEnvironment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    /**
     * Waits for the first base backup, which the pod makes by itself once its database holds a table; without one no WAL leads anywhere.
     *
     * @param limit how long at most
     */
    void awaitBaseBackup(Duration limit) {
        console.running("waiting for the pod's first base backup");
        Waiting.until(
                "a base backup in the bucket",
                limit,
                () -> environment.bucket().keys(BASE_BACKUPS).stream()
                        .anyMatch(key -> key.endsWith("/backup.manifest")));
        console.running("");
        console.say("WAL is archived, and a base backup lies in the bucket");
    }

    /**
     * Ends the current segment and waits until it is in the bucket.
     *
     * @return its key
     */
    String archiveSegment() {
        try {
            environment.database().execute(Names.DATABASE, "SELECT pg_create_restore_point('lifeboat drill')");
            String segment = environment
                    .database()
                    .rows(Names.DATABASE, "SELECT pg_walfile_name(pg_switch_wal())")
                    .get(0);
            return Waiting.value(
                    "segment " + segment + " in the bucket",
                    PATIENCE,
                    () -> keys(segment).stream().findFirst());
        } catch (SQLException e) {
            throw new DrillFailure("Cannot end a WAL segment: " + e.getMessage(), e);
        }
    }

    private List<String> keys(String segment) {
        return environment.bucket().keys(WAL).stream()
                .filter(key -> key.contains("/" + segment + "-"))
                .toList();
    }
}
