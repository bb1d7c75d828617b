package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.BackupJob;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Looks whether the last backup's Job failed. */
class BackupJobProbe {
    private static final Logger LOG = Logger.getLogger(BackupJobProbe.class);

    private final Function<String, ClusterConnection> clusters;

    BackupJobProbe(Function<String, ClusterConnection> clusters) {
        this.clusters = clusters;
    }

    /** Empty when no Job has ended, or nobody could tell: a cluster that does not answer is another alarm's business. */
    Optional<Boolean> lastFailed(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.backupJobs().lastEnded(target.namespace()).map(job -> job.state() == BackupJob.State.FAILED);
        } catch (LifeboatException e) {
            LOG.warnf("The backups' Jobs cannot be looked at: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
