package dev.lifeboat.aws.pgbackrest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a timeline comes from: PostgreSQL's history file (timeline.c), oldest ancestor first.
 *
 * @param timeline whose history it is
 * @param ancestors the timelines before it; none of timeline 1
 */
public record TimelineHistory(int timeline, List<Ancestor> ancestors) {
    /** The largest history that is read; each ancestor takes a line. */
    static final int MAX_BYTES = 1 << 20;

    /**
     * A timeline before it.
     *
     * @param timeline its number
     * @param end where the next one in the list took over
     */
    public record Ancestor(int timeline, Lsn end) {}

    public TimelineHistory {
        ancestors = List.copyOf(ancestors);
    }

    /** Of timeline 1, which has no file. */
    static TimelineHistory first() {
        return new TimelineHistory(1, List.of());
    }

    /** @throws IOException saying what is wrong with it, as the end of a sentence */
    static TimelineHistory parse(int timeline, String text) throws IOException {
        List<Ancestor> ancestors = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            String[] fields = entry.split("\\s+", 3);
            try {
                Ancestor ancestor = new Ancestor(Integer.parseInt(fields[0]), Lsn.parse(fields[1]));
                int before = ancestors.isEmpty()
                        ? 0
                        : ancestors.get(ancestors.size() - 1).timeline();
                if (ancestor.timeline() <= before || ancestor.timeline() >= timeline) {
                    throw new IOException("timeline " + ancestor.timeline() + " is out of its order");
                }
                ancestors.add(ancestor);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("the line '" + entry + "' is not 'timeline LSN reason'", e);
            }
        }
        return new TimelineHistory(timeline, ancestors);
    }

    /** Which timeline's file of a segment recovery needs on the way to this timeline: where one ends within it, the next one's. */
    public int owner(long segment) {
        int owner = timeline;
        for (int i = ancestors.size() - 1; i >= 0; i--) {
            if (segment >= ancestors.get(i).end().segment()) {
                return owner;
            }
            owner = ancestors.get(i).timeline();
        }
        return owner;
    }

    /** Whether a backup lies on the way to this timeline: it was made on it, or on an ancestor before that ended. */
    public boolean passes(BaseBackup backup) {
        if (backup.timeline() == timeline) {
            return true;
        }
        return ancestors.stream()
                .anyMatch(ancestor -> ancestor.timeline() == backup.timeline()
                        && backup.stop().compareTo(ancestor.end()) <= 0);
    }
}
