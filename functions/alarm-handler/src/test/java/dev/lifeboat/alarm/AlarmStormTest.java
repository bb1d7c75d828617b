package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.alarm.TestingStepFunctions.Execution;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A thousand events for five deployments within a minute, in the three forms that CloudWatch sends, of two alarms of each target, duplicated
 * and shuffled, by handlers in processes of their own. Two of them are killed: one when its start is on its way, one when it was
 * done and the answer is. Their events come again, as Lambda's asynchronous retries bring them.
 *
 * <p>The minute is one of the events' own time: each comes at some instant between its change and the minute's end, in that order, and it is then for
 * the handler. How long this machine takes to handle them does not count.
 */
@ExtendWith(S3MockExtension.class)
final class AlarmStormTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");
    private static final List<String> TARGETS = List.of("shop", "shop-eu", "wiki", "mail", "billing");
    /** Their first start is lost with the handler: it did not arrive; it arrived, and nobody heard of it. */
    private static final String LOST_START = TARGETS.get(0);

    private static final String LOST_ANSWER = TARGETS.get(1);
    private static final int EVENTS_OF_EACH = 200;
    private static final int HANDLERS = 4;
    /** Of Lambda's asynchronous invocation, as template.yaml sets them. */
    private static final int RETRIES = 2;

    private static final long SEED = 20261126;

    /** When the first alarms go off. */
    private static final Instant BEGINNING = Instant.parse("2026-11-23T06:45:03.123Z");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What a target is told of, and when that happened. */
    private record Change(String event, Instant at) {}

    /**
     * An event on its way to a handler.
     *
     * @param at when it comes there
     */
    private record Delivery(String target, String event, Instant at, int tries) {}

    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
    /** When each execution was started, by its ARN. */
    private final Map<String, Instant> startedAt = new ConcurrentHashMap<>();

    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    /** The executions that took their target's lease: each is a recovery. */
    private final Queue<String> recoveries = new ConcurrentLinkedQueue<>();

    private final AtomicInteger handled = new AtomicInteger();
    private final List<TestingAwsApi> endpoints = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestingAccount account;
    private S3MockServer s3;

    @BeforeEach
    void open(S3MockServer server) {
        s3 = server;
        account = new TestingAccount(server.endpoint());
        account.stepFunctions.listsLagBy(Duration.ofMillis(500));
        account.stepFunctions.onStart(execution -> {
            if (execution.machine.equals(TestingAccount.DATABASE)) {
                threads.execute(() -> firstState(execution));
            }
        });
        for (String target : TARGETS) {
            account.parameters.put("/" + target + "/target", TestingAccount.target(target));
            account.parameters.put("/" + target + "/mode", "automatic");
            account.parameters.put("/" + target + "/cool-down", "30");
            account.parameters.put(
                    "/" + target + "/alarms",
                    "{\"" + target + "-database-not-answering\":\"database\",\"" + target
                            + "-database-slow\":\"database\"}");
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        endpoints.forEach(TestingAwsApi::close);
        account.close();
    }

    @Test
    void aThousandEventsForFiveTargetsWithTwoHandlersKilledAreFiveRecoveries() throws Exception {
        queue.addAll(aMinutesEvents());
        assertThat(queue)
                .hasSize(1000)
                .allSatisfy(each -> assertThat(each.at()).isBetween(BEGINNING, BEGINNING.plus(MINUTE)));

        handleAll();

        assertThat(problems).as("seed %d", SEED).isEmpty();
        assertThat(handled).hasValue(1000);
        assertThat(lost).as("handlers that were killed").containsExactlyInAnyOrder(LOST_START, LOST_ANSWER);
        waitForFirstStates();
        assertThat(targetsOf(recoveries)).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(TARGETS);
        // A copy of the event does what the handler that was killed had to do: nobody waits for Lambda to try it again.
        assertThat(recoveries)
                .as("seed %d", SEED)
                .allSatisfy(arn -> assertThat(startedAt.get(arn)).isBetween(BEGINNING, BEGINNING.plus(MINUTE)));
        assertThat(running()).containsExactlyInAnyOrderElementsOf(recoveries);
        assertThat(requests("Publish")).as("what people were told").isZero();
        // Of a minute, bucket and refill in us-east-1: the Step Functions guide, "Quotas related to API throttling".
        // The parameter store answers 40 a second. Beyond them handlers are turned away, and alarms are given up.
        assertThat(requests("AWSStepFunctions.ListExecutions")).isLessThan(200 + 60 * 10);
        assertThat(requests("AWSStepFunctions.DescribeExecution")).isLessThan(300 + 60 * 15);
        assertThat(requests("AmazonSSM.GetParameters")).isLessThan(60 * 40);

        lateCopiesAfterTheRecoveriesEnded();
    }

    private void lateCopiesAfterTheRecoveriesEnded() throws IOException {
        int executions = account.stepFunctions.all().size();
        account.stepFunctions
                .all()
                .forEach(each -> each.end("SUCCEEDED", "{\"outcome\":\"recovered\"}", Instant.now()));
        for (String target : TARGETS) {
            String parameters = "/" + target;
            for (Change change : Set.copyOf(changes(target))) {
                TestingAccount.answer(
                        account.aws.endpoint(),
                        s3.endpoint(),
                        account.bucket,
                        Clock.systemUTC(),
                        change.event(),
                        parameters);
            }
        }

        assertThat(account.stepFunctions.all()).hasSize(executions);
    }

    /** Each comes at an instant of its own between its change and the minute's end, the first first. */
    private static List<Delivery> aMinutesEvents() throws IOException {
        Random random = new Random(SEED);
        List<Delivery> deliveries = new ArrayList<>();
        for (String target : TARGETS) {
            for (Change change : changes(target)) {
                long left =
                        Duration.between(change.at(), BEGINNING.plus(MINUTE)).toMillis();
                Instant at = change.at().plusMillis((long) (random.nextDouble() * left));
                deliveries.add(new Delivery(target, change.event(), at, 0));
            }
        }
        deliveries.sort(Comparator.comparing(Delivery::at));
        return deliveries;
    }

    /** Two alarms of the target go off six seconds apart; one is well again half a minute later. */
    private static List<Change> changes(String target) throws IOException {
        List<Change> changes = new ArrayList<>();
        add(changes, 60, event("alarm-handler-alarm.json", target), Duration.ZERO);
        add(changes, 40, event("alarm-handler-lambda-action.json", target), Duration.ZERO);
        add(changes, 30, event("alarm-handler-sns.json", target), Duration.ZERO);
        add(changes, 20, other(event("alarm-handler-alarm.json", target)), Duration.ofMillis(6_333));
        add(changes, 10, other(event("alarm-handler-sns.json", target)), Duration.ofMillis(6_333));
        add(changes, 40, wellAgain(event("alarm-handler-ok.json", target)), Duration.ofSeconds(30));
        assertThat(changes).hasSize(EVENTS_OF_EACH);
        return changes;
    }

    private static void add(List<Change> changes, int copies, String event, Duration after) {
        assertThat(event).contains(BEGINNING.plus(after).toString().replace("Z", "+0000"));
        changes.addAll(Collections.nCopies(copies, new Change(event, BEGINNING.plus(after))));
    }

    private static String event(String file, String target) throws IOException {
        String text = Files.readString(EVENTS.resolve(file)).replace("cloudtolocalllm", target);
        return Json.mapper().readTree(text).toString();
    }

    private static String other(String event) {
        return event.replace("database-not-answering", "database-slow").replace("06:45:03.123", "06:45:09.456");
    }

    private static String wellAgain(String event) {
        return event.replace("07:02:03", "06:45:33");
    }

    private void handleAll() throws Exception {
        List<Future<?>> handlers = new ArrayList<>();
        for (int i = 0; i < HANDLERS; i++) {
            handlers.add(threads.submit(this::handle));
        }
        for (Future<?> each : handlers) {
            // Longer than a busy machine needs: how long it takes is not what is asked.
            each.get(5, TimeUnit.MINUTES);
        }
    }

    /** One handler, and whoever takes its place when it was killed. */
    private void handle() {
        while (!queue.isEmpty()) {
            TestingAwsApi endpoint = TestingAwsApi.start();
            endpoints.add(endpoint);
            account.serve(endpoint);
            try (TestingHandlerProcess handler =
                    TestingHandlerProcess.start(endpoint.endpoint(), s3.endpoint(), account.bucket)) {
                AtomicReference<Delivery> current = new AtomicReference<>();
                endpoint.on("AWSStepFunctions.StartExecution", request -> start(request, handler, current.get()));
                handleUntilItDies(handler, current);
            }
        }
    }

    private void handleUntilItDies(TestingHandlerProcess handler, AtomicReference<Delivery> current) {
        for (Delivery next = queue.poll(); next != null; next = queue.poll()) {
            current.set(next);
            Optional<String> outcome = handler.handle("/" + next.target(), next.at(), next.event());
            if (outcome.filter(text -> !TestingHandlerProcess.failed(text)).isPresent()) {
                handled.incrementAndGet();
                continue;
            }
            if (next.tries() == RETRIES) {
                problems.add("given up: " + outcome.orElse("the handler died") + ": " + next.event());
            } else {
                // After one minute, and then after two: "Asynchronous invocation" of the Lambda developer guide.
                Instant again = next.at().plus(MINUTE.multipliedBy(next.tries() + 1L));
                queue.add(new Delivery(next.target(), next.event(), again, next.tries() + 1));
            }
            if (outcome.isEmpty()) {
                return;
            }
        }
    }

    private Answer start(Request request, TestingHandlerProcess handler, Delivery delivery) {
        String target = target(TestingStepFunctions.json(request).path("input").asText());
        if (target.equals(LOST_START) && lost.add(target)) {
            handler.kill();
            return Answer.error(500, "InternalFailure", "nobody listens");
        }
        Answer answer = account.stepFunctions.start(request);
        if (answer.status() == 200) {
            startedAt.putIfAbsent(arn(answer), delivery.at());
        }
        if (target.equals(LOST_ANSWER) && lost.add(target)) {
            handler.kill();
        }
        return answer;
    }

    private static String arn(Answer answer) {
        try {
            return Json.mapper().readTree(answer.body()).path("executionArn").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each execution has taken the lease, or has ended. */
    private void waitForFirstStates() throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (!Set.copyOf(running()).equals(Set.copyOf(recoveries))
                && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
    }

    /**
     * Of every recovery's machine: it takes the lease, or ends as joined. One after the other: S3 decides a conditional write atomically,
     * and S3Mock 5.2.0 checks and then writes (LeaseStoreTest).
     */
    private synchronized void firstState(Execution execution) {
        try {
            account.leases().acquire(target(execution.input), execution.name, execution.arn());
            recoveries.add(execution.arn());
        } catch (LeaseHeldException e) {
            execution.end("SUCCEEDED", "{\"outcome\":\"joined\"}", Instant.now());
        } catch (RuntimeException e) {
            problems.add("the first state failed: " + e);
        }
    }

    private static String target(String input) {
        try {
            return Json.mapper().readTree(input).path("target").path("name").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> targetsOf(Iterable<String> executions) {
        List<String> targets = new ArrayList<>();
        executions.forEach(arn -> targets.add(target(account.stepFunctions.find(arn).input)));
        return targets;
    }

    private List<String> running() {
        return account.stepFunctions.all().stream()
                .filter(each -> each.machine.equals(TestingAccount.DATABASE) && each.status.equals("RUNNING"))
                .map(Execution::arn)
                .toList();
    }

    private int requests(String operation) {
        return endpoints.stream()
                .mapToInt(each -> each.requests(operation).size())
                .sum();
    }
}
