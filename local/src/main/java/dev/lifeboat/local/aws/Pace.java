package dev.lifeboat.local.aws;

import java.time.Duration;

/**
 * How long things take in the cloud, and how much of that is played.
 *
 * @param compression by what each time is divided, 1 or more
 */
record Pace(double compression) {
    /** What exists from the start took no time. */
    static final Pace AT_ONCE = new Pace(Double.POSITIVE_INFINITY);

    // Source: Amazon EKS User Guide, "Create an Amazon EKS cluster": cluster provisioning takes several minutes;
    // measured by its
    // users at 8 to 12, its node groups at 2 to 4.
    static final Duration CLUSTER = Duration.ofMinutes(10);
    static final Duration NODE_GROUP = Duration.ofMinutes(3);
    static final Duration ADDON = Duration.ofSeconds(90);
    static final Duration NODE_GROUP_GIVES_UP = Duration.ofMinutes(15);
    static final Duration CLUSTER_DELETION = Duration.ofMinutes(4);
    static final Duration OTHER = Duration.ofSeconds(5);

    /** Cluster, node group, add-ons, one after the other: what the drill compresses. */
    static final Duration WHOLE_CLUSTER = CLUSTER.plus(NODE_GROUP).plus(ADDON).plus(OTHER.multipliedBy(6));

    Duration of(Duration real) {
        return Duration.ofMillis((long) (real.toMillis() / compression));
    }
}
