package dev.lifeboat.local.lambda;

import dev.lifeboat.local.template.FunctionResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs functions from their built zips as Lambda does: the AWS runtime interface client in a process of its own, one
 * event at a time each. Thread-safe.
 */
public final class LambdaService implements AutoCloseable {
    private final Map<String, FunctionPool> pools = new LinkedHashMap<>();
    private final InvocationListener listener;
    private final double speed;
    private final ExecutorService threads = Executors.newCachedThreadPool(LambdaService::daemon);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1, LambdaService::daemon);

    /**
     * @param functions what there is
     * @param settings how it is run
     * @param listener sees and disturbs invocations
     */
    public LambdaService(Collection<FunctionResource> functions, LambdaSettings settings, InvocationListener listener) {
        this.listener = listener;
        this.speed = settings.speed();
        var code = new FunctionCode(settings.workDirectory().resolve("functions"));
        var command = new ProcessCommand(settings);
        for (FunctionResource function : functions) {
            pools.put(
                    function.logicalId(),
                    new FunctionPool(
                            function,
                            () -> new LambdaProcess(
                                    function,
                                    api -> command.builder(function, code.unpacked(function.code()), api),
                                    line -> listener.logged(function.logicalId(), line),
                                    listener::fault)));
        }
    }

    /** Finds a function by logical id, name, ARN or ARN with a qualifier. */
    public Optional<FunctionResource> find(String function) {
        return pools.values().stream()
                .map(FunctionPool::function)
                .filter(f -> function.equals(f.logicalId())
                        || function.equals(f.name())
                        || function.equals(f.arn())
                        || function.startsWith(f.arn() + ":"))
                .findFirst();
    }

    /**
     * Invokes a function and waits for its answer.
     *
     * @throws IllegalArgumentException when there is no such function
     * @throws FunctionThrottledException when its reserved concurrency is used up
     */
    public InvocationResult invoke(String function, String payload) throws InterruptedException {
        FunctionResource resource =
                find(function).orElseThrow(() -> new IllegalArgumentException("Function not found: " + function));
        FunctionPool pool = pools.get(resource.logicalId());
        var last = new AtomicReference<Work>();
        Instant start = Instant.now();
        Work.Answer answer;
        try {
            answer = pool.run(() -> {
                last.set(new Work(UUID.randomUUID().toString(), payload, qualified(resource)));
                return last.get();
            });
        } catch (FunctionPool.TooManyRequestsException e) {
            throw new FunctionThrottledException(resource.name());
        }
        String requestId = last.get().requestId;
        var result = new InvocationResult(
                requestId, answer.failed() ? Optional.of("Unhandled") : Optional.empty(), answer.payload());
        listener.ended(
                new Invocation(resource.logicalId(), requestId, payload, 0),
                result,
                Duration.between(start, Instant.now()));
        return result;
    }

    /** How many events a function handles now. */
    public int underWay(String function) {
        return find(function)
                .map(resource -> pools.get(resource.logicalId()).underWay())
                .orElse(0);
    }

    /**
     * Invokes a function asynchronously: a failed event is tried again after one and after two minutes. Source: Lambda
     * Developer Guide, "How Lambda handles errors and retries with asynchronous invocation".
     */
    public void invokeLater(String function, String payload) {
        FunctionResource resource =
                find(function).orElseThrow(() -> new IllegalArgumentException("Function not found: " + function));
        threads.execute(() -> attempt(resource, payload, 0));
    }

    private void attempt(FunctionResource function, String payload, int retry) {
        try {
            InvocationResult result = invoke(function.arn(), payload);
            if (result.succeeded()) {
                return;
            }
            if (retry == function.asyncRetries()) {
                listener.givenUp(function.logicalId(), payload, result);
                return;
            }
            later(function, payload, retry + 1, 60_000L * (retry + 1));
        } catch (FunctionThrottledException e) {
            // A throttled event stays in Lambda's queue and does not use up a try.
            later(function, payload, retry, 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(FunctionResource function, String payload, int retry, long millis) {
        var unused = later.schedule(
                () -> threads.execute(() -> attempt(function, payload, retry)),
                (long) (millis / speed),
                TimeUnit.MILLISECONDS);
    }

    private static String qualified(FunctionResource function) {
        return function.alias() == null ? function.arn() : function.arn() + ":" + function.alias();
    }

    /** Ends every process. */
    @Override
    public void close() {
        later.shutdownNow();
        threads.shutdownNow();
        pools.values().forEach(FunctionPool::close);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "Lambda");
        thread.setDaemon(true);
        return thread;
    }

    /** Lambda's answer 429. */
    public static final class FunctionThrottledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FunctionThrottledException(String function) {
            super("Rate Exceeded: the reserved concurrency of " + function + " is used up.");
        }
    }
}
