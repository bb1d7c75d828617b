package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.kubernetes.RevisionPod;
import dev.lifeboat.kubernetes.RolloutStatus;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Whether an application is well after it was restarted or rolled back, and for how long. Asks nobody. */
final class VerifyApplication {
    private final ApplicationPolicy policy;
    private final Instant now;

    VerifyApplication(ApplicationPolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    Verified judge(List<WorkloadState> states, Health health, Instant wellSince) {
        DeploymentLooks looks = new DeploymentLooks(policy, "", SchemaVersions.Found.NOT_ASKED, now);
        List<RevisionPod> failing =
                states.stream().flatMap(state -> looks.failing(state).stream()).toList();
        List<RolloutStatus> rollouts =
                states.stream().map(WorkloadState::rollout).toList();
        boolean failed = !failing.isEmpty() || rollouts.stream().anyMatch(RolloutStatus::failed);
        boolean well = !failed && health.healthy() && rollouts.stream().allMatch(RolloutStatus::complete);
        Instant since = well ? isUnbroken(states, wellSince) ? wellSince : now : null;
        boolean held = well && Duration.between(since, now).compareTo(policy.healthyFor()) >= 0;
        return new Verified(held, failed, since, reason(since, rollouts, failing, health), rollouts, health);
    }

    /** A container that ended meanwhile and is ready again is a break, too: a slow loop of crashes looks well in between. */
    private boolean isUnbroken(List<WorkloadState> states, Instant wellSince) {
        return wellSince != null
                && !wellSince.isAfter(now)
                && states.stream()
                        .flatMap(state -> state.endedAt().stream())
                        .noneMatch(ended -> ended.isAfter(wellSince));
    }

    private String reason(Instant since, List<RolloutStatus> rollouts, List<RevisionPod> failing, Health health) {
        if (since != null) {
            return "It has been well for " + Duration.between(since, now).toSeconds() + " of " + policy.healthySeconds()
                    + " s.";
        }
        Stream<String> pods = failing.stream().map(pod -> pod.state().summary());
        Stream<String> unfinished = rollouts.stream()
                .filter(rollout -> !rollout.complete())
                .map(rollout -> rollout.name() + ": " + rollout.reason());
        Stream<String> unhealthy =
                health.results().stream().filter(url -> !url.healthy()).map(url -> url.url() + " " + url.reason());
        return Stream.of(pods, unfinished, unhealthy)
                .flatMap(each -> each)
                .reduce((one, other) -> one + "; " + other)
                .orElse("It is not well.");
    }
}
