package dev.lifeboat.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

final class JsonHandlerTest {
    private record Question(String incident, int number) {}

    private record Answer(int doubled) {}

    private static final class Doubling extends JsonHandler<Question> {
        private Object seenIncident;

        Doubling() {
            super("the question", Question.class);
        }

        @Override
        protected String incident(Question input) {
            return input.incident();
        }

        @Override
        protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
            if (question.secret() != null) {
                readiness.look("secret " + question.secret(), () -> {
                    throw new MisconfiguredException("There is no such secret.", "Make it.");
                });
            }
            readiness.look("abacus", () -> 42);
        }

        @Override
        protected Object handle(Question input, Context context) {
            seenIncident = MDC.get("incident");
            return new Answer(input.number() * 2);
        }
    }

    private final Doubling handler = new Doubling();

    @Test
    void answersJsonWithJsonAndNamesTheIncidentInTheLog() throws IOException {
        assertThat(call("{\"incident\":\"i-1\",\"number\":21}")).isEqualToIgnoringWhitespace("{\"doubled\":42}");
        assertThat(handler.seenIncident).isEqualTo("i-1");
        assertThat(MDC.get("incident")).isNull();
    }

    @Test
    void saysThatItIsReadyToWhoeverAsks() throws IOException {
        String event = Files.readString(Path.of(System.getProperty("lifeboat.root"), "events/ready.json"));

        assertThat(call(event))
                .isEqualToIgnoringWhitespace("{\"ready\":true,\"reached\":[\"abacus\"],\"problems\":[]}");
        assertThat(handler.seenIncident).as("nothing was done").isNull();
    }

    @Test
    void namesWhatItCannotReachAndLooksAtTheRestAllTheSame() throws IOException {
        assertThat(call("{\"secret\": \"app/db\", \"action\" : \"ready\"}"))
                .isEqualToIgnoringWhitespace("{\"ready\":false,\"reached\":[\"abacus\"],"
                        + "\"problems\":[\"secret app/db: There is no such secret. HINT: Make it.\"]}");
    }

    @Test
    void badInputIsAnErrorClassOfOurs() {
        assertThatThrownBy(() -> call("{\"incident\":\"i-1\",\"number\":1,\"numbr\":21}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid the question: unknown field 'numbr', expected one of incident, number."
                        + " HINT: Remove or rename the field; events/ holds an example of every payload.");
        assertThat(MDC.get("requestId")).isNull();
    }

    private String call(String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, null);
        return out.toString(StandardCharsets.UTF_8);
    }
}
