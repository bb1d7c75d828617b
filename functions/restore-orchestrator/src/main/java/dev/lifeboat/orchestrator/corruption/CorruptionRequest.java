package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.database.DatabaseRequest;
import dev.lifeboat.orchestrator.pointintime.ArchiveSettings;

/** The actions of {@code RecoverDatabase} that find out what is wrong with the data, and since when. None of them changes the live database. */
public sealed interface CorruptionRequest extends DatabaseRequest.OfInstance {
    /**
     * Looks at what the database's rows say; changes nothing.
     *
     * @param scope on whose behalf
     * @param tookOver whether the asking execution has put an instance in place itself, and asks whether that was of use
     */
    record AssessCorruption(RecoveryScope scope, boolean tookOver) implements CorruptionRequest {
        public AssessCorruption {
            Require.present("scope", scope);
        }
    }

    /**
     * Says which state of the data is looked at next; begins the search when there is none.
     *
     * @param scope on whose behalf
     * @param archive where WAL is
     */
    record NextStep(RecoveryScope scope, ArchiveSettings archive) implements CorruptionRequest {
        public NextStep {
            Require.present("scope", scope);
            Require.present("archive", archive);
        }
    }

    /**
     * Asks the invariants of the state that the instance beside the live one has reached.
     *
     * @param scope on whose behalf
     * @param step the number that action next-step gave it
     * @param failure why the state was not reached; null when it was
     */
    record JudgeStep(RecoveryScope scope, int step, String failure) implements CorruptionRequest {
        public JudgeStep {
            Require.present("scope", scope);
            Require.range("step", step, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * Compares the instance that was live before a take-over, and takes no writes any more, with the one that has taken over.
     *
     * @param scope on whose behalf
     * @param restored the name of the one that has taken over, as action find-take-over found it in place; null for the recovery's own
     * @param instance the name of the one before, as action take-over answered it
     * @param nextXid the first transaction that the restored one did not have, as action inspect answered it
     */
    record CompareLost(RecoveryScope scope, String restored, String instance, long nextXid)
            implements CorruptionRequest {
        public CompareLost {
            Require.present("scope", scope);
            Require.text("instance", instance);
            Require.range("nextXid", nextXid, 1, Long.MAX_VALUE);
        }
    }
}
