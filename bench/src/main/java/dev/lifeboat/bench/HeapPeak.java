package dev.lifeboat.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** The most that this JVM's heap has held, garbage included, in MiB: never more than -Xmx allows. */
final class HeapPeak {
    static final String NAME = "peak heap MiB";

    private HeapPeak() {}

    static void tell() {
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        Step.tell(NAME, bytes / (double) (1 << 20));
    }
}
