package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.StepResults.FinishProgress;
import dev.lifeboat.orchestrator.database.StepResults.LeaseReleased;
import dev.lifeboat.orchestrator.database.StepResults.LeaseTaken;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A Lambda runs on after its execution was stopped, and another execution has taken the lease and had its first look. Whatever the
 * straggler does comes to nothing.
 */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class ZombieTest {
    private static final String BACKUP = "recent/backup_20261123_030000";

    /** What changes nothing, whoever asks. */
    private static final Set<String> HARMLESS = Set.of("select-backup", "check-config", "release-lease");

    private RealPostgres postgres;
    private RecoveryBench bench;
    private RecoveryScope older;
    private RecoveryScope olderDrill;
    private PlanReference plan;

    @BeforeEach
    void loseTheLeaseRightBeforeTheSwap(RealPostgres server, S3MockServer s3) {
        postgres = server;
        server.psql("postgres", "DROP SCHEMA IF EXISTS lifeboat CASCADE");
        bench = new RecoveryBench(server, s3);
        String database = server.createDatabase();
        postgres.psql(database, RecoveryBench.SCHEMA);
        bench.backUp(database, BACKUP);
        postgres.psql(database, "DROP TABLE messages, users");
        Target live = TestTargets.live(database);
        older = lease(live, "execution-1");
        plan = restored(older);
        Target drill = TestTargets.drill(database + "_drill", database);
        olderDrill = lease(drill, "execution-3");
        restored(olderDrill);
        bench.closed.addAll(List.of("execution-1", "execution-3"));
        assess(lease(live, "execution-2"));
        assess(lease(drill, "execution-4"));
    }

    @Test
    void noActionOfWhoeverLostTheLeaseChangesAnything() {
        Map<String, DatabaseRequest> attempts = attempts();
        // An action that is added fails here until it is shown what becomes of it.
        assertThat(attempts.keySet())
                .isEqualTo(Arrays.stream(DatabaseRequest.class
                                .getAnnotation(JsonSubTypes.class)
                                .value())
                        .map(JsonSubTypes.Type::name)
                        .collect(Collectors.toSet()));
        String before = world();

        attempts.forEach((action, request) -> {
            if (HARMLESS.contains(action)) {
                assertThatCode(() -> bench.call(request)).as(action).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> bench.call(request))
                        .as(action)
                        .isExactlyInstanceOf(
                                action.equals("acquire-lease") ? LeaseHeldException.class : FencedOffException.class);
            }
            assertThat(world()).as("after " + action).isEqualTo(before);
        });
        assertThat(bench.call(new DatabaseRequest.ReleaseLease(older), LeaseReleased.class))
                .isEqualTo(new LeaseReleased(false));
    }

    private Map<String, DatabaseRequest> attempts() {
        String planKey = plan.planKey();
        return Map.ofEntries(
                Map.entry("acquire-lease", new DatabaseRequest.AcquireLease("i", older.target(), "execution-1", null)),
                Map.entry("renew-lease", new DatabaseRequest.RenewLease(older, "execution-1")),
                Map.entry("confirm-lease", new DatabaseRequest.ConfirmLease(older)),
                Map.entry("assess", new DatabaseRequest.Assess(older)),
                Map.entry("restart-pod", new DatabaseRequest.RestartPod(older, "postgres-0", "uid-1")),
                Map.entry("select-backup", new DatabaseRequest.SelectBackup(older, List.of())),
                Map.entry("plan", new DatabaseRequest.Plan(older, BACKUP)),
                Map.entry("prepare", new DatabaseRequest.Prepare(older, planKey)),
                Map.entry(
                        "restore-shard",
                        new DatabaseRequest.RestoreShard(
                                older, planKey, plan.shards().get(0))),
                Map.entry("finish", new DatabaseRequest.Finish(older, planKey)),
                Map.entry("check", new DatabaseRequest.Check(older, planKey)),
                Map.entry("cut-over", new DatabaseRequest.CutOver(older, planKey)),
                Map.entry("undo", new DatabaseRequest.Undo(older, planKey)),
                Map.entry("reopen-live", new DatabaseRequest.ReopenLive(older)),
                Map.entry("check-config", new DatabaseRequest.CheckConfig(older, BACKUP)),
                Map.entry("drop-scratch", new DatabaseRequest.DropScratch(olderDrill)),
                Map.entry("release-lease", new DatabaseRequest.ReleaseLease(older)));
    }

    /** All that a straggler might have changed. */
    private String world() {
        return postgres.psql(
                                "postgres",
                                "SELECT datname, datallowconn FROM pg_database ORDER BY 1; TABLE lifeboat.swap;"
                                        + " SELECT target, token, closed_database FROM lifeboat.fence ORDER BY 1")
                        .orFail()
                        .output()
                + bench.content(plan.restoreDatabase())
                + bench.place.deleted
                + bench.leases();
    }

    private RecoveryScope lease(Target target, String execution) {
        return new RecoveryScope(
                "incident-1",
                target,
                bench.call(new DatabaseRequest.AcquireLease("incident-1", target, execution, null), LeaseTaken.class)
                        .token());
    }

    private void assess(RecoveryScope scope) {
        bench.call(new DatabaseRequest.Assess(scope));
    }

    private PlanReference restored(RecoveryScope scope) {
        PlanReference planned = bench.call(new DatabaseRequest.Plan(scope, BACKUP), PlanReference.class);
        bench.call(new DatabaseRequest.Prepare(scope, planned.planKey()));
        planned.shards()
                .forEach(shard -> bench.call(new DatabaseRequest.RestoreShard(scope, planned.planKey(), shard)));
        FinishProgress progress;
        do {
            progress = bench.call(new DatabaseRequest.Finish(scope, planned.planKey()), FinishProgress.class);
        } while (!progress.finished());
        bench.call(new DatabaseRequest.Check(scope, planned.planKey()));
        return planned;
    }
}
