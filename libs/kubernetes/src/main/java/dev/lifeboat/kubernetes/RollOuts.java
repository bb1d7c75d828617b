package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.RolloutFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deployments with their revisions, and the way back to one of them, as {@code kubectl rollout undo} goes. */
public final class RollOuts {
    /** On a Deployment: the incident that it was last rolled back for. */
    static final String ROLLED_BACK_FOR = "lifeboat.dev/rolled-back-for";
    /** On a Deployment: what it was rolled back to for that incident, oldest first, as fingerprints with commas between. */
    static final String ROLLED_BACK_TO = "lifeboat.dev/rolled-back-to";
    /** On a Deployment, and then on its ReplicaSet: what {@code kubectl rollout history} shows. */
    static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    RollOuts(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * A Deployment with its pods and revisions.
     *
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when the Deployment does not exist, or something may not be read
     */
    public WorkloadState state(String namespace, String name) {
        Deployment found = deployment(namespace, name);
        String wanted = Revisions.fingerprint(found.getSpec().getTemplate());
        List<ReplicaSet> sets = replicaSets(found);
        // A restart leaves several ReplicaSets of one content: the newest of them is in use.
        Optional<ReplicaSet> current = sets.stream()
                .filter(set ->
                        Revisions.fingerprint(set.getSpec().getTemplate()).equals(wanted))
                .findFirst();
        Map<String, String> annotations = annotations(found);
        return new WorkloadState(
                RolloutRules.of(found),
                Boolean.TRUE.equals(found.getSpec().getPaused()),
                GitOps.managerOf(found),
                autoscaler(found),
                Revisions.orEmpty(
                                found.getSpec().getTemplate().getMetadata() == null
                                        ? null
                                        : found.getSpec()
                                                .getTemplate()
                                                .getMetadata()
                                                .getAnnotations())
                        .get(Workloads.RESTARTED_FOR),
                annotations.get(ROLLED_BACK_FOR),
                rolledBackTo(annotations),
                pods(found),
                current.map(Revisions::of).orElse(null),
                sets.stream()
                        .filter(set -> !current.map(RollOuts::uid).equals(Optional.of(uid(set))))
                        .map(Revisions::of)
                        .toList());
    }

    private static List<String> rolledBackTo(Map<String, String> annotations) {
        return Arrays.stream(annotations.getOrDefault(ROLLED_BACK_TO, "").split(","))
                .filter(fingerprint -> !fingerprint.isBlank())
                .toList();
    }

    /**
     * Looks whether a roll-back can be done, and changes nothing: what goes back together is asked for all of it before any of it is changed.
     *
     * @throws RolloutFailedException and the others as {@link #rollBack} does
     */
    public void requirePossible(String namespace, RollBack rollBack) {
        plan(namespace, rollBack);
    }

    /**
     * Gives a Deployment the pod template again that a kept revision of it has. Nothing else of it changes: neither replicas, which may
     * be an autoscaler's, nor the strategy.
     *
     * @return what was done; the same again changes nothing
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer, or somebody else wrote to the
     *     Deployment between our reading and our writing it
     * @throws MisconfiguredException when the Deployment does not exist, or may not be changed
     * @throws RolloutFailedException when its rollout is paused, the revision is not kept any more, or another one was deployed meanwhile
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery of the same target wrote to it
     */
    public RolledBack rollBack(String namespace, RollBack rollBack) {
        Plan plan = plan(namespace, rollBack);
        long toRevision = Revisions.of(plan.back()).number();
        if (plan.isDone()) {
            return new RolledBack(rollBack.deployment(), false, 0, toRevision);
        }
        faults.translating(
                "roll back Deployment " + namespace + "/" + rollBack.deployment(),
                () -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(rollBack.deployment())
                        .patch(PatchContext.of(PatchType.JSON), patch(plan.current(), plan.back(), rollBack)));
        long fromRevision = plan.sets().stream()
                .map(Revisions::of)
                .filter(revision -> revision.fingerprint().equals(rollBack.fromFingerprint()))
                .mapToLong(Revision::number)
                .findFirst()
                .orElse(0);
        return new RolledBack(rollBack.deployment(), true, fromRevision, toRevision);
    }

    /** What there is, and what it goes back to; done when it has that content already. */
    private record Plan(Deployment current, List<ReplicaSet> sets, ReplicaSet back) {
        private boolean isDone() {
            return Revisions.fingerprint(current.getSpec().getTemplate())
                    .equals(Revisions.fingerprint(back.getSpec().getTemplate()));
        }
    }

    private Plan plan(String namespace, RollBack rollBack) {
        Deployment current = deployment(namespace, rollBack.deployment());
        rollBack.fence().compare(cluster, current);
        String name = namespace + "/" + rollBack.deployment();
        List<ReplicaSet> sets = replicaSets(current);
        ReplicaSet back = sets.stream()
                .filter(set -> Revisions.of(set).fingerprint().equals(rollBack.fingerprint()))
                .findFirst()
                .orElseThrow(() -> new RolloutFailedException(
                        "Deployment " + name + " in cluster " + cluster + " keeps no revision of content "
                                + rollBack.fingerprint() + " any more.",
                        "Deploy the image that you want, and raise 'revisionHistoryLimit'."));
        Plan plan = new Plan(current, sets, back);
        if (plan.isDone()) {
            return plan;
        }
        if (!Revisions.fingerprint(current.getSpec().getTemplate()).equals(rollBack.fromFingerprint())) {
            throw new RolloutFailedException(
                    "Somebody has deployed another revision of " + name + " in cluster " + cluster
                            + " since it was looked at, so it is not rolled back.",
                    "Look at it again.");
        }
        if (Boolean.TRUE.equals(current.getSpec().getPaused())) {
            throw new RolloutFailedException(
                    "The rollout of Deployment " + name + " in cluster " + cluster
                            + " is paused, so nothing rolls back.",
                    "Resume it: kubectl -n " + namespace + " rollout resume deployment " + rollBack.deployment());
        }
        return plan;
    }

    /**
     * A merge would keep containers and variables that the older template does not have, so the template is replaced, as kubectl does.
     * The resourceVersion goes with it: the API refuses the patch when anyone wrote in between.
     */
    private static String patch(Deployment current, ReplicaSet back, RollBack rollBack) {
        Map<String, String> annotations = new HashMap<>(annotations(current));
        annotations.putAll(rollBack.fence().annotations());
        // Of this incident alone: what another one has tried in vain may be well now.
        List<String> triedBefore = rollBack.incident().equals(annotations.put(ROLLED_BACK_FOR, rollBack.incident()))
                ? rolledBackTo(annotations)
                : List.of();
        annotations.put(
                ROLLED_BACK_TO,
                Stream.concat(triedBefore.stream(), Stream.of(rollBack.fingerprint()))
                        .distinct()
                        .collect(Collectors.joining(",")));
        annotations.put(
                CHANGE_CAUSE,
                "Lifeboat rolled back to revision " + Revisions.of(back).number() + " for " + rollBack.incident());
        return Serialization.asJson(List.of(
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/metadata/resourceVersion",
                        "value",
                        current.getMetadata().getResourceVersion()),
                Map.of("op", "add", "path", "/metadata/annotations", "value", annotations),
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/spec/template",
                        "value",
                        Revisions.content(back.getSpec().getTemplate()))));
    }

    private Deployment deployment(String namespace, String name) {
        Deployment found = faults.translating(
                "read Deployment " + namespace + "/" + name,
                () -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        if (found == null) {
            throw faults.missing(
                    "Deployment " + namespace + "/" + name,
                    "Correct the target's 'deployments', or deploy the application.");
        }
        return found;
    }

    /** Newest revision first. */
    private List<ReplicaSet> replicaSets(Deployment owner) {
        String namespace = owner.getMetadata().getNamespace();
        return faults
                .translating(
                        "list the ReplicaSets of Deployment " + namespace + "/"
                                + owner.getMetadata().getName(),
                        () -> client.apps()
                                .replicaSets()
                                .inNamespace(namespace)
                                .withLabels(owner.getSpec().getSelector().getMatchLabels())
                                .list()
                                .getItems())
                .stream()
                .filter(set -> isOf(owner, set))
                .sorted(Comparator.comparing(
                                (ReplicaSet set) -> Revisions.of(set).number())
                        .reversed())
                .toList();
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    private static boolean isOf(HasMetadata owner, HasMetadata object) {
        return owners(object).anyMatch(uid -> uid.equals(owner.getMetadata().getUid()));
    }

    private static Stream<String> owners(HasMetadata object) {
        return Stream.ofNullable(object.getMetadata().getOwnerReferences())
                .flatMap(List::stream)
                .map(reference -> reference.getUid());
    }

    private List<RevisionPod> pods(Deployment owner) {
        String namespace = owner.getMetadata().getNamespace();
        return faults
                .translating(
                        "list the pods of Deployment " + namespace + "/"
                                + owner.getMetadata().getName(),
                        () -> client.pods()
                                .inNamespace(namespace)
                                .withLabels(owner.getSpec().getSelector().getMatchLabels())
                                .list()
                                .getItems())
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !isFinished(pod))
                .map(RollOuts::revisionPod)
                .sorted(Comparator.comparing(pod -> pod.state().name()))
                .toList();
    }

    /** Such as one that its node has evicted: it stays until it is collected, and its ReplicaSet has made another in its place. */
    private static boolean isFinished(Pod pod) {
        return pod.getStatus() != null
                && FINISHED.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    private static RevisionPod revisionPod(Pod pod) {
        String owner = Stream.ofNullable(pod.getMetadata().getOwnerReferences())
                .flatMap(List::stream)
                .filter(reference -> "ReplicaSet".equals(reference.getKind()))
                .map(reference -> reference.getName())
                .findFirst()
                .orElse(null);
        return new RevisionPod(
                PodStates.of(pod),
                owner,
                PodStates.unreadySince(pod),
                PodStates.mayTake(pod),
                PodStates.endedAt(pod),
                PodStates.notReady(pod));
    }

    private String autoscaler(Deployment deployment) {
        String namespace = deployment.getMetadata().getNamespace();
        return faults
                .translating(
                        "list the HorizontalPodAutoscalers in " + namespace,
                        () -> client.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .stream()
                .filter(scaler -> scales(scaler, deployment))
                .map(scaler ->
                        scaler.getMetadata().getName() + " (" + scaler.getSpec().getMinReplicas() + " to "
                                + scaler.getSpec().getMaxReplicas() + " replicas)")
                .findFirst()
                .orElse(null);
    }

    private static boolean scales(HorizontalPodAutoscaler scaler, Deployment deployment) {
        return scaler.getSpec() != null
                && scaler.getSpec().getScaleTargetRef() != null
                && "Deployment".equals(scaler.getSpec().getScaleTargetRef().getKind())
                && deployment
                        .getMetadata()
                        .getName()
                        .equals(scaler.getSpec().getScaleTargetRef().getName());
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Revisions.orEmpty(object.getMetadata().getAnnotations());
    }
}
