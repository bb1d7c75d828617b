package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.ConfigBackups;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.WorkloadNeeds;
import dev.lifeboat.orchestrator.connection.BlockVolumes;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.corruption.CorruptionActions;
import dev.lifeboat.orchestrator.database.RestoreDocument.PinnedObject;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions;
import dev.lifeboat.pgarchive.ByteSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** One service for each action, put together for one event: nothing outlives it. */
final class DatabaseServices {
    private final S3Client s3;
    private final BackupCatalogue catalogue;
    private final RestoreDocuments documents;
    private final RestoreSession session;
    private final AbandonedRestores abandoned = new AbandonedRestores();
    private final Function<PinnedObject, ByteSource> archives;
    private final TargetLease lease;
    private final PostgresPlace place;
    private final BlockVolumes blockVolumes;
    private final TargetLogins logins;
    private final ConfigBackups configs;
    private final Function<Target, List<WorkloadNeeds>> configNeeds;
    private final PointInTimeActions.Access pointInTime;
    private final Journal journal;
    private final Clock clock;

    DatabaseServices(
            S3Client s3,
            String bucket,
            LeaseStore.Owners owners,
            PostgresPlace place,
            BlockVolumes blockVolumes,
            TargetLogins logins,
            Function<Target, List<WorkloadNeeds>> configNeeds,
            PointInTimeActions.Access pointInTime,
            Clock clock) {
        this.s3 = s3;
        this.catalogue = new BackupCatalogue(s3, bucket);
        this.documents = new RestoreDocuments(s3, bucket);
        this.archives = object -> new S3ByteSource(s3, bucket, object.key(), object.versionId());
        this.session = new RestoreSession(documents, archives, logins);
        this.lease = new TargetLease(new LeaseStore(s3, bucket, owners, clock));
        this.place = place;
        this.blockVolumes = blockVolumes;
        this.logins = logins;
        this.configs = new ConfigBackups(s3, bucket);
        this.configNeeds = configNeeds;
        this.pointInTime = pointInTime;
        this.journal = new Journal(s3, bucket);
        this.clock = clock;
    }

    TargetLease lease() {
        return lease;
    }

    AssessDatabase assessDatabase() {
        return new AssessDatabase(place, blockVolumes, logins, new ExpectedRows(backups()), reopenLive(), clock);
    }

    RestartPod restartPod() {
        return new RestartPod(place, lease);
    }

    SelectBackup selectBackup() {
        return new SelectBackup(backups());
    }

    PlanRestore planRestore() {
        return new PlanRestore(new CatalogueBackups(catalogue), archives, documents);
    }

    PrepareRestore prepareRestore() {
        return new PrepareRestore(session, documents, abandoned);
    }

    CopyShard copyShard() {
        return new CopyShard(session);
    }

    FinishRestore finishRestore() {
        return new FinishRestore(session, clock);
    }

    CheckRestore checkRestore() {
        return new CheckRestore(session);
    }

    SwapDatabases swapDatabases() {
        return new SwapDatabases(session);
    }

    ReopenLive reopenLive() {
        return new ReopenLive(session);
    }

    CheckConfig checkConfig() {
        return new CheckConfig(catalogue::manifest, configs, configNeeds);
    }

    PointInTimeActions pointInTime() {
        return new PointInTimeActions(
                pointInTime,
                journal,
                lease::require,
                new InspectInstance(new ExpectedRows(backups())),
                scope -> backups()
                        .apply(scope.target().backupOf())
                        .filter(CatalogueEntry::verified)
                        .mapToLong(entry -> entry.manifest().dump().size())
                        .findFirst(),
                target -> new KubernetesLooks(place, blockVolumes, target).volumeIsThere(),
                clock);
    }

    CorruptionActions corruption() {
        return new CorruptionActions(
                s3,
                catalogue.bucket(),
                pointInTime,
                lease::require,
                logins,
                scope -> assessDatabase().assess(scope),
                pointInTime(),
                clock);
    }

    DropScratch dropScratch() {
        return new DropScratch(session, abandoned);
    }

    private Function<String, Stream<CatalogueEntry>> backups() {
        return catalogue::newestFirst;
    }

    private record CatalogueBackups(BackupCatalogue catalogue) implements PlanRestore.Backups {
        @Override
        public Optional<StoredManifest> manifest(String key) {
            return catalogue.manifest(key);
        }

        @Override
        public Optional<Verdict> latestVerdict(StoredManifest manifest) {
            return catalogue.latestVerdict(manifest);
        }
    }
}
