package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs by the clock, or by hand.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/">CronJob</a>
 */
final class CronJobController implements Controller {
    private final TypedObjects objects;
    private final Clock clock;
    private final Map<String, ZonedDateTime> lastLook = new HashMap<>();

    CronJobController(TypedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        for (CronJob cronJob : objects.list(CronJob.class)) {
            String zone = cronJob.getSpec().getTimeZone();
            ZonedDateTime minute = clock.instant()
                    .atZone(zone == null ? ZoneOffset.UTC : ZoneId.of(zone))
                    .truncatedTo(ChronoUnit.MINUTES);
            ZonedDateTime before = lastLook.put(cronJob.getMetadata().getUid(), minute);
            // The minute in which the CronJob was first seen has begun before it: only later ones count.
            boolean due = before != null
                    && before.isBefore(minute)
                    && CronSchedule.parse(cronJob.getSpec().getSchedule()).isDue(minute);
            if (due && !Boolean.TRUE.equals(cronJob.getSpec().getSuspend()) && admitted(cronJob)) {
                start(cronJob, Long.toString(minute.toEpochSecond() / 60), Map.of());
            }
        }
    }

    private boolean admitted(CronJob cronJob) {
        List<Job> active = objects.ownedBy(cronJob, Job.class).stream()
                .filter(job -> !JobController.finished(job))
                .toList();
        String policy = cronJob.getSpec().getConcurrencyPolicy();
        if ("Replace".equals(policy)) {
            active.forEach(objects::delete);
        }
        return active.isEmpty() || !"Forbid".equals(policy);
    }

    /** Starts the Job now, as {@code kubectl create job --from=cronjob/NAME} does. */
    Job trigger(CronJob cronJob) {
        return start(
                cronJob,
                "manual-" + clock.instant().toEpochMilli(),
                Map.of("cronjob.kubernetes.io/instantiate", "manual"));
    }

    private Job start(CronJob cronJob, String suffix, Map<String, String> annotations) {
        return objects.create(new JobBuilder()
                .withNewMetadata()
                .withNamespace(cronJob.getMetadata().getNamespace())
                .withName(cronJob.getMetadata().getName() + "-" + suffix)
                .withAnnotations(annotations)
                .withOwnerReferences(TypedObjects.reference(cronJob))
                .endMetadata()
                .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
                .build());
    }
}
