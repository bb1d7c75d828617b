package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;
import java.util.List;

/**
 * What {@code scripts/aws/backup-postgres.sh} says of a backup, written last: a dump without it is not a backup.
 *
 * @param version 1
 * @param backupId {@code <kind>/backup_YYYYMMDD_HHMMSS}, unique in the bucket
 * @param kind which schedule wrote it
 * @param database the dumped database's name
 * @param serverVersion of PostgreSQL, such as {@code 15.18}
 * @param pgDumpVersion such as {@code 15.18}
 * @param snapshotLsn the WAL position when the snapshot was exported: a bound, not exact
 * @param snapshotAt when the snapshot was exported: what was committed later is not in the backup
 * @param startedAt when the script began
 * @param finishedAt when all but the manifest was uploaded
 * @param dump the archive of pg_dump
 * @param globals the roles, from pg_dumpall
 * @param config ConfigMaps, Secrets and images ({@link ConfigBackup}); null when the backup has none
 * @param configProblem why it has none though it should; null when it has one, or was not to have one
 * @param tables one for every TABLE DATA entry
 */
public record BackupManifest(
        int version,
        String backupId,
        BackupKind kind,
        String database,
        String serverVersion,
        String pgDumpVersion,
        String snapshotLsn,
        Instant snapshotAt,
        Instant startedAt,
        Instant finishedAt,
        BackupObject dump,
        BackupObject globals,
        BackupObject config,
        String configProblem,
        List<TableCount> tables) {
    /** A backup whose configuration is there, or was not asked for. */
    public BackupManifest(
            int version,
            String backupId,
            BackupKind kind,
            String database,
            String serverVersion,
            String pgDumpVersion,
            String snapshotLsn,
            Instant snapshotAt,
            Instant startedAt,
            Instant finishedAt,
            BackupObject dump,
            BackupObject globals,
            BackupObject config,
            List<TableCount> tables) {
        this(
                version,
                backupId,
                kind,
                database,
                serverVersion,
                pgDumpVersion,
                snapshotLsn,
                snapshotAt,
                startedAt,
                finishedAt,
                dump,
                globals,
                config,
                null,
                tables);
    }

    public BackupManifest {
        if (version != 1) {
            throw new InvalidInputException(
                    "Field 'version' of the manifest is " + version + ", expected 1.",
                    "Upgrade Lifeboat, or make a backup with the script of this version.");
        }
        Require.text("backupId", backupId);
        Require.present("kind", kind);
        Require.text("database", database);
        Require.text("serverVersion", serverVersion);
        Require.text("pgDumpVersion", pgDumpVersion);
        Require.text("snapshotLsn", snapshotLsn);
        Require.present("snapshotAt", snapshotAt);
        Require.present("startedAt", startedAt);
        Require.present("finishedAt", finishedAt);
        Require.present("dump", dump);
        Require.present("globals", globals);
        tables = List.copyOf(Require.present("tables", tables));
    }
}
