package dev.lifeboat.bench;

import java.util.Locale;

/** Tells the parent process how long the steps took, in lines that {@link Child} reads. */
final class Step {
    private long last = System.nanoTime();
    private final long first = last;

    /** Seconds since the step before. */
    void done(String name) {
        long now = System.nanoTime();
        tell(name, (now - last) / 1e9);
        last = now;
    }

    /** Seconds since the first one began. */
    void total(String name) {
        tell(name, (System.nanoTime() - first) / 1e9);
    }

    static void tell(String name, double number) {
        System.out.printf(Locale.ROOT, "%s\t%.3f%n", name, number);
    }
}
