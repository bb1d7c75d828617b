package dev.lifeboat.orchestrator.corruption;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;

/**
 * How the instance beside the live one is brought to the next state to look at. Replay goes forward alone, so a state before the present one
 * begins from a copy, or from a backup.
 *
 * @param number 1 and more: it grows with each step
 * @param from what it begins from
 * @param save whether what it begins from is kept as the good copy first
 * @param before it replays all of the WAL that begins before this position, and stops
 * @param list the commits of which range are listed by the way; null for none
 * @param confirms whether the last good transaction is known, and this looks for a good state after a bad one
 */
public record Step(int number, From from, boolean save, Lsn before, Range list, boolean confirms) {
    /** What a step begins from. */
    public enum From {
        /** The newest base backup that ended before the position. */
        @JsonProperty("backup")
        BACKUP,
        /** The instance as it is. */
        @JsonProperty("current")
        CURRENT,
        /** The copy that was kept of the newest good state. */
        @JsonProperty("good")
        GOOD
    }

    /**
     * A part of the WAL.
     *
     * @param from where it begins
     * @param to where it ends
     */
    public record Range(Lsn from, Lsn to) {
        public Range {
            Require.present("range.from", from);
            Require.present("range.to", to);
        }

        /** Whether all of what lies between two positions is in it. */
        boolean spans(Lsn begin, Lsn end) {
            return !from.isAfter(begin) && !end.isAfter(to);
        }
    }

    public Step {
        Require.range("step.number", number, 1, Integer.MAX_VALUE);
        Require.present("step.from", from);
        Require.present("step.before", before);
    }
}
