package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;

/** Drops what a drill has made. */
final class DropScratch {
    private final RestoreSession session;
    private final AbandonedRestores abandoned;

    DropScratch(RestoreSession session, AbandonedRestores abandoned) {
        this.session = session;
        this.abandoned = abandoned;
    }

    /** @throws InvalidInputException when the target is a live one */
    StepResults.ScratchDropped drop(RecoveryScope scope) {
        Target target = scope.target();
        if (target.purpose() != Target.Purpose.DRILL) {
            throw new InvalidInputException(
                    "Target '" + target.name() + "' is a live one: its databases are never dropped.",
                    "Ask for it with a drill target.");
        }
        return session.withDatabases(scope, databases -> {
            var dropped = abandoned.drop(databases, scope, null);
            RestoreSession.betweenDatabases(databases, scope).dropDrill();
            return new StepResults.ScratchDropped(target.database(), dropped);
        });
    }
}
