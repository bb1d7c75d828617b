package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Replays entries in order, each once, and stops at a deadline. */
final class ReplayRun {
    static final String WORK = "entry";
    /** Of a transaction: one entry may be a thousand large objects, and each has a lock. */
    private static final int BATCH_CHARACTERS = 1 << 16;

    private final Session session;
    private final Progress progress;
    private final Stage stage;
    private final Instant deadline;
    private final Clock clock;

    ReplayRun(Session session, Progress progress, Stage stage, Instant deadline, Clock clock) {
        this.session = session;
        this.progress = progress;
        this.stage = stage;
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * @param batch how many to commit at once, at most: many for what is quick, 1 for what may take minutes
     * @return whether all are done; if not, the deadline has passed
     */
    boolean replay(List<TocEntry> entries, int batch) {
        Set<Integer> done = progress.done(WORK);
        List<TocEntry> left =
                entries.stream().filter(entry -> !done.contains(entry.dumpId())).toList();
        int from = 0;
        while (from < left.size()) {
            if (isLate()) {
                return false;
            }
            int to = endOfBatch(left, from, batch);
            commit(left.subList(from, to));
            from = to;
        }
        return true;
    }

    private static int endOfBatch(List<TocEntry> entries, int from, int most) {
        int to = from;
        int characters = 0;
        while (to < entries.size() && to - from < most && characters < BATCH_CHARACTERS) {
            String definition = entries.get(to).definition();
            characters += definition == null ? 0 : definition.length();
            to++;
        }
        return to;
    }

    /** As {@link #replay(List, int)} of one alone, which looks for that one only. */
    boolean replay(TocEntry entry) {
        if (progress.isDone(WORK, entry.dumpId())) {
            return true;
        }
        if (isLate()) {
            return false;
        }
        commit(List.of(entry));
        return true;
    }

    private void commit(List<TocEntry> entries) {
        session.transaction("Replaying " + entries.get(0).label(), () -> {
            progress.require(stage);
            for (TocEntry entry : entries) {
                EntryReplay.replay(session, entry);
                progress.mark(WORK, entry.dumpId());
            }
        });
        progress.observer().objectsReplayed(entries.size());
    }

    boolean isLate() {
        return !clock.instant().isBefore(deadline);
    }
}
