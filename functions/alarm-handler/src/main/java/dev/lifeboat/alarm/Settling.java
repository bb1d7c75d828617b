package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmRequest.Settle;
import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Looks again and again at an alarm that went to and fro, until it rests, and does what the state calls for that it rests in; or at what one change of
 * an alarm led to, until no recovery of the target runs and the alarm rests. CloudWatch does not say again that an alarm is in ALARM.
 */
final class Settling {
    /** An alarm that has not changed for so long rests. */
    static final Duration REST = Duration.ofMinutes(5);

    private static final Set<Outcome> UNDER_WAY = Set.of(Outcome.STARTED, Outcome.JOINED);

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

    /** @throws MisconfiguredException when the alarm's changes are not in the bucket any more */
    Answer look(Settle question) {
        Instant now = clock.instant();
        AlarmEvent last = history.last(question.alarm(), question.since())
                .orElseThrow(
                        () -> new MisconfiguredException(
                                "No change of alarm " + question.alarm() + " since " + question.since()
                                        + " is in the bucket, expected the one that is waited for.",
                                "Does something else than the lifecycle rule of template.yaml delete what lies below alarms/?"));
        if (question.follows() && last.at().isAfter(question.since())) {
            return new Answer(
                    true,
                    1,
                    "Alarm " + last.alarm() + " has changed since then, and is " + last.state() + " since " + last.at()
                            + ": that change is looked at by itself.");
        }
        Duration left = Duration.between(now, last.at().plus(REST));
        if (!left.isNegative() && !left.isZero()) {
            return new Answer(
                    false,
                    Math.min(left.toSeconds() + 1, REST.toSeconds()),
                    "Alarm " + last.alarm() + " is " + last.state() + " since " + last.at() + " and may change again.");
        }
        return last.isAlarm() ? recover(question, last) : new Answer(true, 1, rest(question, last));
    }

    /** What a flapping alarm's recovery leads to is followed by another one. */
    private Answer recover(Settle question, AlarmEvent last) {
        AlarmResult result = decision.recoverFrom(last);
        boolean goesOn = question.follows() && UNDER_WAY.contains(result.outcome());
        return new Answer(!goesOn, goesOn ? REST.toSeconds() : 1, result.message());
    }

    private String rest(Settle question, AlarmEvent last) {
        if (!history.hasFlapped(last.alarm(), question.since().minus(AlarmHistory.WINDOW))) {
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
