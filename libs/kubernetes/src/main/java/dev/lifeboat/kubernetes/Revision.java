package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A revision of a Deployment: a ReplicaSet of its own that is kept.
 *
 * @param number as {@code kubectl rollout history} counts; grows when a revision is rolled out again
 * @param replicaSet the ReplicaSet's name
 * @param fingerprint of the pod template without what a restart leaves on it: the same content has the same one
 * @param images of its containers, in order
 * @param createdAt when the ReplicaSet was created
 * @param marks the pod template's annotations and labels; a label comes before an annotation of the same name
 */
public record Revision(
        long number,
        String replicaSet,
        String fingerprint,
        List<String> images,
        Instant createdAt,
        Map<String, String> marks) {
    public Revision {
        Require.text("replicaSet", replicaSet);
        Require.text("fingerprint", fingerprint);
        images = List.copyOf(images);
        marks = Map.copyOf(marks);
    }
}
