package dev.lifeboat.local.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.EventTarget;
import dev.lifeboat.local.template.ScheduleResource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Fires schedules, at first only by hand. Thread-safe. */
public final class Schedules implements AutoCloseable {
    private final Map<ScheduleResource, ScheduleExpression> schedules = new LinkedHashMap<>();
    private final Map<String, Future<?>> waiting = new java.util.concurrent.ConcurrentHashMap<>();
    private final Delivery delivery;
    private final double speed;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "schedules");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param speed divides the time between two firings
     * @throws IllegalArgumentException when an expression is not understood
     */
    public Schedules(List<ScheduleResource> resources, Delivery delivery, double speed) {
        this.delivery = delivery;
        this.speed = speed;
        resources.forEach(s -> schedules.put(s, new ScheduleExpression(s.expression(), s.timezone())));
    }

    /** Switches a schedule on or off; a rate fires at once when it is switched on. */
    public synchronized void enable(String name, boolean enabled) {
        ScheduleResource schedule = find(name);
        Future<?> before = waiting.remove(schedule.name());
        if (before != null) {
            before.cancel(false);
        }
        if (enabled) {
            ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
            if (schedules.get(schedule).isRate()) {
                fireAndPlan(schedule, now);
            } else {
                plan(schedule, now);
            }
        }
    }

    /** Fires a schedule now, whether it is on or off. */
    public void fire(String name) {
        fire(find(name));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private ScheduleResource find(String name) {
        return schedules.keySet().stream()
                .filter(s -> s.name().equals(name) || s.logicalId().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No schedule '" + name + "', only "
                        + schedules.keySet().stream()
                                .map(ScheduleResource::name)
                                .toList() + "."));
    }

    /** The schedule's own time runs faster than the clock by the speed. */
    private synchronized void fireAndPlan(ScheduleResource schedule, ZonedDateTime time) {
        // A compressed minute is shorter than what is done in it may be: functions run no faster than they are.
        if (speed == 1 || !delivery.isBehind(schedule.target().arn())) {
            fire(schedule);
        }
        plan(schedule, time);
    }

    private void plan(ScheduleResource schedule, ZonedDateTime time) {
        ZonedDateTime next = schedules.get(schedule).next(time);
        if (next != null) {
            long millis = (long) (Duration.between(time, next).toMillis() / speed);
            waiting.put(
                    schedule.name(), clock.schedule(() -> fireAndPlan(schedule, next), millis, TimeUnit.MILLISECONDS));
        }
    }

    private void fire(ScheduleResource schedule) {
        delivery.deliver(schedule.target().arn(), input(schedule));
    }

    /** Source: EventBridge Scheduler User Guide, "Adding context attributes"; for rules "Scheduled Event". */
    private static String input(ScheduleResource schedule) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        EventTarget target = schedule.target();
        if (target.input() != null && schedule.scheduler()) {
            return target.input()
                    .replace("<aws.scheduler.schedule-arn>", schedule.arn())
                    .replace("<aws.scheduler.scheduled-time>", now.toString())
                    .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
                    .replace("<aws.scheduler.attempt-number>", "1");
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", schedule.scheduler() ? "aws.scheduler" : "aws.events");
        event.put("account", Arns.ACCOUNT);
        event.put("time", now.toString());
        event.put("region", Arns.REGION);
        event.putArray("resources").add(schedule.arn());
        if (schedule.scheduler()) {
            event.put("detail", "{}");
        } else {
            event.putObject("detail");
        }
        return EventInput.of(target, event);
    }
}
