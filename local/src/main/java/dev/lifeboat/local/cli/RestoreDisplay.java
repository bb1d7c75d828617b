package dev.lifeboat.local.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells a person how a restore goes on: lines with the seconds since the beginning and, while something takes its time, how far it is: on
 * a terminal as a last line that is written over, elsewhere as a line every ten seconds. Thread-safe.
 */
final class RestoreDisplay implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long LIVE_MILLIS = 250;
    private static final long PLAIN_MILLIS = 10_000;

    private final PrintWriter out;
    private final boolean live;
    private final long begun = System.nanoTime();
    private final ScheduledExecutorService timer;

    /** @param live whether lines may be written over */
    RestoreDisplay(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "display");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What takes its time. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Something happened. */
    synchronized void say(String format, Object... arguments) {
        clear();
        out.println(timed(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments)));
        out.flush();
    }

    /** Runs the work, and shows again and again what {@code line} says meanwhile. */
    <T, E extends Exception> T during(Supplier<String> line, Work<T, E> work) throws E {
        long period = live ? LIVE_MILLIS : PLAIN_MILLIS;
        AtomicBoolean over = new AtomicBoolean();
        ScheduledFuture<?> shown =
                timer.scheduleAtFixedRate(() -> show(line, over), period, period, TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } finally {
            end(shown, over);
        }
    }

    private synchronized void end(ScheduledFuture<?> shown, AtomicBoolean over) {
        over.set(true);
        shown.cancel(false);
        clear();
        out.flush();
    }

    private synchronized void show(Supplier<String> line, AtomicBoolean over) {
        if (over.get()) {
            return; // it waited for its turn
        }
        clear();
        if (live) {
            out.print(timed(line.get()));
        } else {
            out.println(timed(line.get()));
        }
        out.flush();
    }

    private void clear() {
        if (live) {
            out.print(CLEAR_LINE);
        }
    }

    private String timed(String line) {
        return String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - begun) / 1e9, line);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
