package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.corruption.CorruptionRequest;
import dev.lifeboat.orchestrator.pointintime.PointInTimeRequest;
import dev.lifeboat.orchestrator.probe.ProbeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventsTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionHasASampleThatIsReadAsItsRecord(JsonSubTypes.Type action) throws IOException {
        String sample = Files.readString(EVENTS.resolve("recover-database-" + action.name() + ".json"));

        DatabaseRequest request = Json.read("the sample", sample, DatabaseRequest.class);

        assertThat(request).isExactlyInstanceOf(action.value());
        assertThat(Json.mapper().readTree(Json.write(request)))
                .isEqualTo(Json.mapper().readTree(sample));
    }

    @Test
    void noSampleIsOfAnActionThatIsGone() throws IOException {
        List<String> expected = actions()
                .map(action -> "recover-database-" + action.name() + ".json")
                .sorted()
                .toList();
        try (Stream<Path> files = Files.list(EVENTS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("recover-database-"))
                            .sorted())
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyRecordIsAnAction() {
        List<Class<?>> records = Stream.of(
                        DatabaseRequest.class,
                        DatabaseRequest.Scoped.class,
                        PointInTimeRequest.class,
                        CorruptionRequest.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .<Class<?>>map(record -> record)
                .toList();

        assertThat(actions().<Class<?>>map(JsonSubTypes.Type::value).toList())
                .containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void theProbesSampleIsRead() throws IOException {
        ProbeRequest request =
                Json.read("the sample", Files.readString(EVENTS.resolve("probe.json")), ProbeRequest.class);

        assertThat(request.target().purpose()).isEqualTo(Target.Purpose.LIVE);
        assertThat(request.query()).isEqualTo("SELECT 1 FROM users LIMIT 1");
    }

    @Test
    void anUnknownActionIsNamed() {
        assertThatThrownBy(() -> Json.read("the event", "{\"action\":\"explode\"}", DatabaseRequest.class))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'explode'")
                .hasMessageContaining("acquire-lease");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> Json.read("the event", "{\"action\":\"assess\"}", DatabaseRequest.class))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Field 'scope' is missing.");
    }

    static Stream<JsonSubTypes.Type> actions() {
        return Arrays.stream(
                DatabaseRequest.class.getAnnotation(JsonSubTypes.class).value());
    }
}
