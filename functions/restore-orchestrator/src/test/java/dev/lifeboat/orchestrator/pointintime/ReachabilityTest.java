package dev.lifeboat.orchestrator.pointintime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.aws.pgbackrest.ArchivedSegment;
import dev.lifeboat.aws.pgbackrest.BaseBackup;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.aws.pgbackrest.RepositoryContents;
import dev.lifeboat.aws.pgbackrest.TimelineHistory;
import dev.lifeboat.aws.pgbackrest.WalArchive;
import dev.lifeboat.aws.pgbackrest.WalReach;
import dev.lifeboat.aws.pgbackrest.WalSegment;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.PointUnreachableException;
import dev.lifeboat.pgarchive.Compression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which points are reachable: backups are complete two segments after they begin, and segment n is stored at minute n. */
final class ReachabilityTest {
    private static final Instant ZERO = Instant.parse("2026-11-23T02:00:00Z");

    private final SortedMap<Integer, NavigableMap<Long, List<ArchivedSegment>>> timelines = new TreeMap<>();
    private final SortedMap<Integer, TimelineHistory> histories =
            new TreeMap<>(Map.of(1, new TimelineHistory(1, List.of())));
    private final List<BaseBackup> backups = new ArrayList<>();

    @Test
    void theLatestPointIsReachedFromTheNewestBackup() {
        archive(1, 1, 9);
        backup("early", 1, 2);
        backup("late", 1, 5);

        WalReach reach = reach(RecoveryPoint.LATEST);

        assertThat(reach.backup().label()).isEqualTo("late");
        assertThat(reach.end()).isEqualTo(lsn(10));
        assertThat(reach.timeline()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // segment in which the point lies: the backup that it is reached from
        "4, early",
        "6, early",
        "7, late",
        "9, late"
    })
    void aPlaceIsReachedFromTheLastBackupThatWasCompleteBeforeIt(long segment, String backup) {
        archive(1, 1, 9);
        backup("early", 1, 2);
        backup("late", 1, 5);

        assertThat(reach(at(lsn(segment))).backup().label()).isEqualTo(backup);
        assertThat(reach(time(segment)).backup().label()).isEqualTo(backup);
    }

    @Test
    void whatLiesBehindTheEndIsRefusedAndTheEndIsOffered() {
        archive(1, 1, 9);
        backup("only", 1, 2);

        assertThatExceptionOfType(PointUnreachableException.class)
                .isThrownBy(() -> reach(at(lsn(10))))
                .withMessage("Point lsn 0/A000000 on timeline 1 cannot be reached: the archive ends with WAL segment"
                        + " 000000010000000000000009, stored at 2026-11-23T02:09:00Z. HINT: The nearest point"
                        + " that can be reached is {\"type\": \"lsn\", \"value\": \"0/9FFFFFF\","
                        + " \"inclusive\": true, \"timeline\": 1}.");
        assertThatExceptionOfType(PointUnreachableException.class).isThrownBy(() -> reach(time(10)));
    }

    @Test
    void acrossAGapNothingIsRecoveredAndItIsNamed() {
        archive(1, 1, 5);
        archive(1, 8, 9);
        backup("only", 1, 2);

        for (RecoveryPoint point : List.of(RecoveryPoint.LATEST, at(lsn(8)), time(8))) {
            assertThatExceptionOfType(PointUnreachableException.class)
                    .isThrownBy(() -> reach(point))
                    .withMessageContaining(
                            "WAL segment 000000010000000000000006 to 000000010000000000000007 is missing.")
                    .withMessageContaining("\"value\": \"0/5FFFFFF\"");
        }
        assertThat(reach(at(lsn(5))).backup().label()).isEqualTo("only");
    }

    @Test
    void aBackupBehindAGapLeadsOn() {
        archive(1, 1, 3);
        archive(1, 5, 9);
        backup("before", 1, 1);
        backup("behind", 1, 5);

        assertThat(reach(RecoveryPoint.LATEST).backup().label()).isEqualTo("behind");
    }

