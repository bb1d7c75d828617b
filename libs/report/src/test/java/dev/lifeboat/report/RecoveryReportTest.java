package dev.lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryReportTest {
    static Stream<RecoveryReport> everyOutcome() {
        return Stream.of(Examples.recovered(), Examples.needsPerson(), Examples.overBudget(), Examples.notNeeded());
    }

    @ParameterizedTest
    @MethodSource("everyOutcome")
    void survivesItsOwnJson(RecoveryReport report) {
        assertThat(Json.read("the report", Json.write(report), RecoveryReport.class))
                .isEqualTo(report);
    }

    @Test
    void itsJsonHasTheNamesThatReadersRelyOn() throws Exception {
        JsonNode json = Json.mapper().readTree(Json.write(Examples.recovered()));

        assertThat(json.path("outcome").asText()).isEqualTo("recovered");
        assertThat(json.path("measures")).isEqualTo(Json.mapper().readTree("""
                {"startedAt":"2026-11-23T03:13:01Z","failedAfter":"2026-11-23T03:12:00Z",
                 "databaseReadyAt":"2026-11-23T03:15:26Z","recoveredAt":"2026-11-23T03:16:12Z",
                 "rtoSeconds":252,"rpoSeconds":2517,"budgets":[
                 {"component":"system","limitSeconds":1800,"actualSeconds":252,"held":true},
                 {"component":"database","limitSeconds":900,"actualSeconds":206,"held":true},
                 {"component":"applications","limitSeconds":600,"actualSeconds":44,"held":true},
                 {"component":"dns","limitSeconds":300,"actualSeconds":3,"held":true},
                 {"component":"data-loss","limitSeconds":3600,"actualSeconds":2517,"held":true}]}"""));
        assertThat(json.path("steps").get(5)).isEqualTo(Json.mapper().readTree("""
                {"name":"RestoreShards","component":"database","startedAt":"2026-11-23T03:13:41Z","millis":62000,
                 "outcome":"succeeded","attempts":5,"detail":"4 iterations; 1 failed attempt, with ExitError"}"""));
    }

    @Test
    void aFieldThatIsNotItsOwnIsNamed() {
        String json = new String(Json.write(Examples.notNeeded()), StandardCharsets.UTF_8)
                .replaceFirst("\"version\"", "\"colour\":\"red\",\"version\"");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Json.read("the report", json, RecoveryReport.class))
                .withMessageStartingWith("Invalid the report: unknown field 'colour', expected one of ");
    }

    @ParameterizedTest
    @CsvSource({"1800, true", "1801, false"})
    void aBudgetIsHeldUpToItsLimit(long seconds, boolean held) {
        assertThat(Budget.of(Component.SYSTEM, Duration.ofSeconds(seconds)).held())
                .isEqualTo(held);
    }

    @Test
    void aBudgetIsExceededByAMillisecond() {
        assertThat(Budget.of(Component.DNS, Duration.ofMinutes(5).plusMillis(1)).held())
                .isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNotExceeded() {
        assertThat(Examples.needsPerson().measures().withinBudget()).isTrue();
        assertThat(Examples.overBudget().measures().withinBudget()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "850, 850 ms",
        "1000, 1 s",
        "59999, 59 s",
        "60000, 1 min",
        "61000, 1 min 01 s",
        "3600000, 1 h",
        "4317000, 1 h 11 min"
    })
    void durationsAreReadable(long millis, String expected) {
        assertThat(Wording.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "48318772, 46.1 MiB", "5000000000000, 4.5 TiB"})
    void sizesAreReadable(long bytes, String expected) {
        assertThat(Wording.size(bytes)).isEqualTo(expected);
    }
}
