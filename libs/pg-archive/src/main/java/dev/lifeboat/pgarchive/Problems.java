package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import java.util.ArrayList;
import java.util.List;

/** The problems that a verification found, as many as a person reads. */
final class Problems {
    private final List<String> messages = new ArrayList<>();
    private int leftOut;
    private boolean otherThanUnsupported;

    void add(ArchiveException fault) {
        add(List.of(fault.getMessage()), fault.kind() == Kind.UNSUPPORTED);
    }

    void add(List<String> found, boolean unsupported) {
        otherThanUnsupported |= !found.isEmpty() && !unsupported;
        for (String message : found) {
            if (messages.size() < Limits.MAX_PROBLEMS) {
                messages.add(message);
            } else {
                leftOut++;
            }
        }
    }

    List<String> messages() {
        List<String> all = new ArrayList<>(messages);
        if (leftOut > 0) {
            all.add("… and " + leftOut + " further problems.");
        }
        return all;
    }

    /** Whether there are problems, and all of them are of that kind. */
    boolean onlyUnsupported() {
        return !messages.isEmpty() && !otherThanUnsupported;
    }
}
