package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.orchestrator.application.ApplicationRequest.HandOver;
import dev.lifeboat.orchestrator.application.ApplicationResults.HandedOver;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The recovery whose turn it is when the cause is not in the application. */
class HandOversTest {
    private static final String START = "AWSStepFunctions.StartExecution";
    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:shop-recover-database";
    private static final String EXECUTION =
            "arn:aws:states:us-east-1:123456789012:execution:shop-recover-database:from-application-1";
    private static final RecoveryScope SCOPE = new RecoveryScope("application-1", TestTargets.live("shop"), 7);
    private static final Trigger TRIGGER = new Trigger(
            Trigger.Kind.ALARM,
            "shop-application-unhealthy",
            Instant.parse("2026-11-23T03:14:00Z"),
            Instant.parse("2026-11-23T03:12:00Z"),
            null);

    private final TestingAwsApi aws = TestingAwsApi.start();
    private final SfnClient client = SfnClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void itIsStartedWithTheIncidentsOwnTriggerSoThatItsTimeCountsFromTheFailure() throws IOException {
        aws.on(START, request -> Answer.ok("{\"executionArn\":\"" + EXECUTION + "\",\"startDate\":1}"));

        assertThat(start()).isEqualTo(new HandedOver(EXECUTION, true));

        var sent = Json.mapper().readTree(aws.requests(START).get(0).body());
        assertThat(sent.path("stateMachineArn").asText()).isEqualTo(MACHINE);
        assertThat(sent.path("name").asText()).isEqualTo("from-application-1");
        RecoveryInput input = Json.read("the input", sent.path("input").asText(), RecoveryInput.class);
        assertThat(input.incident()).as("its report lies beside this one's").isEqualTo("application-1-database");
        assertThat(input.trigger()).isEqualTo(TRIGGER);
        assertThat(input.target()).isEqualTo(SCOPE.target());
    }

    @Test
    void aSecondTimeItIsTheSameExecution() {
        aws.on(START, request -> Answer.error(400, "ExecutionAlreadyExists", "Execution Already Exists"));

        assertThat(start()).isEqualTo(new HandedOver(EXECUTION, false));
    }

    @ParameterizedTest
    @CsvSource({
        "503, ServiceUnavailable, true",
        "400, ThrottlingException, true",
        "400, StateMachineDoesNotExist, false"
    })
    void whatMayPassIsToldFromWhatDoesNot(int status, String error, boolean mayPass) {
        aws.on(START, request -> Answer.error(status, error, "no"));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(this::start)
                .isInstanceOf(mayPass ? AwsUnavailableException.class : MisconfiguredException.class)
                .withMessageStartingWith("Cannot start " + MACHINE + ": ");
    }

    /** An execution that a person starts again has another name, and the incident's first successor may be over. */
    @Test
    void anotherExecutionOfTheSameIncidentStartsAnotherOneUnderTheSameIncident() throws IOException {
        aws.on(START, request -> Answer.ok("{\"executionArn\":\"" + EXECUTION + "\",\"startDate\":1}"));

        start();
        start("x".repeat(75) + "again");

        var first = Json.mapper().readTree(aws.requests(START).get(0).body());
        var second = Json.mapper().readTree(aws.requests(START).get(1).body());
        assertThat(second.path("name").asText())
                .isEqualTo("from-" + "x".repeat(70) + "again")
                .hasSize(80);
        assertThat(second.path("input")).isEqualTo(first.path("input"));
    }

    private HandedOver start() {
        return start("application-1");
    }

    private HandedOver start(String starter) {
        return new HandOvers(() -> client).start(new HandOver(SCOPE, TRIGGER, MACHINE, starter));
    }
}
