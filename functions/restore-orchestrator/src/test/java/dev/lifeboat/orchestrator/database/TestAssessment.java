package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.connection.TestTargets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Assesses as the function does, without Lambda, S3 and Secrets Manager. */
final class TestAssessment {
    static final Instant NOW = Instant.parse("2026-11-23T03:15:00Z");

    private TestAssessment() {}

    static Assessment of(FakePlace place, Credentials administrator, String database, List<CatalogueEntry> backups) {
        return of(place, administrator, TestTargets.scope(TestTargets.live(database)), backups);
    }

    static Assessment of(
            FakePlace place, Credentials administrator, RecoveryScope scope, List<CatalogueEntry> backups) {
        TargetLogins logins = new TargetLogins(place, secret -> administrator);
        ReopenLive reopenLive = new ReopenLive(new RestoreSession(null, null, logins));
        return new AssessDatabase(
                        place,
                        place,
                        logins,
                        new ExpectedRows(name -> backups.stream()),
                        reopenLive,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .assess(scope);
    }

    static LookResult<Look> look(Assessment assessment, Look look) {
        return LookResult.of(assessment.looks(), look);
    }
}
