package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.pgbackrest.ArchivedSegment;
import dev.lifeboat.aws.pgbackrest.BaseBackup;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.aws.pgbackrest.RepositoryContents;
import dev.lifeboat.aws.pgbackrest.TimelineHistory;
import dev.lifeboat.aws.pgbackrest.WalArchive;
import dev.lifeboat.aws.pgbackrest.WalReach;
import dev.lifeboat.contract.error.PointUnreachableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which points base backups and WAL lead to: a backup that was complete before the point, and every segment from its beginning up to it, on
 * the timelines that lead there. Pure.
 *
 * <p>Of a transaction or a restore point nobody can tell from outside where it lies: it is looked for from the oldest backup on that the
 * WAL leads from to the end without a gap.
 */
final class Reachability {
    private static final String DUMP = "Restore the newest verified dump.";

    private final List<WalReach> reaches;
    private final int timeline;

    /**
     * @param contents of the repository: the cluster that was backed up last counts, what another one has left leads to other data
     * @param wanted the timeline; null is the one that was archived last
     * @throws PointUnreachableException when there is no base backup, no WAL, or no such timeline
     */
    Reachability(RepositoryContents contents, Integer wanted) {
        List<BaseBackup> all = contents.backups();
        if (all.isEmpty()) {
            throw new PointUnreachableException("The repository holds no base backup.", DUMP);
        }
        String newest = all.get(all.size() - 1).archiveId();
        String systemId = contents.archives().stream()
                .filter(archive -> archive.id().equals(newest))
                .map(WalArchive::systemId)
                .findFirst()
                .orElse("");
        // A stanza that went to another cluster and back has several archives of the same one.
        List<WalArchive> archives = contents.archives().stream()
                .filter(archive -> archive.systemId().equals(systemId))
                .toList();
        WalArchive archive = together(archives);
        this.timeline = wanted != null ? wanted : archivedLast(archive);
        TimelineHistory history = archive.histories().get(timeline);
        if (history == null || !archive.timelines().containsKey(timeline)) {
            throw new PointUnreachableException(
                    "The repository holds no WAL of timeline " + timeline + ", or not its history.",
                    "It holds timelines " + archive.timelines().keySet() + ".");
        }
        List<String> ids = archives.stream().map(WalArchive::id).toList();
        this.reaches = all.stream()
                .filter(backup -> ids.contains(backup.archiveId()) && !backup.pageErrors())
                .filter(history::passes)
                .map(backup -> archive.reach(backup, timeline))
                .filter(WalReach::consistent)
                .toList();
        if (reaches.isEmpty()) {
            throw new PointUnreachableException(
                    "No base backup on the way to timeline " + timeline
                            + " has the WAL that it needs to be consistent.",
                    DUMP);
        }
    }

    private static WalArchive together(List<WalArchive> archives) {
        if (archives.size() == 1) {
            return archives.get(0);
        }
        SortedMap<Integer, NavigableMap<Long, List<ArchivedSegment>>> timelines = new TreeMap<>();
        SortedMap<Integer, TimelineHistory> histories = new TreeMap<>();
        for (WalArchive archive : archives) {
            archive.timelines()
                    .forEach((number, segments) -> timelines
                            .computeIfAbsent(number, unknown -> new TreeMap<>())
                            .putAll(segments));
            histories.putAll(archive.histories());
        }
        WalArchive last = archives.get(archives.size() - 1);
        return new WalArchive(last.id(), last.systemId(), timelines, histories);
    }

    private static int archivedLast(WalArchive archive) {
        return archive.timelines().values().stream()
                .flatMap(segments -> segments.values().stream())
                .flatMap(List::stream)
                .max(Comparator.comparing(ArchivedSegment::storedAt).thenComparing(ArchivedSegment::segment))
                .orElseThrow(() -> new PointUnreachableException("The repository holds no WAL segment.", DUMP))
                .segment()
                .timeline();
    }

    /** @throws PointUnreachableException naming the nearest point that is reachable */
    WalReach reach(RecoveryPoint point) {
        Predicate<WalReach> toTheEnd = reach -> reach.gap().isEmpty();
        Optional<WalReach> found = switch (point.type()) {
            case LATEST, IMMEDIATE -> newest(toTheEnd);
            case NAME, XID -> reaches.stream().filter(toTheEnd).findFirst();
            case LSN -> {
                Lsn lsn = Lsn.parse(point.value());
                yield newest(reach ->
                        reach.backup().stop().compareTo(lsn) <= 0 && reach.end().compareTo(lsn) > 0);
            }
            case TIME ->
                newest(reach -> !reach.backup().stoppedAt().isAfter(point.time())
                        && !reach.storedAt().isBefore(point.time()));
        };
        return found.orElseThrow(() -> unreachable(point));
    }

    int timeline() {
        return timeline;
    }

    private Optional<WalReach> newest(Predicate<WalReach> which) {
        return reaches.stream().filter(which).reduce((earlier, later) -> later);
    }

    private PointUnreachableException unreachable(RecoveryPoint point) {
        String asked = "Point " + point.words() + " on timeline " + timeline + " cannot be reached: ";
        List<WalReach> before = new ArrayList<>(reaches);
        if (point.type() == RecoveryPoint.Type.LSN) {
            before.removeIf(reach -> reach.backup().stop().compareTo(Lsn.parse(point.value())) > 0);
        } else if (point.type() == RecoveryPoint.Type.TIME) {
            before.removeIf(reach -> reach.backup().stoppedAt().isAfter(point.time()));
        }
        if (before.isEmpty()) {
            BaseBackup first = reaches.get(0).backup();
            return new PointUnreachableException(
                    asked + "the oldest base backup, " + first.label() + ", was complete at " + first.stoppedAt()
                            + ", LSN " + first.stop() + ".",
                    nearest(first.stop()));
        }
        WalReach best = before.stream().max(Comparator.comparing(WalReach::end)).orElseThrow();
        String ends = best.gap()
                .map(gap -> "WAL segment " + gap + " is missing.")
                .orElseGet(() -> "the archive ends with WAL segment "
                        + best.last().map(Object::toString).orElse("(none)") + ", stored at " + best.storedAt() + ".");
        return new PointUnreachableException(
                asked + ends, nearest(new Lsn(best.end().position() - 1)));
    }

    private String nearest(Lsn lsn) {
        return "The nearest point that can be reached is {\"type\": \"lsn\", \"value\": \"" + lsn
                + "\", \"inclusive\": true, \"timeline\": " + timeline + "}.";
    }
}
