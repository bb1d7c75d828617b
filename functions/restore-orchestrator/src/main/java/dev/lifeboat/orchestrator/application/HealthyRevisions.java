package dev.lifeboat.orchestrator.application;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which revisions were healthy: recorded when the probe has seen them well without a break for as long as the target's policy asks, and
 * never guessed. One probe writes at a time; a write that gets lost is made up for a minute later.
 *
 * <p>Every method throws {@link dev.lifeboat.contract.error.StorageUnavailableException} when S3 does not answer.
 */
public final class HealthyRevisions {
    /** The probe looks every minute: what it did not see for longer than this may have been anything. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(3);

    private final Journal journal;
    private final Clock clock;

    /** @param journal of the backup bucket */
    public HealthyRevisions(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Since when what is in use now has been well.
     *
     * @param version 1
     * @param seenAt when it was well last
     * @param since by Deployment
     */
    record Watch(int version, Instant seenAt, Map<String, Since> since) {
        Watch {
            Require.range("version", version, 1, 1);
            Require.present("seenAt", seenAt);
            since = since == null ? Map.of() : Map.copyOf(since);
        }
    }

    /**
     * Since when a revision has been well.
     *
     * @param fingerprint of its content
     * @param at the first time
     * @param recorded whether that has been long enough, and is recorded
     */
    record Since(String fingerprint, Instant at, boolean recorded) {}

    /**
     * The revision of a Deployment that is in use.
     *
     * @param revision which
     * @param endedAt when a container of it ended last; null when none did
     */
    public record InUse(Revision revision, Instant endedAt) {
        public InUse {
            Require.present("revision", revision);
        }

        private boolean isUnbrokenSince(Since known) {
            return known.fingerprint().equals(revision.fingerprint())
                    && (endedAt == null || !endedAt.isAfter(known.at()));
        }
    }

    /** What is recorded of a revision; empty when it was never seen well for long enough. */
    public Optional<HealthyRevision> find(Target target, String deployment, String fingerprint) {
        return journal.find(
                BucketLayout.healthyRevision(target.name(), deployment, fingerprint), HealthyRevision.class);
    }

    /**
     * Notes that all Deployments are rolled out and healthy from outside with these revisions. A container that ended since the look before, and
     * is ready again, is a break: what crashes every few minutes looks well in between.
     */
    public void well(Target target, Map<String, InUse> inUse) {
        Instant now = clock.instant();
        Optional<Watch> before = watch(target)
                .filter(watch -> Duration.between(watch.seenAt(), now).compareTo(LONGEST_GAP) <= 0);
        Map<String, Since> since = new TreeMap<>();
        inUse.forEach((deployment, used) -> since.put(
                deployment,
                before.map(watch -> watch.since().get(deployment))
                        .filter(used::isUnbrokenSince)
                        .map(known -> record(target, deployment, used.revision(), known, now))
                        .orElse(new Since(used.revision().fingerprint(), now, false))));
        journal.put(BucketLayout.healthWatch(target.name()), new Watch(1, now, since));
    }

    private Since record(Target target, String deployment, Revision revision, Since known, Instant now) {
        if (known.recorded()
                || Duration.between(known.at(), now).compareTo(target.policy().healthyFor()) < 0) {
            return known;
        }
        journal.put(
                BucketLayout.healthyRevision(target.name(), deployment, revision.fingerprint()),
                new HealthyRevision(
                        1,
                        deployment,
                        revision.fingerprint(),
                        revision.number(),
                        List.copyOf(revision.images()),
                        known.at(),
                        now));
        return new Since(known.fingerprint(), known.at(), true);
    }

    /** Notes that they are not: the time begins anew. */
    public void notWell(Target target) {
        if (watch(target).filter(watch -> !watch.since().isEmpty()).isPresent()) {
            journal.put(BucketLayout.healthWatch(target.name()), new Watch(1, clock.instant(), Map.of()));
        }
    }

    private Optional<Watch> watch(Target target) {
        return journal.find(BucketLayout.healthWatch(target.name()), Watch.class);
    }
}
