package dev.lifeboat.local.aws;

import java.util.EnumMap;
import java.util.Map;

/** The faults that were ordered and have not come yet. Thread-safe. */
final class ClusterFaults {
    private final Map<ClusterFault, Integer> ordered = new EnumMap<>(ClusterFault.class);

    synchronized void order(ClusterFault fault, int times) {
        ordered.put(fault, times);
    }

    /** Whether the fault is to come now; one less of it is left. */
    synchronized boolean take(ClusterFault fault) {
        int left = ordered.getOrDefault(fault, 0);
        if (left > 0 && left < Integer.MAX_VALUE) {
            ordered.put(fault, left - 1);
        }
        return left > 0;
    }
}
