package dev.lifeboat.orchestrator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The templates and manifests that travel with the function, so that a rebuild needs neither Git nor S3 for them. They are copies of
 * {@code config/cloudformation} and {@code k8s}, made when the module is built.
 */
final class Bundle {
    /** Knows the kinds of Kubernetes itself; what it does not know keeps its fields. */
    static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private static final String ORDER = "k8s/kustomization.yaml";

    private Bundle() {}

    /** The text of the stack's template. */
    static String clusterTemplate() {
        return text("cloudformation/eks-cluster.yaml");
    }

    /** Every object, in the order in which {@code k8s/kustomization.yaml} names the files. New ones at every call. */
    static List<HasMetadata> manifests() {
        Map<?, ?> kustomization = KUBERNETES.unmarshal(text(ORDER), Map.class);
        List<HasMetadata> objects = new ArrayList<>();
        for (Object file : (List<?>) kustomization.get("resources")) {
            objects.addAll(parse(text("k8s/" + file)));
        }
        return objects;
    }

    private static List<HasMetadata> parse(String documents) {
        Object parsed = KUBERNETES.unmarshal(documents);
        List<HasMetadata> objects = new ArrayList<>();
        if (parsed instanceof Collection<?> several) {
            several.forEach(each -> objects.add((HasMetadata) each));
        } else if (parsed instanceof io.fabric8.kubernetes.api.model.KubernetesList list) {
            objects.addAll(list.getItems());
        } else {
            objects.add((HasMetadata) parsed);
        }
        return objects;
    }

    /**
     * PostgreSQL's StatefulSet, and what its first pod's claim is.
     *
     * @param set its name
     * @param claim the claim's name
     * @param template the claim's template
     */
    record Database(String set, String claim, PersistentVolumeClaim template) {}

    /** The StatefulSet of a namespace that has a claim: there is one. */
    static Database database() {
        return manifests().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .filter(set -> !set.getSpec().getVolumeClaimTemplates().isEmpty())
                .findFirst()
                .map(Bundle::described)
                .orElseThrow(() -> new IllegalStateException("k8s/ has no StatefulSet with a claim"));
    }

    private static Database described(StatefulSet set) {
        PersistentVolumeClaim template = set.getSpec().getVolumeClaimTemplates().get(0);
        String name = set.getMetadata().getName();
        return new Database(name, template.getMetadata().getName() + "-" + name + "-0", template);
    }

    private static String text(String path) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The function was built without " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
