package dev.lifeboat.orchestrator.application;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Asks an application every second, on a thread of its own, how long it does not answer. Counts on where the slice before ended. Thread-safe. */
final class Answers implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PACE = Duration.ofSeconds(1);
    /** A last question that was begun may take its whole time, connecting and waiting. */
    private static final Duration LAST = TIMEOUT.multipliedBy(3);

    private final HealthChecks checks = new HealthChecks(TIMEOUT);
    private final List<String> urls;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int asked;
    private int failed;
    private long gapMillis;
    private Instant downSince;
    private ScheduledFuture<?> asking;

    private Answers(List<String> urls, Failover.Progress before, Clock clock) {
        this.urls = urls;
        this.clock = clock;
        asked = before.asked();
        failed = before.failed();
        gapMillis = before.gapMillis();
        downSince = before.downSince();
    }

    /** Begins at once. */
    static Answers watch(List<String> urls, Failover.Progress before, Clock clock) {
        Answers answers = new Answers(urls, before, clock);
        answers.asking = answers.thread.scheduleAtFixedRate(answers::ask, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
        return answers;
    }

    private void ask() {
        Instant begun = clock.instant();
        boolean well = checks.check(urls).healthy();
        note(begun, well, clock.instant());
    }

    private synchronized void note(Instant begun, boolean well, Instant ended) {
        asked++;
        if (!well) {
            failed++;
            downSince = downSince == null ? begun : downSince;
        }
        if (downSince != null) {
            gapMillis = Math.max(gapMillis, Duration.between(downSince, ended).toMillis());
        }
        if (well) {
            downSince = null;
        }
    }

    synchronized int asked() {
        return asked;
    }

    synchronized int failed() {
        return failed;
    }

    synchronized long gapMillis() {
        return gapMillis;
    }

    /** Null while it answers. */
    synchronized Instant downSince() {
        return downSince;
    }

    @Override
    public void close() {
        stop();
    }

    /** Asks no more; a question that was begun is counted. What went wrong with one is thrown here. */
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
            // Ended well it never is: it is cancelled, or a question failed.
            if (asking.isDone() && !asking.isCancelled()) {
                asking.get();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The application was not asked any more", e.getCause());
        }
    }
}
