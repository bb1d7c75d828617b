package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationEventsTest {
    @ParameterizedTest
    @CsvSource({
        "assess, dev.lifeboat.orchestrator.application.ApplicationRequest$Assess",
        "restart, dev.lifeboat.orchestrator.application.ApplicationRequest$Restart",
        "restart-deployments, dev.lifeboat.orchestrator.application.ApplicationRequest$RestartDeployments",
        "roll-back, dev.lifeboat.orchestrator.application.ApplicationRequest$RollBack",
        "verify, dev.lifeboat.orchestrator.application.ApplicationRequest$Verify",
        "hand-over, dev.lifeboat.orchestrator.application.ApplicationRequest$HandOver",
        "cordon, dev.lifeboat.orchestrator.application.ApplicationRequest$Cordon",
        "evict, dev.lifeboat.orchestrator.application.ApplicationRequest$Evict",
        "uncordon, dev.lifeboat.orchestrator.application.ApplicationRequest$Uncordon",
        "rollout-status, dev.lifeboat.orchestrator.application.ApplicationRequest$RolloutStatus",
        "check-health, dev.lifeboat.orchestrator.application.ApplicationRequest$CheckHealth",
        "find-load-balancer, dev.lifeboat.orchestrator.application.ApplicationRequest$FindLoadBalancer",
        "run-backup, dev.lifeboat.orchestrator.application.ApplicationRequest$RunBackup",
        "backup-status, dev.lifeboat.orchestrator.application.ApplicationRequest$BackupStatus"
    })
    void everySampleIsAnEventOfItsAction(String action, Class<?> type) throws IOException {
        ApplicationRequest request = Json.read(
                "the RecoverApplication event",
                Files.readString(Path.of(
                        System.getProperty("lifeboat.root"), "events", "recover-application-" + action + ".json")),
                ApplicationRequest.class);

        assertThat(request).isInstanceOf(type);
        assertThat(target(request).deployments()).containsExactly("web-app", "api-backend");
    }

    private static Target target(ApplicationRequest request) {
        if (request instanceof ApplicationRequest.Cordon cordon) {
            return cordon.application();
        }
        if (request instanceof ApplicationRequest.Evict evict) {
            return evict.application();
        }
        if (request instanceof ApplicationRequest.Uncordon uncordon) {
            return uncordon.application();
        }
        if (request instanceof ApplicationRequest.RunBackup run) {
            return run.target();
        }
        return request instanceof ApplicationRequest.BackupStatus status
                ? status.target()
                : ((ApplicationRequest.Scoped) request).scope().target();
    }

    @ParameterizedTest
    @CsvSource({
        "rerun-backup-cloudtolocalllm-20261123T064503Z, backup-again-rerun-backup-cloudtolocalllm-20261123t064503z",
        "rerun-backup-a234567890123456789012345678901234-20261123T064503Z,"
                + " backup-again-23456789012345678901234567890123-20261123t064503z",
        "By hand!, backup-again-by-hand"
    })
    void aBackupsJobIsNamedByItsIncident(String incident, String job) {
        assertThat(BackupAgain.name(incident)).hasSizeLessThanOrEqualTo(63);
        assertThat(BackupAgain.name(incident)).endsWith(job.substring(job.length() - 10));
        assertThat(BackupAgain.name(incident)).matches("backup-again-[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    }

    @Test
    void aDeploymentThatIsNotTheTargetsIsRefused() throws IOException {
        String event = Files.readString(
                        Path.of(System.getProperty("lifeboat.root"), "events", "recover-application-roll-back.json"))
                .replace("\"deployment\": \"api-backend\"", "\"deployment\": \"postgres\"");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Json.read("the RecoverApplication event", event, ApplicationRequest.class))
                .withMessageContaining("Deployment 'postgres' is none of target 'cloudtolocalllm'");
    }

    @ParameterizedTest
    @CsvSource({
        "application-shop-20261123T031400Z, arn:aws:states:us-east-1:1:stateMachine:shop-recover-database, application-shop-20261123T031400Z-database",
        "application-a234567890123456789012345678901234-20261123T031400Z-0123456789-0123456789,"
                + " arn:aws:states:us-east-1:1:stateMachine:shop-recover-cluster,"
                + " application-a234567890123456789012345678901234-20261123T031400Z-01234567-cluster"
    })
    void theRecoveryThatGoesOnHasANameOfItsOwn(String incident, String machine, String expected) {
        assertThat(HandOvers.incident(incident, machine)).isEqualTo(expected).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void anUnknownActionIsNamed() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() ->
                        Json.read("the RecoverApplication event", "{\"action\":\"reboot\"}", ApplicationRequest.class))
                .withMessageContaining("reboot");
    }
}
