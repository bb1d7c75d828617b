package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.NodeState;
import dev.lifeboat.kubernetes.Nodes;
import dev.lifeboat.kubernetes.RevisionPod;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The failover test: one node that carries the application is taken out of service as a drain does it, and the application has to answer all
 * the while. Its pods move; nothing else is touched.
 */
public final class Failover {
    /** Of one slice: the function's own limit is two minutes. */
    static final Duration SLICE = Duration.ofSeconds(20);

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

    private final Function<String, ClusterConnection> clusters;
    private final Consumer<RecoveryScope> lease;
    private final Clock clock;
    private final Consumer<Duration> pause;

    /**
     * @param lease throws when the lease is not the scope's any more
     * @param pause waits
     */
    Failover(
            Function<String, ClusterConnection> clusters,
            Consumer<RecoveryScope> lease,
            Clock clock,
            Consumer<Duration> pause) {
        this.clusters = clusters;
        this.lease = lease;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * A pod that is to move.
     *
     * @param name its name
     * @param uid only this very pod is evicted
     */
    public record Moving(String name, String uid) {
        public Moving {
            Require.text("pod.name", name);
            Require.text("pod.uid", uid);
        }
    }

    /**
     * What {@code cordon} answers.
     *
     * @param node which one, that no new pod comes onto now
     * @param pods of the application that are on it
     */
    record Cordoned(String node, List<Moving> pods) {
        Cordoned {
            Require.text("node", node);
            pods = Require.listOrEmpty(pods);
        }
    }

    /**
     * How far the test is.
     *
     * @param done whether no pod of the application is on the node any more, and every Deployment is rolled out elsewhere
     * @param pods that are still to be evicted
     * @param asked how often the application was asked so far
     * @param failed how often it did not answer well
     * @param gapMillis the longest time without a good answer so far
     * @param downSince since when it has not answered well; null when it does
     * @param refused how often a disruption budget refused an eviction so far
     * @param reason what was seen last, one sentence
     */
    public record Progress(
            boolean done,
            List<Moving> pods,
            int asked,
            int failed,
            long gapMillis,
            Instant downSince,
            int refused,
            String reason) {
        public Progress {
            pods = Require.listOrEmpty(pods);
            Require.text("progress.reason", reason);
        }
    }

    /**
     * Cordons the node that carries most of the application's pods; one that this target's earlier test has left cordoned is let go first.
     *
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer owner of the lease has written to the node
     * @throws MisconfiguredException when no other node could take the pods, or the application is not well before
     */
    Cordoned cordon(RecoveryScope scope, Target application) {
        lease.accept(scope);
        Fence fence = new Fence(scope.target().name(), scope.token());
        try (KubernetesAccess access = open(application)) {
            Nodes nodes = access.nodes();
            letGo(nodes, fence);
            List<RevisionPod> pods = requireWell(access, application);
            String chosen = choose(nodes.list(), pods);
            if (!nodes.cordon(chosen, scope.incident(), fence)) {
                throw new MisconfiguredException(
                        "Somebody has cordoned node " + chosen + " meanwhile.", "Run the drill again later.");
            }
            return new Cordoned(
                    chosen,
                    pods.stream()
                            .filter(pod -> chosen.equals(pod.state().node()))
                            .map(pod ->
                                    new Moving(pod.state().name(), pod.state().uid()))
                            .toList());
        }
    }

    private List<RevisionPod> requireWell(KubernetesAccess access, Target application) {
        List<WorkloadState> states = states(access, application);
        Health health = new HealthChecks(HEALTH_TIMEOUT).check(application.healthUrls());
        Optional<String> problem = Stream.concat(
                        states.stream()
                                .map(WorkloadState::rollout)
                                .filter(rollout -> !rollout.complete())
                                .map(rollout -> rollout.name() + ": " + rollout.reason()),
                        health.results().stream()
                                .filter(url -> !url.healthy())
                                .map(url -> url.url() + " " + url.reason()))
                .findFirst();
        if (problem.isPresent()) {
            throw new MisconfiguredException(
                    "The application is not well before the failover test: " + problem.get() + ".",
                    "Put it right first; nothing was touched.");
        }
        return states.stream().flatMap(state -> state.pods().stream()).toList();
    }

    private static String choose(List<NodeState> nodes, List<RevisionPod> pods) {
        List<String> usable = nodes.stream()
                .filter(node -> node.ready() && node.schedulable())
                .map(NodeState::name)
                .toList();
        Map<String, Long> carried = pods.stream()
                .map(pod -> pod.state().node())
                .filter(usable::contains)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        if (usable.size() < 2 || carried.isEmpty()) {
            throw new MisconfiguredException(
                    "Of " + nodes.size() + " nodes " + usable.size()
                            + " take pods, so the application's pods could go nowhere.",
                    "Give the node group a second node.");
        }
        return carried.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<String, Long> entry) -> entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }

