package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.DatabaseRefusedException;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.contract.error.RestoreCheckFailedException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.Assessment.Condition;
import dev.lifeboat.orchestrator.database.StepResults.CutOverDone;
import dev.lifeboat.orchestrator.database.StepResults.FinishProgress;
import dev.lifeboat.orchestrator.database.StepResults.LeaseTaken;
import dev.lifeboat.orchestrator.database.StepResults.RestoreChecked;
import dev.lifeboat.orchestrator.database.StepResults.ScratchDropped;
import dev.lifeboat.orchestrator.database.StepResults.ShardRestored;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The actions in the machine's order, through the handler, with a real PostgreSQL, a real dump and an S3 server. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class WholeRecoveryTest {
    private static final String OLDER = "daily/backup_20261123_020000";
    private static final String NEWER = "recent/backup_20261123_030000";

    private RealPostgres postgres;
    private RecoveryBench bench;
    private String database;
    private Target target;

    @BeforeEach
    void open(RealPostgres server, S3MockServer s3) {
        postgres = server;
        // The cluster is the class's, the bucket with its lease is the test's: tokens begin at 1 again.
        server.psql("postgres", "DROP SCHEMA IF EXISTS lifeboat CASCADE");
        bench = new RecoveryBench(server, s3);
        database = server.createDatabase();
        target = TestTargets.live(database);
        postgres.psql(database, RecoveryBench.SCHEMA);
    }

    @Test
    void aLostDatabaseComesBack() {
        bench.backUp(database, NEWER);
        String before = bench.content(database);
        lose();
        RecoveryScope scope = lease("execution-1");
        assertThat(assess(scope).condition()).isEqualTo(Condition.LOST);

        BackupChoice choice = bench.call(new DatabaseRequest.SelectBackup(scope, List.of()), BackupChoice.class);
        PlanReference plan = plan(scope, choice.backupId());
        restore(scope, plan);
        RestoreChecked checked = bench.call(new DatabaseRequest.Check(scope, plan.planKey()), RestoreChecked.class);
        CutOverDone done = bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()), CutOverDone.class);

        assertThat(checked).isEqualTo(new RestoreChecked(true, 2, 1200));
        assertThat(done.liveDatabase()).isEqualTo(database);
        assertThat(bench.databases()).contains(done.quarantineDatabase()).doesNotContain(plan.restoreDatabase());
        assertThat(bench.content(database)).isEqualTo(before);
        Assessment after = assess(scope);
        assertThat(after.condition()).isEqualTo(Condition.HEALTHY);
        assertThat(after.cutOver()).isTrue();
    }

    @Test
    void aLostDatabaseComesBackFromAPlainDump() {
        bench.backUp(database, NEWER, ".sql", "--create");
        String before = bench.content(database);
        lose();
        RecoveryScope scope = lease("execution-1");
        PlanReference plan = plan(scope, NEWER);
        assertThat(plan.shards()).isEmpty();
        restore(scope, plan);
        RestoreChecked checked = bench.call(new DatabaseRequest.Check(scope, plan.planKey()), RestoreChecked.class);
        bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()), CutOverDone.class);

        assertThat(checked).isEqualTo(new RestoreChecked(true, 2, 1200));
        assertThat(bench.content(database)).isEqualTo(before);
    }

    @Test
    void aLiveDatabaseThatAFailedCutOverClosedIsOpenedByWhoeverGivesUp() {
        bench.backUp(database, NEWER);
        postgres.psql(database, "CREATE TABLE kept AS SELECT 1 AS id");
        RecoveryScope scope = lease("execution-1");
        PlanReference plan = plan(scope, NEWER);
        restore(scope, plan);
        // The swap closes the live database in a transaction of its own, and then cannot rename it.
        postgres.psql("postgres", "ALTER TABLE lifeboat.swap ADD CONSTRAINT refused CHECK (false)");
        assertThatThrownBy(() -> bench.call(new DatabaseRequest.CutOver(scope, plan.planKey())))
                .isInstanceOf(DatabaseRefusedException.class);
        assertThat(postgres.psql("postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + database + "'")
                        .output())
                .contains("f");

        bench.call(new DatabaseRequest.ReopenLive(scope));
        bench.call(new DatabaseRequest.ReopenLive(scope));

        assertThat(postgres.psql(database, "SELECT id FROM kept").output()).contains("1");
    }

    @Test
    void everyActionMayComeTwiceAndShardsTwiceAtTheSameTime() {
        bench.backUp(database, NEWER);
        String before = bench.content(database);
        lose();
        RecoveryScope scope = lease("execution-1");
        assertThat(lease("execution-1")).isEqualTo(scope);
        PlanReference plan = plan(scope, NEWER);
        assertThat(plan(scope, NEWER)).isEqualTo(plan);
        bench.call(new DatabaseRequest.Prepare(scope, plan.planKey()));
        bench.call(new DatabaseRequest.Prepare(scope, plan.planKey()));

        // Threads of their own: the common pool of a small machine may have one alone.
        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<ShardRestored>> copies = new ArrayList<>();
        for (int shard : plan.shards()) {
            copies.add(CompletableFuture.supplyAsync(() -> copy(scope, plan, shard), threads));
        }
        copies.forEach(CompletableFuture::join);
        threads.shutdown();
        assertThat(copies.stream().mapToLong(copy -> copy.join().bytes()).sum()).isEqualTo(plan.compressedBytes());
        for (int shard : plan.shards()) {
            copy(scope, plan, shard);
        }
        finish(scope, plan);
        finish(scope, plan);
        bench.call(new DatabaseRequest.Check(scope, plan.planKey()));
        bench.call(new DatabaseRequest.Check(scope, plan.planKey()));
        CutOverDone first = bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()), CutOverDone.class);
        CutOverDone second = bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()), CutOverDone.class);

        assertThat(second).isEqualTo(first);
        assertThat(bench.content(database)).isEqualTo(before);
    }

    @Test
    void aCutOverCanBeTakenBack() {
        bench.backUp(database, NEWER);
        postgres.psql(database, "TRUNCATE messages, users CASCADE; INSERT INTO users VALUES (1, 'after the disaster')");
        String damaged = bench.content(database);
        RecoveryScope scope = lease("execution-1");
        PlanReference plan = plan(scope, NEWER);
        restore(scope, plan);
        bench.call(new DatabaseRequest.Check(scope, plan.planKey()));
        bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()));
        assertThat(bench.content(database)).isNotEqualTo(damaged);

        bench.call(new DatabaseRequest.Undo(scope, plan.planKey()));

        assertThat(bench.content(database)).isEqualTo(damaged);
    }

    @Test
    void aNewerOwnerFencesOffTheOlderOneBeforeTheSwap() {
        bench.backUp(database, NEWER);
        lose();
        RecoveryScope older = lease("execution-1");
        PlanReference plan = plan(older, NEWER);
        restore(older, plan);
        bench.closed.add("execution-1");
        RecoveryScope newer = lease("execution-2");
        bench.call(new DatabaseRequest.Prepare(newer, plan(newer, NEWER).planKey()));

        assertThatThrownBy(() -> bench.call(new DatabaseRequest.CutOver(older, plan.planKey())))
                .isExactlyInstanceOf(FencedOffException.class);
        assertThat(newer.token()).isGreaterThan(older.token());
    }

    @Test
    void aNextAttemptDropsWhatTheOneBeforeHasLeft() {
        bench.backUp(database, OLDER);
        bench.backUp(database, NEWER);
        lose();
        RecoveryScope scope = lease("execution-1");
        PlanReference rejected = plan(scope, NEWER);
        restore(scope, rejected);
        assertThat(bench.databases()).contains(rejected.restoreDatabase());

        PlanReference next = plan(scope, OLDER);
        bench.call(new DatabaseRequest.Prepare(scope, next.planKey()));

        assertThat(bench.databases()).contains(next.restoreDatabase()).doesNotContain(rejected.restoreDatabase());
    }

    @Test
    void aBackupThatWasJudgedAgainSinceItWasChosenIsNotPlanned() {
        bench.backUp(database, NEWER);
        bench.judge(NEWER, VerdictStatus.CORRUPT);
        RecoveryScope scope = lease("execution-1");

        assertThatThrownBy(() -> plan(scope, NEWER))
                .isExactlyInstanceOf(BackupUnusableException.class)
                .hasMessage("Backup recent/backup_20261123_030000 cannot be restored: its newest verdict is not"
                        + " 'verified' any more. HINT: Another backup is tried.");
    }

    @Test
    void rowsThatAreNotWhatWasVerifiedAreNeverSwappedIn() {
        bench.backUp(database, NEWER);
        lose();
        RecoveryScope scope = lease("execution-1");
        PlanReference plan = plan(scope, NEWER);
        restore(scope, plan);
        postgres.psql(plan.restoreDatabase(), "UPDATE users SET name = 'tampered' WHERE id = 7");

        assertThatThrownBy(() -> bench.call(new DatabaseRequest.Check(scope, plan.planKey())))
                .isExactlyInstanceOf(RestoreCheckFailedException.class)
                .hasMessageContaining("users");
    }

    @Test
    void aDrillRestoresBesideTheLiveDatabaseAndLeavesNothing() {
        bench.backUp(database, NEWER);
        String live = bench.content(database);
        List<String> databases = bench.databases();
        Target drill = TestTargets.drill(database + "_drill", database);
        RecoveryScope scope = new RecoveryScope(
                "drill-1", drill, lease(drill, "drill-1", "execution-d").token());
        bench.call(new DatabaseRequest.DropScratch(scope));
        assertThat(assess(scope).condition()).isEqualTo(Condition.LOST);
        PlanReference plan = plan(scope, NEWER);
        restore(scope, plan);
        bench.call(new DatabaseRequest.Check(scope, plan.planKey()));
        bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()));
        assertThat(bench.content(drill.database())).isEqualTo(live);

        assertThat(bench.call(new DatabaseRequest.DropScratch(scope), ScratchDropped.class))
                .isEqualTo(new ScratchDropped(drill.database(), List.of()));
        bench.call(new DatabaseRequest.DropScratch(scope));

        assertThat(bench.databases()).isEqualTo(databases);
        assertThat(bench.content(database)).isEqualTo(live);
    }

    @Test
    void aDrillThatDiedInTheMiddleIsClearedAway() {
        bench.backUp(database, NEWER);
        List<String> databases = bench.databases();
        Target drill = TestTargets.drill(database + "_drill", database);
        RecoveryScope scope = new RecoveryScope(
                "drill-1", drill, lease(drill, "drill-1", "execution-d").token());
        PlanReference plan = plan(scope, NEWER);
        restore(scope, plan);

        ScratchDropped dropped = bench.call(new DatabaseRequest.DropScratch(scope), ScratchDropped.class);

        assertThat(dropped.restores()).containsExactly(plan.restoreDatabase());
        assertThat(bench.databases()).isEqualTo(databases);
    }

    @Test
    void whatBelongsToRolesThatTheServerLacksIsLeftOutAndListedWhereTheTargetSaysSo() {
        postgres.psql(
                database,
                "CREATE ROLE passing; CREATE TABLE passing_by (a int); ALTER TABLE passing_by OWNER TO passing");
        bench.backUp(database, NEWER);
        postgres.psql(database, "DROP TABLE passing_by; DROP ROLE passing");
        Target drill = TestTargets.drill(database + "_drill", database);
        long token = lease(drill, "drill-1", "execution-d").token();
        RecoveryScope scope = new RecoveryScope("drill-1", drill, token);
        PlanReference plan = plan(scope, NEWER);

        assertThatThrownBy(() -> bench.call(new DatabaseRequest.Prepare(scope, plan.planKey())))
                .isExactlyInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("role missing: passing");
        RecoveryScope without = new RecoveryScope("drill-1", TestTargets.leavingOut(drill), token);
        StepResults.Prepared prepared =
                bench.call(new DatabaseRequest.Prepare(without, plan.planKey()), StepResults.Prepared.class);
        assertThat(prepared.freeSpace()).matches("[0-9,]+ MB free at .*, at least [0-9,]+ MB needed");
        assertThat(prepared.leftOut())
                .singleElement()
                .asString()
                .matches("owner of entry [0-9]+ TABLE public\\.passing_by: role passing is missing");
        bench.call(new DatabaseRequest.DropScratch(without));
    }

    @Test
    void aLiveTargetsDatabasesAreNeverDropped() {
        RecoveryScope scope = lease("execution-1");

        assertThatThrownBy(() -> bench.call(new DatabaseRequest.DropScratch(scope)))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("Target 'app' is a live one: its databases are never dropped. HINT: Ask for it with a"
                        + " drill target.");
        assertThat(bench.databases()).contains(database);
    }

    @Test
    void onlyTheHolderOfTheLeaseRestartsThePod() {
        RecoveryScope scope = lease("execution-1");
        bench.call(new DatabaseRequest.RestartPod(scope, "postgres-0", "uid-1"));
        assertThat(bench.place.deleted).containsExactly("postgres-0/uid-1");

        bench.call(new DatabaseRequest.ReleaseLease(scope));
        assertThatThrownBy(() -> bench.call(new DatabaseRequest.RestartPod(scope, "postgres-0", "uid-1")))
                .isExactlyInstanceOf(FencedOffException.class);
        assertThat(bench.place.deleted).hasSize(1);
    }

    @Test
    void aSecondExecutionIsToldWhoHoldsTheLease() {
        lease("execution-1");

        assertThatThrownBy(() -> lease("execution-2"))
                .isExactlyInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("execution-1");
    }

    @Test
    void aPlanOfAnotherIncidentIsRefused() {
        RecoveryScope scope = lease("execution-1");

        assertThatThrownBy(() -> bench.call(new DatabaseRequest.CutOver(
                        scope, "recoveries/another/plan-daily-backup_20261123_020000.json")))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a plan of incident 'incident-1'");
    }

    /** As PostgreSQL comes up on a new volume: the database is there, and empty. */
    private void lose() {
        postgres.psql("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
        postgres.psql("postgres", "CREATE DATABASE " + database);
    }

    private RecoveryScope lease(String execution) {
        return new RecoveryScope(
                "incident-1", target, lease(target, "incident-1", execution).token());
    }

    private LeaseTaken lease(Target of, String incident, String execution) {
        return bench.call(new DatabaseRequest.AcquireLease(incident, of, execution, null), LeaseTaken.class);
    }

    private Assessment assess(RecoveryScope scope) {
        return bench.call(new DatabaseRequest.Assess(scope), Assessment.class);
    }

    private PlanReference plan(RecoveryScope scope, String backupId) {
        return bench.call(new DatabaseRequest.Plan(scope, backupId), PlanReference.class);
    }

    private ShardRestored copy(RecoveryScope scope, PlanReference plan, int shard) {
        return bench.call(new DatabaseRequest.RestoreShard(scope, plan.planKey(), shard), ShardRestored.class);
    }

    private void restore(RecoveryScope scope, PlanReference plan) {
        bench.call(new DatabaseRequest.Prepare(scope, plan.planKey()));
        plan.shards().forEach(shard -> copy(scope, plan, shard));
        finish(scope, plan);
    }

    private void finish(RecoveryScope scope, PlanReference plan) {
        FinishProgress progress;
        do {
            progress = bench.call(new DatabaseRequest.Finish(scope, plan.planKey()), FinishProgress.class);
        } while (!progress.finished());
        assertThat(progress.done()).isEqualTo(progress.total()).isPositive();
        assertThat(progress.millis()).isPositive();
        assertThat(Json.compact(progress)).contains("\"finished\":true").doesNotContain("expectedEnd");
    }
}
