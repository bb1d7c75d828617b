package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.orchestrator.report.ReportRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Lambda can do that runs on after its recovery has lost the lease. What it meets in the cluster is WorkloadsTest's. */
class StragglerTest {
    private final RecoverApplicationHandler handler = new RecoverApplicationHandler(
            new ApplicationRecovery(
                    cluster -> {
                        throw new AssertionError("The cluster was asked");
                    },
                    scope -> {
                        throw new FencedOffException("Token 7 is old.", "Leave it.");
                    },
                    Clock.systemUTC()),
            null,
            null,
            new Failover(
                    cluster -> {
                        throw new AssertionError("The cluster was asked");
                    },
                    scope -> {
                        throw new FencedOffException("Token 7 is old.", "Leave it.");
                    },
                    Clock.systemUTC(),
                    Failover::pause),
            new BackupAgain(cluster -> {
                throw new AssertionError("The cluster was asked");
            }),
            (question, readiness) -> {});

    @ParameterizedTest
    @ValueSource(strings = {"restart", "restart-deployments", "roll-back", "cordon", "evict", "uncordon"})
    void whoeverLostTheLeaseChangesNothing(String action) throws IOException {
        byte[] event = Files.readAllBytes(
                Path.of(System.getProperty("lifeboat.root"), "events", "recover-application-" + action + ".json"));

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() ->
                        handler.handleRequest(new ByteArrayInputStream(event), new ByteArrayOutputStream(), null));
    }

    /** An action that is added belongs to one of these, or into a test of what becomes of it after the lease is lost. */
    @Test
    void noOtherActionChangesTheTarget() {
        assertThat(actions(ApplicationRequest.class))
                .isEqualTo(Set.of(
                        "assess",
                        "restart",
                        "restart-deployments",
                        "roll-back",
                        "verify",
                        "cordon",
                        "evict",
                        "uncordon",
                        // It starts an execution of its own name, which takes the lease itself.
                        "hand-over",
                        "rollout-status",
                        "check-health",
                        "find-load-balancer",
                        // A backup reads the target, and may be made while it is recovered.
                        "run-backup",
                        "backup-status"));
        assertThat(actions(ReportRequest.class))
                .isEqualTo(Set.of(
                        "report",
                        "request-approval",
                        "report-application",
                        "report-failover",
                        "request-application-approval",
                        "report-cluster",
                        "request-cluster-approval",
                        "report-point-in-time",
                        "request-point-approval",
                        "report-corruption",
                        "request-corruption-approval"));
    }

    private static Set<String> actions(Class<?> requests) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(requests.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .forEach(names::add);
        return names;
    }
}
