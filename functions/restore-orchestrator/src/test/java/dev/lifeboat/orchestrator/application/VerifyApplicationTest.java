package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.kubernetes.RevisionPod;
import dev.lifeboat.kubernetes.RolloutStatus;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long is well: sixty seconds, unless the target says otherwise. */
class VerifyApplicationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String URL = "https://shop.example.org/health";

    @Test
    void itHoldsWhenItWasWellForAsLongAsTheTargetAsks() {
        assertThat(judge(ready(null), 200, null)).satisfies(first -> {
            assertThat(first.held()).isFalse();
            assertThat(first.wellSince()).isEqualTo(NOW);
        });
        assertThat(judge(ready(null), 200, NOW.minusSeconds(59)).held()).isFalse();
        assertThat(judge(ready(null), 200, NOW.minusSeconds(60)).held()).isTrue();
    }

    @Test
    void anErrorFromOutsideBeginsTheTimeAnew() {
        Verified broken = judge(ready(null), 503, NOW.minusSeconds(59));

        assertThat(broken.held()).isFalse();
        assertThat(broken.failed()).as("waiting may help").isFalse();
        assertThat(broken.wellSince()).isNull();
        assertThat(broken.reason()).isEqualTo(URL + " answers 503, expected 200");
    }

    @Test
    void aContainerThatEndedMeanwhileBeginsTheTimeAnewThoughItIsReadyAgain() {
        assertThat(judge(ready(NOW.minusSeconds(20)), 200, NOW.minusSeconds(120))
                        .wellSince())
                .isEqualTo(NOW);
        assertThat(judge(ready(NOW.minusSeconds(200)), 200, NOW.minusSeconds(120))
                        .held())
                .as("it ended before it was well")
                .isTrue();
    }

    @Test
    void aTimeThatIsStillToComeDoesNotCount() {
        assertThat(judge(ready(null), 200, NOW.plusSeconds(3600)).wellSince()).isEqualTo(NOW);
    }

    @Test
    void aCrashAndARolloutPastItsDeadlineFail() {
        PodState crashing = new PodState(
                "web-1", "u", null, "Running", false, false, 4, "CrashLoopBackOff", "Error (1)", "n1", null);
        RevisionPod pod = new RevisionPod(crashing, "web-1", null, Duration.ofSeconds(30), NOW, "main");

        assertThat(judge(state(true, false, pod), 200, NOW.minusSeconds(90)).failed())
                .isTrue();
        assertThat(judge(state(false, true), 200, NOW.minusSeconds(90)).failed())
                .isTrue();
        assertThat(judge(state(false, false), 200, NOW.minusSeconds(90)).failed())
                .isFalse();
    }

    private static WorkloadState ready(Instant endedAt) {
        PodState ready = new PodState("web-1", "u", null, "Running", true, false, 0, null, null, "n1", null);
        return state(true, false, new RevisionPod(ready, "web-1", null, Duration.ofSeconds(30), endedAt, null));
    }

    private static WorkloadState state(boolean complete, boolean failed, RevisionPod... pods) {
        return new WorkloadState(
                new RolloutStatus("web", complete ? 1 : 0, 1, complete, failed, complete ? "rolled out" : "not yet"),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(pods),
                new Revision(1, "web-1", "f1", List.of("shop/web:1"), NOW.minusSeconds(900), Map.of()),
                List.of());
    }

    private static Verified judge(WorkloadState state, int status, Instant wellSince) {
        UrlHealth health = new UrlHealth(
                URL, status, status == 200, status == 200 ? "answers 200" : "answers " + status + ", expected 200", 3);
        return new VerifyApplication(ApplicationPolicy.DEFAULT, NOW)
                .judge(List.of(state), Health.of(List.of(health)), wellSince);
    }
}
