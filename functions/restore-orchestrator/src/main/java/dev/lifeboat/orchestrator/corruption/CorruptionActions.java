package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.BaseBackup;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.aws.pgbackrest.RepositoryContents;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.InstanceState;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.orchestrator.pointintime.ArchiveSettings;
import dev.lifeboat.orchestrator.pointintime.BesidePlace;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions.Access;
import dev.lifeboat.orchestrator.pointintime.RecoveryPoint;
import dev.lifeboat.orchestrator.probe.InvariantRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/** One service for each action; nothing outlives an event. */
public final class CorruptionActions {
    /** Less than the state's own limit, and long for what nobody waits for: the restored database is live by then. */
    private static final Duration COMPARE = Duration.ofMinutes(5);
    /** What a state machine carries of what is lost; all of it lies in the bucket. */
    private static final int MOST_TABLES = 50;

    private final S3Client s3;
    private final String bucket;
    private final Access access;
    private final Consumer<RecoveryScope> lease;
    private final TargetLogins live;
    private final Function<RecoveryScope, Assessment> database;
    private final PointInTimeActions points;
    private final Clock clock;

    /**
     * @param s3 stays the caller's, who closes it
     * @param lease throws when the lease is not the scope's any more
     * @param live how the live database is reached
     * @param database takes the assessment of the database
     * @param points plans how a point is reached
     */
    public CorruptionActions(
            S3Client s3,
            String bucket,
            Access access,
            Consumer<RecoveryScope> lease,
            TargetLogins live,
            Function<RecoveryScope, Assessment> database,
            PointInTimeActions points,
            Clock clock) {
        this.s3 = s3;
        this.bucket = bucket;
        this.access = access;
        this.lease = lease;
        this.live = live;
        this.database = database;
        this.points = points;
        this.clock = clock;
    }

    /** Does what is asked. */
    public Object handle(CorruptionRequest request) {
        if (request instanceof CorruptionRequest.AssessCorruption assess) {
            return new AssessCorruption(database, live, records(), clock).assess(assess.scope(), assess.tookOver());
        }
        if (request instanceof CorruptionRequest.NextStep next) {
            lease.accept(next.scope());
            return search(next.archive()).tell(next.scope());
        }
        if (request instanceof CorruptionRequest.JudgeStep judge) {
            lease.accept(judge.scope());
            return new JudgeStep(new Searches(s3, bucket), this::beside, clock)
                    .judge(judge.scope(), judge.step(), judge.failure());
        }
        if (request instanceof CorruptionRequest.CompareLost compare) {
            lease.accept(compare.scope());
            return compare(compare);
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }

    private InvariantRecords records() {
        return new InvariantRecords(new Journal(s3, bucket));
    }

    private FindLastGood search(ArchiveSettings archive) {
        FindLastGood.Archive reachable = new FindLastGood.Archive() {
            @Override
            public String backup(RecoveryScope scope, RecoveryPoint point) {
                return points.plan(scope, point, archive).backup();
            }

            @Override
            public List<Lsn> backupEnds() {
                return CorruptionActions.this.backupEnds(archive);
            }
        };
        return new FindLastGood(new Searches(s3, bucket), records(), live, reachable, clock);
    }

    private TargetLogins beside(RecoveryScope scope) {
        return new TargetLogins(new BesidePlace(access.clusters(), scope), access.secrets());
    }

    private List<Lsn> backupEnds(ArchiveSettings archive) {
        RepositoryContents contents =
                access.repository().apply(archive.secret()).read();
        List<Lsn> ends = new ArrayList<>(contents.backups().stream()
                .filter(backup -> backup.archiveId().equals(contents.currentArchive()))
                .map(BaseBackup::stop)
                .toList());
        Collections.reverse(ends);
        return ends;
    }

    private LostRows compare(CorruptionRequest.CompareLost request) {
        RecoveryScope scope = request.scope();
        Target target = scope.target();
        Optional<PostgresLogin> before = login(target, request.instance());
        if (before.isEmpty()) {
            // It is out of use. Whoever took it out of use before this one may have compared it.
            return new Journal(s3, bucket)
                    .find(CompareLost.key(scope.incident()), LostRows.class)
                    .orElseThrow(() -> hasNoAddress(request.instance()))
                    .summary(MOST_TABLES);
        }
        PostgresLogin restored = request.restored() == null
                ? beside(scope).administrator(target)
                : login(target, request.restored()).orElseThrow(() -> hasNoAddress(request.restored()));
        return new CompareLost(s3, bucket, clock)
                .compare(scope, before.get(), restored, request.nextXid(), COMPARE)
                .summary(MOST_TABLES);
    }

    private static DatabaseUnavailableException hasNoAddress(String instance) {
        return new DatabaseUnavailableException(
                "Instance " + instance + " has no address.",
                "Its volume keeps what it holds: start it by itself, and compare by hand.");
    }

    /** Empty when the instance has no address, which says that it does not run. */
    private Optional<PostgresLogin> login(Target target, String instance) {
        try (KubernetesAccess kubernetes =
                KubernetesAccess.open(access.clusters().apply(target.cluster()))) {
            return kubernetes
                    .instances()
                    .state(target.namespace(), instance)
                    .map(InstanceState::endpoint)
                    .map(endpoint -> new PostgresLogin(
                            endpoint.host(), endpoint.port(), access.secrets().apply(target.adminSecret())));
        }
    }
}
