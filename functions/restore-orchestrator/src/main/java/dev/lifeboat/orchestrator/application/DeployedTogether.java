package dev.lifeboat.orchestrator.application;

import static dev.lifeboat.orchestrator.application.ApplicationDecision.CHECK_ROUTE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.EXAMINE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.KEEP_SCHEMA;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RECOVER_CLUSTER;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RECOVER_DATABASE;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RESTART;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.RESUME;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.REVERT_IN_GIT;
import static dev.lifeboat.orchestrator.application.ApplicationDecision.ROLL_BACK;

import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes one decision of those of the Deployments: what was deployed together goes back together, or not at all. A pure function. */
final class DeployedTogether {
    /** Which decision is the application's, when its Deployments have several. What only a person can do waits for what can be done. */
    static final List<ApplicationDecision> ORDER = List.of(
            RECOVER_CLUSTER,
            RECOVER_DATABASE,
            ROLL_BACK,
            RESTART,
            RESUME,
            REVERT_IN_GIT,
            KEEP_SCHEMA,
            EXAMINE,
            LOOK_AGAIN,
            CHECK_ROUTE,
            NOT_NEEDED);

    /** A Deployment with what its own evidence leads to. */
    record Judged(DeploymentFacts facts, DeploymentAssessment assessment) {
        /** Why it cannot go back, as its own look says it; empty when it can. */
        private Optional<String> obstacle() {
            if (facts.state().current() == null) {
                return Optional.of("Kubernetes has not made its newest revision yet.");
            }
            return Stream.of(
                            ApplicationLook.NOT_PAUSED,
                            ApplicationLook.HEALTHY_REVISION,
                            ApplicationLook.SCHEMA_FITS,
                            ApplicationLook.ROLL_BACK_STAYS)
                    .map(look -> LookResult.of(assessment.looks(), look))
                    .filter(result -> result.answer() != Answer.YES)
                    .map(LookResult::reason)
                    .findFirst();
        }
    }

    /** What is to be done. */
    record Together(ApplicationDecision decision, String reason, List<String> restarts, List<RollBackTo> rollBacks) {}

    private final ApplicationPolicy policy;
    private final List<Judged> deployments;

    DeployedTogether(ApplicationPolicy policy, List<Judged> deployments) {
        this.policy = policy;
        this.deployments = deployments;
    }

    Together decide() {
        if (deployments.isEmpty()) {
            return new Together(EXAMINE, "The target names no Deployment.", List.of(), List.of());
        }
        Map<String, RollBackTo> rollBacks = new LinkedHashMap<>();
        Map<Judged, String> refused = new LinkedHashMap<>();
        for (Judged failing : deployments) {
            if (failing.assessment().decision() == ROLL_BACK) {
                collect(failing, rollBacks, refused);
            }
        }
        ApplicationDecision decision = ORDER.stream()
                .filter(each -> deployments.stream().anyMatch(judged -> decision(judged, refused) == each))
                .findFirst()
                .orElseThrow();
        return new Together(
                decision,
                reason(decision, refused),
                decision == RESTART ? named(RESTART) : List.of(),
                decision == ROLL_BACK ? List.copyOf(rollBacks.values()) : List.of());
    }

    private void collect(Judged failing, Map<String, RollBackTo> rollBacks, Map<Judged, String> refused) {
        List<Judged> group = new ArrayList<>(List.of(failing));
        deployments.stream()
                .filter(other ->
                        !other.facts().name().equals(failing.facts().name()) && wasDeployedWith(failing, other))
                .forEach(group::add);
        for (Judged member : group) {
            Optional<String> obstacle = member.obstacle();
            if (obstacle.isPresent()) {
                refused.put(
                        failing,
                        "It was deployed together with " + member.facts().name()
                                + ", which cannot go back, and each alone would be a version that never ran. "
                                + obstacle.get());
                return;
            }
        }
        group.forEach(member -> rollBacks.put(member.facts().name(), rollBack(member.facts())));
    }

    private boolean wasDeployedWith(Judged failing, Judged other) {
        Revision one = failing.facts().state().current();
        Revision two = other.facts().state().current();
        if (one == null || two == null) {
            return false;
        }
        String release = one.marks().get(policy.releaseLabel());
        if (release != null && Objects.equals(release, two.marks().get(policy.releaseLabel()))) {
            return true;
        }
        // What was healthy before the failing revision was made ran with the one before that: that pair is known to be
        // well.
        HealthyRevision known = other.facts().current();
        if (known != null && known.recordedAt().isBefore(one.createdAt())) {
            return false;
        }
        return Duration.between(one.createdAt(), two.createdAt()).abs().compareTo(policy.together()) <= 0;
    }

    private static RollBackTo rollBack(DeploymentFacts facts) {
        Revision current = facts.state().current();
        return new RollBackTo(
                facts.name(),
                facts.back().fingerprint(),
                current.fingerprint(),
                current.number(),
                current.images(),
                facts.back().number(),
                facts.back().images());
    }

    private static ApplicationDecision decision(Judged judged, Map<Judged, String> refused) {
        return refused.containsKey(judged) ? EXAMINE : judged.assessment().decision();
    }

    private List<String> named(ApplicationDecision decision) {
        return deployments.stream()
                .filter(judged -> judged.assessment().decision() == decision)
                .map(judged -> judged.facts().name())
                .toList();
    }

    /** Of the first Deployment that it is the decision of. */
    private String reason(ApplicationDecision decision, Map<Judged, String> refused) {
        return deployments.stream()
                .filter(judged -> decision(judged, refused) == decision)
                .map(judged -> judged.facts().name() + ": "
                        + refused.getOrDefault(judged, judged.assessment().reason()))
                .findFirst()
                .orElseThrow();
    }
}
