package dev.lifeboat.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A function's look at what it will need in a recovery: every thing is looked at, whatever became of the one before. */
public final class Readiness {
    private static final Logger LOG = Logger.getLogger(Readiness.class);

    private final List<String> reached = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * What was found; a verdict, not an exception, because nothing failed that a retry can help.
     *
     * @param ready whether all was reached
     * @param reached by name
     * @param problems name and reason of what was not
     */
    public record Answer(boolean ready, List<String> reached, List<String> problems) {}

    /**
     * Looks at one thing.
     *
     * @param what names it: {@code bucket backups}
     * @param look the cheapest question that proves that it can be used; throws when it cannot, and changes nothing
     * @return whether it can
     */
    public boolean look(String what, Supplier<?> look) {
        try {
            var unused = look.get();
            reached.add(what);
            return true;
        } catch (RuntimeException e) {
            // Whatever it is: one thing that cannot be reached must not hide the others.
            LOG.warnf(e, "Not ready: %s", what);
            problems.add(what + ": " + e.getMessage());
            return false;
        }
    }

    Answer answer() {
        return new Answer(problems.isEmpty(), List.copyOf(reached), List.copyOf(problems));
    }
}
