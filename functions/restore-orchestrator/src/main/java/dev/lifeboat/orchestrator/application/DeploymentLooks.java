package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.RevisionPod;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Answers the looks at one Deployment from what is known of it. Asks nobody. */
final class DeploymentLooks {
    private static final Set<String> NO_IMAGE =
            Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> NO_START =
            Set.of("CrashLoopBackOff", "RunContainerError", "CreateContainerError", "CreateContainerConfigError");

    /** What has run for that long is out of the loop: the kubelet then forgets its back-off ("Pod lifecycle", container restarts). */
    private static final Duration LONGEST_LOOP = Duration.ofMinutes(10);

    private final ApplicationPolicy policy;
    private final String incident;
    private final Found schema;
    private final Instant now;

    /**
     * @param incident of the recovery that looks
     * @param schema the database's version
     */
    DeploymentLooks(ApplicationPolicy policy, String incident, Found schema, Instant now) {
        this.policy = policy;
        this.incident = incident;
        this.schema = schema;
        this.now = now;
    }

    void answer(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        rollout(facts, findings);
        pods(facts, findings);
        history(facts, findings);
        wayBack(facts, findings);
    }

    private void rollout(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        findings.note(
                ApplicationLook.NOT_PAUSED,
                answer(!facts.state().paused()),
                facts.state().paused() ? "Its rollout is paused." : "It is not paused.");
        Answer rolledOut = facts.state().rollout().failed()
                ? Answer.NO
                : facts.state().rollout().complete() ? Answer.YES : Answer.UNKNOWN;
        findings.note(
                ApplicationLook.ROLLED_OUT, rolledOut, facts.state().rollout().reason());
    }

    private void pods(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        List<RevisionPod> all = facts.state().pods();
        List<RevisionPod> newest = facts.state().newest();
        findings.note(
                ApplicationLook.SERVES,
                answer(all.stream().anyMatch(pod -> pod.state().ready())),
                facts.state().rollout().desired() == 0 ? "It is scaled to zero." : summary(all, pod -> true));
        findings.note(ApplicationLook.IMAGES_PULLED, none(newest, waits(NO_IMAGE)), summary(newest, waits(NO_IMAGE)));
        findings.note(ApplicationLook.CONTAINERS_START, none(newest, this::crashes), summary(newest, this::crashes));
        findings.note(ApplicationLook.PROBES_PASS, none(newest, this::isLate), summary(newest, this::isLate));
    }

    /** Between two crashes a container runs for a moment, and waits for nothing. One that ended last week does not crash today. */
    private boolean crashes(RevisionPod pod) {
        PodState state = pod.state();
        return waits(NO_START).test(pod)
                || (!state.ready()
                        && state.restarts() > 0
                        && pod.endedAt() != null
                        && Duration.between(pod.endedAt(), now).compareTo(LONGEST_LOOP) <= 0);
    }

    private boolean isLate(RevisionPod pod) {
        return pod.unreadySince() != null
                && Duration.between(pod.unreadySince(), now).compareTo(pod.mayTake()) > 0;
    }

    private static Predicate<RevisionPod> waits(Set<String> reasons) {
        return pod -> pod.state().waitingReason() != null
                && reasons.contains(pod.state().waitingReason());
    }

    /** Those of the newest revision that fail, in whichever way. */
    List<RevisionPod> failing(WorkloadState state) {
        return state.newest().stream()
                .filter(waits(NO_IMAGE).or(this::crashes).or(this::isLate))
                .toList();
    }

    private void history(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        if (facts.recordsUnread() != null) {
            findings.unknown(ApplicationLook.KNOWN_HEALTHY, facts.recordsUnread());
            findings.unknown(ApplicationLook.HEALTHY_REVISION, facts.recordsUnread());
        } else {
            known(facts, findings);
            findings.note(
                    ApplicationLook.HEALTHY_REVISION,
                    answer(facts.back() != null),
                    facts.back() == null
                            ? "Of the older revisions that are kept ("
                                    + facts.state().earlier().size()
                                    + ") none was recorded as healthy that was not tried in vain."
                            : "Revision " + facts.back().number() + " was: "
                                    + String.join(", ", facts.back().images()) + ".");
        }
        boolean restarted = incident.equals(facts.state().restartedFor());
        findings.note(
                ApplicationLook.NOT_RESTARTED,
                answer(!restarted),
                restarted ? "It was restarted for this incident." : "It was not restarted for this incident.");
    }

    private static void known(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        if (facts.triedInVain()) {
            findings.no(ApplicationLook.KNOWN_HEALTHY, "This recovery has rolled back to it in vain.");
        } else if (facts.current() == null) {
            findings.no(ApplicationLook.KNOWN_HEALTHY, "The revision in use was never recorded as healthy.");
        } else {
            findings.yes(
                    ApplicationLook.KNOWN_HEALTHY,
                    "The revision in use was recorded as healthy at "
                            + facts.current().recordedAt() + ".");
        }
    }

    private void wayBack(DeploymentFacts facts, Findings<ApplicationLook> findings) {
        String manager = facts.state().managedBy();
        boolean stays = manager == null || policy.gitOps() == ApplicationPolicy.GitOps.ROLLBACK;
        findings.note(
                ApplicationLook.ROLL_BACK_STAYS,
                answer(stays),
                manager == null
                        ? "There is no sign of a GitOps controller."
                        : "It is managed by " + manager + "; the policy is to "
                                + (stays ? "roll it back all the same." : "tell a person."));
        if (!schema.asked()) {
            findings.yes(ApplicationLook.SCHEMA_FITS, "The target names no query for the schema's version.");
        } else if (facts.back() == null) {
            findings.unknown(ApplicationLook.SCHEMA_FITS, "There is no older revision to compare.");
        } else {
            compare(facts.back().marks().get(policy.schemaLabel()), findings);
        }
    }

    private void compare(String ofImage, Findings<ApplicationLook> findings) {
        if (schema.version() == null) {
            findings.unknown(
                    ApplicationLook.SCHEMA_FITS, "The database's schema version is not known: " + schema.reason());
            return;
        }
        String versions = "The older revision is of schema " + (ofImage == null ? "?" : ofImage) + ", the database of "
                + schema.version() + ".";
        SchemaVersions.compare(ofImage, schema.version())
                .ifPresentOrElse(
                        compared -> findings.note(ApplicationLook.SCHEMA_FITS, answer(compared >= 0), versions),
                        () -> findings.unknown(
                                ApplicationLook.SCHEMA_FITS,
                                versions + " Both have to be numbers; the image's is read from '" + policy.schemaLabel()
                                        + "' of its pod template."));
    }

    private static Answer none(List<RevisionPod> pods, Predicate<RevisionPod> which) {
        return answer(pods.stream().noneMatch(which));
    }

    private static String summary(List<RevisionPod> pods, Predicate<RevisionPod> which) {
        String text =
                pods.stream().filter(which).map(pod -> pod.state().summary()).collect(Collectors.joining("; "));
        return text.isEmpty() ? "None." : text;
    }

    static Answer answer(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }
}
