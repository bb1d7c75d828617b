package dev.lifeboat.local.drill;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a person what goes on: finished steps as lines with the time since the beginning, and, on a terminal, the step
 * that runs as a last line that is written again and again. Thread-safe.
 */
public final class Console implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final boolean live;
    private final Instant begun = Instant.now();
    private final ScheduledExecutorService refresher;
    private String running = "";
    private Instant runningSince = begun;
    private boolean interrupted;

    /** @param live whether lines may be written over */
    public Console(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
        this.refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
        });
        if (live) {
            var unused = refresher.scheduleAtFixedRate(this::refresh, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    /** The process is being ended: says so, and nothing after it. */
    public synchronized void interrupted() {
        running = "";
        say("interrupted: ending every process that was started");
        interrupted = true;
    }

    /** Something happened. */
    public synchronized void say(String line) {
        if (interrupted) {
            return;
        }
        clear();
        out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds(begun), line);
        draw();
    }

    /** Text without a time, such as a table. */
    public synchronized void print(String text) {
        if (interrupted) {
            return;
        }
        clear();
        out.println(text);
        draw();
    }

    /** What runs now; empty for nothing. */
    public synchronized void running(String what) {
        if (!what.equals(running)) {
            running = what;
            runningSince = Instant.now();
        }
        clear();
        draw();
    }

    private synchronized void refresh() {
        clear();
        draw();
    }

    private void clear() {
        if (live && !interrupted) {
            out.print(CLEAR_LINE);
        }
    }

    private void draw() {
        if (live && !interrupted && !running.isEmpty()) {
            String line = String.format(
                    Locale.ROOT, "%7.1f s  … %s (%.0f s)", seconds(begun), running, seconds(runningSince));
            out.print(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
        }
        out.flush();
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }

    @Override
    public void close() {
        running("");
        refresher.shutdownNow();
    }
}
