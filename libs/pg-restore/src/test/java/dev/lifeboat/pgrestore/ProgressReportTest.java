package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a restore tells of itself, by a dump with a table that is split, large objects, indexes and views. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class ProgressReportTest {
    private static final int ROWS = 20_000;
    private static final int LARGE_OBJECTS = 3;

    @TempDir
    private static Path directory;

    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE big (id int PRIMARY KEY, note text);"
                        + " INSERT INTO big SELECT i, md5(i::text) FROM generate_series(1, " + ROWS + ") i;"
                        + " CREATE INDEX ON big (note); CREATE TABLE empty (id int REFERENCES big);"
                        + " CREATE MATERIALIZED VIEW few AS SELECT * FROM big WHERE id < 10;"
                        + " GRANT SELECT ON few TO public;"
                        + " SELECT lo_from_bytea(0, convert_to(repeat(md5(i::text), 1000), 'UTF8'))"
                        + " FROM generate_series(1, " + LARGE_OBJECTS + ") i");
        dump = Dump.of(postgres, source, directory);
    }

    private static ProgressMeter meter(Recovery recovery) {
        return recovery.step(
                (restore, archive) -> new ProgressMeter(recovery.plan().compressedBytes(), restore.objects()));
    }

    /** One process's work, told to one meter. */
    private static RestoreProgress restore(RealPostgres postgres, String live, int shards, boolean finish) {
        RestoreTarget target = new RestoreTarget("test", live, live + "_r", 1, true);
        Recovery recovery = new Recovery(postgres::connect, dump, target);
        ProgressMeter meter = meter(recovery);
        return recovery.step((ignored, archive) -> {
            DatabaseRestore restore = new DatabaseRestore(postgres::connect, archive, target, meter);
            RestorePlan plan = recovery.plan();
            if (!restore.prepare(dump.globals(), plan)) {
                plan.shards().stream().limit(shards).forEach(restore::restoreShard);
            }
            if (finish) {
                restore.finish(Instant.MAX, 2);
            }
            return meter.progress();
        });
    }

    @Test
    void everythingIsToldOnce(RealPostgres postgres) {
        RestoreProgress end = restore(postgres, "told1", Recovery.SHARDS, true);

        assertThat(end.bytesTotal()).isGreaterThan(400_000);
        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
        assertThat(end.rows()).isEqualTo(ROWS + LARGE_OBJECTS);
        assertThat(end.objectsDone()).isEqualTo(end.objectsTotal());
        assertThat(end.expectedEnd()).isNull();
    }

    @Test
    void whatAnEarlierProcessHasDoneIsToldToo(RealPostgres postgres) {
        RestoreProgress begun = restore(postgres, "told2", 1, false);
        assertThat(begun.bytesDone()).isBetween(1L, begun.bytesTotal() - 1);
        assertThat(begun.rows()).isBetween(1L, (long) ROWS);
        assertThat(begun.objectsDone()).isBetween(1, begun.objectsTotal() - 1);

        RestoreProgress end = restore(postgres, "told2", Recovery.SHARDS, true);

        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
        assertThat(end.rows()).isEqualTo(ROWS + LARGE_OBJECTS);
        assertThat(end.objectsDone()).isEqualTo(end.objectsTotal());

        RestoreProgress again = restore(postgres, "told2", Recovery.SHARDS, true);
        assertThat(again.bytesDone()).isEqualTo(end.bytesTotal());
        assertThat(again.objectsDone()).isEqualTo(end.objectsTotal());
    }

    @Test
    void bytesAreToldWhileATableIsLoaded(RealPostgres postgres) {
        Recovery recovery = Recovery.of(postgres, dump, "told3", "told3_r");
        recovery.prepare();
        long[] times = new long[1];
        RestoreTarget target = new RestoreTarget("test", "told3", "told3_r", 1, true);
        recovery.step((ignored, archive) -> {
            ProgressMeter counting = new ProgressMeter(1, 1);
            RestoreObserver observer = new RestoreObserver() {
                @Override
                public void found(long bytes, long rows, int objects) {
                    counting.found(bytes, rows, objects);
                }

                @Override
                public void bytesRead(long bytes) {
                    times[0]++;
                }

                @Override
                public void rowsLoaded(long rows) {
                    counting.rowsLoaded(rows);
                }

                @Override
                public void objectsReplayed(int objects) {
                    counting.objectsReplayed(objects);
                }
            };
            return new DatabaseRestore(postgres::connect, archive, target, observer)
                    .restoreShard(recovery.plan().shards().get(0));
        });

        assertThat(times[0]).as("steps of one shard").isGreaterThan(3);
    }
}
