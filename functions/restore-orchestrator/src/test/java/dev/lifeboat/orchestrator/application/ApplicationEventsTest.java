package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationEventsTest {
    @ParameterizedTest
    @CsvSource({
        "restart, dev.lifeboat.orchestrator.application.ApplicationRequest$Restart",
        "rollout-status, dev.lifeboat.orchestrator.application.ApplicationRequest$RolloutStatus",
        "check-health, dev.lifeboat.orchestrator.application.ApplicationRequest$CheckHealth",
        "find-load-balancer, dev.lifeboat.orchestrator.application.ApplicationRequest$FindLoadBalancer"
    })
    void everySampleIsAnEventOfItsAction(String action, Class<?> type) throws IOException {
        ApplicationRequest request = Json.read(
                "the RecoverApplication event",
                Files.readString(Path.of(
                        System.getProperty("lifeboat.root"), "events", "recover-application-" + action + ".json")),
                ApplicationRequest.class);

        assertThat(request).isInstanceOf(type);
        assertThat(request.scope().target().deployments()).containsExactly("web-app", "api-backend");
    }

    @Test
    void anUnknownActionIsNamed() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() ->
                        Json.read("the RecoverApplication event", "{\"action\":\"reboot\"}", ApplicationRequest.class))
                .withMessageContaining("reboot");
    }
}
