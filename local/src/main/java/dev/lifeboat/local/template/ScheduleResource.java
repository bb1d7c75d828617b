package dev.lifeboat.local.template;

/**
 * A schedule.
 *
 * @param name its name
 * @param logicalId its name in the template: for an event of a function or machine that one's logical id and the event's
 * @param arn its ARN
 * @param expression {@code rate(...)}, {@code cron(...)} or {@code at(...)}
 * @param timezone of cron and at
 * @param enabled whether the template switches it on
 * @param scheduler whether it is EventBridge Scheduler's, not a scheduled rule
 * @param target what it starts
 */
public record ScheduleResource(
        String name,
        String logicalId,
        String arn,
        String expression,
        String timezone,
        boolean enabled,
        boolean scheduler,
        EventTarget target) {}
