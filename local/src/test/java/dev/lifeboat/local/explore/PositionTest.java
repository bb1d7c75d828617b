package dev.lifeboat.local.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every token that a position has, wherever it keeps it, is known, and renumbered. */
class PositionTest {
    private static final String MACHINE = """
            {
              "QueryLanguage": "JSONata",
              "StartAt": "Each",
              "States": {
                "Each": {
                  "Type": "Map",
                  "Items": "{% $states.input.parts %}",
                  "ItemProcessor": {
                    "StartAt": "Act",
                    "States": {
                      "Act": {
                        "Type": "Task",
                        "Resource": "arn:aws:states:::lambda:invoke",
                        "Arguments": {"FunctionName": "${RecoverDatabaseFunction}", "Payload": {"action": "assess"}},
                        "Next": "Done"
                      },
                      "Done": {"Type": "Pass", "Output": "{% $states.context.Map.Item.Value %}", "End": true}
                    }
                  },
                  "End": true
                }
              }
            }
            """;

    private final MachineFile machine = new MachineFile("each", MACHINE);

    @Test
    void tokensOfAMapsItemsOutputsAndContextAreAmongThoseThatMayAct() throws JsonProcessingException {
        Position position = inMap(7, 5, 3);

        assertThat(position.tokens()).containsExactlyInAnyOrder(7L, 5L, 3L);
    }

    @Test
    void incidentsOfAMapsItemsOutputsAndContextAreAmongThoseThatMayAct() throws JsonProcessingException {
        assertThat(inMap(7, 5, 3).incidents()).containsExactlyInAnyOrder("item-7", "output-5", "context-3");
    }

    @Test
    void whatIsRenumberedIsAllThatWasFound() throws JsonProcessingException {
        Position position = inMap(7, 5, 3);
        Walker walker = new Walker(Map.of("each", machine));

        Position ranked = walker.ranked(position, Ranks.among(position.tokens()));

        assertThat(ranked.tokens()).containsExactlyInAnyOrder(3L, 2L, 1L);
    }

    /** At the Task of an iteration: one item is still to come, and one iteration has ended. */
    private Position inMap(long item, long output, long context) throws JsonProcessingException {
        JsonNode nothing = json("{}");
        Frame outer = new Frame(
                machine,
                machine.definition(),
                "Each",
                nothing,
                new TreeMap<>(),
                null,
                Walker.execution("each", "incident-1", nothing, Instant.EPOCH),
                new Frame.Iterations(
                        json("[{\"scope\":{\"token\":%d,\"incident\":\"item-%d\"}}]".formatted(item, item)),
                        2,
                        1,
                        json("[{\"token\":%d,\"incident\":\"output-%d\"}]".formatted(output, output)),
                        0));
        Frame inner = new Frame(
                machine,
                machine.definition().path("States").path("Each").path("ItemProcessor"),
                "Act",
                nothing,
                new TreeMap<>(),
                (ObjectNode) json("{\"Item\":{\"Index\":0,\"Value\":{\"token\":%d,\"incident\":\"context-%d\"}}}"
                        .formatted(context, context)),
                Walker.execution("each", "incident-1", nothing, Instant.EPOCH),
                null);
        return Position.at(
                List.of(outer, inner),
                new Call("each", "Act", "RecoverDatabase", "assess", json("{\"action\":\"assess\"}")));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }
}
