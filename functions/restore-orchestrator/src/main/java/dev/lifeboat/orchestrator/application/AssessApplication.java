package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.NodeState;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationAssessment.Rejected;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import dev.lifeboat.orchestrator.application.DeployedTogether.Judged;
import dev.lifeboat.orchestrator.application.DeployedTogether.Together;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.SideBySide;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Looks at the target's applications, by Kubernetes, in the records and from outside at once. Changes nothing. */
final class AssessApplication {
    private static final Logger LOG = Logger.getLogger(AssessApplication.class);
    private static final Duration KUBERNETES = Duration.ofSeconds(15);
    private static final Duration SCHEMA = Duration.ofSeconds(15);
    private static final Duration OUTSIDE = Duration.ofSeconds(30);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final Set<ApplicationLook> COMMON =
            EnumSet.of(ApplicationLook.NODES_READY, ApplicationLook.DATABASE_READY, ApplicationLook.HEALTHY_OUTSIDE);

    private final Function<String, ClusterConnection> clusters;
    private final Supplier<HealthyRevisions> records;
    private final Function<Target, Found> schemas;
    private final Clock clock;

    AssessApplication(
            Function<String, ClusterConnection> clusters,
            Supplier<HealthyRevisions> records,
            Function<Target, Found> schemas,
            Clock clock) {
        this.clusters = clusters;
        this.records = records;
        this.schemas = schemas;
        this.clock = clock;
    }

    /**
     * @param tried what this recovery has rolled back to in vain
     * @throws dev.lifeboat.contract.error.MisconfiguredException when a Deployment or the Service does not exist
     */
    ApplicationAssessment assess(RecoveryScope scope, List<TriedRevision> tried) {
        Target target = scope.target();
        Findings<ApplicationLook> common = new Findings<>(ApplicationLook.class);
        Optional<List<DeploymentFacts>> facts;
        Found schema;
        try (SideBySide<ApplicationLook> looks = new SideBySide<>(common)) {
            var cluster = looks.take(
                    KUBERNETES,
                    List.of(ApplicationLook.NODES_READY, ApplicationLook.DATABASE_READY),
                    own -> lookAtCluster(target, own));
            SideBySide<ApplicationLook>.Taken<Optional<List<DeploymentFacts>>> workloads = looks.take(
                    KUBERNETES,
                    Optional.<List<DeploymentFacts>>empty(),
                    List.of(ApplicationLook.ROLLED_OUT, ApplicationLook.SERVES),
                    own -> lookAtWorkloads(scope, tried, own));
            SideBySide<ApplicationLook>.Taken<Found> version = looks.take(
                    SCHEMA,
                    new Found(true, null, "The database did not say within " + SCHEMA.toSeconds() + " s."),
                    List.of(),
                    own -> schemas.apply(target));
            looks.take(OUTSIDE, List.of(ApplicationLook.HEALTHY_OUTSIDE), own -> lookFromOutside(target, own))
                    .await();
            cluster.await();
            facts = workloads.await();
            schema = version.await();
        }
        return facts.map(found -> judge(scope, common, schema, found)).orElseGet(() -> unread(target, common));
    }

    private void lookAtCluster(Target target, Findings<ApplicationLook> findings) {
        try (KubernetesAccess access = open(target)) {
            lookAtNodes(access, findings);
            Optional<PodState> pod = access.postgres().state(target.namespace(), target.postgresService());
            findings.note(
                    ApplicationLook.DATABASE_READY,
                    DeploymentLooks.answer(pod.filter(found -> found.ready() && !found.terminating())
                            .isPresent()),
                    pod.map(PodState::summary).orElse("No pod is behind Service " + target.postgresService() + "."));
        } catch (KubernetesUnavailableException e) {
            findings.unknown(ApplicationLook.NODES_READY, e.getMessage());
            findings.unknown(ApplicationLook.DATABASE_READY, e.getMessage());
        }
    }

    /** Who may not list nodes knows nothing of them; that alone stops no recovery. */
    private static void lookAtNodes(KubernetesAccess access, Findings<ApplicationLook> findings) {
        try {
            List<NodeState> nodes = access.nodes().list();
            long ready = nodes.stream().filter(NodeState::ready).count();
            findings.note(
                    ApplicationLook.NODES_READY,
                    DeploymentLooks.answer(ready > 0),
                    ready + " of " + nodes.size() + " nodes are ready.");
        } catch (LifeboatException e) {
            findings.unknown(ApplicationLook.NODES_READY, e.getMessage());
        }
    }

    private Optional<List<DeploymentFacts>> lookAtWorkloads(
            RecoveryScope scope, List<TriedRevision> tried, Findings<ApplicationLook> findings) {
        Target target = scope.target();
        String incident = scope.incident();
        try (KubernetesAccess access = open(target)) {
            return Optional.of(target.deployments().stream()
                    .map(name -> access.rollOuts().state(target.namespace(), name))
                    .map(state -> facts(target, state, inVain(state, incident, tried)))
                    .toList());
        } catch (KubernetesUnavailableException e) {
            findings.unknown(ApplicationLook.ROLLED_OUT, e.getMessage());
            findings.unknown(ApplicationLook.SERVES, e.getMessage());
            return Optional.empty();
        }
    }

