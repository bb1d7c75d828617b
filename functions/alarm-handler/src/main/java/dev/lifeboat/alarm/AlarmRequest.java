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
     * News of a recovery that found its target's lease taken, and ended as joined.
     *
     * @param event the alarm's change that had started it; null when no alarm had
     * @param start which start of that incident it was, 1 or more
     */
    record Joined(AlarmEvent event, int start) implements AlarmRequest {}

    /**
     * Looks whether an alarm that went back and forth has come to rest, and acts on the state that it rests in.
     *
     * @param action {@code settle}
     * @param alarm its name
     * @param looks how many have been taken before, 0 or more
     */
    record Settle(String action, String alarm, Integer looks) implements AlarmRequest {
        static final String ACTION = "settle";

        public Settle {
            requireAction(ACTION, action);
            Require.text("alarm", alarm);
            Require.range("looks", Require.present("looks", looks), 0, Integer.MAX_VALUE);
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
