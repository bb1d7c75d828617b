package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.database.RestoreDocument.PinnedObject;
import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgrestore.RestoreException;
import dev.lifeboat.pgrestore.RestorePlan;
import dev.lifeboat.pgrestore.RestorePlanner;
import dev.lifeboat.pgrestore.Shard;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Reads the backup's table of contents and writes down how it will be restored. */
final class PlanRestore {
    /** A shard's own cost, a function and its connections, is that of copying a few megabytes. */
    private static final long BYTES_PER_SHARD = 32L << 20;

    /** MaxConcurrency of RestoreShards in recover-database.asl.json. */
    private static final int WORKERS = 4;

    /** Keeps the machine's history, of at most 25,000 events, far from its limit. */
    private static final int MOST_SHARDS = 400;

    /** Finds a backup and what its newest verification found. */
    interface Backups {
        /** The manifest under that key. */
        Optional<StoredManifest> manifest(String key);

        /** The newest verdict on just this manifest and dump version. */
        Optional<Verdict> latestVerdict(StoredManifest manifest);
    }

    private final Backups backups;
    private final Function<PinnedObject, ByteSource> archives;
    private final RestoreDocuments documents;

    PlanRestore(Backups backups, Function<PinnedObject, ByteSource> archives, RestoreDocuments documents) {
        this.backups = backups;
        this.archives = archives;
        this.documents = documents;
    }

    /** @throws BackupUnusableException when the backup is not what was verified, or cannot be planned */
    PlanReference plan(RecoveryScope scope, String backupId) {
        StoredManifest stored = backups.manifest(BucketLayout.manifestKey(backupId))
                .orElseThrow(() -> unusable(backupId, "its manifest is gone"));
        Verdict verdict = backups.latestVerdict(stored)
                .filter(latest -> latest.status() == VerdictStatus.VERIFIED)
                .orElseThrow(() -> unusable(backupId, "its newest verdict is not 'verified' any more"));
        BackupManifest manifest = stored.content();
        PinnedObject archive = PinnedObject.of(manifest.dump());
        RestoreDocument document = new RestoreDocument(
                1,
                backupId,
                archive,
                PinnedObject.of(manifest.globals()),
                RestoreDatabaseName.of(scope.target().database(), scope.token(), backupId),
                plan(archive),
                verdict.tables());
        String key = RestoreDocuments.planKey(scope.incident(), backupId);
        documents.writePlan(key, document);
        return reference(key, document);
    }

    private RestorePlan plan(PinnedObject pinned) {
        try (ByteSource source = archives.apply(pinned)) {
            if (source.length() != pinned.size()) {
                throw new BackupUnusableException(
                        source.name() + " has " + source.length() + " bytes, expected " + pinned.size()
                                + " as in its manifest.",
                        "Another backup is tried; look at who changed this one.");
            }
            try (DumpContents dump = DumpFormat.of(pinned.key()).open(source)) {
                return plan(pinned, dump);
            }
        } catch (RestoreException e) {
            throw RestoreFaults.translate(e);
        } catch (ArchiveException e) {
            throw RestoreFaults.translate(e);
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    "Cannot read the archive " + pinned.key() + ": " + e.getMessage() + ".", "It is tried again.", e);
        }
    }

    private static RestorePlan plan(PinnedObject pinned, DumpContents dump) {
        if (dump instanceof PgArchive archive) {
            return RestorePlanner.plan(archive, shards(pinned.size()), WORKERS);
        }
        return RestorePlanner.plan((PlainScript) dump);
    }

    private static int shards(long archiveBytes) {
        return (int) Math.min(MOST_SHARDS, Math.max(WORKERS, archiveBytes / BYTES_PER_SHARD));
    }

    private static PlanReference reference(String key, RestoreDocument document) {
        RestorePlan plan = document.plan();
        return new PlanReference(
                key,
                document.backupId(),
                document.restoreDatabase(),
                plan.shards().stream().map(Shard::index).toList(),
                document.expected().size(),
                plan.compressedBytes());
    }

    private static BackupUnusableException unusable(String backupId, String why) {
        return new BackupUnusableException(
                "Backup " + backupId + " cannot be restored: " + why + ".", "Another backup is tried.");
    }
}
