package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Builds what a {@link BuildQueue} gives out over several connections: it takes most of the time after the data. */
final class ParallelBuild {
    private final ParallelWork connections;
    private final Function<Session, Progress> progress;
    private final Clock clock;

    ParallelBuild(ParallelWork connections, Function<Session, Progress> progress, Clock clock) {
        this.connections = connections;
        this.progress = progress;
        this.clock = clock;
    }

    /** @return whether all that can be built side by side is built; if not, the deadline has passed */
    boolean build(BuildQueue queue, Instant deadline) {
        return connections.run(
                "build",
                session -> {
                    ReplayRun run = new ReplayRun(session, progress.apply(session), Stage.POST_DATA, deadline, clock);
                    return work(session, run, queue);
                },
                cause -> queue.abandon());
    }

    private boolean work(Session session, ReplayRun run, BuildQueue queue) {
        for (Optional<TocEntry> entry = take(queue); entry.isPresent(); entry = take(queue)) {
            SessionSettings.shareCores(session, connections.isParallel() && !queue.outweighsTheRest(entry.get()));
            if (!run.replay(entry.get())) {
                queue.abandon();
                return false;
            }
            queue.finished(entry.get());
        }
        return true;
    }

    private static Optional<TocEntry> take(BuildQueue queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RestoreException(Kind.UNAVAILABLE, "Interrupted while indexes are built.", "Try again.", e);
        }
    }
}
