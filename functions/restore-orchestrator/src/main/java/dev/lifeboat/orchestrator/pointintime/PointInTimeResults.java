package dev.lifeboat.orchestrator.pointintime;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/** What the actions answer. */
public final class PointInTimeResults {
    private PointInTimeResults() {}

    /** The ways in which lost data come back. */
    public enum Way {
        @JsonProperty("point-in-time")
        POINT_IN_TIME,
        @JsonProperty("restore-backup")
        RESTORE_BACKUP
    }

    /**
     * Which way is taken, and what each would take.
     *
     * @param way the chosen one
     * @param reason why, one sentence
     * @param pointSeconds that the recovery to the latest point is expected to take; null when it is not possible
     * @param dumpSeconds that the newest verified dump is expected to take; null when there is none
     * @param leftSeconds of the time that a database's recovery may take; negative when it is over
     */
    public record RungChosen(Way way, String reason, Long pointSeconds, Long dumpSeconds, long leftSeconds) {
        public RungChosen {
            Require.present("way", way);
            Require.text("reason", reason);
        }
    }

    /**
     * How a point is reached.
     *
     * @param point with the timeline that it lies on
     * @param backup the base backup's label
     * @param backupEndedAt when that one was complete
     * @param archiveEnd the LSN at which what can be replayed ends
     * @param archivedAt when the last segment of it was stored
     * @param databaseBytes of the base backup, restored
     * @param walBytes that are replayed
     * @param expectedSeconds until the instance stands at the point
     * @param place where it is restored; null is beside
     */
    public record PointPlan(
            RecoveryPoint point,
            String backup,
            Instant backupEndedAt,
            String archiveEnd,
            Instant archivedAt,
            long databaseBytes,
            long walBytes,
            long expectedSeconds,
            Place place) {
        public PointPlan {
            place = place == null ? Place.BESIDE : place;
        }

        PointPlan at(Place other) {
            return new PointPlan(
                    point,
                    backup,
                    backupEndedAt,
                    archiveEnd,
                    archivedAt,
                    databaseBytes,
                    walBytes,
                    expectedSeconds,
                    other);
        }
    }

    /**
     * The instance is being restored, or goes on to its next step.
     *
     * @param instance the StatefulSet's name
     * @param step the step that it takes
     */
    public record BesideCreated(String instance, long step) {}

    /** How far an instance is. */
    public enum BesideState {
        /** Its pod is on its way, or the base backup is being restored. */
        @JsonProperty("restoring")
        RESTORING,
        /** It replays WAL. */
        @JsonProperty("replaying")
        REPLAYING,
        /** It stands at its point; for the latest one: it waits at the end of the archive. */
        @JsonProperty("paused")
        PAUSED,
        /** It takes writes. */
        @JsonProperty("promoted")
        PROMOTED,
        /** It does not come up. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * How far an instance is.
     *
     * @param instance its name
     * @param state how far
     * @param step the number of the step that it takes or has taken
     * @param archives whether it will archive once it is promoted, or does
     * @param replayedLsn the end of what was replayed last; null when it does not answer
     * @param replayedAt the time of the last transaction that was replayed; null when there is none
     * @param reason what was seen, one sentence
     */
    public record BesideSeen(
            String instance,
            BesideState state,
            long step,
            boolean archives,
            String replayedLsn,
            Instant replayedAt,
            String reason) {
        public BesideSeen {
            Require.text("instance", instance);
            Require.present("state", state);
            Require.text("reason", reason);
        }
    }

    /**
     * What is in an instance that stands at its point.
     *
     * @param sound always true: what is not is a RestoreCheckFailedException
     * @param tables of the application
     * @param replayedLsn the end of what was replayed
     * @param replayedAt the time of the last transaction that it has; null when none was replayed
     * @param nextXid the first transaction that it does not have, with its epoch
     * @param seen the looks that were taken, one sentence each
     */
    public record Inspected(
            boolean sound, int tables, String replayedLsn, Instant replayedAt, long nextXid, List<String> seen) {
        public Inspected {
            seen = Require.listOrEmpty(seen);
        }
    }

    /**
     * The instance takes writes.
     *
     * @param instance its name
     * @param timeline that its promotion began
     * @param at when that was seen, by the server's clock
     */
    public record Promoted(String instance, int timeline, Instant at) {}

    /**
     * Whether a take-over is to be finished. What is known of it is null when none is found, or when its recovery did not note it.
     *
     * @param found whether there is one
     * @param instance that took over
     * @param plan of action plan-point-in-time
     * @param inspected of action inspect
     * @param promoted of action promote
     */
    public record TakeOverFound(
            boolean found, String instance, PointPlan plan, Inspected inspected, Promoted promoted) {
        static final TakeOverFound NONE = new TakeOverFound(false, null, null, null, null);
    }

    /**
     * The Service leads to the instance.
     *
     * @param instance its name
     * @param before the one that was live before; null when it is the same
     * @param claim of the instance's volume
     * @param incident for which it was put in place, which an undo has to name; null when that is not known
     * @param sessionsEnded of applications, with the one before; null when it did not answer
     * @param kept of an instance that was restored in place: what it held before lies in PGDATA with this behind it; else null
     */
    public record TookOver(
            String instance, String before, String claim, String incident, Integer sessionsEnded, String kept) {}

    /**
     * The instance that was live before does not run any more.
     *
     * @param instance its name; null when the same one is live
     * @param claim of its volume, which stays; null with it
     * @param also the names of others that were live before it and are out of use with it, as recoveries that died had left them
     */
    public record OldQuarantined(String instance, String claim, List<String> also) {
        public OldQuarantined {
            also = Require.listOrEmpty(also);
        }
    }

    /**
     * How far the new timeline is archived.
     *
     * @param archived whether its first segment is in the repository
     * @param segment the last one that is; null when none is
     * @param timeline that is archived; 0 when the instance did not answer
     * @param reason for people
     */
    public record ArchiveSeen(boolean archived, String segment, int timeline, String reason) {}

    /**
     * Instances that are gone.
     *
     * @param instances their names
     */
    public record BesideDiscarded(List<String> instances) {
        public BesideDiscarded {
            instances = Require.listOrEmpty(instances);
        }
    }

    /**
     * The take-over is taken back.
     *
     * @param instance that is live again
     * @param setAside that is out of use; null when it was already
     */
    public record PointUndone(String instance, String setAside) {}
}
