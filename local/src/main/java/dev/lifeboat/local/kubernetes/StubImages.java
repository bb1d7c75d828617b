package dev.lifeboat.local.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images of applications that are not as all others: an image is what it is told to be, and one that nobody told of is a healthy
 * application. Thread-safe.
 */
public final class StubImages {
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> crashing = new ConcurrentHashMap<>();

    StubImages() {}

    /** From now on no registry has the image. */
    public void withdraw(String image) {
        missing.add(image);
    }

    /** From now on a container of the image prints these lines, and ends with exit code 1. */
    public void crash(String image, List<String> lines) {
        crashing.put(image, List.copyOf(lines));
    }

    boolean isMissing(String image) {
        return missing.contains(image);
    }

    /** What it prints before it ends; null when it does not. */
    List<String> lastWords(String image) {
        return crashing.get(image);
    }
}
