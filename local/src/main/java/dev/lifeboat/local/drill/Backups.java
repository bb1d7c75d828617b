package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes backups as the CronJob does, and waits for what the verifier says of them. */
final class Backups {
    private static final Duration BACKUP_LIMIT = Duration.ofMinutes(15);
    private static final Duration VERDICT_LIMIT = Duration.ofMinutes(15);
    private static final String FOLDER = BucketLayout.DUMPS + "recent/";

    private final EmbeddedKubernetes kubernetes;
    private final ObjectStore bucket;
    private final Console console;

    Backups(DrillEnvironment environment, Console console) {
        this.kubernetes = environment.kubernetes();
        this.bucket = environment.bucket();
        this.console = console;
    }

    /** Runs the CronJob's Job to its end, and waits for the verdict that the manifest's arrival brings about. */
    Backup make() {
        Set<String> before = new HashSet<>(manifests());
        console.running("scripts/aws/backup-postgres.sh runs in a Job of CronJob " + Names.BACKUP_CRON_JOB);
        String job = kubernetes.trigger(Names.NAMESPACE, Names.BACKUP_CRON_JOB);
        boolean succeeded = Waiting.value(
                "Job " + job + " to end", BACKUP_LIMIT, () -> kubernetes.jobSucceeded(Names.NAMESPACE, job));
        if (!succeeded) {
            throw new DrillFailure("The backup failed. Its log: " + log(job));
        }
        String key = manifests().stream()
                .filter(manifest -> !before.contains(manifest))
                .findFirst()
                .orElseThrow(
                        () -> new DrillFailure("The backup's Job ended well, but there is no manifest in the bucket."));
        BackupManifest manifest =
                Json.read("the manifest " + key, bucket.get(key).orElseThrow(), BackupManifest.class);
        console.running("waiting for the verifier's verdict on " + manifest.backupId());
        Verdict verdict = Waiting.value(
                "a verdict on " + manifest.backupId(), VERDICT_LIMIT, () -> latestVerdict(manifest.backupId()));
        console.running("");
        return new Backup(manifest, verdict);
    }

    private String log(String job) {
        return kubernetes.list(Pod.class, Names.NAMESPACE).stream()
                .filter(pod -> job.equals(pod.getMetadata().getLabels().get("job-name")))
                .map(kubernetes::log)
                .reduce("", (first, second) -> second)
                .strip();
    }

    private List<String> manifests() {
        return bucket.keys(FOLDER).stream().filter(BucketLayout::isManifest).toList();
    }

    /** The newest verdict on a backup. */
    Optional<Verdict> latestVerdict(String backupId) {
        return bucket.keys(BucketLayout.verdicts(backupId)).stream()
                .max(String::compareTo)
                .flatMap(bucket::get)
                .map(json -> Json.read("the verdict on " + backupId, json, Verdict.class));
    }

    /**
     * A backup and what the verifier said of it when it arrived.
     *
     * @param manifest as the script wrote it
     * @param verdict as the verifier wrote it
     */
    record Backup(BackupManifest manifest, Verdict verdict) {
        String id() {
            return manifest.backupId();
        }
    }
}
