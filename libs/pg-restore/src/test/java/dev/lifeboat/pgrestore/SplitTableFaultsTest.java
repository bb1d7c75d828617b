package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two workers load one table, and one of them dies, or comes twice: each row is there exactly once. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
@Timeout(120)
class SplitTableFaultsTest {
    private static final int ROWS = 20_000;

    @TempDir
    private static Path directory;

    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        String source = postgres.createDatabase();
        // Without a key, so that nothing but the restore itself keeps a row from coming twice.
        postgres.psql(
                source,
                "CREATE TABLE public.big (id int, note text);"
                        + " INSERT INTO public.big SELECT i, repeat(md5(i::text), 4) FROM generate_series(1, " + ROWS
                        + ") i");
        dump = Dump.of(postgres, source, directory, "--compress=0");
    }

    @Test
    void aWorkerThatIsKilledInTheMiddleOfItsPartLoadsItAgainWhileTheOtherOnesPartStays(RealPostgres postgres) {
        Recovery recovery = Recovery.with(
                postgres, dump, "killed", 60, () -> Executioner.endBackendOf(postgres, "killed_r", "COPY %"));
        List<Shard> halves = prepareHalves(recovery);

        CompletableFuture<ShardResult> one = CompletableFuture.supplyAsync(() -> recovery.restoreShard(halves.get(0)));
        CompletableFuture<ShardResult> other =
                CompletableFuture.supplyAsync(() -> recovery.restoreShard(halves.get(1)));
        assertThat(List.of(failure(one), failure(other)))
                .as("one died, the other came to its end")
                .containsExactlyInAnyOrder("UNAVAILABLE", "none");

        assertEachRowOnce(postgres, recovery, halves, "killed");
    }

    @Test
    void theOlderOfTwoTwinsOfAPartIsEndedInTheMiddleOfItAndLeavesNothing(RealPostgres postgres) throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Recovery recovery = Recovery.with(postgres, dump, "twins", 60, () -> {
            inTheMiddle.countDown();
            await(goOn);
        });
        List<Shard> halves = prepareHalves(recovery);
        Shard half = halves.get(0);

        CompletableFuture<ShardResult> older = CompletableFuture.supplyAsync(() -> recovery.restoreShard(half));
        inTheMiddle.await();
        ShardResult newer = recovery.restoreShard(half);
        goOn.countDown();

        assertThat(failure(older)).isEqualTo("UNAVAILABLE");
        assertThat(count(postgres, "twins_r")).isEqualTo(Long.toString(newer.rows()));
        assertEachRowOnce(postgres, recovery, halves, "twins");
    }

    @Test
    void twinsThatComeAtTheSameTimeLoadThePartOnce(RealPostgres postgres) {
        Recovery recovery =
                new Recovery(postgres::connect, dump, new RestoreTarget("racing", "racing", "racing_r", 1, true));
        List<Shard> halves = prepareHalves(recovery);
        List<CompletableFuture<ShardResult>> twins = halves.stream()
                .flatMap(half -> List.of(half, half, half).stream())
                .map(half -> CompletableFuture.supplyAsync(() -> recovery.restoreShard(half)))
                .toList();

        assertThat(twins).extracting(SplitTableFaultsTest::failure).isSubsetOf("UNAVAILABLE", "none");
        assertEachRowOnce(postgres, recovery, halves, "racing");
    }

    private static List<Shard> prepareHalves(Recovery recovery) {
        RestorePlan plan = recovery.step((restore, archive) -> {
            RestorePlan halves = RestorePlanner.plan(archive, 2, 2, 1);
            restore.prepare(dump.globals(), halves);
            return halves;
        });
        assertThat(plan.shards())
                .hasSize(2)
                .allSatisfy(shard -> assertThat(shard.parts())
                        .singleElement()
                        .extracting(EntryPart::parts)
                        .isEqualTo(2));
        return plan.shards();
    }

    private static String failure(CompletableFuture<ShardResult> call) {
        try {
            call.join();
            return "none";
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(RestoreException.class).hasMessageContaining(" HINT: ");
            return ((RestoreException) e.getCause()).kind().name();
        }
    }

    private static void assertEachRowOnce(RealPostgres postgres, Recovery recovery, List<Shard> halves, String live) {
        if (!count(postgres, live + "_r").equals(Integer.toString(ROWS))) {
            assertThatThrownBy(recovery::finish)
                    .isInstanceOfSatisfying(
                            RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        }
        long rows = halves.stream()
                .map(recovery::restoreShard)
                .mapToLong(ShardResult::rows)
                .sum();
        assertThat(rows).isEqualTo(ROWS);
        recovery.finish();
        assertThat(recovery.check().mismatches()).isEmpty();
        assertThat(count(postgres, live + "_r")).isEqualTo(Integer.toString(ROWS));
    }

    private static String count(RealPostgres postgres, String database) {
        return postgres.run("psql", "--no-psqlrc", "-Atc", "SELECT count(*) FROM public.big", database)
                .orFail()
                .output()
                .strip();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
