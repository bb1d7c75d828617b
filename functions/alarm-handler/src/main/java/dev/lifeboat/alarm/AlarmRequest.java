package dev.lifeboat.alarm;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;
import java.util.List;

/** What the function is called with: news of alarms, or a question of one of the machines that it starts. */
sealed interface AlarmRequest {
    /**
     * News of alarms. One, but for SNS, which may put several into one event.
     *
     * @param events at least one
     */
    record News(List<AlarmEvent> events) implements AlarmRequest {
        public News {
            events = List.copyOf(events);
        }
    }

    /**
     * Looks whether an alarm rests, that went back and forth or that is recovered from, and acts on the state that it rests in.
     *
     * @param action {@code settle}
     * @param alarm its name
     * @param since the change that the wait began with
     * @param follows whether it waits for what that one change led to; otherwise for the alarm to rest at all
     */
    record Settle(String action, String alarm, Instant since, Boolean follows) implements AlarmRequest {
        static final String ACTION = "settle";

        public Settle {
            requireAction(ACTION, action);
            Require.text("alarm", alarm);
            Require.present("since", since);
            Require.present("follows", follows);
        }
    }

    /**
     * Looks what became of the backup that was made again.
     *
     * @param action {@code backup-verdict}
     * @param database whose backup
     * @param since only one that was taken then or later counts
     */
    record BackupVerdict(String action, String database, Instant since) implements AlarmRequest {
        static final String ACTION = "backup-verdict";

        public BackupVerdict {
            requireAction(ACTION, action);
            Require.text("database", database);
            Require.present("since", since);
        }
    }

    private static void requireAction(String expected, String action) {
        if (!expected.equals(action)) {
            throw new InvalidInputException(
                    "Field 'action' is '" + action + "', expected '" + expected + "'.",
                    "events/ holds an example of every payload.");
        }
    }
}
