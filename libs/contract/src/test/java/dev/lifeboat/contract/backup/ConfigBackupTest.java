package dev.lifeboat.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBackupTest {
    private static final String SECRET = "aHVudGVyMg==";
    private static final String JSON = """
            {"version":1,"namespace":"shop","takenAt":"2026-11-26T02:00:05Z",
             "objects":[
              {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shop-config","namespace":"shop"},"data":{"host":"postgres"}},
              {"apiVersion":"v1","kind":"Secret","metadata":{"name":"shop-secrets","labels":{"a":"b"}},"type":"Opaque",
               "data":{"password":"%s"}}],
             "workloads":[
              {"kind":"Deployment","name":"web","replicas":2,"containers":{"web":"docker.io/shop/web:1","init":"busybox:1"}},
              {"kind":"CronJob","name":"backup","containers":{"backup":"shop/backup:15"}}]}
            """.formatted(SECRET);

    @Test
    void readsWhatTheScriptWrites() {
        ConfigBackup backup = parse(JSON);

        assertThat(backup.namespace()).isEqualTo("shop");
        assertThat(backup.takenAt()).isEqualTo(Instant.parse("2026-11-26T02:00:05Z"));
        assertThat(backup.objects())
                .extracting(ConfigObject::toString)
                .containsExactly("ConfigMap/shop-config", "Secret/shop-secrets");
        assertThat(backup.secrets()).isEqualTo(1);
        assertThat(backup.objects().get(1).content().at("/data/password").asText())
                .isEqualTo(SECRET);
        assertThat(backup.workload(ConfigWorkload.Kind.DEPLOYMENT, "web"))
                .hasValue(new ConfigWorkload(
                        ConfigWorkload.Kind.DEPLOYMENT,
                        "web",
                        2,
                        Map.of("web", "docker.io/shop/web:1", "init", "busybox:1")));
        assertThat(backup.workload(ConfigWorkload.Kind.STATEFUL_SET, "web")).isEmpty();
        assertThat(ConfigBackup.parse("itself", Json.write(backup))).isEqualTo(backup);
    }

    @Test
    void whatIsTakenOutOfAnObjectIsACopy() {
        ConfigObject secret = parse(JSON).objects().get(1);

        secret.content().remove("data");

        assertThat(secret.content().has("data")).isTrue();
    }

    @Test
    void noValueIsPrinted() {
        assertThat(parse(JSON).toString())
                .contains("Secret/shop-secrets")
                .doesNotContain(SECRET)
                .doesNotContain("postgres");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "gone",
            value = {
                "/version                                  | 2           | Field 'version' is 2, expected 1 to 1.",
                "/version                                  | gone        | what stands there is of the wrong type or form",
                "/namespace                                | gone        | Field 'namespace' is missing.",
                "/namespace                                | \"other\"   | ConfigMap/shop-config is of another namespace than 'other'.",
                "/takenAt                                  | gone        | Field 'takenAt' is missing.",
                "/takenAt                                  | \"hunter\"  | field 'takenAt': what stands there is of the wrong type or form",
                "/objects                                  | gone        | Field 'objects' is missing.",
                "/objects/0                                | \"hunter\"  | field 'objects[0]': It is no object.",
                "/objects/0/apiVersion                     | \"hunter\"  | field 'objects[0]': Field 'apiVersion' is not 'v1'.",
                "/objects/1/kind                           | \"hunter\"  | field 'objects[1]': Field 'kind' is neither 'ConfigMap' nor 'Secret'.",
                "/objects/1/metadata/name                  | gone        | field 'objects[1]': Field 'metadata.name' is missing.",
                "/objects/1/metadata/uid                   | \"hunter\"  | Secret/shop-secrets has a field 'metadata.uid', which is the cluster's own.",
                "/objects/1/status                         | {}          | Secret/shop-secrets has a field 'status', which is the cluster's own.",
                "/objects/1/type                           | gone        | Secret/shop-secrets lacks its field 'type'.",
                "/objects/1/data                           | \"hunter\"  | Secret/shop-secrets has a field 'data' that is no object.",
                "/objects/1/data/password                  | \"hunter!\" | Secret/shop-secrets has a value in 'data' that is no base64.",
                "/objects/0/data/host                      | 5432        | ConfigMap/shop-config has a value in 'data' that is no text.",
                "/objects/1/kind                           | \"ConfigMap\" | gone",
                "/workloads                                | gone        | Field 'workloads' is missing.",
                "/workloads/0/kind                         | \"hunter\"  | field 'workloads[0].kind': what stands there is of the wrong type or form",
                "/workloads/0/replicas                     | gone        | Field 'replicas' is missing.",
                "/workloads/0/replicas                     | -1          | Field 'replicas' is -1, expected 0 to",
                "/workloads/0/containers                   | {}          | Field 'containers' of Deployment/web is empty.",
                "/workloads/1/hunter                       | 1           | it has an unknown field, expected containers, kind, name, replicas.",
                "/hunter                                   | 1           | it has an unknown field, expected namespace, objects, takenAt, version, workloads.",
            })
    void whatIsWrongIsNamedWithoutItsContent(String pointer, String value, String message) throws Exception {
        String json = changed(pointer, value);
        if (message == null) {
            assertThat(parse(json)).isNotNull();
            return;
        }

        Throwable problem = catchThrowable(() -> parse(json));

        assertThat(problem)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid the configuration: ")
                .hasMessageContaining(message)
                .hasMessageContaining(" HINT: ");
        assertThat(trace(problem)).doesNotContain("hunter").doesNotContain(SECRET);
    }

    @Test
    void twoOfOneNameAreTooMany() throws Exception {
        assertThatThrownBy(() -> parse(changed(tree ->
                        tree.withArray("objects").add(tree.at("/objects/1").deepCopy()))))
                .hasMessageContaining("Field 'objects' has Secret/shop-secrets twice.");
        assertThatThrownBy(() -> parse(changed(tree ->
                        tree.withArray("workloads").add(tree.at("/workloads/0").deepCopy()))))
                .hasMessageContaining("Field 'workloads' has Deployment/web twice.");
    }

    @Test
    void aFileThatIsCutIsNoneAndShowsNothing() {
        for (int length = 0; length < JSON.strip().length(); length++) {
            String cut = JSON.substring(0, length);

            Throwable problem = catchThrowable(() -> parse(cut));

            assertThat(problem).as("%d characters", length).isInstanceOf(InvalidInputException.class);
            assertThat(trace(problem)).doesNotContain(SECRET).doesNotContain("aHVud");
        }
    }

    @Test
    void textAndTwiceNamedFieldsShowNothing() {
        for (String json : new String[] {
            SECRET,
            "null",
            "[]",
            JSON + SECRET,
            JSON.replace("\"name\":\"web\"", "\"name\":\"hunter\",\"name\":\"web\""),
            JSON.replace("\"password\":", "\"hunter\":\"" + SECRET + "\",\"hunter\":")
        }) {
            Throwable problem = catchThrowable(() -> parse(json));

            assertThat(problem).as(json).isInstanceOf(InvalidInputException.class);
            assertThat(trace(problem)).doesNotContain(SECRET).doesNotContain("hunter");
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotLookedInto() {
        assertThatThrownBy(() -> ConfigBackup.parse("the configuration", new byte[ConfigBackup.MAX_BYTES + 1]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it has 8388609 bytes, expected at most 8388608.");
    }

    private static ConfigBackup parse(String json) {
        return ConfigBackup.parse("the configuration", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String changed(String pointer, String value) throws Exception {
        int slash = pointer.lastIndexOf('/');
        String field = pointer.substring(slash + 1);
        return changed(tree -> {
            var parent = tree.at(pointer.substring(0, slash));
            try {
                if (value == null) {
                    ((ObjectNode) parent).remove(field);
                } else if (parent.isArray()) {
                    ((ArrayNode) parent)
                            .set(Integer.parseInt(field), Json.mapper().readTree(value));
                } else {
                    ((ObjectNode) parent).set(field, Json.mapper().readTree(value));
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static String changed(Consumer<ObjectNode> change) throws Exception {
        ObjectNode tree = (ObjectNode) Json.mapper().readTree(JSON);
        change.accept(tree);
        return tree.toString();
    }

    /** All that a log would show. */
    private static String trace(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
