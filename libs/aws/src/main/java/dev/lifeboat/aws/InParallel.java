package dev.lifeboat.aws;

import dev.lifeboat.contract.error.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Several requests at once: a month of backups takes a second then, not the better part of a minute. */
final class InParallel {
    private static final int THREADS = 8;

    private InParallel() {}

    /** The results in the order of the inputs; the first failure is thrown. No thread outlives the call. */
    static <T, R> List<R> map(List<T> inputs, Function<T, R> request) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, inputs.size()));
        try {
            List<Future<R>> pending = new ArrayList<>(inputs.size());
            for (T input : inputs) {
                pending.add(threads.submit(() -> request.apply(input)));
            }
            List<R> results = new ArrayList<>(inputs.size());
            for (Future<R> future : pending) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException("Interrupted while reading the bucket.", "Try again.", e);
        }
    }
}
