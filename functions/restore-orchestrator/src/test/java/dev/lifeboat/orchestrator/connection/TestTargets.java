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

    /** The same one, but what belongs to roles that the server lacks is left out. */
    public static Target leavingOut(Target target) {
        return target(
                target.name(), target.purpose(), target.database(), target.backupOf(), Target.MissingRoles.LEAVE_OUT);
    }

    public static RecoveryScope scope(Target target) {
        return new RecoveryScope("incident-1", target, 1);
    }

    private static Target target(String name, Target.Purpose purpose, String database, String backupOf) {
        return target(name, purpose, database, backupOf, null);
    }

    private static Target target(
            String name, Target.Purpose purpose, String database, String backupOf, Target.MissingRoles missingRoles) {
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
                null,
                missingRoles);
    }
}
