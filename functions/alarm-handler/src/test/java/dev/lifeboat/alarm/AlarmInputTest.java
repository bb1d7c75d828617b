package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.alarm.AlarmRequest.BackupVerdict;
import dev.lifeboat.alarm.AlarmRequest.News;
import dev.lifeboat.alarm.AlarmRequest.Settle;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmInputTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");
    private static final String HINT = " HINT: Send one of events/alarm-handler-*.json.";

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("alarm-handler-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsRead(Path sample) throws IOException {
        assertThat(read(Files.readString(sample))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alarm-handler-alarm.json", "alarm-handler-lambda-action.json", "alarm-handler-sns.json"})
    void oneChangeIsTheSameWhicheverWayItComes(String sample) throws IOException {
        assertThat(one(sample))
                .isEqualTo(new AlarmEvent(
                        "cloudtolocalllm-database-not-answering",
                        "ALARM",
                        Instant.parse("2026-11-23T06:45:03.123Z"),
                        // SNS has no datapoints: two periods of a minute before the change.
                        Instant.parse(sample.contains("sns") ? "2026-11-23T06:43:03.123Z" : "2026-11-23T06:42:00Z"),
                        "Threshold Crossed: 2 out of the last 2 datapoints [0.0 (23/11/26 06:44:00), 0.0 (23/11/26 06:43:00)]"
                                + " were less than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).",
                        null));
    }

    @Test
    void aCompositeAlarmsFailureIsAsOldAsTheAlarmsThatSetItOff() throws IOException {
        AlarmEvent event = one("alarm-handler-composite.json");

        assertThat(event.at()).isEqualTo("2026-11-23T06:46:03.138Z");
        assertThat(event.failedAfter()).isEqualTo("2026-11-23T06:45:03.123Z");
        assertThat(event.suppressedBy()).isEqualTo("WaitPeriod");
    }

    @Test
    void aCompositeAlarmBySnsHasNoTrigger() throws IOException {
        ObjectNode sns =
                (ObjectNode) Json.mapper().readTree(Files.readString(EVENTS.resolve("alarm-handler-sns.json")));
        ObjectNode inner = (ObjectNode) sns.path("Records").path(0).path("Sns");
        inner.put(
                "Message",
                "{\"AlarmName\":\"both\",\"AlarmRule\":\"ALARM(a) AND ALARM(b)\",\"NewStateValue\":\"ALARM\","
                        + "\"NewStateReason\":\"a transitioned to ALARM\",\"StateChangeTime\":\"2026-11-23T06:45:03.123+0000\","
                        + "\"OldStateValue\":\"OK\",\"TriggeringChildren\":[]}");

        AlarmEvent event = ((News) read(sns.toString())).events().get(0);

        assertThat(event.alarm()).isEqualTo("both");
        assertThat(event.failedAfter()).isEqualTo(event.at());
    }

    @Test
    void anEventOfEventBridgeMayComeThroughSns() throws IOException {
        ObjectNode sns =
                (ObjectNode) Json.mapper().readTree(Files.readString(EVENTS.resolve("alarm-handler-sns.json")));
        ((ObjectNode) sns.path("Records").path(0).path("Sns"))
                .put("Message", Files.readString(EVENTS.resolve("alarm-handler-alarm.json")));

        assertThat(((News) read(sns.toString())).events()).containsExactly(one("alarm-handler-alarm.json"));
    }

    @Test
    void anIssueOfAwsHealthIsOneIncidentInAllItsUpdates() throws IOException {
        AlarmEvent event = one("alarm-handler-health.json");

        assertThat(event.alarm()).isEqualTo("aws.health:EKS");
        assertThat(event.isAlarm()).isTrue();
        assertThat(event.at()).isEqualTo("2026-11-23T06:40:00Z");
        assertThat(event.reason())
                .isEqualTo("AWS_EKS_OPERATIONAL_ISSUE in us-east-1, affects"
                        + " arn:aws:eks:us-east-1:123456789012:cluster/cloudtolocalllm-eks: API servers of some clusters do not"
                        + " answer.");
    }

    @ParameterizedTest
    @CsvSource({"\"issue\"|\"scheduledChange\"|SCHEDULEDCHANGE", "\"open\"|\"closed\"|OK"})
    void whatIsNoOpenIssueIsNoAlarm(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        String event =
                Files.readString(EVENTS.resolve("alarm-handler-health.json")).replace(": " + parts[0], ": " + parts[1]);

        assertThat(((News) read(event)).events().get(0).state()).isEqualTo(parts[2]);
    }

    @Test
    void anEventOfEksIsNamedByItsKind() throws IOException {
        AlarmEvent degraded = one("alarm-handler-eks.json");
        String restored =
                Files.readString(EVENTS.resolve("alarm-handler-eks.json")).replace("Degraded", "Restored");

        assertThat(degraded.alarm()).isEqualTo("aws.eks:EKS Addon Health Degraded");
        assertThat(degraded.isAlarm()).isTrue();
        assertThat(degraded.reason()).contains("aws-ebs-csi-driver").contains("it has no replicas");
        assertThat(((News) read(restored)).events().get(0).state()).isEqualTo("OK");
    }

    @Test
    void requestsOfOurOwnMachinesAreRead() throws IOException {
        assertThat(read(Files.readString(EVENTS.resolve("alarm-handler-settle.json"))))
                .isEqualTo(new Settle(
                        "settle",
                        "cloudtolocalllm-database-not-answering",
                        Instant.parse("2026-11-23T06:45:03.123Z"),
                        true));
        assertThat(read(Files.readString(EVENTS.resolve("alarm-handler-backup-verdict.json"))))
                .isEqualTo(
                        new BackupVerdict("backup-verdict", "cloudtolocalllm", Instant.parse("2026-11-23T06:45:10Z")));
    }

    @Test
    void anythingElseIsRefusedWithWhatItIs() {
        assertRefused(
                "{\"source\":\"aws.ec2\",\"detail\":{}}",
                "field 'source' is 'aws.ec2', expected 'source'"
                        + " aws.cloudwatch, aws.health or aws.eks, 'Records' of SNS, or 'action'.");
        assertRefused(
                "{\"foo\":1,\"bar\":2}",
                "it has the fields [foo, bar], expected 'source' aws.cloudwatch,"
                        + " aws.health or aws.eks, 'Records' of SNS, or 'action'.");
        assertRefused(
                "{\"action\":\"restore\"}", "field 'action' is 'restore', expected 'settle' or 'backup-verdict'.");
        assertRefused("{\"Records\":[]}", "field 'Records' is empty.");
        assertRefused(
                "{\"Records\":[{\"EventSource\":\"aws:sqs\"}]}",
                "field 'Records[].EventSource' is 'aws:sqs', expected 'aws:sns'.");
        assertRefused(
                "{\"source\":\"aws.health\",\"detail\":{\"eventTypeCategory\":\"issue\"}}",
                "field 'detail.service' is missing.");
        assertRefused("{\"alarmData\":{\"state\":{}}}", "field 'alarmData.state.timestamp' is missing.");
    }

    @Test
    void aMessageOfSnsThatIsNoJsonIsShown() {
        assertThatThrownBy(() -> read("{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"hello\"}}]}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid the AlarmHandler event: field 'Records[].Sns.Message' is no JSON: hello. HINT:"
                        + " Subscribe the function to a topic that CloudWatch alarms alone publish to.");
    }

    private static void assertRefused(String event, String message) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid the AlarmHandler event: " + message + HINT);
    }

    private static AlarmEvent one(String sample) throws IOException {
        List<AlarmEvent> events = ((News) read(Files.readString(EVENTS.resolve(sample)))).events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static AlarmRequest read(String json) {
        return AlarmInput.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
