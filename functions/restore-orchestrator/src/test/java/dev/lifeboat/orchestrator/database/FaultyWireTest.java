package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.database.StepResults.LeaseTaken;
import dev.lifeboat.orchestrator.database.StepResults.ShardRestored;
import dev.lifeboat.testsupport.FaultyProxy;
import dev.lifeboat.testsupport.FaultyProxy.Fault;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A restore whose archive comes over a wire that breaks. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class FaultyWireTest {
    private static final String BACKUP = "recent/backup_20261126_030000";

    @Test
    void aBodyThatIsCutResetAndSlowedDownInTheMiddleOfCopyIsResumedAndEveryRowIsThere(
            RealPostgres postgres, S3MockServer server) throws IOException {
        try (FaultyProxy wire = FaultyProxy.before(server.endpoint())) {
            RecoveryBench bench = new RecoveryBench(postgres, wire.endpoint());
            String database = postgres.createDatabase();
            postgres.psql(database, RecoveryBench.SCHEMA);
            bench.backUp(database, BACKUP);
            String before = bench.content(database);
            postgres.psql(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            RecoveryScope scope = lease(bench, TestTargets.live(database));
            PlanReference plan = bench.call(new DatabaseRequest.Plan(scope, BACKUP), PlanReference.class);
            bench.call(new DatabaseRequest.Prepare(scope, plan.planKey()));

            long rows = 0;
            for (int shard : plan.shards()) {
                int asked = wire.ranges().size();
                // The plan passes; the table of contents breaks thrice, and then the rows twice in the middle of COPY.
                wire.script(
                        null,
                        Fault.cutAfter(700),
                        Fault.s3Error("503 Slow Down", "SlowDown"),
                        Fault.resetAfter(0),
                        null,
                        Fault.cutAfter(100),
                        Fault.resetAfter(50));
                rows += bench.call(new DatabaseRequest.RestoreShard(scope, plan.planKey(), shard), ShardRestored.class)
                        .rows();
                assertThat(wire.ranges().size() - asked)
                        .as("requests of one shard")
                        .isGreaterThanOrEqualTo(8);
            }

            assertThat(rows).isEqualTo(1200);
            bench.call(new DatabaseRequest.Finish(scope, plan.planKey()));
            bench.call(new DatabaseRequest.Check(scope, plan.planKey()));
            bench.call(new DatabaseRequest.CutOver(scope, plan.planKey()));
            assertThat(bench.content(database)).isEqualTo(before);
        }
    }

    private static RecoveryScope lease(RecoveryBench bench, Target target) {
        LeaseTaken lease = bench.call(
                new DatabaseRequest.AcquireLease("incident-1", target, "execution-1", null), LeaseTaken.class);
        return new RecoveryScope("incident-1", target, lease.token());
    }
}
