package dev.lifeboat.aws.pgbackrest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The WAL of one cluster.
 *
 * @param id PostgreSQL's version and pgBackRest's number of the cluster, such as {@code 15-1}
 * @param systemId the cluster's own, as pg_control_system() gives it
 * @param timelines what is there of each, by number; a segment may be there more than once, which is a fault
 * @param histories of the timelines whose history is known; that of timeline 1 always is
 */
public record WalArchive(
        String id,
        String systemId,
        SortedMap<Integer, NavigableMap<Long, List<ArchivedSegment>>> timelines,
        SortedMap<Integer, TimelineHistory> histories) {

    /** The files of a segment: one when all is well. */
    public List<ArchivedSegment> find(WalSegment segment) {
        NavigableMap<Long, List<ArchivedSegment>> timeline = timelines.get(segment.timeline());
        return timeline == null ? List.of() : timeline.getOrDefault(segment.number(), List.of());
    }

    /** The newest timeline that has a segment; empty when nothing is archived. */
    public Optional<Integer> newestTimeline() {
        return timelines.isEmpty() ? Optional.empty() : Optional.of(timelines.lastKey());
    }

    /** When the newest segment arrived, whatever timeline it is of. */
    public Optional<Instant> newestArrival() {
        return timelines.values().stream()
                .flatMap(timeline -> timeline.values().stream())
                .flatMap(List::stream)
                .map(ArchivedSegment::storedAt)
                .max(Instant::compareTo);
    }

    /**
     * How far WAL goes from a backup on the way to a timeline.
     *
     * @throws IllegalArgumentException when the timeline's history is not known, or the backup does not lie on its way
     */
    public WalReach reach(BaseBackup backup, int timeline) {
        TimelineHistory history = way(backup, timeline);
        long newest = newest(history);
        WalSegment last = null;
        for (long number = backup.start().segment(); number <= newest; number++) {
            WalSegment next = new WalSegment(history.owner(number), number);
            if (find(next).isEmpty()) {
                return reach(backup, timeline, last, Optional.of(gapAt(history, number, newest)));
            }
            last = next;
        }
        return reach(backup, timeline, last, Optional.empty());
    }

    private WalReach reach(BaseBackup backup, int timeline, WalSegment last, Optional<WalGap> gap) {
        Lsn end = last == null ? backup.first().start() : last.end();
        Instant storedAt = last == null ? null : find(last).get(0).storedAt();
        return new WalReach(backup, timeline, Optional.ofNullable(last), end, storedAt, gap);
    }

    private TimelineHistory way(BaseBackup backup, int timeline) {
        TimelineHistory history = histories.get(timeline);
        if (history == null) {
            throw new IllegalArgumentException("The history of timeline " + timeline + " is not known");
        }
        if (!history.passes(backup)) {
            throw new IllegalArgumentException(
                    "Backup " + backup.label() + " does not lie on the way to timeline " + timeline);
        }
        return history;
    }

    /** The number of the newest segment on the way to a timeline; -1 when there is none. */
    private long newest(TimelineHistory history) {
        NavigableMap<Long, List<ArchivedSegment>> own = timelines.get(history.timeline());
        return own == null || own.isEmpty() ? -1 : own.lastKey();
    }

    /** The segments from one that is missing to the next one that is there, on the same timeline. */
    private WalGap gapAt(TimelineHistory history, long missing, long newest) {
        int owner = history.owner(missing);
        long end = missing;
        while (end < newest
                && history.owner(end + 1) == owner
                && find(new WalSegment(owner, end + 1)).isEmpty()) {
            end++;
        }
        return new WalGap(new WalSegment(owner, missing), new WalSegment(owner, end));
    }

    /**
     * Every gap between the oldest base backup and the newest segment, on the way to every timeline.
     *
     * @param backups of this archive
     */
    public List<WalGap> gaps(List<BaseBackup> backups) {
        NavigableSet<WalSegment> seen = new TreeSet<>();
        List<WalGap> gaps = new ArrayList<>();
        for (int timeline : timelines.keySet()) {
            TimelineHistory history = histories.get(timeline);
            if (history == null) {
                continue;
            }
            Optional<BaseBackup> oldest = oldest(backups, history);
            long newest = newest(history);
            for (long number = oldest.map(b -> b.start().segment()).orElse(newest); number <= newest; number++) {
                if (find(new WalSegment(history.owner(number), number)).isEmpty()) {
                    WalGap gap = gapAt(history, number, newest);
                    if (seen.add(gap.first())) {
                        gaps.add(gap);
                    }
                    number = gap.last().number();
                }
            }
        }
        return gaps;
    }

    private static Optional<BaseBackup> oldest(List<BaseBackup> backups, TimelineHistory history) {
        return backups.stream()
                .filter(history::passes)
                .min((one, other) -> one.start().compareTo(other.start()));
    }

    /** Timelines whose segments no base backup leads to, but for those that begin before the first backup was made. */
    public List<Integer> unreachable(List<BaseBackup> backups) {
        return timelines.keySet().stream()
                .filter(timeline -> histories.containsKey(timeline)
                        && oldest(backups, histories.get(timeline)).isEmpty())
                .toList();
    }

    /** Timelines that have segments, and no history file that says where they come from. */
    public List<Integer> withoutHistory() {
        return timelines.keySet().stream()
                .filter(timeline -> !histories.containsKey(timeline))
                .toList();
    }

    /** Segments that are there more than once: pgBackRest never stores a second one under the same name. */
    public List<List<ArchivedSegment>> duplicates() {
        return timelines.values().stream()
                .flatMap(timeline -> timeline.values().stream())
                .filter(files -> files.size() > 1)
                .toList();
    }

    static NavigableMap<Long, List<ArchivedSegment>> emptyTimeline() {
        return new TreeMap<>();
    }
}
