package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.pgarchive.Section;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BuildQueueTest {
    private static final TocEntry SMALL = entry(1, "TABLE", "small");
    private static final TocEntry LARGE = entry(2, "TABLE", "large");
    private static final TocEntry PARTITIONED = entry(3, "TABLE", "partitioned");
    private static final Map<Integer, TocEntry> TABLES = Map.of(1, SMALL, 2, LARGE, 3, PARTITIONED);

    @Test
    void whatIsOfTheLargestTableComesFirst() throws InterruptedException {
        BuildQueue queue =
                queue(entry(10, "INDEX", "of small", 1), entry(11, "INDEX", "of large", 2), entry(12, "INDEX", "b", 2));

        assertThat(drain(queue)).containsExactly(11, 12, 10);
    }

    @Test
    void indexesOfATableAreBuiltTogetherAndAConstraintHasItForItself() throws InterruptedException {
        BuildQueue queue =
                queue(entry(10, "INDEX", "a", 2), entry(11, "INDEX", "b", 2), entry(12, "CONSTRAINT", "key", 2));
        TocEntry key = queue.take().orElseThrow();

        assertThat(key.dumpId()).isEqualTo(12);
        assertThat(waits(queue)).isTrue();
        queue.finished(key);
        assertThat(List.of(
                        queue.take().orElseThrow().dumpId(),
                        queue.take().orElseThrow().dumpId()))
                .containsExactly(10, 11);
    }

    @Test
    void aConstraintWaitsUntilNobodyBuildsOnItsTable() throws InterruptedException {
        BuildQueue queue = queue(
                entry(9, "CONSTRAINT", "key", 1),
                entry(10, "INDEX", "a", 2),
                entry(11, "FK CONSTRAINT", "fk", 2, 1, 9));
        TocEntry key = queue.take().orElseThrow();
        TocEntry index = queue.take().orElseThrow();
        queue.finished(key);

        assertThat(List.of(key.dumpId(), index.dumpId())).containsExactly(9, 10);
        assertThat(waits(queue)).isTrue();
        queue.finished(index);
        assertThat(queue.take()).map(TocEntry::dumpId).contains(11);
    }

    @Test
    void constraintsComeFirstAndThenTheSlowestToBuild() throws InterruptedException {
        BuildQueue queue = queue(
                entry(10, "INDEX", "b-tree", 2),
                definition(11, "CREATE INDEX g ON public.large USING gin (a);\n", 2),
                entry(12, "CONSTRAINT", "key of small", 1),
                entry(13, "FK CONSTRAINT", "of large to small", 2, 1, 12));

        assertThat(drain(queue)).containsExactly(12, 13, 11, 10);
    }

    @Test
    void aForeignKeyWaitsForTheKeyThatItRefersTo() throws InterruptedException {
        BuildQueue queue =
                queue(entry(10, "CONSTRAINT", "key", 1), entry(11, "FK CONSTRAINT", "of large to small", 2, 1, 10));
        TocEntry key = queue.take().orElseThrow();

        assertThat(key.dumpId()).isEqualTo(10);
        assertThat(waits(queue)).isTrue();
        queue.finished(key);
        assertThat(queue.take()).map(TocEntry::dumpId).contains(11);
    }

    @Test
    void foreignKeysThatShareATableKeepTheArchivesOrder() throws InterruptedException {
        BuildQueue queue = queue(
                entry(9, "CONSTRAINT", "key of the partitioned table", 3),
                entry(10, "FK CONSTRAINT", "of the partitioned table", 3, 1),
                entry(11, "FK CONSTRAINT", "of its largest partition", 2, 1));
        TocEntry key = queue.take().orElseThrow();

        assertThat(key.dumpId()).isEqualTo(9);
        assertThat(waits(queue)).isTrue();
        queue.finished(key);
        assertThat(drain(queue)).containsExactly(10, 11);
    }

    @Test
    void whatDependsOnSomethingElseIsLeftToTheSerialReplay() throws InterruptedException {
        BuildQueue queue = queue(
                entry(10, "RULE", "rule", 1),
                entry(11, "INDEX", "on what the rule makes", 1, 10),
                entry(12, "TRIGGER", "t", 1));

        assertThat(drain(queue)).isEmpty();
    }

    @Test
    void anIndexThatAltersItsTableHasItForItself() throws InterruptedException {
        TocEntry clustered = definition(10, "CREATE INDEX c ON t (a);\n\nALTER TABLE t CLUSTER ON c;\n", 2);
        BuildQueue queue = queue(clustered, entry(11, "INDEX", "b", 2));
        queue.take();

        assertThat(waits(queue)).isTrue();
    }

    @Test
    void whatIsDoneIsNotDoneAgainAndHoldsNothingUp() throws InterruptedException {
        BuildQueue queue = new BuildQueue(
                List.of(entry(10, "CONSTRAINT", "key", 1), entry(11, "FK CONSTRAINT", "fk", 2, 1, 10)),
                Set.of(10),
                TABLES,
                table -> 0);

        assertThat(drain(queue)).containsExactly(11);
    }

    @Test
    void onlyWhatIsLargerThanAllThatWaitsLeavesTheOthersNothingToDo() throws InterruptedException {
        BuildQueue queue = queue(entry(10, "INDEX", "a", 2), entry(11, "INDEX", "b", 2), entry(12, "INDEX", "c", 1));

        assertThat(queue.outweighsTheRest(queue.take().orElseThrow())).isFalse();
        assertThat(queue.outweighsTheRest(queue.take().orElseThrow())).isTrue();
        assertThat(queue.outweighsTheRest(queue.take().orElseThrow())).isTrue();
    }

    @Test
    void afterAFailureNobodyBeginsOrWaits() throws Exception {
        BuildQueue queue = queue(entry(10, "CONSTRAINT", "a", 1), entry(11, "CONSTRAINT", "b", 1));
        queue.take();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            var other = thread.submit(queue::take);
            queue.abandon();
            assertThat(other.get(10, TimeUnit.SECONDS)).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    private static TocEntry definition(int dumpId, String sql, Integer table) {
        return new TocEntry(
                dumpId,
                "INDEX",
                "public",
                "c",
                "",
                Section.POST_DATA,
                sql,
                null,
                null,
                null,
                null,
                List.of(table),
                false,
                OptionalLong.empty(),
                0,
                0,
                '\0');
    }

    private static BuildQueue queue(TocEntry... postData) {
        return new BuildQueue(List.of(postData), Set.of(), TABLES, table -> table.equals(LARGE) ? 100 : 1);
    }

    private static List<Integer> drain(BuildQueue queue) throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        for (Optional<TocEntry> next = queue.take(); next.isPresent(); next = queue.take()) {
            order.add(next.get().dumpId());
            queue.finished(next.get());
        }
        return order;
    }

    /** Whether nothing can be begun now: a thread that asks is put to sleep. */
    private static boolean waits(BuildQueue queue) {
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                queue.take();
            } catch (InterruptedException e) {
                interrupted.complete(null);
            }
        });
        asking.start();
        try {
            while (asking.isAlive() && asking.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            asking.interrupt();
            asking.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return interrupted.isDone();
    }

    private static TocEntry entry(int dumpId, String kind, String name, Integer... dependencies) {
        return new TocEntry(
                dumpId,
                kind,
                "public",
                name,
                "",
                Section.POST_DATA,
                "CREATE " + kind,
                null,
                null,
                null,
                null,
                List.of(dependencies),
                false,
                OptionalLong.empty(),
                0,
                0,
                '\0');
    }
}
