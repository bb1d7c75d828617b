package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private long seconds;

    private ProgressMeter meter(long bytes, int objects) {
        return new ProgressMeter(bytes, objects, () -> seconds * 1_000_000_000L, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void addsUpWhatItIsTold() {
        ProgressMeter meter = meter(1000, 10);
        meter.found(100, 5, 1);
        meter.bytesRead(300);
        meter.rowsLoaded(7);
        meter.objectsReplayed(2);
        seconds = 3;

        assertThat(meter.progress())
                .usingRecursiveComparison()
                .ignoringFields("expectedEnd")
                .isEqualTo(new RestoreProgress(400, 1000, 12, 3, 10, Duration.ofSeconds(3), null));
    }

    @Test
    void foretellsTheEndOfTheRowsByThePaceSinceTheFirstOne() {
        ProgressMeter meter = meter(1100, 10);
        meter.found(500, 1, 0); // took an earlier process its time
        seconds = 100;
        meter.bytesRead(100);
        assertThat(meter.progress().expectedEnd()).as("no pace yet").isNull();
        seconds = 110;
        meter.bytesRead(200);

        assertThat(meter.progress().expectedEnd()).isEqualTo(NOON.plusSeconds(15));
    }

    @Test
    void foretellsTheEndOfTheObjectsOnceTheRowsAreThere() {
        ProgressMeter meter = meter(1000, 10);
        meter.objectsReplayed(4);
        seconds = 10;
        meter.bytesRead(1000);
        assertThat(meter.progress().expectedEnd()).as("no pace yet").isNull();
        seconds = 14;
        meter.objectsReplayed(2);

        assertThat(meter.progress().expectedEnd()).isEqualTo(NOON.plusSeconds(8));
        meter.objectsReplayed(4);
        assertThat(meter.progress().expectedEnd()).as("all is done").isNull();
    }

    @Test
    void foretellsTheEndOfARestoreWithoutData() {
        ProgressMeter meter = meter(0, 4);
        seconds = 2;
        meter.objectsReplayed(1);

        assertThat(meter.progress().expectedEnd()).isEqualTo(NOON.plusSeconds(6));
    }

    @Test
    void neverTellsMoreThanAll() {
        ProgressMeter meter = meter(10, 1);
        meter.bytesRead(11);
        meter.objectsReplayed(2);

        assertThat(meter.progress().bytesDone()).isEqualTo(10);
        assertThat(meter.progress().objectsDone()).isEqualTo(1);
        assertThatThrownBy(() -> meter(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesNothingAndNeverGoesBackWhileManyTell() throws Exception {
        int tellers = 4;
        int times = 20_000;
        ProgressMeter meter = new ProgressMeter(3L * tellers * times, tellers * times);
        ExecutorService threads = Executors.newFixedThreadPool(tellers);
        try {
            List<Future<Object>> told = new ArrayList<>();
            for (int teller = 0; teller < tellers; teller++) {
                told.add(threads.submit(teller(meter, times)));
            }
            RestoreProgress before = meter.progress();
            while (!told.stream().allMatch(Future::isDone)) {
                RestoreProgress after = meter.progress();
                assertThat(after.bytesDone()).isGreaterThanOrEqualTo(before.bytesDone());
                assertThat(after.rows()).isGreaterThanOrEqualTo(before.rows());
                assertThat(after.objectsDone()).isGreaterThanOrEqualTo(before.objectsDone());
                assertThat(after.elapsed()).isGreaterThanOrEqualTo(before.elapsed());
                before = after;
            }
        } finally {
            threads.shutdownNow();
        }

        RestoreProgress end = meter.progress();
        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
        assertThat(end.rows()).isEqualTo(2L * tellers * times);
        assertThat(end.objectsDone()).isEqualTo(end.objectsTotal());
    }

    private static Callable<Object> teller(ProgressMeter meter, int times) {
        return () -> {
            for (int i = 0; i < times; i++) {
                meter.bytesRead(3);
                meter.rowsLoaded(2);
                meter.objectsReplayed(1);
            }
            return null;
        };
    }
}
