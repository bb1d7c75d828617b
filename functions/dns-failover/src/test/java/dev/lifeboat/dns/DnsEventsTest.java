package dev.lifeboat.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DnsEventsTest {
    @Test
    void theSampleOfEnsureIsAnEvent() throws IOException {
        assertThat(sample("ensure"))
                .isInstanceOfSatisfying(
                        DnsRequest.Ensure.class,
                        ensure ->
                                assertThat(ensure.loadBalancer().value().type()).isEqualTo("CNAME"));
    }

    @Test
    void theSampleOfUndoIsAnEvent() throws IOException {
        assertThat(sample("undo"))
                .isInstanceOfSatisfying(
                        DnsRequest.Undo.class,
                        undo -> assertThat(undo.records()).hasSize(2).allMatch(RecordChange::changed));
    }

    private static DnsRequest sample(String action) throws IOException {
        return Json.read(
                "the DnsFailover event",
                Files.readString(
                        Path.of(System.getProperty("lifeboat.root"), "events", "dns-failover-" + action + ".json")),
                DnsRequest.class);
    }
}
