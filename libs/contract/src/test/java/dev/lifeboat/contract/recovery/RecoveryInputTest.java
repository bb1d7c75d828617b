package dev.lifeboat.contract.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryInputTest {
    private static final String WHAT = "the recovery's input";

    @Test
    void aPersonsSampleIsRead() throws IOException {
        RecoveryInput input = Json.read(WHAT, sample("recovery-input.json"), RecoveryInput.class);

        assertThat(input.trigger().kind()).isEqualTo(Trigger.Kind.PERSON);
        assertThat(input.trigger().failureInstant()).isEqualTo(Instant.parse("2026-11-23T03:10:00Z"));
        assertThat(input.target().purpose()).isEqualTo(Target.Purpose.LIVE);
        assertThat(input.target().dns().records()).hasSize(2);
    }

    @Test
    void theDrillsSampleNamesNothingThatPeopleUse() throws IOException {
        Target target = Json.read(
                "the drill's target",
                Json.mapper().readTree(sample("drill-input.json")).get("target").toString(),
                Target.class);

        assertThat(target.purpose()).isEqualTo(Target.Purpose.DRILL);
        assertThat(target.database()).isNotEqualTo(target.backupOf());
        assertThat(target.deployments()).isEmpty();
        assertThat(target.dns()).isNull();
    }

    @Test
    void anUnknownFieldIsNamedWithTheKnownOnes() throws IOException {
        ObjectNode input = (ObjectNode) Json.mapper().readTree(sample("recovery-input.json"));
        input.put("tarjet", "x");

        assertThatThrownBy(() -> Json.read(WHAT, input.toString(), RecoveryInput.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid the recovery's input: unknown field 'tarjet', expected one of incident, lease, target, trigger."
                                + " HINT: Remove or rename the field; events/ holds an example of every payload.");
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        ObjectNode input = (ObjectNode) Json.mapper().readTree(sample("recovery-input.json"));
        ((ObjectNode) input.get("target")).remove("database");

        assertThatThrownBy(() -> Json.read(WHAT, input.toString(), RecoveryInput.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("field 'target': Field 'target.database' is missing.");
    }

    @Test
    void aDrillIntoTheDatabaseItselfIsRefused() throws IOException {
        ObjectNode input = (ObjectNode) Json.mapper().readTree(sample("recovery-input.json"));
        ((ObjectNode) input.get("target")).put("purpose", "drill");

        assertThatThrownBy(() -> Json.read(WHAT, input.toString(), RecoveryInput.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "Drill target 'cloudtolocalllm' restores into 'cloudtolocalllm', the database that it"
                                + " is a drill of.");
    }

    @Test
    void rolesThatAreMissingAreLeftOutOnlyWhereTheTargetSaysSo() throws IOException {
        ObjectNode input = (ObjectNode) Json.mapper().readTree(sample("recovery-input.json"));
        ObjectNode target = (ObjectNode) input.get("target");

        assertThat(Json.read(WHAT, input.toString(), RecoveryInput.class)
                        .target()
                        .missingRoles())
                .isNull();
        target.put("missingRoles", "leave-out");
        assertThat(Json.read(WHAT, input.toString(), RecoveryInput.class)
                        .target()
                        .missingRoles())
                .isEqualTo(Target.MissingRoles.LEAVE_OUT);
        target.put("missingRoles", "forget");
        assertThatThrownBy(() -> Json.read(WHAT, input.toString(), RecoveryInput.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("field 'target.missingRoles': ")
                .hasMessageContaining("[leave-out, refuse]");
    }

    private static String sample(String name) throws IOException {
        return Files.readString(Path.of(System.getProperty("lifeboat.root"), "events", name));
    }
}
