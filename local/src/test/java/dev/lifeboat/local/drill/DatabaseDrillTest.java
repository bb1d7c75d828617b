package dev.lifeboat.local.drill;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.testsupport.AwsCommandLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path with the built functions, whose newest backup has rotted, and whose backups are large enough to be verified in slices. */
class DatabaseDrillTest {
    @TempDir
    Path output;

    @Test
    void bringsALostDatabaseBackFromTheOlderBackupAndLeavesNoProcessBehind() throws Exception {
        Path root = Path.of(System.getProperty("lifeboat.root"));
        for (String module : List.of("backup-verifier", "alarm-handler", "restore-orchestrator", "dns-failover")) {
            assumeTrue(
                    Files.exists(root.resolve("functions/" + module + "/target/function.zip")),
                    "function.zip of " + module + " is not built: run mvn verify, not mvn test");
        }
        AwsCommandLine.require();
        // An S3 server that all test classes share may run already, whatever their order.
        Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(toSet());
        StringWriter text = new StringWriter();
        DrillOptions options = new DrillOptions(
                DrillOptions.Scenario.DATABASE,
                20_000,
                null,
                true,
                0,
                1,
                false,
                10,
                Mode.AUTOMATIC,
                Map.of("LargeBackupBytes", "1048576"),
                output);

        boolean held = Drills.play(options, new Console(new PrintWriter(text), false));

        assertThat(held).as(text.toString()).isTrue();
        assertThat(text.toString())
                .contains("DISASTER: PostgreSQL is killed with SIGKILL and its data directory removed")
                .containsPattern("held      backup recent/\\S+ with its flipped bit is found to be corrupt: CORRUPT")
                .contains("held      rows and fingerprints equal those at the dump's snapshot")
                .contains("held      settings of roles and of the database")
                .contains("ALL HELD: ");
        JsonNode report = Json.mapper().readTree(Files.readAllBytes(output.resolve("report.json")));
        assertThat(report.path("outcome").asText()).isEqualTo("recovered");
        assertThat(report.path("sections").findValuesAsText("title"))
                .contains("What was called for, and whether it was allowed", "Checks of the drill");
        assertThat(Files.readString(output.resolve("report.html"))).contains("Checks of the drill");
        assertThat(ProcessHandle.current().descendants().filter(process -> !before.contains(process)))
                .isEmpty();
    }
}
