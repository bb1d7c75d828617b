package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Jobs: a pod until one ends well, a new one for each that fails, up to the back-off limit.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
 */
final class JobController implements Controller {
    private static final int DEFAULT_BACKOFF_LIMIT = 6;

    private final TypedObjects objects;
    private final Clock clock;

    JobController(TypedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        objects.list(Job.class).stream().filter(job -> !finished(job)).forEach(this::reconcile);
    }

    static boolean finished(Job job) {
        return holds(job, "Complete") || holds(job, "Failed");
    }

    static boolean holds(Job job, String type) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"));
    }

    private void reconcile(Job job) {
        List<Pod> pods = objects.ownedBy(job, Pod.class);
        int failed = count(pods, "Failed");
        if (count(pods, "Succeeded") > 0) {
            report(job, pods, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
        } else if (late(job)) {
            pods.forEach(objects::delete);
            report(job, pods, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
        } else if (failed > limit(job)) {
            report(job, pods, "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        } else {
            if (pods.size() == failed && !Boolean.TRUE.equals(job.getSpec().getSuspend())) {
                objects.create(pod(job));
            }
            report(job, pods, null, null, null);
        }
    }

    private static int count(List<Pod> pods, String phase) {
        return (int) pods.stream().filter(pod -> Pods.phase(pod).equals(phase)).count();
    }

    private static int limit(Job job) {
        return job.getSpec().getBackoffLimit() == null
                ? DEFAULT_BACKOFF_LIMIT
                : job.getSpec().getBackoffLimit();
    }

    private boolean late(Job job) {
        Long deadline = job.getSpec().getActiveDeadlineSeconds();
        Instant begun = Instant.parse(job.getMetadata().getCreationTimestamp());
        return deadline != null && Duration.between(begun, clock.instant()).toSeconds() > deadline;
    }

    private static Pod pod(Job job) {
        String name = job.getMetadata().getName();
        return Pods.of(
                job,
                name + "-" + UUID.randomUUID().toString().substring(0, 5),
                job.getSpec().getTemplate(),
                Map.of("job-name", name, "batch.kubernetes.io/job-name", name));
    }

    private void report(Job job, List<Pod> pods, String condition, String reason, String message) {
        JobStatusBuilder status = new JobStatusBuilder()
                .withStartTime(job.getMetadata().getCreationTimestamp())
                .withSucceeded(count(pods, "Succeeded"))
                .withFailed(count(pods, "Failed"))
                .withActive(condition == null ? count(pods, "Running") + count(pods, "Pending") : 0)
                .withReady((int) pods.stream().filter(Pods::ready).count());
        if (condition != null) {
            String now = clock.instant().toString();
            status.addNewCondition()
                    .withType(condition)
                    .withStatus("True")
                    .withReason(reason)
                    .withMessage(message)
                    .withLastTransitionTime(now)
                    .endCondition();
            status.withCompletionTime(condition.equals("Complete") ? now : null);
        }
        JobStatus built = status.build();
        if (!built.equals(job.getStatus())) {
            objects.edit(job, current -> current.setStatus(built));
        }
    }
}
