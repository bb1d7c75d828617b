package dev.lifeboat.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.FunctionResource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source of what is asserted: Lambda Developer Guide, "Runtime API" and "Troubleshoot invocation issues". */
class LambdaServiceTest {
    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Fault nextFault = Fault.NONE;
    private LambdaService lambda;

    @BeforeEach
    void start() throws Exception {
        Path zip = TestZip.write(directory.resolve("function.zip"));
        lambda = new LambdaService(
                List.of(function("Echo", zip, OptionalInt.empty()), function("Single", zip, OptionalInt.of(1))),
                new LambdaSettings(
                        directory.resolve("work"),
                        TestZip.runtime(),
                        URI.create("http://127.0.0.1:1"),
                        Map.of("TRACE_FILE", trace().toString()),
                        10_000),
                new InvocationListener() {
                    @Override
                    public Fault fault(Invocation invocation) {
                        Fault fault = nextFault;
                        nextFault = Fault.NONE;
                        return fault;
                    }

                    @Override
                    public void logged(String function, String line) {
                        lines.add(function + ": " + line);
                    }

                    @Override
                    public void givenUp(String function, String payload, InvocationResult last) {
                        givenUp.countDown();
                    }
                });
    }

    private static FunctionResource function(String name, Path zip, OptionalInt reserved) {
        return new FunctionResource(
                name,
                "my-" + name,
                "arn:aws:lambda:us-east-1:000000000000:function:my-" + name,
                "live",
                zip,
                TestFunction.class.getName() + "::handleRequest",
                Map.of("FROM_TEMPLATE", "yes"),
                Duration.ofSeconds(2),
                128,
                reserved,
                2,
                null);
    }

    private Path trace() {
        return directory.resolve("trace");
    }

    @AfterEach
    void stop() {
        lambda.close();
        threads.shutdownNow();
    }

    @Test
    void anEventGoesToTheHandlerInAProcessWithTheTemplatesEnvironment() throws Exception {
        InvocationResult result = lambda.invoke("Echo", "{\"a\":1}");

        JsonNode answer = Json.mapper().readTree(result.payload());
        assertThat(result.succeeded()).isTrue();
        assertThat(answer.path("echo").path("a").asInt()).isEqualTo(1);
        assertThat(answer.path("variable").asText()).isEqualTo("yes");
        assertThat(answer.path("endpoint").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(answer.path("function").asText()).isEqualTo("my-Echo");
        assertThat(answer.path("arn").asText())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:my-Echo:live");
        assertThat(answer.path("heap").asInt()).isBetween(80, 96);
        assertThat(lines).contains("Echo: saw {\"a\":1}");
    }

    @Test
    void aWarmProcessIsUsedAgain() throws Exception {
        JsonNode first = Json.mapper().readTree(lambda.invoke("Echo", "1").payload());
        JsonNode second = Json.mapper().readTree(lambda.invoke("Echo", "2").payload());

        assertThat(second.path("pid")).isEqualTo(first.path("pid"));
        assertThat(second.path("calls").asInt()).isEqualTo(2);
    }

    @Test
    void aWarmProcessOutlivesManyEvents() throws Exception {
        JsonNode first = Json.mapper().readTree(lambda.invoke("Echo", "0").payload());
        for (int i = 1; i < 200; i++) {
            JsonNode answer = Json.mapper()
                    .readTree(lambda.invoke("Echo", Integer.toString(i)).payload());
            assertThat(answer.path("echo").asInt()).as(answer.toString()).isEqualTo(i);
            assertThat(answer.path("pid")).isEqualTo(first.path("pid"));
        }
    }

    @Test
    void processesThatStartAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        List<CompletableFuture<InvocationResult>> started = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            started.add(CompletableFuture.supplyAsync(() -> invoke("Echo", "1"), threads));
        }

        for (CompletableFuture<InvocationResult> one : started) {
            assertThat(one.join().payload()).contains("\"echo\":1");
        }
    }

    @Test
    void anExceptionIsAFunctionErrorWithItsFullClassName() throws Exception {
        InvocationResult result = lambda.invoke("Echo", "\"throw\"");

        JsonNode error = Json.mapper().readTree(result.payload());
        assertThat(result.functionError()).contains("Unhandled");
        assertThat(error.path("errorType").asText())
                .isEqualTo("dev.lifeboat.local.lambda.TestFunction$DeliberateException");
        assertThat(error.path("errorMessage").asText()).isEqualTo("as told");
    }

    @Test
    void aProcessThatExitsIsARuntimeExitErrorAndTheNextEventGetsAFreshOne() throws Exception {
        InvocationResult result = lambda.invoke("Echo", "\"exit\"");

        assertThat(Json.mapper().readTree(result.payload()).path("errorType").asText())
                .isEqualTo("Runtime.ExitError");
        assertThat(Json.mapper().readTree(result.payload()).path("errorMessage").asText())
                .isEqualTo("RequestId: " + result.requestId() + " Error: Runtime exited with error: exit status 3");
        assertThat(lambda.invoke("Echo", "1").succeeded()).isTrue();
    }

    @Test
    void anEventThatTakesTooLongEndsItsProcess() throws Exception {
        InvocationResult result = lambda.invoke("Echo", "\"sleep\"");

        JsonNode error = Json.mapper().readTree(result.payload());
        assertThat(error.path("errorType").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(error.path("errorMessage").asText())
                .isEqualTo("RequestId: " + result.requestId() + " Error: Task timed out after 2.00 seconds");
    }

    @Test
    void aProcessCanBeKilledInTheMiddleOfItsEvent() throws Exception {
        nextFault = Fault.killAfter(Duration.ofMillis(200));

        InvocationResult result = lambda.invoke("Echo", "\"sleep\"");

        assertThat(Json.mapper().readTree(result.payload()).path("errorMessage").asText())
                .isEqualTo("RequestId: " + result.requestId() + " Error: Runtime exited with error: signal: killed");
    }

    @Test
    void anAnswerCanBeLostAfterTheWorkWasDone() throws Exception {
        nextFault = Fault.killBeforeAnswer();

        InvocationResult result = lambda.invoke("Echo", "1");

        assertThat(result.functionError()).contains("Unhandled");
        assertThat(Files.readString(trace())).isEqualTo("worked\n");
    }

    @Test
    void anAsynchronousEventIsTriedThreeTimesAndThenGivenUp() throws Exception {
        lambda.invokeLater("Echo", "\"throw\"");

        assertThat(givenUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(trace())).isEqualTo("worked\nworked\nworked\n");
    }

    @Test
    void moreEventsThanTheReservedConcurrencyAreThrottled() throws Exception {
        var entered = new CountDownLatch(1);
        lambda.invoke("Single", "1");
        var first = CompletableFuture.supplyAsync(
                () -> {
                    entered.countDown();
                    return invoke("Single", "\"sleep\"");
                },
                threads);
        entered.await();
        Thread.sleep(300);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> lambda.invoke("Single", "2")))
                .isInstanceOf(LambdaService.FunctionThrottledException.class)
                .hasMessage("Rate Exceeded: the reserved concurrency of my-Single is used up.");
        assertThat(first.join().functionError()).contains("Unhandled");
    }

    private InvocationResult invoke(String function, String payload) {
        try {
            return lambda.invoke(function, payload);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
