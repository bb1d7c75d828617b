package dev.lifeboat.local.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.local.template.AlarmResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of CloudWatch User Guide, "How alarm state is evaluated when data is missing": X breaches, 0 does not. */
class AlarmRuleTest {
    static AlarmResource alarm(int n, int m, String missing) {
        return new AlarmResource(
                "a",
                "arn",
                "",
                "Lifeboat",
                "Metric",
                Map.of(),
                "Minimum",
                Duration.ofSeconds(60),
                n,
                m,
                1,
                "LessThanThreshold",
                missing,
                List.of(),
                List.of(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "0 - X - X, OK, OK, OK, OK",
        "- - - - 0, OK, OK, OK, OK",
        "- - - - -, INSUFFICIENT_DATA, retain, ALARM, OK",
        "0 X X - X, ALARM, ALARM, ALARM, ALARM",
        "- - X - -, ALARM, retain, ALARM, OK"
    })
    void threeOfThree(String points, String missing, String ignore, String breaching, String notBreaching) {
        check(3, 3, points, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource({
        "0 - X - X, ALARM, ALARM, ALARM, ALARM",
        "0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
        "0 - X - -, OK, OK, ALARM, OK",
        "- - - - 0, OK, OK, ALARM, OK",
        "- - - X -, ALARM, retain, ALARM, OK"
    })
    void twoOfThree(String points, String missing, String ignore, String breaching, String notBreaching) {
        check(3, 2, points, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource({
        "- - - -, ALARM",
        "0 0 - -, OK",
        "0 - - -, OK",
        "0 0 X -, OK",
        "0 0 X X, ALARM",
        "- - - X, ALARM",
        "- - - 0, OK",
        "X X X 0, OK"
    })
    void theDatabaseAlarmsTwoOfTwoWithMissingDataBreaching(String points, AlarmState expected) {
        assertThat(AlarmRule.evaluate(alarm(2, 2, "breaching"), parse(points), AlarmState.OK))
                .isEqualTo(expected);
    }

    private static void check(int n, int m, String points, String... expected) {
        String[] treatments = {"missing", "ignore", "breaching", "notBreaching"};
        for (int i = 0; i < treatments.length; i++) {
            for (AlarmState current : AlarmState.values()) {
                AlarmState want = expected[i].equals("retain") ? current : AlarmState.valueOf(expected[i]);
                assertThat(AlarmRule.evaluate(alarm(n, m, treatments[i]), parse(points), current))
                        .as(points + " " + treatments[i] + " from " + current)
                        .isEqualTo(want);
            }
        }
    }

    private static List<OptionalDouble> parse(String points) {
        List<OptionalDouble> parsed = new ArrayList<>();
        for (String point : points.split(" ", -1)) {
            parsed.add(point.equals("-") ? OptionalDouble.empty() : OptionalDouble.of(point.equals("X") ? 0 : 1));
        }
        return parsed;
    }
}
