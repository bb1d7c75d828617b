package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a Deployment's revisions are told apart by. */
final class Revisions {
    /** On a ReplicaSet, as the Deployment's controller counts. */
    static final String NUMBER = "deployment.kubernetes.io/revision";

    private static final String HASH = "pod-template-hash";
    /** A restart makes a new ReplicaSet of the same content. */
    private static final Set<String> OF_A_RESTART = Set.of(Workloads.RESTARTED_AT, Workloads.RESTARTED_FOR);

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final int FINGERPRINT_BYTES = 16;

    private Revisions() {}

    static Revision of(ReplicaSet set) {
        PodTemplateSpec template = set.getSpec().getTemplate();
        Map<String, String> marks = new HashMap<>();
        if (template.getMetadata() != null) {
            marks.putAll(orEmpty(template.getMetadata().getAnnotations()));
            marks.putAll(orEmpty(template.getMetadata().getLabels()));
        }
        return new Revision(
                number(set),
                set.getMetadata().getName(),
                fingerprint(template),
                template.getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .toList(),
                Optional.ofNullable(set.getMetadata().getCreationTimestamp())
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH),
                marks);
    }

    private static long number(ReplicaSet set) {
        String text = orEmpty(set.getMetadata().getAnnotations()).getOrDefault(NUMBER, "0");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** The same for a Deployment's template and for that of its ReplicaSet, and whatever the order of fields. */
    static String fingerprint(PodTemplateSpec template) {
        PodTemplateSpec content = content(template);
        ObjectMeta metadata = content.getMetadata();
        if (metadata.getAnnotations() != null) {
            Map<String, String> annotations = new HashMap<>(metadata.getAnnotations());
            annotations.keySet().removeAll(OF_A_RESTART);
            metadata.setAnnotations(annotations);
        }
        Object sorted = sorted(SERIALIZATION.convertValue(content, Map.class));
        return hash(Serialization.asJson(sorted));
    }

    /** A copy without what the ReplicaSet's controller adds: what a Deployment would have. */
    static PodTemplateSpec content(PodTemplateSpec template) {
        PodTemplateSpec copy = template.edit().build();
        ObjectMeta metadata = copy.getMetadata() == null ? new ObjectMeta() : copy.getMetadata();
        Map<String, String> labels = new HashMap<>(orEmpty(metadata.getLabels()));
        labels.remove(HASH);
        metadata.setLabels(labels);
        metadata.setCreationTimestamp(null);
        copy.setMetadata(metadata);
        return copy;
    }

    /** What is empty says nothing: the API drops it here and keeps it there. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, each) -> {
                Object content = sorted(each);
                if (content != null && !isEmpty(content)) {
                    result.put(String.valueOf(key), content);
                }
            });
            return result;
        }
        return value instanceof List<?> list
                ? list.stream().map(Revisions::sorted).toList()
                : value;
    }

    private static boolean isEmpty(Object content) {
        return (content instanceof Map<?, ?> map && map.isEmpty())
                || (content instanceof List<?> list && list.isEmpty());
    }

    private static String hash(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
