package dev.lifeboat.contract.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/recovery-input.schema.json, by which a person writes an input, admits what the records admit. */
class RecoveryInputSchemaTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    private final JsonNode schema = read(ROOT.resolve("docs/recovery-input.schema.json"));

    @ParameterizedTest
    @CsvSource({
        "'', dev.lifeboat.contract.recovery.RecoveryInput",
        "/$defs/lease, dev.lifeboat.contract.recovery.HeldLease",
        "/$defs/trigger, dev.lifeboat.contract.recovery.Trigger",
        "/$defs/target, dev.lifeboat.contract.recovery.Target",
        "/$defs/target/properties/loadBalancer, dev.lifeboat.contract.recovery.Target$ServiceName",
        "/$defs/target/properties/dns, dev.lifeboat.contract.recovery.Target$Dns",
        "/$defs/target/properties/application, dev.lifeboat.contract.recovery.ApplicationPolicy"
    })
    void eachObjectHasTheFieldsOfItsRecord(String pointer, Class<?> record) {
        JsonNode object = schema.at(pointer);

        assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(object.get("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(record.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    @Test
    void theSampleIsValid() {
        assertThat(violations(sample())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', incident",
        "'', trigger",
        "'', target",
        "/trigger, kind",
        "/trigger, source",
        "/trigger, at",
        "/target, name",
        "/target, purpose",
        "/target, cluster",
        "/target, namespace",
        "/target, postgresService",
        "/target, database",
        "/target, backupOf",
        "/target, adminSecret",
        "/target/loadBalancer, name",
        "/target/dns, zone",
        "/target/dns, records"
    })
    void aFieldThatTheRecordsRequireIsRequired(String pointer, String field) {
        JsonNode sample = sample();
        ((ObjectNode) sample.at(pointer)).remove(field);

        assertBothRefuse(sample);
    }

    @ParameterizedTest
    @CsvSource({
        "/trigger, failedAfter",
        "/trigger, detail",
        "/target, deployments",
        "/target, healthUrls",
        "/target, loadBalancer",
        "/target, dns"
    })
    void aFieldThatTheRecordsDoNotRequireIsNotRequired(String pointer, String field) {
        JsonNode sample = sample();
        ((ObjectNode) sample.at(pointer)).remove(field);

        assertThat(violations(sample)).isEmpty();
        assertThatCode(() -> input(sample)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', incident, ' '",
        "/trigger, kind, ghost",
        "/trigger, at, yesterday",
        "/trigger, tarjet, x",
        "/target, name, Has Spaces",
        "/target, purpose, test",
        "/target, database, ''",
        "/target, tarjet, x",
        "/target/dns, zone, ''"
    })
    void aValueThatTheRecordsRefuseIsRefused(String pointer, String field, String value) {
        JsonNode sample = sample();
        ((ObjectNode) sample.at(pointer)).put(field, value);

        assertBothRefuse(sample);
    }

    @Test
    void anExecutionThatAnotherOneStartsIsToldOfItsLease() {
        JsonNode sample = sample();
        ((ObjectNode) sample).putObject("lease").put("execution", "arn").put("token", 7);

        assertThat(violations(sample)).isEmpty();
        assertThat(input(sample).lease()).isEqualTo(new HeldLease("arn", 7));
        for (String field : new String[] {"execution", "token"}) {
            JsonNode without = sample.deepCopy();
            ((ObjectNode) without.get("lease")).remove(field);
            assertBothRefuse(without);
        }
        ((ObjectNode) sample.get("lease")).put("token", 0);
        assertBothRefuse(sample);
        ((ObjectNode) sample).putNull("lease");
        assertThat(violations(sample)).isEmpty();
        assertThat(input(sample).lease()).isNull();
    }

    @Test
    void anIncidentIsAsLongAsAnExecutionsNameMayBe() {
        JsonNode sample = sample();
        ((ObjectNode) sample).put("incident", "i".repeat(80));
        assertThat(violations(sample)).isEmpty();
        ((ObjectNode) sample).put("incident", "i".repeat(81));

        assertBothRefuse(sample);
    }

    private void assertBothRefuse(JsonNode input) {
        assertThat(violations(input)).isNotEmpty();
        assertThatThrownBy(() -> input(input)).isInstanceOf(InvalidInputException.class);
    }

    private Set<ValidationMessage> violations(JsonNode input) {
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
        return validator.validate(input, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static RecoveryInput input(JsonNode input) {
        return Json.read("the input", input.toString(), RecoveryInput.class);
    }

    private static JsonNode sample() {
        return read(ROOT.resolve("events/recovery-input.json"));
    }

    private static JsonNode read(Path file) {
        try {
            return Json.mapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