    @Test
    void whatLiesBeforeTheOldestBackupIsRefusedAndItsEndIsOffered() {
        archive(1, 1, 9);
        backup("only", 1, 5);

        assertThatExceptionOfType(PointUnreachableException.class)
                .isThrownBy(() -> reach(at(lsn(3))))
                .withMessageContaining(
                        "the oldest base backup, only, was complete at 2026-11-23T02:07:00Z, LSN 0/7000000.")
                .withMessageContaining("\"value\": \"0/7000000\"");
    }

    @Test
    void anOlderBackupLeadsToANewTimelineUpToWhereThatBegan() {
        archive(1, 1, 7);
        archive(2, 6, 9);
        histories.put(2, new TimelineHistory(2, List.of(new TimelineHistory.Ancestor(1, lsn(6)))));
        backup("before", 1, 2);
        backup("left", 1, 5);

        WalReach latest = reach(RecoveryPoint.LATEST);

        assertThat(latest.timeline()).isEqualTo(2);
        assertThat(latest.backup().label()).isEqualTo("before");
        // On the timeline that was left the other one is still of use.
        assertThat(reach(new RecoveryPoint(RecoveryPoint.Type.LATEST, null, null, 1))
                        .backup()
                        .label())
                .isEqualTo("left");
        assertThatExceptionOfType(PointUnreachableException.class)
                .isThrownBy(() -> reach(new RecoveryPoint(RecoveryPoint.Type.LATEST, null, null, 3)))
                .withMessageContaining("It holds timelines [1, 2].");
    }

    @Test
    void aTransactionIsLookedForFromTheOldestBackupOn() {
        archive(1, 1, 9);
        backup("early", 1, 2);
        backup("late", 1, 5);

        assertThat(reach(new RecoveryPoint(RecoveryPoint.Type.XID, "751", null, null))
                        .backup()
                        .label())
                .isEqualTo("early");
    }

    @Test
    void aBackupThatIsNotConsistentIsNone() {
        archive(1, 1, 2);
        backup("cut", 1, 2);

        assertThatExceptionOfType(PointUnreachableException.class)
                .isThrownBy(() -> reach(RecoveryPoint.LATEST))
                .withMessageContaining(
                        "No base backup on the way to timeline 1 has the WAL that it needs to be consistent.");
    }

    @ParameterizedTest
    @CsvSource({"LSN, 12", "LSN, ", "TIME, yesterday", "XID, many", "NAME, ''"})
    void aPointThatMeansNothingIsRefused(RecoveryPoint.Type type, String value) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new RecoveryPoint(type, value, null, null))
                .withMessageContaining("point.value");
    }

    private WalReach reach(RecoveryPoint point) {
        RepositoryContents contents = new RepositoryContents(
                List.of(new WalArchive("15-1", "77", timelines, histories)), "15-1", backups, List.of());
        return new Reachability(contents, point.timeline()).reach(point);
    }

    private static RecoveryPoint at(Lsn lsn) {
        return new RecoveryPoint(RecoveryPoint.Type.LSN, lsn.toString(), null, null);
    }

    private static RecoveryPoint time(long minute) {
        return new RecoveryPoint(RecoveryPoint.Type.TIME, minute(minute).toString(), null, null);
    }

    private static Instant minute(long minute) {
        return ZERO.plusSeconds(60 * minute);
    }

    private static Lsn lsn(long segment) {
        return new WalSegment(1, segment).start();
    }

    private void archive(int timeline, long first, long last) {
        for (long number = first; number <= last; number++) {
            timelines
                    .computeIfAbsent(timeline, unknown -> new TreeMap<>())
                    .put(
                            number,
                            List.of(new ArchivedSegment(
                                    new WalSegment(timeline, number),
                                    "0".repeat(40),
                                    Compression.LZ4,
                                    "path",
                                    9,
                                    minute(number))));
        }
    }

    private void backup(String label, int timeline, long segment) {
        backups.add(new BaseBackup(
                label,
                BaseBackup.Type.FULL,
                "15-1",
                new WalSegment(timeline, segment),
                new WalSegment(timeline, segment + 1),
                lsn(segment),
                lsn(segment + 2),
                minute(segment),
                minute(segment + 2),
                List.of(),
                false,
                Map.of(),
                1000));
    }
}
