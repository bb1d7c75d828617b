package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.ClusterState;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.NodeState;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.orchestrator.application.HealthUrls;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.SideBySide;
import dev.lifeboat.orchestrator.cluster.ClusterAssessment.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Looks at a target's cluster by EKS, by its API and from outside at once. Changes nothing. */
final class AssessCluster {
    /** What every cluster runs: the names that their pods begin with. */
    static final List<String> SYSTEM_PODS = List.of("coredns", "aws-node", "ebs-csi");

    private static final Logger LOG = Logger.getLogger(AssessCluster.class);
    private static final Duration AWS = Duration.ofSeconds(15);
    private static final Duration KUBERNETES = Duration.ofSeconds(30);
    private static final Duration OUTSIDE = Duration.ofSeconds(30);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

    private final EksView eks;
    private final Function<String, ClusterConnection> clusters;
    private final RebuildRecords records;
    private final ClusterParameters parameters;
    private final Clock clock;

    AssessCluster(
            EksView eks,
            Function<String, ClusterConnection> clusters,
            RebuildRecords records,
            ClusterParameters parameters,
            Clock clock) {
        this.eks = eks;
        this.clusters = clusters;
        this.records = records;
        this.parameters = parameters;
        this.clock = clock;
    }

    /**
     * @throws InvalidInputException when the target is a drill's: its cluster is the live one
     * @throws AwsUnavailableException when the parameter store does not answer: which cluster is meant is not known then
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not say whether a rebuild is to be finished
     */
    ClusterAssessment assess(RecoveryScope scope) {
        Target target = scope.target();
        if (target.purpose() == Target.Purpose.DRILL) {
            throw new InvalidInputException(
                    "Target '" + target.name() + "' is a drill's, and its cluster is the live one.",
                    "Start this machine for the live target.");
        }
        String cluster = parameters.target().cluster();
        Findings<ClusterLook> findings = new Findings<>(ClusterLook.class);
        try (SideBySide<ClusterLook> looks = new SideBySide<>(findings)) {
            var fence = looks.take(AWS, List.of(ClusterLook.NOT_FENCED), own -> lookAtFence(target, cluster, own));
            var status = looks.take(
                    AWS,
                    List.of(ClusterLook.CLUSTER_EXISTS, ClusterLook.CLUSTER_ACTIVE),
                    own -> lookAtStatus(cluster, own));
            var groups =
                    looks.take(AWS, List.of(ClusterLook.NODE_GROUPS_HEALTHY), own -> lookAtNodeGroups(cluster, own));
            var api = looks.take(
                    KUBERNETES,
                    List.of(
                            ClusterLook.API_READY,
                            ClusterLook.NODES_READY,
                            ClusterLook.SYSTEM_PODS_READY,
                            ClusterLook.DATABASE_READY),
                    own -> lookInside(target, cluster, own));
            looks.take(OUTSIDE, List.of(ClusterLook.HEALTHY_OUTSIDE), own -> lookFromOutside(target, own))
                    .await();
            fence.await();
            status.await();
            groups.await();
            api.await();
        }
        return judge(cluster, findings.all(), rebuilt(scope, cluster));
    }

    private void lookAtFence(Target target, String cluster, Findings<ClusterLook> findings) {
        try {
            Optional<RebuildRecord> record = records.find(target.name())
                    .filter(each -> each.isOpenFor(cluster))
                    .filter(RebuildRecord::hasPutOutOfUse);
            findings.note(
                    ClusterLook.NOT_FENCED,
                    answer(record.isEmpty()),
                    record.map(each -> "Recovery " + each.incident() + " has put it out of use for "
                                    + each.generation().cluster() + ".")
                            .orElse("No rebuild has put it out of use."));
        } catch (LifeboatException e) {
            findings.unknown(ClusterLook.NOT_FENCED, e.getMessage());
        }
    }

    private void lookAtStatus(String cluster, Findings<ClusterLook> findings) {
        try {
            Optional<String> status = eks.status(cluster);
            findings.note(
                    ClusterLook.CLUSTER_EXISTS,
                    answer(status.isPresent()),
                    status.isPresent() ? "EKS knows " + cluster + "." : "EKS knows no cluster " + cluster + ".");
            status.ifPresent(word -> findings.note(
                    ClusterLook.CLUSTER_ACTIVE, EksStatus.works(word), "EKS calls " + cluster + " " + word + "."));
        } catch (LifeboatException e) {
            findings.unknown(ClusterLook.CLUSTER_EXISTS, e.getMessage());
        }
    }

