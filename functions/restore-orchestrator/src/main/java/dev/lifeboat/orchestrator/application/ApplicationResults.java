package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import dev.lifeboat.kubernetes.RolloutStatus;
import java.util.List;

/** What the application actions answer. */
public final class ApplicationResults {
    private ApplicationResults() {}

    /**
     * The Deployments that were asked for a restart.
     *
     * @param deployments in the target's order
     */
    public record Restarted(List<Deployment> deployments) {
        public Restarted {
            deployments = List.copyOf(deployments);
        }
    }

    /**
     * A restarted Deployment.
     *
     * @param name its name
     * @param restarted false when it was restarted for this incident before
     */
    public record Deployment(String name, boolean restarted) {}

    /**
     * How far the rollouts are.
     *
     * @param complete whether all are
     * @param failed whether one ran past its progress deadline: waiting longer does not help by itself
     * @param deployments in the target's order
     */
    public record Rollout(boolean complete, boolean failed, List<RolloutStatus> deployments) {
        public Rollout {
            deployments = Require.listOrEmpty(deployments);
        }

        static Rollout of(List<RolloutStatus> deployments) {
            return new Rollout(
                    deployments.stream().allMatch(RolloutStatus::complete),
                    deployments.stream().anyMatch(RolloutStatus::failed),
                    deployments);
        }
    }

    /**
     * What the health URLs answered.
     *
     * @param healthy whether all are
     * @param results in the target's order
     */
    public record Health(boolean healthy, List<UrlHealth> results) {
        public Health {
            results = Require.listOrEmpty(results);
        }

        static Health of(List<UrlHealth> results) {
            return new Health(results.stream().allMatch(UrlHealth::healthy), results);
        }
    }

    /**
     * What one health URL answered.
     *
     * @param url as the target names it
     * @param status the last HTTP status, null when there was none
     * @param healthy whether it was 200
     * @param reason what was seen
     * @param millis how long it took
     */
    public record UrlHealth(String url, Integer status, boolean healthy, String reason, long millis) {}
}
