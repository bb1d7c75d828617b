package dev.lifeboat.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.lambda.EmbeddedMetrics.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedMetricsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_123L), ZoneOffset.UTC);

    private final List<String> writes = new ArrayList<>();
    private final PrintStream out = new PrintStream(
            new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                    writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
                }
            },
            true,
            StandardCharsets.UTF_8);

    @Test
    void isOneLineInOneWriteAsCloudWatchSpecifiesIt() throws IOException {
        EmbeddedMetrics.to(out, CLOCK)
                .dimension("Database", "app\n\"x\"")
                .dimension("Kind", "daily")
                .metric("BackupVerified", 1, Unit.COUNT)
                .metric("Ratio", 0.25, Unit.NONE)
                .property("backupId", "daily/backup_20261123_020000")
                .write();

        assertThat(writes).hasSize(1);
        assertThat(writes.get(0)).endsWith("\n").hasLineCount(1);
        JsonNode line = Json.mapper().readTree(writes.get(0));
        assertThat(line.path("_aws"))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        "{\"Timestamp\":1700000000123,\"CloudWatchMetrics\":[{\"Namespace\":\"Lifeboat\","
                                                + "\"Dimensions\":[[\"Database\",\"Kind\"]],\"Metrics\":["
                                                + "{\"Name\":\"BackupVerified\",\"Unit\":\"Count\"},{\"Name\":\"Ratio\",\"Unit\":\"None\"}]}]}"));
        assertThat(line.path("Database").asText()).isEqualTo("app\n\"x\"");
        assertThat(line.path("Kind").asText()).isEqualTo("daily");
        assertThat(line.path("BackupVerified").isIntegralNumber()).isTrue();
        assertThat(line.path("Ratio").doubleValue()).isEqualTo(0.25);
        assertThat(line.path("backupId").asText()).isEqualTo("daily/backup_20261123_020000");
    }

    @Test
    void refusesMoreThanCloudWatchTakes() {
        EmbeddedMetrics metrics = EmbeddedMetrics.to(out, CLOCK);
        for (int i = 0; i < 100; i++) {
            metrics.metric("m" + i, i, Unit.COUNT);
        }
        assertThatThrownBy(() -> metrics.metric("last", 1, Unit.COUNT))
                .hasMessage("CloudWatch takes 100 metrics in a line at most: last");
    }
}
