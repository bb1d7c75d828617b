package dev.lifeboat.local.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for things that have to happen, and says in vain for what. */
final class Waiting {
    private static final long PAUSE_MILLIS = 200;

    private Waiting() {}

    /** @throws DrillFailure when it does not come true in time */
    static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** @throws DrillFailure when there is no value in time */
    static <T> T value(String what, Duration limit, Supplier<Optional<T>> source) {
        Instant end = Instant.now().plus(limit);
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new DrillFailure("Waited " + limit.toSeconds() + " s in vain for " + what + ".");
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFailure("The drill was interrupted.");
        }
    }
}
