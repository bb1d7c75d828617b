package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What is done to an instance beside the live one, to the Service, and to what a search has found. */
    private static final Set<String> BESIDE = Set.of(
            "create-beside",
            "prepare-promotion",
            "promote",
            "take-over",
            "quarantine-old",
            "discard-beside",
            "next-step",
            "judge-step",
            "compare-lost");

    /** What looks at such an instance, at the repository or at the data. */
    private static final Set<String> LOOKS = Set.of(
            "choose-rung",
            "find-take-over",
            "plan-point-in-time",
            "beside-status",
            "inspect",
            "confirm-archive",
            "assess-corruption");

    /** What a person may do when nobody has the lease any more; the Service's own fence refuses a straggler: PostgresInstancesTest. */
    private static final Set<String> OF_A_PERSON = Set.of("undo-point-in-time");

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
        Map<String, DatabaseRequest> attempts = new TreeMap<>(attempts());
        BESIDE.forEach(action -> attempts.put(action, beside(action)));
        // An action that is added fails here until it is shown what becomes of it.
        assertThat(Stream.of(attempts.keySet(), LOOKS, OF_A_PERSON)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()))
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

    /** Of an instance beside the live one: as its sample has it. */
    private DatabaseRequest beside(String action) {
        Path sample = Path.of(System.getProperty("lifeboat.root"), "events/recover-database-" + action + ".json");
        try {
            ObjectNode event = (ObjectNode) Json.mapper().readTree(Files.readString(sample));
            event.set("scope", Json.mapper().valueToTree(older));
            return Json.read("the sample", event.toString(), DatabaseRequest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
