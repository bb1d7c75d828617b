package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is mostly one table, which is split over the workers. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class SplitTableTest {
    private static final int WORKERS = 3;

    @TempDir
    private static Path directory;

    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE big (id int PRIMARY KEY, note text);"
                        + " INSERT INTO big SELECT i, repeat(md5(i::text), 1 + i % 9) || E'\\n\\t\\\\' FROM generate_series(1, 20000) i;"
                        + " CREATE INDEX ON big (note); CREATE INDEX ON big (id, note);"
                        + " CREATE TABLE small (big int REFERENCES big); INSERT INTO small SELECT 7 FROM generate_series(1, 50)");
        dump = Dump.of(postgres, source, directory);
    }

    @Test
    void itsPartsAreLoadedAtTheSameTimeAndMakeTheTable(RealPostgres postgres) throws Exception {
        Recovery recovery = Recovery.of(postgres, dump, "split1", "split1_r");
        List<Shard> shards = recovery.plan().shards();
        assertThat(shards)
                .allSatisfy(shard -> assertThat(shard.parts())
                        .filteredOn(part -> part.parts() == WORKERS)
                        .hasSize(1));
        recovery.prepare();

        long rows = 0;
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            for (Future<ShardResult> result : workers.invokeAll(shards.stream()
                    .<Callable<ShardResult>>map(shard -> () -> recovery.restoreShard(shard))
                    .toList())) {
                rows += result.get().rows();
            }
        } finally {
            workers.shutdownNow();
        }
        recovery.finish();

        assertThat(rows).isEqualTo(20_050);
        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void aPartThatIsThereIsNotLoadedAgain(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split2", "split2_r");
        recovery.prepare();
        Shard first = recovery.plan().shards().get(0);
        ShardResult loaded = recovery.restoreShard(first);

        assertThat(recovery.restoreShard(first)).isEqualTo(loaded);
        assertThatThrownBy(recovery::finish)
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("lacks the data of");
        recovery.restoreShards();
        recovery.finish();

        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void oneProcessDealsItsRowsOutToAllConnections(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split5", "split5_r");
        recovery.prepare();

        assertThat(recovery.restoreTogether()).isEqualTo(20_050);
        recovery.finish();

        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void oneProcessGoesOnWithThePartsThatAreNotThere(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split6", "split6_r");
        recovery.prepare();
        recovery.restoreShard(recovery.plan().shards().get(1));

        for (int time = 1; time <= 2; time++) {
            assertThat(recovery.restoreTogether()).isEqualTo(20_050);
        }
        recovery.finish();

        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    @Timeout(60)
    void oneConnectionThatDiesEndsTheOthersAndTheNextCallGoesOn(RealPostgres postgres) {
        Recovery.of(postgres, dump, "split7", "split7_r").prepare();
        int deaths = 0;
        boolean loaded = false;
        for (int instant = 1; !loaded; instant += 3) {
            FaultyDatabases faulty = new FaultyDatabases(postgres, instant);
            Recovery recovery = new Recovery(faulty, dump, new RestoreTarget("test", "split7", "split7_r", 1, true));
            try {
                recovery.restoreTogether();
                loaded = faulty.instants() < instant;
            } catch (RestoreException e) {
                assertThat(e.kind()).isEqualTo(RestoreException.Kind.UNAVAILABLE);
                deaths++;
            }
        }
        Recovery recovery = Recovery.of(postgres, dump, "split7", "split7_r");
        recovery.finish();

        assertThat(deaths).isGreaterThan(10);
        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void oneProcessGoesOnWithThePartsAsTheyWereBegunHoweverManyConnectionsItHas(
            int connections, RealPostgres postgres) {
        String live = "split8_" + connections;
        Recovery recovery = Recovery.of(postgres, dump, live, live + "_r");
        recovery.prepare();
        recovery.restoreShard(recovery.plan().shards().get(0));

        assertThat(restoreTogether(recovery, connections)).isEqualTo(20_050);
        recovery.finish();

        assertThat(recovery.check().mismatches()).isEmpty();
    }

    @Test
    void aTableThatIsThereAsAWholeIsNotSplitAnyMore(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split9", "split9_r");
        recovery.prepare();
        for (int connections = 1; connections <= 3; connections++) {
            assertThat(restoreTogether(recovery, connections)).isEqualTo(20_050);
        }
        recovery.finish();

        assertThat(recovery.check().mismatches()).isEmpty();
    }

    private static long restoreTogether(Recovery recovery, int connections) {
        return recovery.step((restore, archive) -> restore.restoreShards(
                RestorePlanner.plan(archive, connections, connections, 1).shards(), connections));
    }

    @Test
    void aPlanThatSplitsOtherwiseIsRefusedOnceAPartIsThere(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split3", "split3_r");
        recovery.prepare();
        recovery.restoreShard(recovery.plan().shards().get(0));
        RestorePlan other = recovery.step((restore, archive) -> RestorePlanner.plan(archive, 2, 2, 1));

        assertThatThrownBy(() -> other.shards().forEach(recovery::restoreShard))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(
                        "TABLE DATA public.big into 2 parts, but this restore was begun by a plan that splits it"
                                + " otherwise. HINT: Go on with the plan that it was begun with");
    }

    @Test
    void aTableThatIsNoMoreThanAShareStaysWhole(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "split4", "split4_r");

        assertThat(recovery.step((restore, archive) -> RestorePlanner.plan(archive, 1, 1, 1))
                        .shards())
                .singleElement()
                .extracting(Shard::parts)
                .asInstanceOf(InstanceOfAssertFactories.list(EntryPart.class))
                .allMatch(EntryPart::whole);
        assertThat(recovery.step((restore, archive) -> RestorePlanner.plan(archive, 4, 4))
                        .shards())
                .as("too small to be worth it")
                .flatExtracting(Shard::parts)
                .allMatch(EntryPart::whole);
    }
}
