package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackupJobsTest {
    private static final String NAMESPACE = "cloudtolocalllm";
    private static final String RECENT = "postgres-backup-recent";

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void applyTheCronJobs() throws IOException {
        String manifest =
                Files.readString(Path.of(System.getProperty("lifeboat.root"), "k8s", "postgres-backup-cronjob.yaml"));
        for (String document : manifest.split("\n---\n", -1)) {
            if (document.contains("kind: CronJob")) {
                cluster.create(Serialization.unmarshal(document, CronJob.class));
            }
        }
    }

    @Test
    void aJobIsMadeOfTheCronJobsOwnTemplate() {
        BackupJob made = jobs().run(NAMESPACE, RECENT, "again-1");

        assertThat(made.name()).isEqualTo("again-1");
        assertThat(made.state()).isEqualTo(BackupJob.State.RUNNING);
        Job job = get("again-1");
        CronJob template = cluster.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(NAMESPACE)
                .withName(RECENT)
                .get();
        assertThat(job.getSpec()).isEqualTo(template.getSpec().getJobTemplate().getSpec());
        assertThat(job.getMetadata().getAnnotations()).containsEntry("cronjob.kubernetes.io/instantiate", "manual");
        assertThat(job.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getName()).isEqualTo(RECENT);
            assertThat(owner.getUid()).isEqualTo(template.getMetadata().getUid());
        });
    }

    @Test
    void theSameNameIsTheSameJobWhateverBecameOfIt() {
        jobs().run(NAMESPACE, RECENT, "again-1");
        end("again-1", "Failed", "BackoffLimitExceeded");

        assertThat(jobs().run(NAMESPACE, RECENT, "again-1").state()).isEqualTo(BackupJob.State.FAILED);
        assertThat(names()).containsExactly("again-1");
    }

    @Test
    void whileOneRunsThereIsNoSecond() {
        jobs().run(NAMESPACE, RECENT, "again-1");

        assertThat(jobs().run(NAMESPACE, RECENT, "again-2").name()).isEqualTo("again-1");
        end("again-1", "Complete", "CompletionsReached");
        assertThat(jobs().run(NAMESPACE, RECENT, "again-2").name()).isEqualTo("again-2");
        assertThat(jobs().run(NAMESPACE, "postgres-backup-daily", "again-3").name())
                .isEqualTo("again-3");
    }

    @Test
    void whatBecameOfAJobIsSaid() {
        jobs().run(NAMESPACE, RECENT, "again-1");
        end("again-1", "Failed", "BackoffLimitExceeded");

        assertThat(jobs().status(NAMESPACE, "again-1").reason()).isEqualTo("BackoffLimitExceeded: as told");
        assertThat(jobs().lastEnded(NAMESPACE).orElseThrow().state()).isEqualTo(BackupJob.State.FAILED);
    }

    @Test
    void jobsThatMakeNoBackupsAreNobodysBusiness() {
        assertThat(jobs().lastEnded(NAMESPACE)).isEmpty();
        Job other = Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: other, namespace: cloudtolocalllm}
                spec: {template: {spec: {restartPolicy: Never}}}
                """, Job.class);
        cluster.create(other);
        end("other", "Failed", "BackoffLimitExceeded");

        assertThat(jobs().lastEnded(NAMESPACE)).isEmpty();
    }

    @Test
    void aCronJobThatIsNotThereIsNamed() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> jobs().run(NAMESPACE, "nightly", "again-1"))
                .withMessage("CronJob cloudtolocalllm/nightly does not exist in cluster test-eks. HINT: Apply"
                        + " k8s/postgres-backup-cronjob.yaml, or correct BackupCronJob.");
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> jobs().status(NAMESPACE, "gone"))
                .withMessageStartingWith("Job cloudtolocalllm/gone does not exist in cluster test-eks.");
    }

    private BackupJobs jobs() {
        return cluster.access().backupJobs();
    }

    private void end(String name, String condition, String reason) {
        Job job = get(name);
        job.setStatus(new JobStatusBuilder()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .withReason(reason)
                .withMessage("as told")
                .endCondition()
                .build());
        cluster.client().resource(job).updateStatus();
    }

    private Job get(String name) {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    private List<String> names() {
        return cluster.client().batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
                .map(job -> job.getMetadata().getName())
                .toList();
    }
}
