package dev.lifeboat.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: EventBridge Scheduler User Guide, "Schedule types". */
class ScheduleExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(1 minute) | 2026-11-23T10:01:30Z",
                "rate(2 hours) | 2026-11-23T12:00:30Z",
                "cron(0 4 ? * SUN *) | 2026-11-29T04:00Z",
                "cron(0 5 1 * ? *) | 2026-12-01T05:00Z",
                "cron(*/30 * * * ? *) | 2026-11-23T10:30Z",
                "cron(15 10 ? * MON-FRI *) | 2026-11-23T10:15Z",
                "cron(0 8 29 2 ? *) | 2028-02-29T08:00Z",
                "at(2027-01-01T00:00:00) | 2027-01-01T00:00Z"
            })
    void theNextTimeIsTheFirstAfterNow(String expression, String next) {
        assertThat(new ScheduleExpression(expression, "UTC").next(ZonedDateTime.parse("2026-11-23T10:00:30Z")))
                .isEqualTo(ZonedDateTime.parse(next));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day | The schedule expression 'every day': expected rate(...), cron(...) or at(...).",
                "rate(1 fortnight) | The schedule expression 'rate(1 fortnight)': expected a number and minutes, hours or days.",
                "cron(0 4 * * SUN *) | The schedule expression 'cron(0 4 * * SUN *)': expected ? in either the day of the month or the day of the week.",
                "cron(0 4 L * ? *) | The schedule expression 'cron(0 4 L * ? *)': 'L' is not a number from 1 to 31."
            })
    void whatIsNotUnderstoodIsNamed(String expression, String message) {
        assertThatThrownBy(() -> new ScheduleExpression(expression, "UTC")).hasMessage(message);
    }
}
