package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.aws.pgbackrest.ArchivedSegment;
import dev.lifeboat.aws.pgbackrest.RepositoryListing;
import dev.lifeboat.aws.pgbackrest.WalSegment;
import dev.lifeboat.contract.error.LifeboatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks how far the archive is behind PostgreSQL, by what both of them say, and how old the newest base backup is. */
class WalArchiveProbe {
    private static final Logger LOG = Logger.getLogger(WalArchiveProbe.class);

    /**
     * What was seen.
     *
     * @param lagSeconds for how long WAL has waited for its archive; 0 when none waits, null when nobody could tell
     * @param ageSeconds since the newest segment arrived in the bucket; null when there is none, or nobody could tell
     * @param baseBackupSeconds since the newest base backup was finished; since the server started when there is none; null when nobody
     *     could tell
     */
    record Seen(Long lagSeconds, Long ageSeconds, Long baseBackupSeconds) {}

    private final Supplier<RepositoryListing> repository;
    private final Clock clock;

    WalArchiveProbe(Supplier<RepositoryListing> repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** @param archiving what the server says; null when it could not be asked */
    Seen look(WalArchiving archiving) {
        Optional<ArchivedSegment> newest = Optional.empty();
        Long baseBackup = null;
        try {
            RepositoryListing listing = repository.get();
            newest = listing.newestSegment();
            baseBackup = listing.newestBackup()
                    .map(this::secondsSince)
                    .orElse(archiving == null ? null : archiving.upSeconds());
        } catch (LifeboatException e) {
            LOG.warnf("The repository of WAL and base backups cannot be listed: %s", e.getMessage());
        }
        Long age = newest.map(segment -> secondsSince(segment.storedAt())).orElse(null);
        return new Seen(
                archiving == null ? null : lag(archiving, newest.map(ArchivedSegment::segment), age), age, baseBackup);
    }

    private long secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, clock.instant()).toSeconds());
    }

    /**
     * A server without activity ends no segment: nothing waits then, however long ago the last one was archived. What waits, waits no longer than
     * since the last success, of which PostgreSQL forgets after a crash; the bucket does not.
     */
    private static long lag(WalArchiving server, Optional<WalSegment> inBucket, Long age) {
        if (!server.on()) {
            return server.upSeconds();
        }
        Optional<WalSegment> last = segment(server.lastArchived()).or(() -> inBucket);
        boolean waits = server.failing()
                || WalSegment.parse(server.current())
                        .filter(current -> last.filter(archived -> follows(archived, current))
                                .isEmpty())
                        .isPresent();
        if (!waits) {
            return 0;
        }
        Long since = server.lastArchivedSeconds() != null ? server.lastArchivedSeconds() : age;
        return since == null ? server.upSeconds() : since;
    }

    /** Whether the one that is being written comes right behind the last one that is archived: then none waits. */
    private static boolean follows(WalSegment archived, WalSegment current) {
        return current.number() <= archived.number() + 1;
    }

    /** The archiver also names history files and the labels of backups, which begin with a segment's name. */
    private static Optional<WalSegment> segment(String file) {
        return file == null || file.length() < 24 ? Optional.empty() : WalSegment.parse(file.substring(0, 24));
    }
}
