package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Restarts Deployments and watches their rollout. */
public final class Workloads {
    /** On a Deployment's pod template: what {@code kubectl rollout restart} sets. */
    static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    /** On a Deployment's pod template: the incident that it was last restarted for. */
    static final String RESTARTED_FOR = "lifeboat.dev/restarted-for";

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    Workloads(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * Replaces a Deployment's pods as {@code kubectl rollout restart} does, once for an incident.
     *
     * @return whether this call changed anything
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed the Deployment
     *     between our reading and our writing it
     * @throws MisconfiguredException when the Deployment does not exist, or may not be changed
     * @throws FencedOffException when a newer recovery of the same target wrote to it
     */
    public boolean restart(String namespace, String name, Restart restart) {
        Deployment current = deployment(namespace, name);
        restart.fence().compare(cluster, current);
        if (restart.incident().equals(templateAnnotations(current).get(RESTARTED_FOR))) {
            return false;
        }
        String patch = patch(current.getMetadata().getResourceVersion(), restart);
        write("restart", namespace, name, patch);
        return true;
    }

    /**
     * Writes the token to a Deployment and nothing else, so that no pod is replaced. Before anything is done to one of a target's
     * Deployments each of them gets it: what an older recovery still sends to any of them is refused from then on. One that does not
     * exist holds nobody up.
     *
     * @throws FencedOffException when a newer recovery of the same target wrote to the Deployment
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed the Deployment
     *     between our reading and our writing it
     */
    public void raiseFence(String namespace, String name, Fence fence) {
        Optional<Deployment> current = find(namespace, name);
        current.ifPresent(found -> fence.compare(cluster, found));
        current.filter(found -> !fence.isOn(found)).ifPresent(found -> {
            String patch = Serialization.asJson(
                    Map.of("metadata", metadata(found.getMetadata().getResourceVersion(), fence)));
            write("raise the fence of", namespace, name, patch);
        });
    }

    /**
     * For acts that follow on a restart and carry no token themselves. A Deployment that does not exist holds nobody up.
     *
     * @throws FencedOffException when a newer recovery of the same target wrote to the Deployment
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public void requireFence(String namespace, String name, Fence fence) {
        find(namespace, name).ifPresent(current -> fence.compare(cluster, current));
    }

    /**
     * How far a Deployment's rollout is.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when the Deployment does not exist
     */
    public RolloutStatus rolloutStatus(String namespace, String name) {
        return RolloutRules.of(deployment(namespace, name));
    }

    private Deployment deployment(String namespace, String name) {
        return find(namespace, name)
                .orElseThrow(() -> faults.missing(
                        "Deployment " + namespace + "/" + name,
                        "Correct the target's 'deployments', or deploy the application."));
    }

    private Optional<Deployment> find(String namespace, String name) {
        return faults.translating(
                "read Deployment " + namespace + "/" + name,
                () -> Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    private void write(String doing, String namespace, String name, String patch) {
        faults.translating(
                doing + " Deployment " + namespace + "/" + name,
                () -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** With the resourceVersion that was read, so that the API refuses it when anyone wrote in between. */
    private static Map<String, Object> metadata(String resourceVersion, Fence fence) {
        return Map.of("resourceVersion", resourceVersion, "annotations", fence.annotations());
    }

    private static String patch(String resourceVersion, Restart restart) {
        String at = DateTimeFormatter.ISO_INSTANT.format(
                restart.at().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return Serialization.asJson(Map.of(
                "metadata",
                metadata(resourceVersion, restart.fence()),
                "spec",
                Map.of(
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("annotations", Map.of(RESTARTED_AT, at, RESTARTED_FOR, restart.incident()))))));
    }

    private static Map<String, String> templateAnnotations(Deployment deployment) {
        return annotations(Optional.ofNullable(deployment.getSpec())
                .map(DeploymentSpec::getTemplate)
                .map(template -> template.getMetadata())
                .orElse(null));
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        return metadata == null || metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    }
}
