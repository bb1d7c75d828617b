package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.verifier.VerifierInput.ObjectReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventsTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");
    private static final String KEY = "dumps/daily/backup_20261123_020000.manifest.json";
    private static final ObjectReference IN_BUCKET = new ObjectReference("cloudtolocalllm-backups", KEY);

    @Test
    void readsEventBridgesObjectCreated() throws IOException {
        assertThat(sample("backup-verifier-object-created.json").objects()).containsExactly(IN_BUCKET);
    }

    @Test
    void readsAPlainNotificationWhoseKeysAreEncoded() throws IOException {
        assertThat(sample("backup-verifier-s3-notification.json").objects()).containsExactly(IN_BUCKET);

        String encoded = Files.readString(EVENTS.resolve("backup-verifier-s3-notification.json"))
                .replace(KEY, "dumps/daily/a+b%2Bc%C3%A4.dump");
        assertThat(read(encoded).objects())
                .containsExactly(new ObjectReference("cloudtolocalllm-backups", "dumps/daily/a b+c\u00e4.dump"));
    }

    @Test
    void readsRequestsOfOurOwn() throws IOException {
        assertThat(sample("backup-verifier-verify.json"))
                .isEqualTo(new VerifierInput(java.util.List.of(new ObjectReference(null, KEY)), true, true));
        assertThat(sample("backup-verifier-accept.json").compareWithPrevious()).isFalse();
    }

    @Test
    void s3sTestEventSpeaksOfNoObject() {
        assertThat(read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}")
                        .objects())
                .isEmpty();
    }

    @Test
    void whatIsNoneOfThemIsRefusedWithTheField() {
        assertThatThrownBy(() -> read("{\"action\":\"verify\",\"manifestKey\":\"x\",\"compare\":1}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid the BackupVerifier event: unknown field 'compare'");
        assertThatThrownBy(() -> read("{\"action\":\"destroy\",\"manifestKey\":\"x\"}"))
                .hasMessageStartingWith(
                        "Invalid the BackupVerifier event: Field 'action' is 'destroy', expected 'verify'.");
        assertThatThrownBy(() -> read("{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"b\"}}}]}"))
                .hasMessage("Invalid the BackupVerifier event: field 'Records[].s3.object.key' is missing."
                        + " HINT: Send one of events/backup-verifier-*.json.");
        assertThatThrownBy(() -> read("{}"))
                .hasMessage(
                        "Invalid the BackupVerifier event: it has neither 'action', nor 'detail.object', nor 'Records'."
                                + " HINT: Send one of events/backup-verifier-*.json.");
    }

    @Test
    void readsTheAuditorsRequest() throws IOException {
        SummariseRequest request = Json.read(
                "the sample",
                Files.readString(EVENTS.resolve("integrity-auditor-summarise.json")),
                SummariseRequest.class);
        assertThat(request.run()).isEqualTo("8d2f4c1e-weekly");
        assertThat(request.startedAt()).isEqualTo(Instant.parse("2026-11-22T03:00:00.123Z"));
    }

    private static VerifierInput sample(String name) throws IOException {
        return read(Files.readString(EVENTS.resolve(name)));
    }

    private static VerifierInput read(String json) {
        return VerifierInput.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
