package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.aws.pgbackrest.WalReach;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.PointUnreachableException;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import org.jboss.logging.Logger;

/** Proves from what the repository holds that a point can be reached, before anything is begun. */
final class PlanPoint {
    private static final Logger LOG = Logger.getLogger(PlanPoint.class);

    private final PgBackRestRepository repository;

    PlanPoint(PgBackRestRepository repository) {
        this.repository = repository;
    }

    /** @throws PointUnreachableException when it cannot, naming the nearest point that can */
    PointPlan plan(RecoveryPoint point, Rates rates) {
        Reachability reachability;
        try {
            reachability = new Reachability(repository.read(), point.timeline());
        } catch (BackupUnusableException e) {
            throw new PointUnreachableException(
                    "The repository cannot be read: " + e.getMessage().replaceFirst(" HINT: .*", ""),
                    "Restore the newest verified dump, and look at 'pgbackrest info' in PostgreSQL's pod.",
                    e);
        }
        WalReach reach = reachability.reach(point);
        Lsn end = point.type() == RecoveryPoint.Type.LSN ? Lsn.parse(point.value()) : reach.end();
        long walBytes =
                Math.max(0, end.position() - reach.backup().first().start().position());
        LOG.infof(
                "Point %s is reached from base backup %s",
                point.words(), reach.backup().label());
        return new PointPlan(
                new RecoveryPoint(point.type(), point.value(), point.inclusive(), reachability.timeline()),
                reach.backup().label(),
                reach.backup().stoppedAt(),
                reach.end().toString(),
                reach.storedAt(),
                reach.backup().databaseBytes(),
                walBytes,
                rates.pointSeconds(reach.backup().databaseBytes(), walBytes),
                Place.BESIDE);
    }
}
