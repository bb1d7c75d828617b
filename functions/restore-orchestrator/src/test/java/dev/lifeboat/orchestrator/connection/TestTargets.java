package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import java.util.List;

/** Targets of tests. */
public final class TestTargets {
    private TestTargets() {}

    public static Target live(String database) {
        return target("app", Target.Purpose.LIVE, database, database);
    }

    public static Target drill(String database, String backupOf) {
        return target("app-drill", Target.Purpose.DRILL, database, backupOf);
    }

    public static RecoveryScope scope(Target target) {
        return new RecoveryScope("incident-1", target, 1);
    }

    private static Target target(String name, Target.Purpose purpose, String database, String backupOf) {
        return new Target(
                name,
                purpose,
                "cluster",
                "app",
                "postgres",
                database,
                backupOf,
                "admin",
                List.of(),
                List.of(),
                null,
                null);
    }
}
