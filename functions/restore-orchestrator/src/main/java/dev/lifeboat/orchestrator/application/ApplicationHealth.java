package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.RolloutStatus;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.HealthyRevisions.InUse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** One look at the Deployments and from outside, for the probe. Changes nothing. */
public final class ApplicationHealth {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

    private final Function<String, ClusterConnection> clusters;
    private final Clock clock;

    public ApplicationHealth(Function<String, ClusterConnection> clusters, Clock clock) {
        this.clusters = clusters;
        this.clock = clock;
    }

    /**
     * What was seen.
     *
     * @param healthy whether it answers from outside, and no newest revision fails: a rollout that is under way is no failure
     * @param settled whether it is healthy, every rollout is complete and there is a health URL that says so
     * @param reason one sentence
     * @param inUse the revision of each Deployment
     */
    public record Seen(boolean healthy, boolean settled, String reason, Map<String, InUse> inUse) {
        public Seen {
            inUse = Map.copyOf(inUse);
        }

        /** It is not healthy, and more is not known. */
        public static Seen unhealthy(String reason) {
            return new Seen(false, false, reason, Map.of());
        }
    }

    /**
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when a Deployment does not exist
     */
    public Seen look(Target target) {
        Health health = new HealthChecks(HEALTH_TIMEOUT).check(target.healthUrls());
        List<WorkloadState> states;
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            states = target.deployments().stream()
                    .map(name -> access.rollOuts().state(target.namespace(), name))
                    .toList();
        }
        DeploymentLooks looks =
                new DeploymentLooks(target.policy(), "", SchemaVersions.Found.NOT_ASKED, clock.instant());
        List<String> problems = Stream.of(
                        health.results().stream()
                                .filter(url -> !url.healthy())
                                .map(url -> url.url() + " " + url.reason()),
                        states.stream()
                                .map(WorkloadState::rollout)
                                .filter(RolloutStatus::failed)
                                .map(rollout -> rollout.name() + ": " + rollout.reason()),
                        states.stream()
                                .flatMap(state -> looks.failing(state).stream())
                                .map(pod -> pod.state().summary()))
                .flatMap(each -> each)
                .toList();
        boolean settled = problems.isEmpty()
                && !target.healthUrls().isEmpty()
                && states.stream().allMatch(ApplicationHealth::isSettled);
        return new Seen(
                problems.isEmpty(),
                settled,
                problems.isEmpty() ? "It answers, and no revision fails." : String.join("; ", problems),
                inUse(states));
    }

    private static boolean isSettled(WorkloadState state) {
        return state.rollout().complete() && state.current() != null && !state.paused();
    }

    private static Map<String, InUse> inUse(List<WorkloadState> states) {
        Map<String, InUse> revisions = new TreeMap<>();
        states.stream()
                .filter(state -> state.current() != null)
                .forEach(state -> revisions.put(
                        state.name(), new InUse(state.current(), state.endedAt().orElse(null))));
        return revisions;
    }
}