    /**
     * One slice: evicts what budgets allow, asks the application every second, and ends when all has moved or the slice is over.
     *
     * @param before what the slice before answered; its pods are those of {@code cordon} at first
     */
    Progress evict(RecoveryScope scope, Target application, String node, Progress before) {
        lease.accept(scope);
        Instant end = clock.instant().plus(SLICE);
        Evictions evictions = new Evictions(before);
        // On a thread of its own: an API that is slow, or refuses, must not stretch the second.
        try (Answers answers = Answers.watch(application.healthUrls(), before, clock);
                KubernetesAccess access = open(application)) {
            Optional<String> waitsFor = evictions.once(access, application, node);
            while (waitsFor.isPresent() && clock.instant().plus(PACE).isBefore(end)) {
                pause.accept(PACE);
                waitsFor = evictions.once(access, application, node);
            }
            answers.stop();
            return new Progress(
                    waitsFor.isEmpty(),
                    evictions.left,
                    answers.asked(),
                    answers.failed(),
                    answers.gapMillis(),
                    answers.downSince(),
                    evictions.refused,
                    waitsFor.map(what -> "Waiting for " + what + ".").orElse("Every pod runs elsewhere."));
        }
    }

    /** What is still to be evicted. */
    private static final class Evictions {
        private final List<Moving> left;
        private int refused;

        private Evictions(Progress before) {
            left = new ArrayList<>(before.pods());
            refused = before.refused();
        }

        /** What it waits for afterwards; empty when all has moved. */
        private Optional<String> once(KubernetesAccess access, Target application, String node) {
            for (Moving pod : List.copyOf(left)) {
                switch (access.nodes().evict(application.namespace(), pod.name(), pod.uid())) {
                    case ACCEPTED, GONE -> left.remove(pod);
                    case REFUSED -> refused++;
                }
            }
            return left.isEmpty()
                    ? waitsFor(access, application, node)
                    : Optional.of(
                            "a disruption budget to let pod " + left.get(0).name() + " go");
        }
    }

    private static Optional<String> waitsFor(KubernetesAccess access, Target application, String node) {
        List<WorkloadState> states = states(access, application);
        return Stream.concat(
                        states.stream()
                                .flatMap(state -> state.pods().stream())
                                .filter(pod -> node.equals(pod.state().node()))
                                .map(pod -> "pod " + pod.state().name() + " to leave"),
                        states.stream()
                                .filter(state -> !state.rollout().complete())
                                .map(state ->
                                        state.name() + ": " + state.rollout().reason()))
                .findFirst();
    }

    private static List<WorkloadState> states(KubernetesAccess access, Target application) {
        return application.deployments().stream()
                .map(name -> access.rollOuts().state(application.namespace(), name))
                .toList();
    }

    /**
     * What {@code uncordon} answers.
     *
     * @param nodes that this call let pods come onto again
     */
    record Uncordoned(List<String> nodes) {
        Uncordoned {
            nodes = Require.listOrEmpty(nodes);
        }
    }

    /**
     * Lets pods come onto every node again that this target's tests have cordoned: also onto one of which the answer was lost.
     *
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer owner of the lease has written to the node
     */
    Uncordoned uncordon(RecoveryScope scope, Target application) {
        lease.accept(scope);
        try (KubernetesAccess access = open(application)) {
            return new Uncordoned(letGo(access.nodes(), new Fence(scope.target().name(), scope.token())));
        }
    }

    private static List<String> letGo(Nodes nodes, Fence fence) {
        return nodes.list().stream()
                .filter(node -> !node.schedulable())
                .map(NodeState::name)
                .filter(name -> nodes.uncordon(name, fence))
                .toList();
    }

    /** Waits for a second, between two looks of one slice. */
    static void pause(Duration rest) {
        try {
            Thread.sleep(rest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the failover test waited", e);
        }
    }

    private KubernetesAccess open(Target application) {
        return KubernetesAccess.open(clusters.apply(application.cluster()));
    }
}
