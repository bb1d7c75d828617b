package dev.lifeboat.orchestrator.pointintime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.RungChosen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Way;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RungChoiceTest {
    @ParameterizedTest
    @CsvSource({
        // seconds that the point takes, the dump takes, and are over: the way
        "100, 50, 0, POINT_IN_TIME",
        "100, 50, 790, POINT_IN_TIME",
        "100, 50, 801, RESTORE_BACKUP",
        "100, 100, 801, POINT_IN_TIME",
        "2000, 50, 0, RESTORE_BACKUP",
        "2000, 3000, 0, POINT_IN_TIME",
        "2000, , 0, POINT_IN_TIME",
        "100, 50, 5000, POINT_IN_TIME"
    })
    void thePointComesFirstUnlessItIsTooLateAndTheDumpIsNot(Long point, Long dump, long over, Way way) {
        RungChosen chosen = RungChoice.choose(point, null, dump, over);

        assertThat(chosen.way()).isEqualTo(way);
        assertThat(chosen.leftSeconds()).isEqualTo(900 - over);
        assertThat(chosen.reason()).contains("about " + point + " s");
    }

    @Test
    void withoutAPointTheDumpIsRestoredAndTheReasonSaysWhy() {
        assertThat(RungChoice.choose(null, "WAL is not archived for target shop.", 50L, 0))
                .isEqualTo(new RungChosen(Way.RESTORE_BACKUP, "WAL is not archived for target shop.", null, 50L, 900));
    }

    @Test
    void whatIsMeasuredCountsFromTheFirstTimeOn() {
        Instant at = Instant.parse("2026-11-23T03:00:00Z");

        Rates first = Rates.DEFAULT.restored(1_000_000_000, 10, at);
        Rates second = first.restored(1_000_000_000, 50, at);

        assertThat(Rates.DEFAULT.pointSeconds(4_000_000_000L, 0)).isEqualTo(60 + 100);
        assertThat(first.restoreBytesPerSecond()).isEqualTo(100e6);
        assertThat(second.restoreBytesPerSecond()).isEqualTo(60e6);
        assertThat(second.measuredAt()).isEqualTo(at);
        assertThat(Rates.DEFAULT.dumpSeconds(60_000_000)).isEqualTo(30 + 30);
    }
}
