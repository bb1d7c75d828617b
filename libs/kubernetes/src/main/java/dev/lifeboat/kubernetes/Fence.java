package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.FencedOffException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/**
 * The fencing token with which a recovery writes to an object, in an annotation of it. A write carries the resourceVersion that the
 * annotation was compared at, so that nobody can come in between.
 *
 * @param target names the lease that the token is of; tokens of different targets are not compared
 * @param token 1 or more: a write on behalf of an older one is refused
 */
public record Fence(String target, long token) {
    public Fence {
        Require.text("target", target);
        Require.range("token", token, 1, Long.MAX_VALUE);
    }

    String annotation() {
        return "lifeboat.dev/" + target + ".fence";
    }

    /** What a write sets. */
    Map<String, String> annotations() {
        return Map.of(annotation(), Long.toString(token));
    }

    /** Whether the last recovery of the target that wrote to the object is this one. */
    boolean isOn(HasMetadata object) {
        return Long.toString(token).equals(annotations(object).get(annotation()));
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    }

    /** @throws FencedOffException when a newer recovery of the same target wrote to the object */
    void compare(String cluster, HasMetadata object) {
        String fence = annotations(object).get(annotation());
        if (fence != null && fence.matches("[0-9]{1,18}") && Long.parseLong(fence) > token) {
            throw new FencedOffException(
                    object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                            + object.getMetadata().getName() + " in cluster " + cluster
                            + " was last written by a recovery with token " + fence + ", newer than this one's "
                            + token + ".",
                    "Leave it to the newer recovery of target " + target + ".");
        }
    }
}
