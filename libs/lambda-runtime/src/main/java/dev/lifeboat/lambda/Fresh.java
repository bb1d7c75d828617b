package dev.lifeboat.lambda;

import java.util.function.Supplier;

/**
 * Something that is made at its first use and can be discarded: what holds connections, credentials or DNS answers is
 * discarded before a SnapStart snapshot is taken, and so made afresh in every function that is restored from it. Thread-safe.
 *
 * @param <T> what is made
 */
public final class Fresh<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private T value;

    /**
     * @param maker makes it; called again after {@link #discard()}
     */
    public Fresh(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }

    /** Forgets the value; closing it is left to who made it. */
    public synchronized void discard() {
        value = null;
    }
}
