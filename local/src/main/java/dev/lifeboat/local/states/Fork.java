package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs branches side by side, and stops the rest as soon as too many have failed. */
final class Fork {
    /** One branch. */
    interface Work {
        JsonNode run(int index) throws InterruptedException;
    }

    /** How one branch ended: exactly one of output and failure is not null. */
    record Ended(int index, JsonNode output, StateFailure failure) {}

    private Fork() {}

    /**
     * @param tolerated how many may fail before the rest is stopped
     * @return by index; null for those that were stopped or never begun
     */
    static List<Ended> run(ExecutorService threads, int count, int atOnce, long tolerated, Work work)
            throws InterruptedException {
        BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
        var next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int w = 0; w < Math.min(atOnce, count); w++) {
            workers.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    ends.add(one(work, i));
                }
                return null;
            }));
        }
        List<Ended> results = new ArrayList<>(java.util.Collections.nCopies(count, null));
        long failed = 0;
        try {
            for (int done = 0; done < count && failed <= tolerated; done++) {
                Ended end = ends.take();
                results.set(end.index(), end);
                failed += end.failure() == null ? 0 : 1;
            }
        } finally {
            workers.forEach(worker -> worker.cancel(true));
        }
        return results;
    }

    private static Ended one(Work work, int index) throws InterruptedException {
        try {
            return new Ended(index, work.run(index), null);
        } catch (StateFailure failure) {
            return new Ended(index, null, failure);
        } catch (RuntimeException e) {
            return new Ended(index, null, new StateFailure("States.Runtime", e.toString()));
        }
    }
}
