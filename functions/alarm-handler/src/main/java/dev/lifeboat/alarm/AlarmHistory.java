package dev.lifeboat.alarm;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The changes of an alarm's state that this function was told of. It keeps them itself, because CloudWatch's own history knows nothing of
 * what came from AWS Health or EKS, and because S3 shows at once what another instance has written.
 */
final class AlarmHistory {
    /** So many changes into ALARM and out of it within {@link #WINDOW} are flapping. */
    static final int FLAPPING = 3;

    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final String KEY_END = "\\.json$";

    private final Journal journal;
    private final String target;

    AlarmHistory(Journal journal, Target target) {
        this.journal = journal;
        this.target = target.name();
    }

    /** Keeps a change; the same one again, delivered twice or another way, is the same. */
    void keep(AlarmEvent event) {
        journal.put(
                BucketLayout.alarmChange(
                        target, event.alarm(), event.at(), event.state().replaceAll("\\W", "_")),
                event);
    }

    /** Whether the alarm went to and fro shortly before it came to this state. */
    boolean isFlapping(AlarmEvent event) {
        Instant end = event.at().plusMillis(1);
        String last = BucketLayout.alarmChangesFrom(target, event.alarm(), end);
        List<String> states = keys(event.alarm(), event.at().minus(WINDOW)).stream()
                .filter(key -> key.compareTo(last) < 0)
                .map(AlarmHistory::state)
                .toList();
        return changes(states) >= FLAPPING;
    }

    /** Whether the alarm has changed as often as one that flaps since then. */
    boolean hasFlapped(String alarm, Instant after) {
        return changes(keys(alarm, after).stream().map(AlarmHistory::state).toList()) >= FLAPPING;
    }

    /** The change that the alarm has rested in since; empty when there was none after that time. */
    Optional<AlarmEvent> last(String alarm, Instant after) {
        List<String> keys = keys(alarm, after);
        return keys.isEmpty() ? Optional.empty() : journal.find(keys.get(keys.size() - 1), AlarmEvent.class);
    }

    /** Into ALARM and out of it. An alarm that comes from nothing to OK was just made, or has data again. */
    static int changes(List<String> states) {
        int changes = 0;
        boolean inAlarm = false;
        for (String state : states) {
            boolean alarm = state.equals(AlarmEvent.ALARM);
            changes += alarm == inAlarm ? 0 : 1;
            inAlarm = alarm;
        }
        return changes;
    }

    private List<String> keys(String alarm, Instant after) {
        return journal.keysAfter(
                BucketLayout.alarmChanges(target, alarm), BucketLayout.alarmChangesFrom(target, alarm, after));
    }

    private static String state(String key) {
        return key.substring(key.lastIndexOf('-') + 1).replaceFirst(KEY_END, "");
    }
}
