package dev.lifeboat.orchestrator.application;

import dev.lifeboat.kubernetes.BackupJob;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.orchestrator.application.ApplicationRequest.BackupStatus;
import dev.lifeboat.orchestrator.application.ApplicationRequest.RunBackup;
import java.util.Locale;
import java.util.function.Function;

/** Makes a backup outside of its schedule, and looks what becomes of it. */
final class BackupAgain {
    private static final String PREFIX = "backup-again-";
    /** A Job's name becomes a label of its pods, which may have 63 characters. */
    private static final int LONGEST = 63;

    private final Function<String, ClusterConnection> clusters;

    BackupAgain(Function<String, ClusterConnection> clusters) {
        this.clusters = clusters;
    }

    BackupJob run(RunBackup request) {
        try (KubernetesAccess access =
                KubernetesAccess.open(clusters.apply(request.target().cluster()))) {
            return access.backupJobs().run(request.target().namespace(), request.cronJob(), name(request.incident()));
        }
    }

    BackupJob status(BackupStatus request) {
        try (KubernetesAccess access =
                KubernetesAccess.open(clusters.apply(request.target().cluster()))) {
            return access.backupJobs().status(request.target().namespace(), request.job());
        }
    }

    /** Of the incident's end, which holds its time: so the same incident is the same Job. */
    static String name(String incident) {
        String plain =
                incident.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        int most = LONGEST - PREFIX.length();
        String end = plain.length() <= most ? plain : plain.substring(plain.length() - most);
        return PREFIX + end.replaceFirst("^-", "");
    }
}
