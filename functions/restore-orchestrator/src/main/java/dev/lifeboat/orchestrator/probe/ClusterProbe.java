package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.NodeState;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.cluster.EksStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks whether a cluster is lost: EKS does not know it or calls it so, its API server does not answer, or none of its nodes is ready. What
 * says nothing of the cluster (EKS that is silent, a permission that lacks, a look that takes too long) is unknown, and never counts as
 * lost. An API server that refuses answers, so it is there.
 */
final class ClusterProbe {
    /** As long as the look at the database may take at most, beside which this one is taken. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    /** No retries: the next look is a minute away. A peer that is silent has to be told within the limit. */
    private static final KubernetesAccess.Patience PATIENCE =
            new KubernetesAccess.Patience(Duration.ofSeconds(3), Duration.ofSeconds(5), 0);

    private final Function<String, Optional<String>> eks;
    private final Function<String, ClusterConnection> clusters;
    private final Duration limit;

    /**
     * @param eks says what EKS calls a cluster; empty when it knows none
     * @param clusters how its API is reached
     */
    ClusterProbe(Function<String, Optional<String>> eks, Function<String, ClusterConnection> clusters) {
        this(eks, clusters, LIMIT);
    }

    ClusterProbe(Function<String, Optional<String>> eks, Function<String, ClusterConnection> clusters, Duration limit) {
        this.eks = eks;
        this.clusters = clusters;
        this.limit = limit;
    }

    /**
     * What was seen.
     *
     * @param available whether the cluster is; no when it is lost
     * @param reason one sentence
     */
    record Seen(Answer available, String reason) {}

    /** A look that is being taken. */
    final class Looking {
        private final FutureTask<Seen> look;
        private final long deadline = System.nanoTime() + limit.toNanos();

        private Looking(String cluster) {
            look = new FutureTask<>(() -> look(cluster));
            Thread thread = new Thread(look, "cluster-probe");
            thread.setDaemon(true);
            thread.start();
        }

        /** Comes back within the limit, counted from the beginning of the look. */
        Seen await() {
            try {
                return look.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                look.cancel(true);
                return unknown("No answer within " + limit.toSeconds() + " s.");
            } catch (ExecutionException e) {
                return unknown("The look failed: " + e.getCause() + ".");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the cluster was looked at", e);
            }
        }
    }

    /** Begins to look, beside whatever else is looked at. */
    Looking begin(Target target) {
        return new Looking(target.cluster());
    }

    private Seen look(String cluster) {
        try {
            Optional<String> status = eks.apply(cluster);
            if (status.isEmpty()) {
                return lost("EKS does not know cluster " + cluster + ".");
            }
            return switch (EksStatus.works(status.get())) {
                case YES -> askApi(cluster);
                case NO -> lost("EKS calls cluster " + cluster + " " + status.get() + ".");
                case UNKNOWN -> unknown("EKS calls cluster " + cluster + " " + status.get() + ".");
            };
        } catch (LifeboatException e) {
            return unknown(e.getMessage());
        }
    }

    private Seen askApi(String cluster) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(cluster), PATIENCE)) {
            try {
                access.state().readyz();
            } catch (KubernetesUnavailableException e) {
                return saysNothing(e) ? unknown(e.getMessage()) : lost(e.getMessage());
            } catch (MisconfiguredException e) {
                return well("The API server is there, and refuses: " + e.getMessage());
            }
            return lookAtNodes(access);
        }
    }

    private static Seen lookAtNodes(KubernetesAccess access) {
        List<NodeState> nodes;
        try {
            nodes = access.state().nodes();
        } catch (MisconfiguredException e) {
            return well("The API server answers, and says nothing of its nodes: " + e.getMessage());
        }
        long ready = nodes.stream().filter(NodeState::ready).count();
        String seen = "The API server answers, and " + ready + " of " + nodes.size() + " nodes are ready.";
        return ready > 0 ? well(seen) : lost(seen);
    }

    /** What is between, or too busy: a name that cannot be resolved, another one's certificate, a limit of requests. */
    private static boolean saysNothing(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof GeneralSecurityException
                    || (cause instanceof KubernetesClientException answer && answer.getCode() == 429)) {
                return true;
            }
        }
        return false;
    }

    private static Seen well(String reason) {
        return new Seen(Answer.YES, reason);
    }

    private static Seen lost(String reason) {
        return new Seen(Answer.NO, reason);
    }

    private static Seen unknown(String reason) {
        return new Seen(Answer.UNKNOWN, reason);
    }
}
