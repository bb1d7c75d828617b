package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a backup now, as {@code kubectl create job --from=cronjob/...} does, and looks what became of the ones that were made. */
public final class BackupJobs {
    /** On the pod template of every Job that makes a backup. */
    private static final String LABEL = "app.kubernetes.io/name";

    private static final String LABELLED = "postgres-backup";
    /** What kubectl sets on a Job that it makes of a CronJob. */
    private static final String BY_HAND = "cronjob.kubernetes.io/instantiate";

    private final KubernetesClient client;
    private final KubernetesFaults faults;

    BackupJobs(String cluster, KubernetesClient client) {
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * Makes a Job of a CronJob's template. The same name again is the same Job. While another one of that CronJob runs, there is no
     * second: two would share a volume and the database's time.
     *
     * @param name of the Job, at most 63 characters
     * @return the Job that runs now, or the one of that name, whatever became of it
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when there is no such CronJob, or no Job may be made
     */
    public BackupJob run(String namespace, String cronJob, String name) {
        Optional<Job> known = find(namespace, name);
        if (known.isPresent()) {
            return describe(known.get());
        }
        CronJob template = cronJob(namespace, cronJob);
        Optional<BackupJob> running = jobs(namespace).stream()
                .filter(job -> isOf(template, job))
                .map(BackupJobs::describe)
                .filter(job -> job.state() == BackupJob.State.RUNNING)
                .findFirst();
        return running.orElseGet(() -> create(namespace, template, name));
    }

    /**
     * What became of a Job.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when there is no such Job any more
     */
    public BackupJob status(String namespace, String name) {
        return find(namespace, name)
                .map(BackupJobs::describe)
                .orElseThrow(() -> faults.missing(
                        "Job " + namespace + "/" + name,
                        "Somebody deleted it, or its time to live is over: make a backup."));
    }

    /**
     * The Job that was made last of those that have ended; empty when none has.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when the Jobs may not be listed
     */
    public Optional<BackupJob> lastEnded(String namespace) {
        return jobs(namespace).stream()
                .map(BackupJobs::describe)
                .filter(job -> job.state() != BackupJob.State.RUNNING)
                .max(Comparator.comparing(BackupJob::startedAt));
    }

    private BackupJob create(String namespace, CronJob template, String name) {
        Job job = new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(metadata(template).getLabels())
                .withAnnotations(Map.of(BY_HAND, "manual"))
                // The CronJob then counts it: its own schedule waits for it, and its history limits hold for it.
                .withOwnerReferences(owner(template))
                .endMetadata()
                .withSpec(template.getSpec().getJobTemplate().getSpec())
                .build();
        return faults.translating("create Job " + namespace + "/" + name, () -> {
            try {
                return describe(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .resource(job)
                        .create());
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                    // A twin was faster.
                    return status(namespace, name);
                }
                throw e;
            }
        });
    }

    private static OwnerReference owner(CronJob template) {
        return new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("CronJob")
                .withName(template.getMetadata().getName())
                .withUid(template.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private static ObjectMeta metadata(CronJob template) {
        ObjectMeta ofJobs = template.getSpec().getJobTemplate().getMetadata();
        return ofJobs == null ? new ObjectMeta() : ofJobs;
    }

    private CronJob cronJob(String namespace, String name) {
        CronJob found = faults.translating(
                "read CronJob " + namespace + "/" + name,
                () -> client.batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        if (found == null) {
            throw faults.missing(
                    "CronJob " + namespace + "/" + name,
                    "Apply k8s/postgres-backup-cronjob.yaml, or correct BackupCronJob.");
        }
        return found;
    }

    private Optional<Job> find(String namespace, String name) {
        return faults.translating(
                "read Job " + namespace + "/" + name,
                () -> Optional.ofNullable(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    private List<Job> jobs(String namespace) {
        return faults
                .translating(
                        "list the Jobs in " + namespace,
                        () -> client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .stream()
                .filter(BackupJobs::makesBackups)
                .toList();
    }

    private static boolean makesBackups(Job job) {
        ObjectMeta pod = job.getSpec().getTemplate().getMetadata();
        return pod != null
                && pod.getLabels() != null
                && LABELLED.equals(pod.getLabels().get(LABEL));
    }

    private static boolean isOf(CronJob template, Job job) {
        List<OwnerReference> owners = job.getMetadata().getOwnerReferences();
        return owners != null
                && owners.stream()
                        .anyMatch(owner -> owner.getKind().equals("CronJob")
                                && owner.getName().equals(template.getMetadata().getName()));
    }

    private static BackupJob describe(Job job) {
        Optional<JobCondition> failed = condition(job, "Failed");
        BackupJob.State state = failed.isPresent()
                ? BackupJob.State.FAILED
                : condition(job, "Complete").isPresent() ? BackupJob.State.SUCCEEDED : BackupJob.State.RUNNING;
        return new BackupJob(
                job.getMetadata().getName(),
                state,
                failed.map(each -> each.getReason() + ": " + each.getMessage()).orElse(null),
                Instant.parse(job.getMetadata().getCreationTimestamp()));
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type) && "True".equals(each.getStatus()))
                .findFirst();
    }
}
