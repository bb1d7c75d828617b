package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationAssessment.Rejected;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.SideBySide;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks at the target's applications, by Kubernetes and from outside at once. Changes nothing. */
final class AssessApplication {
    private static final Logger LOG = Logger.getLogger(AssessApplication.class);
    private static final Duration KUBERNETES = Duration.ofSeconds(15);
    private static final Duration OUTSIDE = Duration.ofSeconds(30);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final Set<String> NO_IMAGE = Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName");
    private static final Set<String> NO_START =
            Set.of("CrashLoopBackOff", "RunContainerError", "CreateContainerError", "CreateContainerConfigError");

    private final Function<String, ClusterConnection> clusters;
    private final Clock clock;

    AssessApplication(Function<String, ClusterConnection> clusters, Clock clock) {
        this.clusters = clusters;
        this.clock = clock;
    }

    /** @throws dev.lifeboat.contract.error.MisconfiguredException when a Deployment or the Service does not exist */
    ApplicationAssessment assess(Target target) {
        Findings<ApplicationLook> findings = new Findings<>(ApplicationLook.class);
        try (SideBySide<ApplicationLook> looks = new SideBySide<>(findings)) {
            SideBySide<ApplicationLook>.Taken<Void> database =
                    looks.take(KUBERNETES, List.of(ApplicationLook.DATABASE_READY), own -> lookAtDatabase(target, own));
            SideBySide<ApplicationLook>.Taken<Void> workloads = looks.take(
                    KUBERNETES,
                    List.of(
                            ApplicationLook.ROLLED_OUT,
                            ApplicationLook.SERVES,
                            ApplicationLook.IMAGES_PULLED,
                            ApplicationLook.CONTAINERS_START,
                            ApplicationLook.EARLIER_REVISION),
                    own -> lookAtWorkloads(target, own));
            looks.take(OUTSIDE, List.of(ApplicationLook.HEALTHY_OUTSIDE), own -> lookFromOutside(target, own))
                    .await();
            database.await();
            workloads.await();
        }
        return judge(target, findings.all());
    }

    private void lookAtDatabase(Target target, Findings<ApplicationLook> findings) {
        try (KubernetesAccess access = open(target)) {
            Optional<PodState> pod = access.postgres().state(target.namespace(), target.postgresService());
            findings.note(
                    ApplicationLook.DATABASE_READY,
                    answer(pod.filter(found -> found.ready() && !found.terminating())
                            .isPresent()),
                    pod.map(PodState::summary).orElse("No pod is behind Service " + target.postgresService() + "."));
        } catch (KubernetesUnavailableException e) {
            findings.unknown(ApplicationLook.DATABASE_READY, e.getMessage());
        }
    }

    private void lookAtWorkloads(Target target, Findings<ApplicationLook> findings) {
        List<WorkloadState> states;
        try (KubernetesAccess access = open(target)) {
            states = target.deployments().stream()
                    .map(name -> access.workloads().state(target.namespace(), name))
                    .toList();
        } catch (KubernetesUnavailableException e) {
            findings.unknown(ApplicationLook.ROLLED_OUT, e.getMessage());
            findings.unknown(ApplicationLook.SERVES, e.getMessage());
            return;
        }
        findings.note(ApplicationLook.ROLLED_OUT, rolledOut(states), rollouts(states));
        findings.note(
                ApplicationLook.SERVES,
                answer(states.stream().allMatch(state -> state.pods().stream().anyMatch(PodState::ready))),
                pods(states, pod -> true));
        findings.note(ApplicationLook.IMAGES_PULLED, none(states, NO_IMAGE), pods(states, waits(NO_IMAGE)));
        findings.note(ApplicationLook.CONTAINERS_START, none(states, NO_START), pods(states, waits(NO_START)));
        List<WorkloadState> late =
                states.stream().filter(state -> !state.rollout().complete()).toList();
        findings.note(
                ApplicationLook.EARLIER_REVISION,
                answer(late.stream().allMatch(WorkloadState::earlierRevision)),
                late.isEmpty() ? "None is needed." : rollouts(late));
    }

    private static Answer rolledOut(List<WorkloadState> states) {
        if (states.stream().anyMatch(state -> state.rollout().failed())) {
            return Answer.NO;
        }
        return states.stream().allMatch(state -> state.rollout().complete()) ? Answer.YES : Answer.UNKNOWN;
    }

    private static Answer none(List<WorkloadState> states, Set<String> reasons) {
        return answer(states.stream().flatMap(state -> state.pods().stream()).noneMatch(waits(reasons)));
    }

    private static Predicate<PodState> waits(Set<String> reasons) {
        return pod -> pod.waitingReason() != null && reasons.contains(pod.waitingReason());
    }

    private static String rollouts(List<WorkloadState> states) {
        return states.stream()
                .map(WorkloadState::rollout)
                .map(rollout -> rollout.name() + ": " + rollout.reason())
                .collect(Collectors.collectingAndThen(Collectors.joining("; "), AssessApplication::orNone));
    }

    private static String pods(List<WorkloadState> states, Predicate<PodState> which) {
        return states.stream()
                .flatMap(state -> state.pods().stream())
                .filter(which)
                .map(PodState::summary)
                .collect(Collectors.collectingAndThen(Collectors.joining("; "), AssessApplication::orNone));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "None." : text;
    }

    private static void lookFromOutside(Target target, Findings<ApplicationLook> findings) {
        if (target.healthUrls().isEmpty()) {
            findings.unknown(ApplicationLook.HEALTHY_OUTSIDE, "The target names no health URL.");
            return;
        }
        Health health = new HealthChecks(HEALTH_TIMEOUT).check(target.healthUrls());
        findings.note(
                ApplicationLook.HEALTHY_OUTSIDE,
                answer(health.healthy()),
                health.results().stream().map(AssessApplication::summary).collect(Collectors.joining("; ")));
    }

    private static String summary(UrlHealth health) {
        return health.url() + ": " + health.reason();
    }

    private ApplicationAssessment judge(Target target, List<LookResult<ApplicationLook>> looks) {
        Rule<ApplicationLook, ApplicationDecision> rule = ApplicationRules.rule(Evidence.of(looks));
        String reason = LookResult.of(looks, rule.decidedBy()).reason();
        LOG.infof("Applications of target %s: %s: %s", target.name(), rule.decision(), reason);
        return new ApplicationAssessment(
                rule.decision(), reason, clock.instant(), looks, rejected(rule.decision(), rule.why()));
    }

    /** Why it is not the others: those that are cheaper would not help, and the dearer ones are not needed before this one. */
    static List<Rejected> rejected(ApplicationDecision taken, String why) {
        return Arrays.stream(ApplicationDecision.values())
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

    private KubernetesAccess open(Target target) {
        return KubernetesAccess.open(clusters.apply(target.cluster()));
    }
}
