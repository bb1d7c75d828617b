package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.HashMap;
import java.util.Map;

/** What several controllers ask of pods. */
final class Pods {
    private Pods() {}

    static Pod of(HasMetadata owner, String name, PodTemplateSpec template, Map<String, String> moreLabels) {
        Map<String, String> labels = new HashMap<>();
        Map<String, String> annotations = new HashMap<>();
        if (template.getMetadata() != null) {
            labels.putAll(orEmpty(template.getMetadata().getLabels()));
            annotations.putAll(orEmpty(template.getMetadata().getAnnotations()));
        }
        labels.putAll(moreLabels);
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(TypedObjects.reference(owner))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }

    static boolean live(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null;
    }
}
