package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.database.DatabaseRequest;
import java.time.Instant;

/**
 * The actions of {@code RecoverDatabase} that recover to a point in time. The instance that they are about has the scope's token in its name;
 * or it is the live one, which is restored in place; or the one that {@link FindTakeOver} found, whose take-over a recovery before this one has
 * left unfinished.
 */
public sealed interface PointInTimeRequest extends DatabaseRequest.OfInstance {
    /**
     * Chooses between the ways in which lost data come back, by what each takes; changes nothing.
     *
     * @param scope on whose behalf
     * @param failedAt from when the time counts
     * @param archive where WAL is
     */
    record ChooseRung(RecoveryScope scope, Instant failedAt, ArchiveSettings archive) implements PointInTimeRequest {
        public ChooseRung {
            Require.present("scope", scope);
            Require.present("failedAt", failedAt);
            Require.present("archive", archive);
        }
    }

    /**
     * Looks whether a take-over is to be finished, in place of a new one; changes nothing.
     *
     * @param scope on whose behalf
     * @param finish whether another incident's counts as well, when what was live before it is still in use
     * @param point where the recovery would go; only when {@code finish} is false has the one that is found to have gone there
     */
    record FindTakeOver(RecoveryScope scope, boolean finish, RecoveryPoint point) implements PointInTimeRequest {
        public FindTakeOver {
            Require.present("scope", scope);
            Require.present("point", point);
        }
    }

    /**
     * Proves that a point can be reached from what the repository holds; changes nothing.
     *
     * @param scope on whose behalf
     * @param point where to
     * @param archive where WAL is
     * @param place where it is to be restored: in place only when the volume is there, and not in a drill; null is beside
     */
    record PlanPoint(RecoveryScope scope, RecoveryPoint point, ArchiveSettings archive, Place place)
            implements PointInTimeRequest {
        public PlanPoint {
            Require.present("scope", scope);
            Require.present("point", point);
            Require.present("archive", archive);
        }
    }

    /**
     * Makes the instance beside the live one, or lets the one that is there take another step.
     *
     * @param scope on whose behalf
     * @param step what it does
     * @param place where, as the plan says; null is beside. In place the step's number, where it starts from and what it keeps are not the caller's
     */
    record CreateBeside(RecoveryScope scope, RestoreStep step, Place place) implements PointInTimeRequest {
        public CreateBeside {
            Require.present("scope", scope);
            Require.present("step", step);
        }
    }

    /**
     * Looks how far the instance is; changes nothing.
     *
     * @param scope on whose behalf
     * @param instance as {@link CreateBeside} answered it; null for the recovery's own
     */
    record BesideStatus(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public BesideStatus {
            Require.present("scope", scope);
        }
    }

    /**
     * Looks into the instance's database, read-only, and notes what was seen, and how fast it came there.
     *
     * @param scope on whose behalf
     * @param plan by which it came there; null when that is not to be noted
     * @param instance as {@link CreateBeside} answered it; null for the recovery's own
     */
    record Inspect(RecoveryScope scope, PointInTimeResults.PointPlan plan, String instance)
            implements PointInTimeRequest {
        public Inspect {
            Require.present("scope", scope);
        }
    }

    /**
     * Starts the instance again where it stands, so that it archives from its promotion on: archive_mode changes only by that.
     *
     * @param scope on whose behalf
     * @param instance as {@link CreateBeside} answered it; null for the recovery's own
     */
    record PreparePromotion(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public PreparePromotion {
            Require.present("scope", scope);
        }
    }

    /**
     * Ends the instance's recovery where it stands: from then on it takes writes.
     *
     * @param scope on whose behalf
     * @param instance as {@link CreateBeside} answered it; null for the recovery's own
     */
    record Promote(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public Promote {
            Require.present("scope", scope);
        }
    }

    /**
     * Leads the Service to the instance, and ends the applications' sessions with the other one. Of an instance that was live all along only
     * what its next pod starts with is tidied up.
     *
     * @param scope on whose behalf
     * @param instance as {@link CreateBeside} answered it, or as it was found in place; null for the recovery's own
     */
    record TakeOver(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public TakeOver {
            Require.present("scope", scope);
        }
    }

    /**
     * Takes the instance out of use that was live before, and any that was before it; their volumes stay.
     *
     * @param scope on whose behalf
     * @param instance its name, as {@link TakeOver} answered it; null when the same instance is live, so that only others may be in use
     */
    record QuarantineOld(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public QuarantineOld {
            Require.present("scope", scope);
        }
    }

    /**
     * Looks whether the new timeline's first segment is in the repository.
     *
     * @param scope on whose behalf
     * @param instance that was found in place; null for the recovery's own
     */
    record ConfirmArchive(RecoveryScope scope, String instance) implements PointInTimeRequest {
        public ConfirmArchive {
            Require.present("scope", scope);
        }
    }

    /**
     * Deletes instances that were made beside the live one and never promoted, this recovery's own included. What was restored in place and
     * not promoted becomes what it was.
     *
     * @param scope on whose behalf
     * @param place where the recovery worked; null is beside
     */
    record DiscardBeside(RecoveryScope scope, Place place) implements PointInTimeRequest {
        public DiscardBeside {
            Require.present("scope", scope);
        }
    }

    /**
     * Takes a take-over back: by a person.
     *
     * @param scope of the recovery whose take-over it was
     */
    record UndoPoint(RecoveryScope scope) implements PointInTimeRequest {
        public UndoPoint {
            Require.present("scope", scope);
        }
    }
}
