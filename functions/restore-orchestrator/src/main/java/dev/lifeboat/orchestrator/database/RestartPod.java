package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.connection.PostgresPlace;

/** Deletes a pod that claims to run and does not answer. Its volume stays, and so does its data. */
final class RestartPod {
    private final PostgresPlace place;
    private final TargetLease lease;

    RestartPod(PostgresPlace place, TargetLease lease) {
        this.place = place;
        this.lease = lease;
    }

    StepResults.PodRestarted restart(DatabaseRequest.RestartPod request) {
        lease.require(request.scope());
        // Bound to the uid that the assessment saw: a late duplicate cannot touch the pod that came after.
        boolean deleted = place.deletePod(
                request.scope().target(),
                request.pod(),
                request.uid(),
                request.scope().token());
        return new StepResults.PodRestarted(request.pod(), deleted);
    }
}
