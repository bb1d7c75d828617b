package dev.lifeboat.orchestrator.database;

import dev.lifeboat.pgrestore.ProgressMeter;
import dev.lifeboat.pgrestore.RestoreObserver;
import dev.lifeboat.pgrestore.RestoreProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Passes everything on to a meter, and writes to the log every ten seconds how far it is: for whoever watches a long step. */
final class LoggedProgress implements RestoreObserver {
    private static final Logger LOG = Logger.getLogger(LoggedProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ProgressMeter meter;
    private final Clock clock;
    private final AtomicReference<Instant> logged;

    LoggedProgress(ProgressMeter meter, Clock clock) {
        this.meter = meter;
        this.clock = clock;
        this.logged = new AtomicReference<>(clock.instant());
    }

    @Override
    public void found(long bytes, long rows, int objects) {
        meter.found(bytes, rows, objects);
    }

    @Override
    public void bytesRead(long bytes) {
        meter.bytesRead(bytes);
        logNowAndThen();
    }

    @Override
    public void rowsLoaded(long rows) {
        meter.rowsLoaded(rows);
        logNowAndThen();
    }

    @Override
    public void objectsReplayed(int objects) {
        meter.objectsReplayed(objects);
        logNowAndThen();
    }

    private void logNowAndThen() {
        Instant last = logged.get();
        Instant now = clock.instant();
        if (!now.isBefore(last.plus(INTERVAL)) && logged.compareAndSet(last, now)) {
            RestoreProgress progress = meter.progress();
            LOG.infof(
                    "Restored %d of %d bytes, %d rows, %d of %d objects after %d s; expected end: %s",
                    progress.bytesDone(),
                    progress.bytesTotal(),
                    progress.rows(),
                    progress.objectsDone(),
                    progress.objectsTotal(),
                    progress.elapsed().toSeconds(),
                    progress.expectedEnd() == null ? "not known yet" : progress.expectedEnd());
        }
    }
}
