package dev.lifeboat.local.alarms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.AlarmResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Evaluates metric alarms once in each of their periods. Thread-safe. */
public final class Alarms implements AutoCloseable {
    /** Where a change of state goes. */
    public interface Sink {
        /**
         * @param alarm the alarm
         * @param detail of the event for the default bus
         * @param actions ARNs of the alarm's own actions for the new state
         */
        void changed(AlarmResource alarm, ObjectNode detail, List<String> actions);
    }

    private final List<AlarmResource> alarms;
    private final MetricStore metrics;
    private final Sink sink;
    private final AlarmListener listener;
    private final double speed;
    private final Map<String, AlarmEvent.State> states = new ConcurrentHashMap<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "alarms");
        thread.setDaemon(true);
        return thread;
    });

    /** @param speed divides the periods */
    public Alarms(List<AlarmResource> alarms, MetricStore metrics, Sink sink, AlarmListener listener, double speed) {
        this.alarms = List.copyOf(alarms);
        this.metrics = metrics;
        this.sink = sink;
        this.listener = listener;
        this.speed = speed;
        Instant now = Instant.now();
        alarms.forEach(alarm -> states.put(
                alarm.name(),
                new AlarmEvent.State(AlarmState.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", null, now)));
    }

    /** Starts or stops evaluating. */
    public synchronized void enable(boolean enabled) {
        running.forEach(task -> task.cancel(false));
        running.clear();
        if (enabled) {
            Instant since = Instant.now();
            for (AlarmResource alarm : alarms) {
                long period = period(alarm).toMillis();
                long untilNext = period - System.currentTimeMillis() % period;
                // A little later than the period's end, for the datapoints on their way.
                long delay = untilNext + Math.min(period / 10, 1_000);
                running.add(clock.scheduleAtFixedRate(
                        () -> evaluate(alarm, since, Instant.now()), delay, period, TimeUnit.MILLISECONDS));
            }
        }
    }

    /** The alarm's state. */
    public AlarmState state(String alarm) {
        return states.get(alarm).value();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private Duration period(AlarmResource alarm) {
        return Duration.ofMillis((long) (alarm.period().toMillis() / speed));
    }

    /** Looks at whole periods alone. */
    void evaluate(AlarmResource alarm, Instant since, Instant now) {
        long period = period(alarm).toMillis();
        long end = now.toEpochMilli() / period * period;
        List<OptionalDouble> points = new ArrayList<>();
        List<Instant> starts = new ArrayList<>();
        for (int back = AlarmRule.range(alarm); back > 0; back--) {
            Instant start = Instant.ofEpochMilli(end - back * period);
            starts.add(start);
            points.add(point(alarm, start, start.plusMillis(period)));
        }
        boolean anyData = points.stream().anyMatch(OptionalDouble::isPresent);
        // An alarm that has just been switched on has no past: missing data before that is not held against it.
        if (!anyData && now.isBefore(since.plusMillis(period * (alarm.evaluationPeriods() + 1)))) {
            return;
        }
        AlarmEvent.State before = states.get(alarm.name());
        AlarmState to = AlarmRule.evaluate(alarm, points, before.value());
        if (to != before.value()) {
            change(alarm, before, AlarmEvent.state(alarm, before.value(), to, points, starts, now));
        }
    }

    private void change(AlarmResource alarm, AlarmEvent.State before, AlarmEvent.State after) {
        states.put(alarm.name(), after);
        listener.alarmChanged(alarm.name(), before.value(), after.value(), after.reason());
        List<String> actions = switch (after.value()) {
            case ALARM -> alarm.alarmActions();
            case OK -> alarm.okActions();
            case INSUFFICIENT_DATA -> alarm.insufficientDataActions();
        };
        sink.changed(alarm, AlarmEvent.detail(alarm, before, after), actions);
    }

    private OptionalDouble point(AlarmResource alarm, Instant from, Instant to) {
        List<MetricStore.Sample> samples =
                metrics.between(alarm.namespace(), alarm.metric(), alarm.dimensions(), from, to);
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        DoubleSummaryStatistics statistics =
                samples.stream().mapToDouble(MetricStore.Sample::value).summaryStatistics();
        return OptionalDouble.of(
                switch (alarm.statistic()) {
                    case "Minimum" -> statistics.getMin();
                    case "Maximum" -> statistics.getMax();
                    case "Average" -> statistics.getAverage();
                    case "Sum" -> statistics.getSum();
                    default -> statistics.getCount();
                });
    }
}
