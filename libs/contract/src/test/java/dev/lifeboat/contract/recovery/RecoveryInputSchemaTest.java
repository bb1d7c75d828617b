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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/recovery-input.schema.json, by which a person writes an input, admits what the records admit. */
class RecoveryInputSchemaTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    /** A field of the input; those in capitals are of an error that was caught. */
    private static final Pattern INPUT = Pattern.compile("states\\.input\\.([a-z]\\w*)");

    private final JsonNode schema = read(ROOT.resolve("docs/recovery-input.schema.json"));

    @ParameterizedTest
    @CsvSource({
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

    /** What a console start may say is what the machines read, and no more. */
    @Test
    void anInputHasTheFieldsThatTheMachinesRead() throws IOException {
        Set<String> read = new TreeSet<>();
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(ROOT.resolve("statemachines"), "recover-*")) {
            for (Path machine : machines) {
                Matcher field = INPUT.matcher(Files.readString(machine));
                while (field.find()) {
                    read.add(field.group(1));
                }
            }
        }

        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.get("properties").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(read);
        assertThat(read)
                .containsAll(Arrays.stream(RecoveryInput.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovery-input.json", "recover-point-in-time-input.json"})
    void theSamplesAreValid(String sample) {
        assertThat(violations(read(ROOT.resolve("events").resolve(sample)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'type': 'latest'}; true",
                "{'type': 'immediate', 'timeline': 2}; true",
                "{'type': 'time', 'value': '2026-11-23T03:10:00Z', 'inclusive': false}; true",
                "{'type': 'lsn', 'value': '0/3000060'}; true",
                "{'type': 'xid', 'value': '4711'}; true",
                "{'type': 'name', 'value': 'before the release'}; true",
                "{'value': '0/3000060'}; false",
                "{'type': 'lsn'}; false",
                "{'type': 'lsn', 'value': '4711'}; false",
                "{'type': 'xid', 'value': '0/3000060'}; false",
                "{'type': 'time', 'value': 'yesterday'}; false",
                "{'type': 'when', 'value': 'yesterday'}; false",
                "{'type': 'latest', 'timeline': 0}; false"
            })
    void aPointIsOneOfPostgresRecoveryTargets(String point, boolean valid) throws IOException {
        ObjectNode sample = (ObjectNode) sample();
        sample.set("point", Json.mapper().readTree(point.replace('\'', '"')));

        assertThat(violations(sample).isEmpty()).isEqualTo(valid);
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
