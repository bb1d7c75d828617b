package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Trigger;
import java.io.IOException;

/**
 * Reads what Step Functions says of an execution's end. Follows "Automating Step Functions event delivery with EventBridge" of the Step
 * Functions developer guide: input and output are JSON in a text.
 */
final class ExecutionNews {
    static final String SOURCE = "aws.states";

    private ExecutionNews() {}

    /** @throws InvalidInputException when it is not the end of one that has joined another */
    static AlarmRequest.Joined of(JsonNode event) {
        JsonNode detail = event.path("detail");
        String execution = Fields.text(detail, "executionArn", "detail.executionArn");
        String outcome = tree(detail, "output", execution).path("outcome").asText();
        if (!outcome.equals("joined")) {
            throw new InvalidInputException(
                    "Invalid the AlarmHandler event: execution " + execution + " ended with outcome '" + outcome
                            + "', expected 'joined'.",
                    "The rule of template.yaml passes on no other.");
        }
        JsonNode input = tree(detail, "input", execution);
        // One that another execution has started is that one's affair.
        if (input.path("lease").isObject()
                || !input.path("trigger").path("kind").asText().equals("alarm")) {
            return new AlarmRequest.Joined(null, 1);
        }
        Trigger trigger =
                Json.read("detail.input", input.toString(), RecoveryInput.class).trigger();
        AlarmEvent change = new AlarmEvent(
                trigger.source(),
                AlarmEvent.ALARM,
                trigger.at(),
                trigger.failureInstant(),
                trigger.detail() == null ? "" : trigger.detail(),
                null);
        return new AlarmRequest.Joined(change, Incident.start(execution));
    }

    private static JsonNode tree(JsonNode detail, String field, String execution) {
        try {
            return Json.mapper().readTree(Fields.text(detail, field, "detail." + field));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Invalid the AlarmHandler event: field 'detail." + field + "' of execution " + execution
                            + " is no JSON.",
                    Fields.HINT,
                    e);
        }
    }
}
