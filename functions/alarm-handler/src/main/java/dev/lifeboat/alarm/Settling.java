package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmRequest.Settle;
import dev.lifeboat.lambda.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks at an alarm that went to and fro, or that has joined a recovery of its target, again and again until it rests and nobody recovers the target any
 * more; then it does what its state calls for.
 */
final class Settling {
    /** An alarm that has not changed for so long rests. */
    static final Duration REST = Duration.ofMinutes(5);

    /** No machine waits longer than that; what changed before is nothing to wait for. */
    private static final Duration LONGEST = Duration.ofHours(4);

    /**
     * What was seen.
     *
     * @param settled whether the alarm rests, so that there is nothing more to look at
     * @param waitSeconds until the next look is worth it, 1 to {@link #REST}
     * @param message for people
     */
    record Answer(boolean settled, long waitSeconds, String message) {}

    private final AlarmHistory history;
    private final AlarmDecision decision;
    private final Notifier notifier;
    private final Clock clock;

    Settling(AlarmHistory history, AlarmDecision decision, Notifier notifier, Clock clock) {
        this.history = history;
        this.decision = decision;
        this.notifier = notifier;
        this.clock = clock;
    }

    Answer look(Settle question) {
        Instant now = clock.instant();
        Optional<AlarmEvent> last = history.last(question.alarm(), now.minus(LONGEST));
        if (last.isEmpty()) {
            return new Answer(true, 1, "Alarm " + question.alarm() + " has not changed for hours.");
        }
        Duration left = Duration.between(now, last.get().at().plus(REST));
        if (!left.isNegative() && !left.isZero()) {
            return new Answer(
                    false,
                    Math.min(left.toSeconds() + 1, REST.toSeconds()),
                    "Alarm " + question.alarm() + " is " + last.get().state() + " since "
                            + last.get().at() + " and may change again.");
        }
        return last.get().isAlarm() ? recover(last.get()) : new Answer(true, 1, rest(last.get(), now));
    }

    private Answer recover(AlarmEvent last) {
        AlarmResult result = decision.recoverFrom(last);
        boolean goesOn = result.outcome() == AlarmResult.Outcome.JOINED;
        return new Answer(!goesOn, goesOn ? REST.toSeconds() : 1, result.message());
    }

    private String rest(AlarmEvent last, Instant now) {
        if (!history.hasFlapped(last.alarm(), now.minus(LONGEST))) {
            return "Alarm " + last.alarm() + " rests in " + last.state() + " since " + last.at() + ".";
        }
        String message = "Alarm " + last.alarm() + " went to and fro, and rests in " + last.state() + " since "
                + last.at() + ": nothing was started.";
        notifier.tell(
                "Lifeboat: " + last.alarm() + " has come to rest in " + last.state(),
                message
                        + " What to do: find out what made it go to and fro (a network, a full node, a probe that is too slow),"
                        + " before it does so again.\n");
        return message;
    }
}
