package dev.lifeboat.local.alarms;

import dev.lifeboat.local.template.AlarmResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What state an alarm goes to. Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data",
 * "How alarm state is evaluated when data is missing" and "Avoiding premature transitions to alarm state".
 */
final class AlarmRule {
    private AlarmRule() {}

    /** How many periods CloudWatch looks back on: the guide's examples have five for three evaluation periods. */
    static int range(AlarmResource alarm) {
        return alarm.evaluationPeriods() + 2;
    }

    /**
     * @param points oldest first, empty where data is missing
     * @param current the state that "ignore" keeps
     */
    static AlarmState evaluate(AlarmResource alarm, List<OptionalDouble> points, AlarmState current) {
        List<Double> real = new ArrayList<>();
        points.forEach(point -> point.ifPresent(real::add));
        int n = alarm.evaluationPeriods();
        int m = alarm.datapointsToAlarm();
        if (real.size() >= n) {
            return state(breaching(alarm, real.subList(real.size() - n, real.size())) >= m);
        }
        int missing = n - real.size();
        int breaching = breaching(alarm, real);
        return switch (alarm.missing()) {
            case "breaching" -> state(breaching + missing >= m);
            case "notBreaching" -> state(breaching >= m);
            case "ignore" -> breaching >= m ? AlarmState.ALARM : breaching < real.size() ? AlarmState.OK : current;
            default -> missing(alarm, points, real, breaching, current);
        };
    }

    private static AlarmState missing(
            AlarmResource alarm, List<OptionalDouble> points, List<Double> real, int breaching, AlarmState current) {
        if (real.isEmpty()) {
            return AlarmState.INSUFFICIENT_DATA;
        }
        if (breaching >= alarm.datapointsToAlarm()) {
            return AlarmState.ALARM;
        }
        if (breaching < real.size()) {
            return AlarmState.OK;
        }
        // All that is there breaches: it is an alarm once the oldest of it is as old as DatapointsToAlarm periods.
        List<OptionalDouble> newestFirst = new ArrayList<>(points);
        Collections.reverse(newestFirst);
        int oldest = 0;
        for (int i = 0; i < newestFirst.size(); i++) {
            oldest = newestFirst.get(i).isPresent() ? i + 1 : oldest;
        }
        return oldest >= alarm.datapointsToAlarm() ? AlarmState.ALARM : current;
    }

    private static AlarmState state(boolean alarm) {
        return alarm ? AlarmState.ALARM : AlarmState.OK;
    }

    private static int breaching(AlarmResource alarm, List<Double> values) {
        int count = 0;
        for (double value : values) {
            count += breaches(alarm, value) ? 1 : 0;
        }
        return count;
    }

    static boolean breaches(AlarmResource alarm, double value) {
        return switch (alarm.comparison()) {
            case "LessThanThreshold" -> value < alarm.threshold();
            case "LessThanOrEqualToThreshold" -> value <= alarm.threshold();
            case "GreaterThanThreshold" -> value > alarm.threshold();
            default -> value >= alarm.threshold();
        };
    }
}
