package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClusterEventsTest {
    static Stream<JsonSubTypes.Type> actions() {
        return Arrays.stream(
                ClusterRequest.class.getAnnotation(JsonSubTypes.class).value());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionHasASampleThatIsOne(JsonSubTypes.Type action) throws IOException {
        Path sample =
                Path.of(System.getProperty("lifeboat.root"), "events", "recover-cluster-" + action.name() + ".json");

        ClusterRequest request = Json.read("the RecoverCluster event", Files.readString(sample), ClusterRequest.class);

        assertThat(request).isInstanceOf(action.value());
        if (request.scope() != null) {
            assertThat(request.scope().target().name()).isEqualTo("cloudtolocalllm");
        }
    }
}