    /** What this execution has tried, and what an earlier one of the same incident has, which was stopped or died. */
    private static Set<String> inVain(WorkloadState state, String incident, List<TriedRevision> tried) {
        Stream<String> noted = incident.equals(state.rolledBackFor()) ? state.rolledBackTo().stream() : Stream.empty();
        Stream<String> told = tried.stream()
                .filter(each -> each.deployment().equals(state.name()))
                .map(TriedRevision::fingerprint);
        return Stream.concat(noted, told).collect(Collectors.toSet());
    }

    private DeploymentFacts facts(Target target, WorkloadState state, Set<String> inVain) {
        Revision current = state.current();
        boolean currentInVain = current != null && inVain.contains(current.fingerprint());
        try {
            HealthyRevisions recorded = records.get();
            HealthyRevision known = current == null
                    ? null
                    : recorded.find(target, state.name(), current.fingerprint()).orElse(null);
            Revision back = state.earlier().stream()
                    .filter(revision ->
                            current == null || !revision.fingerprint().equals(current.fingerprint()))
                    .filter(revision -> !inVain.contains(revision.fingerprint()))
                    .filter(revision -> recorded.find(target, state.name(), revision.fingerprint())
                            .isPresent())
                    .findFirst()
                    .orElse(null);
            return new DeploymentFacts(state, known, currentInVain, back, null);
        } catch (LifeboatException e) {
            return new DeploymentFacts(state, null, currentInVain, null, e.getMessage());
        }
    }

    private static void lookFromOutside(Target target, Findings<ApplicationLook> findings) {
        if (target.healthUrls().isEmpty()) {
            findings.unknown(ApplicationLook.HEALTHY_OUTSIDE, "The target names no health URL.");
            return;
        }
        Health health = new HealthChecks(HEALTH_TIMEOUT).check(target.healthUrls());
        findings.note(
                ApplicationLook.HEALTHY_OUTSIDE,
                DeploymentLooks.answer(health.healthy()),
                health.results().stream().map(AssessApplication::summary).collect(Collectors.joining("; ")));
    }

    private static String summary(UrlHealth health) {
        return health.url() + ": " + health.reason();
    }

    private ApplicationAssessment judge(
            RecoveryScope scope, Findings<ApplicationLook> common, Found schema, List<DeploymentFacts> facts) {
        Target target = scope.target();
        DeploymentLooks looks = new DeploymentLooks(target.policy(), scope.incident(), schema, clock.instant());
        LastWords words = new LastWords(() -> open(target), target);
        List<Judged> judged = facts.stream()
                .map(each -> new Judged(each, judge(each, common, looks, words, scope.incident())))
                .toList();
        Together together = new DeployedTogether(target.policy(), judged).decide();
        LOG.infof("Applications of target %s: %s: %s", target.name(), together.decision(), together.reason());
        return new ApplicationAssessment(
                together.decision(),
                together.reason(),
                clock.instant(),
                facts.stream().anyMatch(each -> hasActed(each.state(), scope.incident())),
                judged.stream().map(Judged::assessment).toList(),
                together.restarts(),
                together.rollBacks(),
                rejected(together.decision(), together.reason()));
    }

    private static boolean hasActed(WorkloadState state, String incident) {
        return incident.equals(state.restartedFor()) || incident.equals(state.rolledBackFor());
    }

    private static DeploymentAssessment judge(
            DeploymentFacts facts,
            Findings<ApplicationLook> common,
            DeploymentLooks looks,
            LastWords words,
            String incident) {
        Findings<ApplicationLook> own = new Findings<>(ApplicationLook.class);
        looks.answer(facts, own);
        List<LookResult<ApplicationLook>> all = Arrays.stream(ApplicationLook.values())
                .map(look -> COMMON.contains(look) ? common.result(look) : own.result(look))
                .toList();
        Rule<ApplicationLook, ApplicationDecision> rule = ApplicationRules.rule(Evidence.of(all));
        return new DeploymentAssessment(
                facts.name(),
                rule.decision(),
                rule.why() + " " + LookResult.of(all, rule.decidedBy()).reason(),
                all,
                notes(facts.state(), incident),
                words.of(looks.failing(facts.state())));
    }

    private static List<String> notes(WorkloadState state, String incident) {
        return Stream.of(
                        state.current() == null
                                ? "no revision yet"
                                : "revision " + state.current().number() + ": "
                                        + String.join(", ", state.current().images()),
                        state.rollout().desired() == 0 ? "scaled to zero" : null,
                        incident.equals(state.rolledBackFor()) ? "rolled back for this incident" : null,
                        incident.equals(state.restartedFor()) ? "restarted for this incident" : null,
                        state.paused() ? "paused" : null,
                        state.managedBy() == null ? null : "managed by " + state.managedBy(),
                        state.autoscaler() == null ? null : "scaled by " + state.autoscaler())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Kubernetes did not answer: nothing is known of any Deployment. */
    private ApplicationAssessment unread(Target target, Findings<ApplicationLook> common) {
        List<LookResult<ApplicationLook>> all = common.all();
        Rule<ApplicationLook, ApplicationDecision> rule = ApplicationRules.rule(Evidence.of(all));
        String reason = rule.why() + " " + LookResult.of(all, rule.decidedBy()).reason();
        return new ApplicationAssessment(
                rule.decision(),
                reason,
                clock.instant(),
                false,
                target.deployments().stream()
                        .map(name -> new DeploymentAssessment(name, rule.decision(), reason, all, List.of(), List.of()))
                        .toList(),
                List.of(),
                List.of(),
                rejected(rule.decision(), reason));
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

    private KubernetesAccess open(Target target) {
        return KubernetesAccess.open(clusters.apply(target.cluster()));
    }
}