    private void lookAtNodeGroups(String cluster, Findings<ClusterLook> findings) {
        try {
            List<String> problems = eks.nodeGroupProblems(cluster);
            findings.note(
                    ClusterLook.NODE_GROUPS_HEALTHY,
                    answer(problems.isEmpty()),
                    problems.isEmpty() ? "EKS reports nothing." : String.join("; ", problems));
        } catch (LifeboatException e) {
            findings.unknown(ClusterLook.NODE_GROUPS_HEALTHY, e.getMessage());
        }
    }

    private void lookInside(Target target, String cluster, Findings<ClusterLook> findings) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(cluster))) {
            ClusterState state = access.state();
            findings.yes(ClusterLook.API_READY, "/readyz answers " + state.readyz() + ".");
            List<NodeState> nodes = state.nodes();
            long ready = nodes.stream().filter(NodeState::ready).count();
            findings.note(
                    ClusterLook.NODES_READY, answer(ready > 0), ready + " of " + nodes.size() + " nodes are ready.");
            List<String> missing = state.systemPodsMissing(SYSTEM_PODS);
            findings.note(
                    ClusterLook.SYSTEM_PODS_READY,
                    answer(missing.isEmpty()),
                    missing.isEmpty() ? "All are ready." : "No ready pod of " + String.join(", ", missing) + ".");
            Optional<PodState> pod = access.postgres().state(target.namespace(), target.postgresService());
            findings.note(
                    ClusterLook.DATABASE_READY,
                    answer(pod.filter(each -> each.ready() && !each.terminating())
                            .isPresent()),
                    pod.map(PodState::summary).orElse("No pod is behind Service " + target.postgresService() + "."));
        } catch (KubernetesUnavailableException e) {
            findings.no(ClusterLook.API_READY, e.getMessage());
        } catch (LifeboatException e) {
            findings.unknown(ClusterLook.API_READY, e.getMessage());
        }
    }

    private static void lookFromOutside(Target target, Findings<ClusterLook> findings) {
        if (target.healthUrls().isEmpty()) {
            findings.unknown(ClusterLook.HEALTHY_OUTSIDE, "The target names no health URL.");
            return;
        }
        HealthUrls.Seen seen = HealthUrls.ask(target.healthUrls(), HEALTH_TIMEOUT);
        findings.note(ClusterLook.HEALTHY_OUTSIDE, answer(seen.healthy()), seen.summary());
    }

    /** Read once more, after the looks: what they have seen was put in place before. */
    private ClusterAssessment.Rebuilt rebuilt(RecoveryScope scope, String cluster) {
        return records.find(scope.target().name())
                .filter(record -> record.isToBeFinished(cluster, scope.incident()))
                .map(record -> new ClusterAssessment.Rebuilt(record.generation(), record.facts()))
                .orElse(null);
    }

    private ClusterAssessment judge(
            String cluster, List<LookResult<ClusterLook>> looks, ClusterAssessment.Rebuilt rebuilt) {
        Rule<ClusterLook, ClusterDecision> rule = ClusterRules.rule(Evidence.of(looks));
        String reason = LookResult.of(looks, rule.decidedBy()).reason();
        LOG.infof("Cluster %s: %s: %s", cluster, rule.decision(), reason);
        return new ClusterAssessment(
                rule.decision(),
                reason,
                cluster,
                clock.instant(),
                looks,
                rejected(rule.decision(), rule.why()),
                rebuilt);
    }

    private static List<Rejected> rejected(ClusterDecision taken, String why) {
        return Arrays.stream(ClusterDecision.values())
                .filter(decision -> decision != taken)
                .map(decision -> new Rejected(
                        decision,
                        decision.compareTo(taken) < 0
                                ? "It would not help. " + why
                                : "A cheaper one comes first: " + taken.consequence()))
                .toList();
    }

    private static Answer answer(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }
}
