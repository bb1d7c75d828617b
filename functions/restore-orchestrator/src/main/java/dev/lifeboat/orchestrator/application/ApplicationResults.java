package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import dev.lifeboat.kubernetes.RolledBack;
import dev.lifeboat.kubernetes.RolloutStatus;
import java.time.Instant;
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

    /**
     * The Deployments that were asked to go back.
     *
     * @param deployments in the order asked for
     */
    public record RolledBackAll(List<RolledBack> deployments) {
        public RolledBackAll {
            deployments = Require.listOrEmpty(deployments);
        }
    }

    /**
     * Whether the application is well.
     *
     * @param held whether it has been for as long as the target's policy asks
     * @param failed whether something fails that waiting does not help
     * @param wellSince since when it has been well without a break; null when it is not
     * @param reason what was seen, one sentence
     * @param deployments how far their rollouts are
     * @param health from outside
     */
    public record Verified(
            boolean held,
            boolean failed,
            Instant wellSince,
            String reason,
            List<RolloutStatus> deployments,
            Health health) {
        public Verified {
            Require.text("reason", reason);
            deployments = Require.listOrEmpty(deployments);
        }
    }

    /**
     * The recovery that goes on.
     *
     * @param execution its ARN
     * @param started false when it was started for this incident before
     */
    public record HandedOver(String execution, boolean started) {}
}
