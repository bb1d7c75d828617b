package dev.lifeboat.orchestrator.pointintime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.ArchiveSeen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideState;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointUndone;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import dev.lifeboat.testsupport.RealPostgres;
import io.fabric8.kubernetes.api.model.Container;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to an instance on its way, with a server that really recovers behind it, and an API that keeps its pod. */
final class BesideTest {
    private static final RecoveryScope SCOPE = new RecoveryScope("Incident_1", TestTargets.live("app"), 7);
    private static final RestoreStep FIRST = new RestoreStep(1, null, null, "base", RecoveryPoint.LATEST, null, null);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealPostgres server = RealPostgres.start(Map.of(
            "wal_level", "replica",
            "archive_mode", "on",
            "archive_command", "true",
            "wal_retrieve_retry_interval", "200ms"));
    private final TestingInstances instances = new TestingInstances();
    private Beside beside;

    @BeforeEach
    void create() {
        TestingInstances.standAtTheEnd(server);
        ClusterConnection connection = instances.connection();
        beside = new Beside(
                name -> connection, secret -> new Credentials(server.superuser(), server.password()), scope -> {});
    }

    @AfterEach
    void close() {
        instances.close();
        server.close();
    }

    @Test
    void anInstanceIsPromotedOnlyWhenItWillArchiveAndTakesTheLiveOnesPlaceOnce() {
        assertThat(beside.create(SCOPE, FIRST, null).instance()).isEqualTo("postgres-pit-7");
        assertThat(beside.status(SCOPE, null).state()).isEqualTo(BesideState.RESTORING);
        instances.startPod("postgres-pit-7", server);
        await(BesideState.PAUSED, null);
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> beside.promote(SCOPE, null))
                .withMessageContaining("would not archive what it writes: its archive_mode is off");

        beside.preparePromotion(SCOPE, null);
        assertThat(beside.status(SCOPE, null).state())
                .as("its next pod is on its way")
                .isEqualTo(BesideState.RESTORING);
        instances.startPod("postgres-pit-7", server);
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> beside.takeOver(SCOPE, null))
                .withMessageContaining("takes no writes, so nobody is led to it");
        assertThat(beside.promote(SCOPE, null).timeline()).isEqualTo(2);
        assertThat(beside.promote(SCOPE, null).timeline()).isEqualTo(2);
        RecoveryScope older = new RecoveryScope("incident-0", SCOPE.target(), 6);
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> beside.promote(older, "postgres-pit-7"));

        TookOver expected =
                new TookOver("postgres-pit-7", "postgres", "data-postgres-pit-7-0", "Incident_1", null, null);
        assertThat(beside.takeOver(SCOPE, null)).isEqualTo(expected);
        assertThat(beside.takeOver(SCOPE, "postgres-pit-7")).isEqualTo(expected);
        assertThat(environment("postgres-pit-7")).isEmpty();
        ArchiveSeen archived = awaitArchive(null);
        assertThat(archived.timeline()).isEqualTo(2);
        assertThat(archived.segment()).startsWith("00000002");
    }

    @Test
    void theLiveInstanceIsRestoredWhereItIsAndBecomesWhatItWasUntilItTakesWrites() throws SQLException {
        assertThat(beside.create(SCOPE, FIRST, Place.IN_PLACE).instance()).isEqualTo("postgres");
        String kept = "before-incident-1-" + Integer.toHexString("Incident_1".hashCode());
        assertThat(environment("postgres"))
                .containsEntry("RESTORE_STEP", "14")
                .containsEntry("RESTORE_FROM", "delta")
                .containsEntry("RESTORE_KEEP", kept)
                .containsEntry("RESTORE_ARCHIVE_MODE", "off");
        instances.startPod("postgres", server);
        await(BesideState.PAUSED, "postgres");

        beside.discard(SCOPE, Place.IN_PLACE);
        assertThat(environment("postgres"))
                .containsEntry("RESTORE_STEP", "15")
                .containsEntry("RESTORE_FROM", "kept")
                .containsEntry("RESTORE_KEEP", kept)
                .doesNotContainKey("RESTORE_ARCHIVE_MODE");

        beside.preparePromotion(SCOPE, "postgres");
        assertThat(environment("postgres"))
                .as("a call that comes late")
                .containsEntry("RESTORE_FROM", "kept")
                .doesNotContainKey("RESTORE_ARCHIVE_MODE");

        // Started again, under a token of its own; what was kept before is what is kept.
        RecoveryScope again = new RecoveryScope("Incident_1", SCOPE.target(), 8);
        beside.create(again, FIRST, Place.IN_PLACE);
        assertThat(environment("postgres")).containsEntry("RESTORE_STEP", "16").containsEntry("RESTORE_KEEP", kept);
        instances.startPod("postgres", server);
        beside.preparePromotion(again, "postgres");
        instances.startPod("postgres", server);
        await(BesideState.PAUSED, "postgres");
        beside.promote(again, "postgres");
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> beside.discard(again, Place.IN_PLACE))
                .withMessageContaining("may have taken some");

        assertThat(beside.takeOver(again, "postgres"))
                .isEqualTo(new TookOver("postgres", null, "data-postgres-0", "Incident_1", null, kept));
        assertThat(environment("postgres")).isEmpty();
        beside.create(again, FIRST, Place.IN_PLACE);
        assertThat(environment("postgres")).as("a call that comes late").isEmpty();
        write();
        assertThat(beside.undo(again)).isEqualTo(new PointUndone("postgres", null));
        assertThat(environment("postgres"))
                .containsEntry("RESTORE_FROM", "kept")
                .containsEntry("RESTORE_KEEP", kept);
        assertThatExceptionOfType(MisconfiguredException.class)
                .as("it is undone")
                .isThrownBy(() -> beside.undo(new RecoveryScope("incident-2", SCOPE.target(), 9)));
    }

    @Test
    void anInstanceThatIsInPlaceAndSilentIsNoneThatIsOnItsWay() {
        beside.create(SCOPE, FIRST, Place.IN_PLACE);
        instances.startPod("postgres", server);
        await(BesideState.PAUSED, "postgres");
        assertThat(beside.isOnItsWay(SCOPE, "postgres")).isTrue();

        server.stop();

        assertThatExceptionOfType(DatabaseUnavailableException.class)
                .isThrownBy(() -> beside.requirePromoted(SCOPE, "postgres"));
    }

    private void write() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE written_since (n int)");
        }
    }

    /** The pod that the StatefulSet's controller would make now, in the place of any older one. */
    private Map<String, String> environment(String name) {
        Container container = instances
                .set(name)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
        return container.getEnv().stream().collect(Collectors.toMap(each -> each.getName(), each -> each.getValue()));
    }

    private void await(BesideState expected, String instance) {
        Instant until = Instant.now().plus(PATIENCE);
        BesideState seen = beside.status(SCOPE, instance).state();
        while (seen != expected && Instant.now().isBefore(until)) {
            pause();
            seen = beside.status(SCOPE, instance).state();
        }
        assertThat(seen).isEqualTo(expected);
    }

    private ArchiveSeen awaitArchive(String instance) {
        Instant until = Instant.now().plus(PATIENCE);
        ArchiveSeen seen = beside.confirmArchive(SCOPE, instance);
        while (!seen.archived() && Instant.now().isBefore(until)) {
            pause();
            seen = beside.confirmArchive(SCOPE, instance);
        }
        assertThat(seen.archived()).as(seen.reason()).isTrue();
        return seen;
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
