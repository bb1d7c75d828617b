package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureInstantTest {
    private static final Instant AT = Instant.parse("2026-11-23T06:45:03.123Z");

    @Test
    void liesOnePeriodBeforeTheFirstBadDatapoint() {
        assertThat(of("""
                        {"period":60,"threshold":1.0,"evaluatedDatapoints":[
                          {"timestamp":"2026-11-23T06:44:00.000+0000","value":0.0},
                          {"timestamp":"2026-11-23T06:43:00.000+0000","value":0.0}]}""")).isEqualTo("2026-11-23T06:42:00Z");
    }

    @Test
    void passesOverGoodDatapointsOfAnAlarmThatNeedsSomeOfMany() {
        assertThat(of("""
                        {"period":60,"threshold":1.0,"evaluatedDatapoints":[
                          {"timestamp":"2026-11-23T06:44:00.000+0000","value":0.0},
                          {"timestamp":"2026-11-23T06:43:00.000+0000","value":0.0},
                          {"timestamp":"2026-11-23T06:42:00.000+0000","value":1.0}]}""")).isEqualTo("2026-11-23T06:42:00Z");
    }

    @Test
    void countsADatapointThatIsMissingAsBad() {
        assertThat(of("""
                        {"period":60,"threshold":1.0,"evaluatedDatapoints":[
                          {"timestamp":"2026-11-23T06:44:00.000+0000"},
                          {"timestamp":"2026-11-23T06:43:00.000+0000"}]}""")).isEqualTo("2026-11-23T06:42:00Z");
    }

    @Test
    void withoutDatapointsLiesTheAlarmsPeriodsBeforeItsChange() {
        assertThat(of("{\"period\":60}")).isEqualTo("2026-11-23T06:44:03.123Z");
        assertThat(of("")).isEqualTo("2026-11-23T06:44:03.123Z");
        ObjectNode detail = detail("");
        detail.putObject("configuration").put("evaluationPeriods", 3);
        assertThat(FailureInstant.of(detail, AT)).isEqualTo("2026-11-23T06:42:03.123Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "no JSON",
                "{\"period\":60,\"evaluatedDatapoints\":[{\"timestamp\":\"yesterday\",\"value\":0.0}]}",
                "{\"period\":60,\"evaluatedDatapoints\":7}"
            })
    void reasonDataThatCannotBeReadIsPassedOver(String reasonData) {
        assertThat(of(reasonData)).isEqualTo("2026-11-23T06:44:03.123Z");
    }

    @Test
    void isNeverLaterThanTheAlarm() {
        assertThat(of("""
                        {"period":60,"evaluatedDatapoints":[{"timestamp":"2026-11-24T06:44:00.000+0000"}]}""")).isEqualTo(AT);
    }

    private static Instant of(String reasonData) {
        return FailureInstant.of(detail(reasonData), AT);
    }

    private static ObjectNode detail(String reasonData) {
        ObjectNode detail = Json.mapper().createObjectNode();
        detail.putObject("state").put("reasonData", reasonData);
        return detail;
    }
}
