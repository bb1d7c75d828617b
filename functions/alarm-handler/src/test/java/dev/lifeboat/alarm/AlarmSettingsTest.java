package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmSettingsTest {
    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> AlarmSettings.parse("{}", "{\"a-down\":\"databse\"}", "[]"))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageStartingWith(
                        "The alarm handler's settings are wrong: Invalid parameter TARGET_PARAMETER: Field 'target.name' is missing.")
                .hasMessageContaining("MACHINES is not a JSON object of strings: ")
                .hasMessageContaining("Alarm 'a-down' is mapped to 'databse', expected one of cluster, database, ")
                .hasMessageEndingWith(
                        "HINT: Correct the parameter, or template.yaml and its parameters, and deploy it.");
    }

    @Test
    void theTemplatesMappingIsUnderstood() throws IOException {
        String template = Files.readString(Path.of(System.getProperty("lifeboat.root"), "template.yaml"));
        String resource = template.substring(template.indexOf("\n  AlarmScenarios:\n"));
        String mapping = resource.substring(resource.indexOf("{\"${TargetName}"))
                .replace("${TargetName}", "t")
                .replaceFirst("(?s)\\}.*", "}");

        AlarmSettings settings = AlarmSettings.parse(TestingAccount.target("t"), mapping, "{}");

        assertThat(settings.scenario("t-database-not-answering")).contains(Scenario.DATABASE);
        assertThat(settings.scenarios().values()).containsAll(List.of(Scenario.values()));
    }
}
