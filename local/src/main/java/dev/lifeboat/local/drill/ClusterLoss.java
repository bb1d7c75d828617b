package dev.lifeboat.local.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a cluster is lost. Each leads to another way of keeping the old one off, and the last to other data. */
public enum ClusterLoss {
    /** The API server answers nobody, and nothing gets in from outside; pods run on, and write. */
    CONTROL_PLANE(
            "the API server answers nobody any more, and nothing gets in from outside; its pods run on",
            "network-closed",
            true),
    /** Every node fails, and none comes back; the API server answers. */
    NODES("every node fails, and none comes back", "scaled", true),
    /** The cluster is deleted behind the back of its stack, with its volumes. */
    EVERYTHING("EKS does not know the cluster any more; nodes and volumes are gone with it", "gone", false);

    private final String words;
    private final String fence;
    private final boolean volumeSurvives;

    ClusterLoss(String words, String fence, boolean volumeSurvives) {
        this.words = words;
        this.fence = fence;
        this.volumeSurvives = volumeSurvives;
    }

    /** By its name on the command line. */
    public static Optional<ClusterLoss> of(String name) {
        return Arrays.stream(values()).filter(loss -> loss.text().equals(name)).findFirst();
    }

    /** The names, for people. */
    public static String all() {
        return Arrays.stream(values()).map(ClusterLoss::text).collect(Collectors.joining(", "));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people, after a colon. */
    String words() {
        return words;
    }

    /** How the recovery has to keep the old one off, as its report spells it. */
    String fence() {
        return fence;
    }

    /** Whether the data come from a copy of the volume; from the newest verified backup otherwise. */
    boolean volumeSurvives() {
        return volumeSurvives;
    }
}
